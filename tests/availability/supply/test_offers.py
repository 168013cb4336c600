"""The social map: who offers what, where, for whom it is contracted."""

from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.builders import (
    AMSTERDAM,
    ARNHEM,
    CARE_TYPE,
    NIJMEGEN,
    a_contract,
    a_contracted_offer,
    a_general_provision,
    a_location,
    a_provider,
    a_statement,
    an_offer,
)
from tests.conftest import Token


def _found(client: TestClient, **query: Any) -> list[int]:
    answer = client.get("/offers", params={"limit": 100, **query})
    assert answer.status_code == 200, answer.text
    return [offer["id"] for offer in answer.json()["items"]]


def test_everybody_sees_an_offer_but_not_its_capacity(client: TestClient, session: Session, token: Token) -> None:
    offer = a_contracted_offer(session)
    public = client.get(f"/offers/{offer}").json()
    assert public["capacity"] is None
    assert public["provider"].keys() == {"agbCode", "name"}
    assert public["location"]["municipality"] == {"code": ARNHEM, "name": "Arnhem"}
    known = client.get(f"/offers/{offer}", headers={"Authorization": token("local-team", ARNHEM)}).json()
    assert known["capacity"]["openPlaces"] == 2
    assert known | {"capacity": None, "heldPlaces": None} == public


def test_masks_are_told_in_words(client: TestClient, session: Session) -> None:
    offer = an_offer(session, genders=0b101, serves=0b01, excludes=0b10)
    told = client.get(f"/offers/{offer}").json()
    assert told["genders"] == ["boy", "other"]
    assert told["serves"] == ["lvb"]
    assert told["excludes"] == ["vb"]


@pytest.mark.parametrize(
    ("area", "found"), [(ARNHEM, True), ("JZ28", True), ("NL", True), (AMSTERDAM, False), ("JZ01", False)]
)
def test_contracted_for_a_municipality_is_by_itself_its_region_or_the_country(
    client: TestClient, session: Session, area: str, found: bool
) -> None:
    region = client.get(f"/municipalities?on={date.today().isoformat()}").json()["items"]  # noqa: DTZ011
    of_arnhem = next(each["youthRegion"]["code"] for each in region if each["code"] == ARNHEM)
    area = of_arnhem if area == "JZ28" else area
    offer = a_contracted_offer(session, (area,))
    assert (offer in _found(client, municipality=ARNHEM)) is found


@pytest.mark.parametrize(
    "contract",
    [
        {"valid_from": "2099-01-01"},
        {"valid_until": "2024-12-31"},
        {"suspended_from": "2024-01-01"},
        {"care_types": ("pleegzorg",)},
    ],
)
def test_a_contract_that_does_not_run_today_does_not_count(
    client: TestClient, session: Session, contract: dict[str, Any]
) -> None:
    provider = a_provider(session)
    offer = an_offer(session, provider)
    a_contract(session, provider, **contract)
    assert offer not in _found(client, municipality=ARNHEM)
    assert offer in _found(client)


def test_a_general_provision_needs_no_contract(client: TestClient, session: Session) -> None:
    offer = a_general_provision(session, (ARNHEM,))
    assert offer in _found(client, municipality=ARNHEM)
    assert offer not in _found(client, municipality=NIJMEGEN)


def test_filters_narrow_together(client: TestClient, session: Session) -> None:
    provider = a_provider(session)
    house = an_offer(session, provider)
    foster = an_offer(session, provider, care_type_code="pleegzorg")
    an_offer(session)
    assert set(_found(client, provider=provider)) == {house, foster}
    assert _found(client, provider=provider, careType="pleegzorg") == [foster]


def test_nearest_first_and_no_further_than_asked(client: TestClient, session: Session) -> None:
    provider = a_provider(session)
    far, near, beyond = (
        an_offer(session, provider, a_location(session, provider, lon=lon)) for lon in (6.2, 5.95, 7.5)
    )
    assert _found(client, provider=provider, near="5.9,51.98") == [near, far, beyond]
    assert _found(client, provider=provider, near="5.9,51.98", withinKm=30) == [near, far]
    first = client.get("/offers", params={"provider": provider, "near": "5.9,51.98"}).json()["items"][0]
    assert first["distanceKm"] == pytest.approx(3.43, abs=0.05)


