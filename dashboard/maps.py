"""Maps as Vega-Lite specs, drawn from outlines that the service sends; no tile is fetched from anywhere."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, pi, radians, sin
from typing import Any, Final

from dashboard import answers
from dashboard.charts import INK, Spec, told
from dashboard.texts import nl, showing

QUIET, LINE, GROUND, ACCENT = "#4d6167", "#d3dcde", "#f3f6f6", "#0b5f6b"

GeoJSON = dict[str, Any]
Spot = tuple[float, float]
"""Longitude, latitude."""
Box = tuple[float, float, float, float]
"""West, south, east, north in degrees."""

_WIDTH, _HEIGHT = 600, 460
_MARGIN_DEGREES = 0.08
_ROOM_PIXELS = 25
"""A number with its circle, and a little air."""
_AROUND: Final = [(0.0, 0.0)] + [
    (ring * cos(step * pi / (3 * ring)), ring * sin(step * pi / (3 * ring)))
    for ring in range(1, 5)
    for step in range(6 * ring)
]
"""A spot and the rings around it, as a honeycomb: six places, then twelve, and so on."""
_AT: Final = {
    "longitude": {"field": "lon", "type": "quantitative"},
    "latitude": {"field": "lat", "type": "quantitative"},
}


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
    name = [told("properties.name", nl.MUNICIPALITY)]
    facts = [
        told("offer", nl.OFFER),
        told("provider", nl.PROVIDER),
        told("place", nl.PLACE),
        told("distance", nl.DISTANCE_AWAY),
        told("room", nl.ROOM),
    ]
    spots = {"data": {"values": _spots(matches, frame)}}
    dots = {
        **spots,
        "mark": {"type": "circle", "size": 430, "color": ACCENT, "opacity": 1, "stroke": "white", "strokeWidth": 1.5},
        "encoding": {**_AT, "tooltip": facts},
    }
    numbers = {
        **spots,
        "mark": {"type": "text", "color": "white", "fontWeight": 600, "fontSize": 12},
        "encoding": {**_AT, "text": {"field": "rank", "type": "nominal"}, "tooltip": facts},
    }
    land, names = _land(near, colour, name, "#9fb0b4"), _names(near, QUIET, name)
    return _framed([land, *names, dots, numbers], frame)


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
    facts = [
        told("properties.name", nl.MUNICIPALITY),
        told("properties.wait", nl.MEDIAN_WAIT),
        told("properties.open", nl.OPEN_PLACES),
        told("properties.offers", nl.OFFERS),
    ]
    frame = _union([_extent(area) for area in shown])
    return _framed([_land(shown, colour, facts, "white"), *_names(shown, INK, facts)], frame)


def shaded_map(areas: GeoJSON, facts: dict[str, tuple[str, str]], title: str) -> Spec:
    """The areas that something is known of: what is said over each, and its colour."""
    shown = [
        {**area, "properties": {**area["properties"], "fact": facts[area["id"]][0], "colour": facts[area["id"]][1]}}
        for area in areas["features"]
        if area["id"] in facts
    ]
    over = [told("properties.name", nl.MUNICIPALITY), told("properties.fact", title)]
    colour = {"field": "properties.colour", "type": "nominal", "scale": None}
    land, names = _land(shown, colour, over, "#9fb0b4"), _names(shown, INK, over)
    return _framed([land, *names], _union([_extent(area) for area in shown]))


def apart(points: Iterable[Spot], frame: Box) -> list[Spot]:
    """Where each number is drawn: on its spot, or on the nearest free place around it, so that all can be read."""
    west, south, east, north = frame
    shrunk = cos(radians((south + north) / 2))
    room = _ROOM_PIXELS * max((east - west) / _WIDTH, (north - south) / shrunk / _HEIGHT)
    placed: list[Spot] = []
    for lon, lat in points:
        around = [(lon + right * room, lat + up * room * shrunk) for right, up in _AROUND]
        free = (spot for spot in around if all(_between(spot, other, shrunk) > 0.95 * room for other in placed))
        placed.append(next(free, (lon, lat)))
    return placed


def _between(one: Spot, other: Spot, shrunk: float) -> float:
    """The distance on the screen, in degrees of longitude (Mercator stretches latitude)."""
    return hypot(one[0] - other[0], (one[1] - other[1]) / shrunk)


def _names(features: list[GeoJSON], colour: str, facts: list[Spec]) -> list[Spec]:
    """What each area is called, with a pale edge so that it can be read on any colour."""
    edge = {"stroke": "white", "strokeWidth": 3, "strokeJoin": "round", "opacity": 0.85}
    values = [{**_middle(area), "properties": area["properties"]} for area in features]
    encoding = {**_AT, "text": {"field": "properties.name", "type": "nominal"}, "tooltip": facts}
    return [
        {
            "data": {"values": values},
            "mark": {"type": "text", "fontSize": 12, "clip": True, "color": colour, **look},
            "encoding": encoding,
        }
        for look in (edge, {})
    ]


def _middle(area: GeoJSON) -> dict[str, float]:
    """The centre of gravity of the largest part of an area (the shoelace formula)."""
    geometry = area["geometry"]
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    ring = max((polygon[0] for polygon in polygons), key=lambda ring: abs(_twice_the_surface(ring)))
    weighed = [(one, other, one[0] * other[1] - other[0] * one[1]) for one, other in pairwise(ring)]
    whole = 3 * _twice_the_surface(ring)
    lon = sum((one[0] + other[0]) * weight for one, other, weight in weighed) / whole
    lat = sum((one[1] + other[1]) * weight for one, other, weight in weighed) / whole
    return {"lon": lon, "lat": lat}


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


def _spots(matches: Sequence[answers.Match], frame: Box) -> list[dict[str, Any]]:
    where = apart([(match.location.lon, match.location.lat) for match in matches], frame)
    return [_spot(match, lon, lat) for match, (lon, lat) in zip(matches, where, strict=True)]


def _spot(match: answers.Match, lon: float, lat: float) -> dict[str, Any]:
    return {
        "rank": match.rank,
        "lon": lon,
        "lat": lat,
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
    return ring if (_twice_the_surface(ring) < 0) != hole else ring[::-1]


def _twice_the_surface(ring: list[list[float]]) -> float:
    """Negative where the ring turns clockwise (the shoelace formula)."""
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring))


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
