"""The map of our own making: valid, whole, without overlap, and small."""

import json
from functools import cache
from time import process_time

import numpy as np
import pytest
import shapely  # type: ignore[import-untyped]  # ships no types

from data.areas import KM_PER_DEGREE, Point, outlines
from data.files import POSTCODES
from data.reference import reference_tables

pytestmark = pytest.mark.slow


@cache
def points() -> tuple[Point, ...]:
    rows = reference_tables()[POSTCODES]
    return tuple(Point(row["municipality_code"], row["lon"], row["lat"]) for row in rows)


@cache
def areas() -> dict[str, shapely.Geometry]:
    return outlines(points())


def square_km(shape: shapely.Geometry) -> float:
    return float(shape.area * KM_PER_DEGREE**2 * np.cos(np.radians(shape.centroid.y)))


def land_at(lon: float, lat: float) -> set[str]:
    return {code for code, shape in areas().items() if shapely.contains_xy(shape, lon, lat)}


def test_every_municipality_has_an_outline() -> None:
    assert len(areas()) == 342


def test_outlines_are_valid_and_share_their_borders_without_gap_or_overlap() -> None:
    shapes = np.array(list(areas().values()))
    assert shapely.is_valid(shapes).all()
    assert shapely.coverage_is_valid(shapes)


def test_every_postcode_lies_in_its_own_municipality() -> None:
    lost = [point for point in points() if not shapely.contains_xy(areas()[point.municipality], point.lon, point.lat)]
    assert lost == []


def test_the_country_has_about_its_real_size() -> None:
    """Land of the Netherlands: 33,500 km² (CBS)."""
    assert sum(map(square_km, areas().values())) == pytest.approx(33_500, rel=0.15)


@pytest.mark.parametrize(
    ("water", "lon", "lat"),
    [
        ("IJsselmeer", 5.35, 52.78),
        ("Markermeer", 5.22, 52.55),
        ("Waddenzee", 5.25, 53.23),
        ("Noordzee", 4.2, 52.6),
        ("Oosterschelde", 3.95, 51.61),
        ("Westerschelde", 3.75, 51.39),
        ("Haringvliet", 4.25, 51.76),
    ],
)
def test_broad_water_is_nobodys_land(water: str, lon: float, lat: float) -> None:
    assert land_at(lon, lat) == set(), water


@pytest.mark.parametrize(
    ("place", "lon", "lat", "municipality"),
    [
        ("Arnhem", 5.91, 51.98, "GM0202"),
        ("Den Burg op Texel", 4.80, 53.055, "GM0448"),
        ("Nes op Ameland", 5.77, 53.446, "GM0060"),
        ("Dronten in de polder", 5.72, 52.52, "GM0303"),
        ("Middelburg", 3.61, 51.50, "GM0687"),
        ("Vaals", 6.02, 50.77, "GM0981"),
    ],
)
def test_towns_lie_where_people_know_them(place: str, lon: float, lat: float, municipality: str) -> None:
    assert land_at(lon, lat) == {municipality}, place


def test_the_map_is_small_enough_to_send() -> None:
    geometries = [json.loads(shapely.to_geojson(shape)) for shape in areas().values()]
    assert len(json.dumps(geometries, separators=(",", ":"))) < 400_000


def test_the_map_is_drawn_in_half_a_second() -> None:
    points()
    began = process_time()
    outlines(points())
    assert process_time() - began < 1.0  # 0.2 s on a quiet machine


def test_the_order_of_the_postcodes_does_not_matter() -> None:
    turned = outlines(points()[::-1])
    assert all(shapely.equals(turned[code], shape) for code, shape in areas().items())
