"""Outlines of the municipalities for the map, made from nothing but the middles of their postcodes.

Every place belongs to the nearest postcode (Voronoi cells); a municipality is the cells of its postcodes together; and
what is far from all of them is water or abroad. Good enough to recognise the country and point at a place; no boundary
in the eyes of the law. An operator who has the official ones loads those: `reference.load_areas`.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import shapely  # type: ignore[import-untyped]  # ships no types

Floats = npt.NDArray[np.float64]
Codes = npt.NDArray[np.str_]
Shapes = npt.NDArray[np.object_]

KM_PER_DEGREE = 111.195
MIDDLE_LATITUDE = 52.2
"""A degree of longitude is taken as long as it is here; over the height of the country it differs by 3 % at most."""

SHORE_KM = 1.6
"""How far the land goes on beyond the outermost postcodes: half the usual distance between two of them."""

LONELY_SHORE_KM = 3.0
"""The same around a postcode that is alone on its island."""

REACH_KM = 7.0
"""Three postcodes have land between them when a circle of this radius goes through all three."""

OWN_REACH_KM = 9.0
"""The same when all three are one municipality: water is where municipalities end."""

LARGEST_GAP_KM2 = 100.0
"""A smaller hole in the land is a wood, not a lake."""

DECIMALS = 4
"""Of a degree: seven to eleven metres."""

WATERS = {
    "Waddenzee": [(4.60, 52.98), (4.85, 52.985), (5.00, 53.08), (5.15, 53.20), (5.35, 53.28), (5.60, 53.36),
                  (5.80, 53.40), (6.05, 53.43), (6.30, 53.45), (6.60, 53.47)],
    "IJsselmeer": [(5.20, 52.98), (5.20, 52.88), (5.30, 52.78), (5.48, 52.75), (5.50, 52.66), (5.45, 52.60)],
    "Markermeer": [(5.38, 52.62), (5.20, 52.55), (5.12, 52.45), (5.08, 52.38)],
    "Haringvliet en Hollands Diep": [(3.95, 51.86), (4.05, 51.835), (4.12, 51.81), (4.30, 51.735), (4.42, 51.71),
                                     (4.50, 51.70), (4.62, 51.705)],
    "Grevelingen en Volkerak": [(3.80, 51.76), (3.95, 51.75), (4.03, 51.725), (4.10, 51.69), (4.15, 51.66),
                                (4.25, 51.66), (4.35, 51.68)],
    "Oosterschelde": [(3.60, 51.65), (3.75, 51.64), (3.85, 51.625), (3.95, 51.615), (4.02, 51.57), (4.05, 51.54),
                      (4.12, 51.51), (4.18, 51.47)],
    "Keeten": [(4.00, 51.60), (4.10, 51.63), (4.15, 51.66)],
    "Westerschelde": [(3.50, 51.42), (3.70, 51.40), (3.85, 51.37), (4.00, 51.42), (4.10, 51.39), (4.20, 51.38)],
}  # fmt: skip
"""Lines through the middle of the broad waters, drawn by hand in WGS84 degrees: no land reaches across them."""


class Point(NamedTuple):
    """The middle of a postcode, in WGS84 degrees."""

    municipality: str
    lon: float
    lat: float


def outlines(postcodes: Sequence[Point]) -> dict[str, shapely.Geometry]:
    """Municipality → Polygon or MultiPolygon in WGS84 degrees. Neighbours share their border exactly; nothing overlaps.

    Every postcode lies in its own municipality. Postcodes may be in any order; no two share a point.
    """
    owners = np.array([point.municipality for point in postcodes])
    middles = shapely.points(_to_plane(np.array([(point.lon, point.lat) for point in postcodes])))
    land = _land(middles, owners)
    cells = shapely.get_parts(shapely.voronoi_polygons(shapely.multipoints(middles), extend_to=land, ordered=True))
    codes = np.unique(owners)
    whole = np.array([shapely.coverage_union_all(cells[owners == code]) for code in codes])
    shapely.prepare(land)
    clipped = shapely.intersection(whole, land)
    return dict(zip(codes.tolist(), shapely.transform(clipped, _to_degrees), strict=True))


def _land(middles: Shapes, owners: Codes) -> shapely.Geometry:
    """Where people live, and what lies between them."""
    corners, own = _triangles(middles, owners)
    waters = shapely.MultiLineString([_to_plane(np.array(line)) for line in WATERS.values()])
    shapely.prepare(waters)
    between = shapely.polygons(corners)
    reach = np.where((own == own[:, :1]).all(axis=1), OWN_REACH_KM, REACH_KM)
    between = between[(_circumradius(corners) < reach) & ~shapely.intersects(waters, between)]
    inland = _joined(shapely.coverage_union_all(between), _roads(corners, own, waters))
    mainland = shapely.buffer(inland, SHORE_KM, quad_segs=3)
    return _without_gaps(_joined(mainland, shapely.buffer(middles, _shore(middles), quad_segs=3)))


def _joined(land: shapely.Geometry, more: Shapes) -> shapely.Geometry:
    """The land and what of `more` lies outside it: most lies inside, and a union is dear."""
    shapely.prepare(land)
    return shapely.union_all([land, *more[~shapely.covers(land, more)]])


def _triangles(middles: Shapes, owners: Codes) -> tuple[Floats, Codes]:
    """Triangles between neighbouring postcodes (Delaunay): the corners (n, 3, 2) and whose they are (n, 3)."""
    triangles = shapely.get_parts(shapely.delaunay_triangles(shapely.multipoints(middles)))
    corners: Floats = shapely.get_coordinates(triangles).reshape(-1, 4, 2)[:, :3]
    nearest = shapely.STRtree(middles).nearest(shapely.points(corners.reshape(-1, 2)))
    return corners, owners[nearest].reshape(-1, 3)


def _circumradius(corners: Floats) -> Floats:
    """Of the circle through the three corners, in km."""
    a, b, c = (np.linalg.norm(corners[:, i] - corners[:, i - 1], axis=1) for i in range(3))
    radius: Floats = a * b * c / (4 * shapely.area(shapely.polygons(corners)))
    return radius


def _roads(corners: Floats, own: Codes, waters: shapely.Geometry) -> Shapes:
    """Villages in one row make no triangle: the road between two of one municipality is land too."""
    roads = shapely.linestrings(np.concatenate([corners[:, [i, i - 1]] for i in range(3)]))
    same = np.concatenate([own[:, i] == own[:, i - 1] for i in range(3)])
    short = shapely.length(roads) < OWN_REACH_KM
    return np.asarray(roads[same & short & ~shapely.intersects(waters, roads)])


def _shore(middles: Shapes) -> Floats:
    """A postcode far from all others has more land of its own."""
    _, distance = shapely.STRtree(middles).query_nearest(
        middles, exclusive=True, all_matches=False, return_distance=True
    )
    shore: Floats = np.clip(distance / 4, SHORE_KM, LONELY_SHORE_KM)
    return shore


def _without_gaps(land: shapely.Geometry) -> shapely.Geometry:
    parts = [
        shapely.Polygon(part.exterior, [gap for gap in part.interiors if shapely.Polygon(gap).area > LARGEST_GAP_KM2])
        for part in shapely.get_parts(land)
    ]
    return shapely.multipolygons(parts)


_SCALE = KM_PER_DEGREE * np.array([np.cos(np.radians(MIDDLE_LATITUDE)), 1.0])


def _to_plane(degrees: Floats) -> Floats:
    """WGS84 degrees → km, flat."""
    plane: Floats = degrees * _SCALE
    return plane


def _to_degrees(plane: Floats) -> Floats:
    degrees: Floats = np.round(plane / _SCALE, DECIMALS)
    return degrees
