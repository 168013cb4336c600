"""Pictures as Vega-Lite specs. Every picture has the same facts in a table or list beside it; nothing is fetched."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from dashboard import answers
from dashboard.texts import nl, showing

INK, QUIET, LINE, GROUND, ACCENT = "#14292f", "#4d6167", "#d3dcde", "#f3f6f6", "#0b5f6b"

GeoJSON = dict[str, Any]
Spec = dict[str, Any]
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_HEIGHT = 460
_MARGIN_DEGREES = 0.08


def offer_map(areas: GeoJSON, matches: Sequence[answers.Match], home: str) -> Spec:
    """Where the offers that fit are, numbered as in the list; the child's municipality stands out."""
    outlines = {area["id"]: _extent(area) for area in areas["features"]}
    frame = _around([(match.location.lon, match.location.lat) for match in matches], outlines.get(home))
    near = [
        {**area, "properties": {**area["properties"], "home": area["id"] == home}}
        for area in areas["features"]
        if _overlap(outlines[area["id"]], frame)
    ]
    colour = {"condition": {"test": "datum.properties.home", "value": "#cfe6e6"}, "value": GROUND}
    land = _land(near, colour, [_told("properties.name", nl.MUNICIPALITY)], "#9fb0b4")
    told = [
        _told("offer", nl.OFFER),
        _told("provider", nl.PROVIDER),
        _told("place", nl.PLACE),
        _told("distance", nl.DISTANCE_AWAY),
        _told("room", nl.ROOM),
    ]
    spots = {"data": {"values": [_spot(match) for match in matches]}}
    where = {
        "longitude": {"field": "lon", "type": "quantitative"},
        "latitude": {"field": "lat", "type": "quantitative"},
    }
    dots = {
        **spots,
        "mark": {"type": "circle", "size": 430, "color": ACCENT, "opacity": 1, "stroke": "white", "strokeWidth": 1.5},
        "encoding": {**where, "tooltip": told},
    }
    numbers = {
        **spots,
        "mark": {"type": "text", "color": "white", "fontWeight": 600, "fontSize": 12},
        "encoding": {**where, "text": {"field": "rank", "type": "nominal"}, "tooltip": told},
    }
    return _framed([land, dots, numbers], frame)


def wait_map(areas: GeoJSON, supply: Iterable[answers.MunicipalitySupply], members: Sequence[str]) -> Spec:
    """Median wait per municipality of the region, in the classes that the words name; unknown is grey."""
    known = {row.municipality.code: row for row in supply}
    shown = [
        {**area, "properties": {**area["properties"], **_area_facts(known.get(area["id"]))}}
        for area in areas["features"]
        if area["id"] in members
    ]
    steps = (*showing.WAIT_SCALE, showing.WAIT_UNKNOWN)
    colour = {
        "field": "properties.scale",
        "type": "nominal",
        "scale": {"domain": [step.name for step in steps], "range": [step.colour for step in steps]},
        "legend": None,
    }
    told = [
        _told("properties.name", nl.MUNICIPALITY),
        _told("properties.wait", nl.MEDIAN_WAIT),
        _told("properties.open", nl.OPEN_PLACES),
        _told("properties.offers", nl.OFFERS),
    ]
    return _framed([_land(shown, colour, told, "white")], _union([_extent(area) for area in shown]))


def wait_bars(supply: Iterable[answers.CareTypeSupply]) -> Spec:
    """Median wait per care type, the longest on top, with the wait in words at the end of each bar."""
    known = [row for row in supply if row.median_wait_days is not None]
    values = [
        {
            "care": row.care_type.name,
            "days": row.median_wait_days,
            "wait": showing.wait(row.median_wait_days),
            "colour": showing.wait_class(row.median_wait_days).colour,
        }
        for row in known
    ]
    label = {"labelLimit": 280, "labelColor": INK, "labelFontSize": 13, "ticks": False, "domain": False}
    wide = {"domainMax": 1.2 * max((row.median_wait_days or 0 for row in known), default=1)}
    return {
        "data": {"values": values},
        "height": {"step": 26},
        "encoding": {
            "y": {"field": "care", "type": "nominal", "sort": "-x", "title": None, "axis": label},
            "x": {"field": "days", "type": "quantitative", "title": None, "axis": None, "scale": wide},
            "tooltip": [_told("care", nl.WHICH_CARE_TYPE), _told("wait", nl.MEDIAN_WAIT)],
        },
        "layer": [
            {
                "mark": {"type": "bar", "height": 14, "cornerRadiusEnd": 3},
                "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
            },
            {
                "mark": {"type": "text", "align": "left", "dx": 6, "color": INK, "fontSize": 13},
                "encoding": {"text": {"field": "wait", "type": "nominal"}},
            },
        ],
        "config": {"view": {"stroke": None}},
    }


