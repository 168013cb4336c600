"""Official boundaries of municipalities from a GeoJSON file, as CBS and PDOK publish them: read and checked."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely  # type: ignore[import-untyped]  # ships no types

from availability.refusals import Fault, Invalid

Feature = Mapping[str, Any]

CODE = re.compile(r"GM[0-9]{4}")
"""Files name the property `statcode`, `gemeentecode` or `identificatie`; the value is the same in all."""

COUNTRY = shapely.box(3.2, 50.7, 7.3, 53.7)
"""In WGS84 degrees. Coordinates in metres (RD) fall far outside."""

SURFACES = ("Polygon", "MultiPolygon")


def read_boundaries(file: Path, known: Collection[str]) -> dict[str, shapely.Geometry]:
    """Municipality → its surface, for all of `known`. Raises Invalid with every fault."""
    features = _features(file)
    faults = [*_faults(features), *_not_all(file, features, known)]
    if faults:
        raise Invalid("Deze grenzen kloppen niet. Er is niets gewijzigd.", tuple(faults))
    return {_code(feature): _surface(feature) for feature in features}


def _features(file: Path) -> list[Feature]:
    try:
        collection = json.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise _refused(file, "Dit bestand bestaat niet.") from None
    except ValueError:
        raise _refused(file, "Dit bestand is geen GeoJSON.") from None
    if not isinstance(collection, dict) or collection.get("type") != "FeatureCollection":
        raise _refused(file, "Dit bestand is geen GeoJSON met een FeatureCollection.")
    return list(collection["features"])


def _refused(file: Path, sentence: str) -> Invalid:
    return Invalid("Deze grenzen kunnen niet gelezen worden.", (Fault(file.name, sentence),))


def _faults(features: Iterable[Feature]) -> Iterable[Fault]:
    seen: set[str] = set()
    for number, feature in enumerate(features):
        code = _code(feature)
        if not code:
            yield Fault(f"/features/{number}/properties", "Hier ontbreekt een gemeentecode zoals GM0202.")
        elif code in seen:
            yield Fault(f"/features/{number}/properties", f"{code} staat er twee keer in.")
        seen.add(code)
        if sentence := _wrong_surface(feature):
            yield Fault(f"/features/{number}/geometry", f"{code or 'Deze grens'} {sentence}")


def _code(feature: Feature) -> str:
    values = (feature.get("properties") or {}).values()
    return next((value for value in values if isinstance(value, str) and CODE.fullmatch(value)), "")


def _wrong_surface(feature: Feature) -> str | None:
    if (feature.get("geometry") or {}).get("type") not in SURFACES:
        return "heeft geen vlak: gebruik Polygon of MultiPolygon."
    try:
        surface = _surface(feature)
    except (ValueError, TypeError, KeyError, shapely.GEOSException):
        return "heeft een vlak dat niet te lezen is."
    if surface.is_empty:
        return "heeft een leeg vlak."
    return None if COUNTRY.covers(surface) else "ligt niet in Nederland. Zet het bestand om naar WGS84 (EPSG:4326)."


def _surface(feature: Feature) -> shapely.Geometry:
    """Flat, and valid: a boundary that touches itself is taken apart."""
    drawn = shapely.force_2d(shapely.from_geojson(json.dumps(feature["geometry"])))
    return shapely.make_valid(drawn, method="structure", keep_collapsed=False)


def _not_all(file: Path, features: Iterable[Feature], known: Collection[str]) -> Iterable[Fault]:
    given = {_code(feature) for feature in features} - {""}
    if unknown := sorted(given - set(known)):
        yield Fault(file.name, f"Deze gemeenten kennen wij niet: {', '.join(unknown)}.")
    if missing := sorted(set(known) - given):
        yield Fault(file.name, f"Deze gemeenten ontbreken: {', '.join(missing)}.")
