"""The map over HTTP."""

from datetime import date

import pytest
import shapely  # type: ignore[import-untyped]  # ships no types
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.contracts.reach import areas_in_sight, own_areas
from availability.geography.atlas import load_atlas
from availability.geography.outlines import Outlines


def test_there_are_forty_two_youth_regions_with_their_members(client: TestClient) -> None:
    regions = client.get("/youth-regions").json()
    assert len(regions["items"]) == 42
    assert regions["next"] is None
    arnhem = next(region for region in regions["items"] if region["code"] == "JZ28")
    assert arnhem["name"] == "Centraal Gelderland"
    assert "GM0202" in arnhem["municipalities"]
    assert set(arnhem) == {"code", "name", "alsoKnownAs", "municipalities", "population", "youthPopulation"}


def test_the_size_of_a_region_is_the_sum_of_its_members(client: TestClient) -> None:
    region = next(each for each in client.get("/youth-regions").json()["items"] if each["code"] == "JZ28")
    members = client.get("/municipalities?youthRegion=JZ28").json()["items"]
    assert {member["code"] for member in members} == set(region["municipalities"])
    assert sum(member["population"] for member in members) == region["population"]
    assert sum(member["youthPopulation"] for member in members) == region["youthPopulation"]


@pytest.mark.parametrize(("on", "region"), [("zondag 2023-12-31", "JZ24"), ("maandag 2024-01-01", "JZ18")])
def test_voorschoten_changed_region_on_new_years_day_2024(client: TestClient, on: str, region: str) -> None:
    day = on.split()[1]
    members = client.get(f"/municipalities?youthRegion={region}&on={day}").json()["items"]
    assert "Voorschoten" in {member["name"] for member in members}
    regions = client.get(f"/youth-regions?on={day}").json()["items"]
    assert [each["code"] for each in regions if "GM0626" in each["municipalities"]] == [region]


def test_zeewolde_is_in_flevoland_in_2020_and_in_noord_veluwe_today(session: Session) -> None:
    atlas = load_atlas(session)
    assert atlas.region_of("GM0050", date(2020, 7, 1)) == "JZ08"
    assert atlas.region_of("GM0050", date(2026, 11, 21)) == "JZ12"


def test_every_municipality_is_listed_once_with_its_region(client: TestClient) -> None:
    items = client.get("/municipalities").json()["items"]
    assert len({item["code"] for item in items}) == len(items) == 342
    arnhem = next(item for item in items if item["code"] == "GM0202")
    assert arnhem == {
        "code": "GM0202",
        "name": "Arnhem",
        "province": "Gelderland",
        "youthRegion": {"code": "JZ28", "name": "Centraal Gelderland"},
        "population": 163888,
        "populationYear": 2022,
        "youthPopulation": 30340,
        "youthCarePct": 11.0,
        "centre": {"lon": 5.90335, "lat": 51.97366},
    }


def test_an_unknown_region_is_refused_in_a_sentence(client: TestClient) -> None:
    answer = client.get("/municipalities?youthRegion=JZ40")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {"pointer": "?youthRegion", "detail": "Deze jeugdregio kennen wij niet.", "code": "invalid"}
    ]


