"""Official boundaries replace our own outlines, all of them or none."""

import json
from pathlib import Path
from typing import Any

import pytest
from shapely import to_geojson  # type: ignore[import-untyped]  # ships no types
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.refusals import Invalid
from data.areas import Point, outlines
from data.boundaries import read_boundaries
from data.files import POSTCODES
from data.reference import load_areas, load_reference, reference_tables

pytestmark = pytest.mark.slow

Feature = dict[str, Any]
SQUARE = [[[5.8, 52.0], [5.9, 52.0], [5.9, 52.1], [5.8, 52.1], [5.8, 52.0]]]


def a_feature(code: str = "GM0202", coordinates: Any = None, **given: Any) -> Feature:
    geometry = {"type": "Polygon", "coordinates": SQUARE if coordinates is None else coordinates}
    return {"type": "Feature", "properties": {"statcode": code}, "geometry": geometry} | given


def a_file(folder: Path, *features: Feature) -> Path:
    file = folder / "grenzen.geojson"
    file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return file


def faults_in(file: Path, known: tuple[str, ...] = ("GM0202",)) -> list[str]:
    with pytest.raises(Invalid) as refused:
        read_boundaries(file, known)
    return [fault.detail for fault in refused.value.faults]


def test_official_boundaries_replace_ours_and_stay_when_the_facts_are_loaded_again(
    session: Session, tmp_path: Path
) -> None:
    rows = reference_tables()[POSTCODES]
    drawn = outlines([Point(row["municipality_code"], row["lon"], row["lat"]) for row in rows])
    features = [a_feature(code, geometry=json.loads(to_geojson(shape.buffer(0.001)))) for code, shape in drawn.items()]
    assert load_areas(session, a_file(tmp_path, *features)) == 342
    load_reference(session)
    sources = session.execute(text("SELECT DISTINCT source FROM area")).scalars().all()
    assert sources == ["grenzen.geojson"]


@pytest.mark.parametrize("name", ["statcode", "gemeentecode", "identificatie"])
def test_the_code_may_have_any_name(tmp_path: Path, name: str) -> None:
    properties = {"naam": "Arnhem", name: "GM0202"}
    assert list(read_boundaries(a_file(tmp_path, a_feature(properties=properties)), ["GM0202"])) == ["GM0202"]


def test_a_boundary_that_touches_itself_is_made_valid(tmp_path: Path) -> None:
    bow_tie = [[[5.8, 52.0], [5.9, 52.1], [5.9, 52.0], [5.8, 52.1], [5.8, 52.0]]]
    (shape,) = read_boundaries(a_file(tmp_path, a_feature(coordinates=bow_tie)), ["GM0202"]).values()
    assert shape.is_valid


def test_every_fault_is_named_at_once(tmp_path: Path) -> None:
    in_metres = [[[190000, 444000], [191000, 444000], [191000, 445000], [190000, 444000]]]
    file = a_file(
        tmp_path,
        a_feature("GM0202", in_metres),
        a_feature("GM0268"),
        a_feature("GM0268"),
        a_feature("0274"),
        a_feature("GM0275", geometry={"type": "Point", "coordinates": [5.9, 52.0]}),
        a_feature("GM9999"),
    )
    assert faults_in(file, ("GM0202", "GM0268", "GM0275", "GM0289")) == [
        "GM0202 ligt niet in Nederland. Zet het bestand om naar WGS84 (EPSG:4326).",
        "GM0268 staat er twee keer in.",
        "Hier ontbreekt een gemeentecode zoals GM0202.",
        "GM0275 heeft geen vlak: gebruik Polygon of MultiPolygon.",
        "Deze gemeenten kennen wij niet: GM9999.",
        "Deze gemeenten ontbreken: GM0289.",
    ]


@pytest.mark.parametrize("coordinates", [[], [[]], [[[5.8, 52.0], [5.9, 52.0]]], "ver weg", [[[None, 1]]]])
def test_a_surface_that_cannot_be_read_is_named(tmp_path: Path, coordinates: object) -> None:
    (sentence,) = faults_in(a_file(tmp_path, a_feature(coordinates=coordinates)))
    assert sentence.startswith("GM0202 heeft een")


@pytest.mark.parametrize("content", ["", "geen json", "[]", '{"type": "Feature"}'])
def test_what_is_no_feature_collection_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "grenzen.geojson"
    file.write_text(content, encoding="utf-8")
    assert faults_in(file)[0].startswith("Dit bestand is geen GeoJSON")


def test_a_file_that_does_not_exist_is_refused(tmp_path: Path) -> None:
    assert faults_in(tmp_path / "weg.geojson") == ["Dit bestand bestaat niet."]
