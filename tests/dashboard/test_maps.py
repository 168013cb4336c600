from itertools import pairwise
from typing import Any

from dashboard import answers, maps
from tests.dashboard.fake_api import TOWNS, a_match, a_supply, an_area, matches, supply_in

AREAS = {"type": "FeatureCollection", "features": [an_area(code) for code in TOWNS]}


def turns_clockwise(ring: list[list[float]]) -> bool:
    return sum(one[0] * other[1] - other[0] * one[1] for one, other in pairwise(ring)) < 0


def drawn(layer: dict[str, Any]) -> list[dict[str, Any]]:
    return list(layer["data"]["values"])


def test_nothing_is_fetched_for_a_map() -> None:
    answer = answers.Matches.model_validate(matches(a_match()))
    assert "url" not in str(maps.offer_map(AREAS, answer.matches, "GM0202"))


def test_offers_carry_the_number_of_the_list() -> None:
    answer = answers.Matches.model_validate(matches(a_match(1), a_match(2)))
    land, _, _, dots, numbers = maps.offer_map(AREAS, answer.matches, "GM0202")["layer"]
    assert [spot["rank"] for spot in drawn(dots)] == [1, 2]
    assert numbers["encoding"]["text"]["field"] == "rank"
    assert [area["id"] for area in drawn(land) if area["properties"]["home"]] == ["GM0202"]


def test_only_areas_near_the_offers_are_sent() -> None:
    far = an_area("GM0268")
    far["geometry"]["coordinates"] = [[[lon + 2, lat] for lon, lat in far["geometry"]["coordinates"][0]]]
    near = {**AREAS, "features": [an_area("GM0202"), far]}
    answer = answers.Matches.model_validate(matches(a_match()))
    assert [area["id"] for area in drawn(maps.offer_map(near, answer.matches, "GM0202")["layer"][0])] == ["GM0202"]


def test_rings_turn_the_way_that_paints_their_inside() -> None:
    supply = answers.Supply.model_validate(a_supply(municipalities=(supply_in(),)))
    land, *_ = maps.wait_map(AREAS, supply.municipalities, list(TOWNS))["layer"]
    assert all(turns_clockwise(area["geometry"]["coordinates"][0][0]) for area in drawn(land))


def test_a_hole_turns_the_other_way() -> None:
    area = an_area("GM0202")
    hole = [[5.9, 51.97], [5.92, 51.97], [5.92, 51.98], [5.9, 51.97]]
    area["geometry"]["coordinates"].append(hole)
    supply = answers.Supply.model_validate(a_supply())
    land, *_ = maps.wait_map({"features": [area]}, supply.municipalities, ["GM0202"])["layer"]
    outside, inside = drawn(land)[0]["geometry"]["coordinates"][0]
    assert turns_clockwise(outside)
    assert not turns_clockwise(inside)


def test_a_municipality_without_supply_is_unknown_not_short() -> None:
    supply = answers.Supply.model_validate(a_supply(municipalities=(supply_in(),)))
    land, *_ = maps.wait_map(AREAS, supply.municipalities, ["GM0202", "GM0228"])["layer"]
    scales = {area["id"]: area["properties"]["scale"] for area in drawn(land)}
    assert scales == {"GM0202": "4 tot 10 weken", "GM0228": "Onbekend"}


def test_areas_are_called_by_their_name_in_their_middle() -> None:
    supply = answers.Supply.model_validate(a_supply())
    *_, names = maps.wait_map(AREAS, supply.municipalities, ["GM0202"])["layer"]
    (arnhem,) = drawn(names)
    corners = an_area("GM0202")["geometry"]["coordinates"][0]
    assert arnhem["properties"]["name"] == "Arnhem"
    assert min(lon for lon, _ in corners) < arnhem["lon"] < max(lon for lon, _ in corners)
    assert min(lat for _, lat in corners) < arnhem["lat"] < max(lat for _, lat in corners)


def test_numbers_on_one_spot_are_drawn_beside_each_other() -> None:
    frame = (5.0, 51.5, 7.0, 52.5)
    first, *others, far = maps.apart([(5.9, 52.0)] * 5 + [(6.5, 52.2)], frame)
    assert first == (5.9, 52.0)
    assert far == (6.5, 52.2)
    assert len({first, *others}) == 5
    assert all(abs(lon - 5.9) < 0.2 and abs(lat - 52.0) < 0.2 for lon, lat in others)