@pytest.mark.parametrize(
    "words", ["De Wilgen", "wilgn", "wilgen arnhem", "gezinshius wilgen", "arnem de wilgen", "WILGEN"]
)
def test_words_find_with_a_typing_error(client: TestClient, session: Session, words: str) -> None:
    provider = a_provider(session, name="Stichting Wilgenhof")
    wanted = an_offer(session, provider, name="Gezinshuis De Wilgen")
    other = an_offer(session, name="Kamertraining Het Anker")
    found = _found(client, q=words)
    assert wanted in found
    assert other not in found


def test_a_word_that_fits_nothing_finds_nothing(client: TestClient, session: Session) -> None:
    an_offer(session)
    assert _found(client, q="xyzzyq") == []


@pytest.mark.parametrize("query", [{}, {"near": "5.9,51.98"}, {"q": "gezinshuis"}])
def test_pages_together_are_the_whole_list(client: TestClient, session: Session, query: dict[str, str]) -> None:
    provider = a_provider(session)
    offers = {an_offer(session, provider, a_location(session, provider, lon=5.5 + n / 10)) for n in range(7)}
    seen: list[int] = []
    cursor: str | None = ""
    while cursor is not None:
        asked: dict[str, str | int] = {
            **query,
            "provider": provider,
            "limit": 3,
            **({"cursor": cursor} if cursor else {}),
        }
        page = client.get("/offers", params=asked).json()
        seen += [offer["id"] for offer in page["items"]]
        cursor = page["next"]
    assert len(seen) == 7
    assert set(seen) == offers


def test_what_is_not_published_is_seen_by_its_provider_alone(
    client: TestClient, session: Session, token: Token
) -> None:
    provider = a_provider(session)
    offer = an_offer(session, provider, published_from="2099-01-01")
    assert client.get(f"/offers/{offer}").status_code == 404
    assert offer not in _found(client)
    own = {"Authorization": token("provider", provider)}
    assert client.get(f"/offers/{offer}", headers=own).status_code == 200


@pytest.mark.parametrize(
    ("query", "pointer"),
    [
        ({"careType": "bestaat-niet"}, "?careType"),
        ({"municipality": "GM9999"}, "?municipality"),
        ({"municipality": "Arnhem"}, "?municipality"),
        ({"provider": "1234"}, "?provider"),
        ({"near": "Arnhem"}, "?near"),
        ({"near": "190,95"}, "?near"),
        ({"withinKm": "5"}, "?withinKm"),
        ({"near": "5.9,52", "withinKm": "inf"}, "?withinKm"),
        ({"limit": "0"}, "?limit"),
        ({"limit": "101"}, "?limit"),
        ({"limit": "tien"}, "?limit"),
        ({"q": "x" * 101}, "?q"),
        ({"cursor": "onzin"}, "?cursor"),
        ({"q": "a\x00b", "limit": "1e3"}, "?limit"),
    ],
)
def test_a_wrong_filter_is_named(client: TestClient, query: dict[str, str], pointer: str) -> None:
    answer = client.get("/offers", params=query)
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]


def test_a_token_that_is_wrong_is_refused_also_where_none_is_needed(client: TestClient) -> None:
    assert client.get("/offers", headers={"Authorization": "Bearer onzin"}).status_code == 401


@pytest.mark.parametrize("offer", ["0", "-1", "abc", str(2**63), "1.5", "999999999"])
def test_an_offer_that_cannot_be_is_not_found_or_refused(client: TestClient, offer: str) -> None:
    assert client.get(f"/offers/{offer}").status_code in {400, 404}


def test_a_statement_shows_in_the_list_of_its_provider(client: TestClient, session: Session, token: Token) -> None:
    provider = a_provider(session)
    offer = an_offer(session, provider)
    a_statement(session, offer, open_places=1)
    own = {"Authorization": token("provider", provider)}
    (shown,) = client.get("/offers", params={"provider": provider}, headers=own).json()["items"]
    assert shown["capacity"]["openPlaces"] == 1
    assert shown["careType"]["code"] == CARE_TYPE