def _land(features: list[GeoJSON], colour: Spec, told: list[Spec], border: str) -> Spec:
    return {
        "data": {"values": [_clockwise(area) for area in features]},
        "mark": {"type": "geoshape", "stroke": border, "strokeWidth": 0.8, "clip": True},
        "encoding": {"color": colour, "tooltip": told},
    }


def _framed(layers: list[Spec], frame: Box) -> Spec:
    """Fit the picture to a box of degrees; without it the projection fits to all that is drawn."""
    west, south, east, north = frame
    corners = {"type": "MultiPoint", "coordinates": [[west, south], [east, north]]}
    return {
        "layer": layers,
        "projection": {"type": "mercator", "fit": {"type": "Feature", "properties": {}, "geometry": corners}},
        "height": _HEIGHT,
        "config": {"view": {"stroke": LINE, "fill": "white"}},
    }


def _told(field: str, title: str) -> Spec:
    """A line of the text that shows over a mark."""
    return {"field": field, "type": "nominal", "title": title}


def _spot(match: answers.Match) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "lon": match.location.lon,
        "lat": match.location.lat,
        "offer": match.offer,
        "provider": match.provider.name,
        "place": match.location.place,
        "distance": showing.distance(match.distance_km),
        "room": showing.places(match.open_places),
    }


def _area_facts(row: answers.MunicipalitySupply | None) -> dict[str, Any]:
    days = row.median_wait_days if row else None
    return {
        "scale": showing.wait_class(days).name,
        "wait": showing.wait(days),
        "open": showing.UNKNOWN if row is None or row.open_places is None else row.open_places,
        "offers": row.offers if row else 0,
    }


def _clockwise(area: GeoJSON) -> GeoJSON:
    """The same area with its rings the way D3 wants them: the other way round it paints the rest of the world."""
    geometry = area["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    turned = [[_turned(ring, hole=at > 0) for at, ring in enumerate(polygon)] for polygon in polygons]
    return {**area, "geometry": {"type": "MultiPolygon", "coordinates": turned}}


def _turned(ring: list[list[float]], hole: bool) -> list[list[float]]:
    """Clockwise, a hole counter-clockwise (the sign of the shoelace sum tells which it is)."""
    area = sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring))
    return ring if (area < 0) != hole else ring[::-1]


def _extent(area: GeoJSON) -> Box:
    points = list(_points(area["geometry"]["coordinates"]))
    return _box(points)


def _points(coordinates: list[Any]) -> Iterable[tuple[float, float]]:
    """The points of any depth of rings."""
    if isinstance(coordinates[0], int | float):
        yield coordinates[0], coordinates[1]
        return
    for part in coordinates:
        yield from _points(part)


def _box(points: Sequence[tuple[float, float]]) -> Box:
    longitudes, latitudes = [point[0] for point in points], [point[1] for point in points]
    return min(longitudes), min(latitudes), max(longitudes), max(latitudes)


def _union(boxes: Sequence[Box]) -> Box:
    corners = [(box[0], box[1]) for box in boxes] + [(box[2], box[3]) for box in boxes]
    return _box(corners)


def _around(points: Sequence[tuple[float, float]], home: Box | None) -> Box:
    """The box around all offers and home, with some air."""
    boxes = ([_box(points)] if points else []) + ([home] if home else [])
    west, south, east, north = _union(boxes)
    return west - _MARGIN_DEGREES, south - _MARGIN_DEGREES / 2, east + _MARGIN_DEGREES, north + _MARGIN_DEGREES / 2


def _overlap(one: Box, other: Box) -> bool:
    return one[0] <= other[2] and other[0] <= one[2] and one[1] <= other[3] and other[1] <= one[3]