@pytest.mark.parametrize("on", ["gisteren", "2024-02-30", "1704067200", "01-01-2024", ""])
def test_a_day_is_written_year_month_day(client: TestClient, on: str) -> None:
    answer = client.get(f"/youth-regions?on={on}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "?on"


def test_a_postcode_lies_in_a_municipality(client: TestClient) -> None:
    assert client.get("/postcodes/6811").json() == {
        "pc4": "6811",
        "place": "Arnhem",
        "municipality": {"code": "GM0202", "name": "Arnhem"},
        "centre": {"lon": 5.90684, "lat": 51.9811},
    }


def test_a_postcode_that_we_do_not_have_is_not_found(client: TestClient) -> None:
    answer = client.get("/postcodes/5028")
    assert answer.status_code == 404
    assert answer.json()["detail"].startswith("Deze postcode kennen wij niet.")


@pytest.mark.parametrize("pc4", ["0811", "681", "68111", "6811AB", "Arnhem", "６８１１"])
def test_what_is_no_postcode_is_refused_in_a_sentence(client: TestClient, pc4: str) -> None:
    answer = client.get(f"/postcodes/{pc4}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"] == "Geef de vier cijfers van een postcode."


def test_the_outlines_are_geojson_with_a_valid_surface_for_every_municipality(client: TestClient) -> None:
    answer = client.get("/areas")
    assert answer.headers["content-type"] == "application/geo+json"
    features = answer.json()["features"]
    assert len(features) == 342
    arnhem = next(feature for feature in features if feature["id"] == "GM0202")
    assert arnhem["properties"] == {"name": "Arnhem", "youthRegion": "JZ28"}
    shapes = [shapely.geometry.shape(feature["geometry"]) for feature in features]
    assert shapely.is_valid(shapes).all()
    assert len(answer.content) < 400_000


def test_the_outlines_of_one_region_are_those_of_its_members(client: TestClient) -> None:
    features = client.get("/areas?youthRegion=JZ28").json()["features"]
    members = client.get("/municipalities?youthRegion=JZ28").json()["items"]
    assert {feature["id"] for feature in features} == {member["code"] for member in members}


@pytest.mark.parametrize("says", ["{}", "W/{}", '"older", {}'])
def test_a_browser_that_has_the_outlines_does_not_get_them_again(client: TestClient, says: str) -> None:
    etag = client.get("/areas").headers["etag"]
    again = client.get("/areas", headers={"If-None-Match": says.format(etag)})
    assert again.status_code == 304
    assert again.content == b""
    assert client.get("/areas?youthRegion=JZ28", headers={"If-None-Match": etag}).status_code == 200


def test_the_outlines_are_drawn_once_a_day_for_each_region_and_anew_with_the_map() -> None:
    drawn: list[tuple[date, str | None]] = []

    def draw(day: date, region: str | None) -> str:
        drawn.append((day, region))
        return "{}"

    friday, saturday = date(2026, 5, 1), date(2026, 5, 2)
    outlines = Outlines()
    for day, region in ((friday, None), (friday, None), (friday, "JZ28"), (friday, "JZ28"), (saturday, None)):
        assert outlines.of(day, region, draw).geojson == b"{}"
    assert drawn == [(friday, None), (friday, "JZ28"), (saturday, None)]


def test_a_worker_hears_that_outlines_changed(session: Session) -> None:
    heard = "SELECT count(*) FROM board_change WHERE offer_ids IS NULL"
    before = session.scalar(text(heard))
    session.execute(text("UPDATE area SET outline = outline WHERE municipality_code = 'GM0202'"))
    assert session.scalar(text(heard)) > before


def test_a_municipality_is_served_by_itself_its_region_and_the_country(session: Session) -> None:
    atlas = load_atlas(session)
    assert atlas.areas_of("GM0626", date(2023, 12, 31)) == ("GM0626", "JZ24", "NL")
    assert atlas.areas_of("GM0626", date(2024, 1, 1)) == ("GM0626", "JZ18", "NL")


def test_what_a_region_agreed_outlives_it_for_its_last_members(session: Session) -> None:
    arnhem, nijmegen, ended = "GM0202", "GM0268", date(2027, 1, 1)
    members = list(session.execute(text("SELECT municipality_code FROM region_membership WHERE region_code = 'JZ28'")))
    session.execute(
        text("UPDATE region_membership SET valid = daterange(lower(valid), :ended) WHERE region_code = 'JZ28'"),
        {"ended": ended},
    )
    session.execute(
        text(
            "INSERT INTO region_membership (municipality_code, region_code, valid, source)"
            " SELECT unnest(CAST(:members AS text[])), 'JZ32', daterange(:ended, NULL), 'een besluit'"
        ),
        {"members": [row.municipality_code for row in members], "ended": ended},
    )
    atlas = load_atlas(session)
    assert atlas.areas_of(arnhem, date(2026, 12, 31)) == (arnhem, "JZ28", "NL")
    assert atlas.areas_of(arnhem, ended) == (arnhem, "JZ32", "JZ28", "NL")
    assert "JZ28" not in atlas.areas_of(nijmegen, ended)
    assert not atlas.merged_into("JZ32", date(2026, 12, 31))
    assert atlas.merged_into("JZ32", ended) == {"JZ28"}
    assert {"JZ28", arnhem, nijmegen} <= own_areas("JZ32", atlas, ended)
    assert areas_in_sight(arnhem, atlas, ended) == {arnhem, "JZ32", "JZ28", "NL"}


def test_a_place_is_known_by_all_its_names(session: Session) -> None:
    names = set(load_atlas(session).place_names())
    assert {("Den Haag", "GM0518"), ("'s-Gravenhage", "GM0518"), ("Den Bosch", "GM0796")} <= names
    assert ("Oosterbeek", "GM0274") in names


@pytest.mark.parametrize(
    ("start", "count", "end", "skipped"),
    [
        ("vrijdag 2026-11-20", 5, "vrijdag 2026-11-27", []),
        ("woensdag 2026-12-23", 5, "donderdag 2026-12-31", ["Eerste kerstdag"]),
        ("donderdag 2026-04-02", 1, "dinsdag 2026-04-07", ["Goede vrijdag", "Tweede paasdag"]),
        ("maandag 2026-05-04", 1, "woensdag 2026-05-06", ["Bevrijdingsdag"]),
    ],
)
def test_a_term_in_working_days_skips_weekends_and_holidays(
    client: TestClient, start: str, count: int, end: str, skipped: list[str]
) -> None:
    answer = client.get(f"/working-days?from={start.split()[1]}&count={count}").json()
    assert answer["date"] == end.split()[1]
    assert answer["from"] == start.split()[1]
    assert [holiday["name"] for holiday in answer["skipped"]] == skipped


@pytest.mark.parametrize(
    ("query", "pointers"),
    [
        ("", ["?from", "?count"]),
        ("from=morgen&count=0", ["?from", "?count"]),
        ("from=2026-11-21&count=367", ["?count"]),
        ("from=2026-11-21&count=2.5", ["?count"]),
        ("from=1889-12-31&count=5", ["?from"]),
        ("from=9999-12-31&count=5", ["?from"]),
    ],
)
def test_a_term_that_cannot_be_counted_is_refused(client: TestClient, query: str, pointers: list[str]) -> None:
    answer = client.get(f"/working-days?{query}")
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == pointers
