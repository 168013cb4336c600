"""What a region can use, per care type and per place."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.builders import (
    a_contract,
    a_general_provision,
    a_location,
    a_provider,
    a_statement,
    an_offer,
)
from tests.conftest import Token

REGION, ARNHEM, NIJMEGEN = "JZ28", "GM0202", "GM0268"


@pytest.fixture
def supply(client: TestClient, token: Token) -> Any:
    """Asks for the supply of the region as its RET chair."""

    def ask(query: str = "", region: str = REGION) -> dict[str, Any]:
        answer = client.get(f"/regions/{region}/supply{query}", headers={"Authorization": token("ret-chair", REGION)})
        assert answer.status_code == 200, answer.text
        return dict(answer.json())

    return ask


def family_homes(supply: dict[str, Any]) -> dict[str, Any]:
    """What is said of family homes; nothing if there are none."""
    return next((each for each in supply["careTypes"] if each["careType"]["code"] == "gezinshuis"), {})


def contracted(session: Session, *areas: str, **offer: Any) -> int:
    """An offer with a contract for these areas; for the region if none are named."""
    provider = a_provider(session)
    care_type = offer.get("care_type_code", "gezinshuis")
    a_contract(session, provider, areas or (REGION,), (care_type,))
    return an_offer(session, provider, **offer)


def stated(session: Session, **figures: Any) -> int:
    offer = contracted(session)
    a_statement(session, offer, **figures)
    return offer


def test_places_waits_and_ages_are_summed_up_per_care_type(session: Session, supply: Any) -> None:
    for days, waiting in ((10, 1), (20, 2), (90, None)):
        stated(session, intake_wait_days=days, treatment_wait_days=days, waiting_count=waiting)
    homes = family_homes(supply())
    assert homes == {
        "careType": {"code": "gezinshuis", "name": "Gezinshuis", "family": "Wonen in een gezin"},
        "offers": 3,
        "providers": 3,
        "totalPlaces": 36,
        "openPlaces": 6,
        "stops": 0,
        "waiting": 3,
        "medianWaitDays": 40,
        "longWaitDays": 152,
        "staleOffers": 0,
        "medianAgeDays": 0,
    }


@pytest.mark.parametrize("area", [REGION, ARNHEM, "NL"])
def test_a_contract_for_the_region_a_member_or_the_country_counts(session: Session, supply: Any, area: str) -> None:
    contracted(session, area)
    assert family_homes(supply())["offers"] == 1


@pytest.mark.parametrize("area", ["JZ32", NIJMEGEN])
def test_a_contract_for_another_region_does_not(session: Session, supply: Any, area: str) -> None:
    contracted(session, area)
    assert family_homes(supply()) == {}


def test_an_offer_with_three_contracts_counts_once(session: Session, supply: Any) -> None:
    provider = a_provider(session)
    for area in (REGION, ARNHEM, "NL"):
        a_contract(session, provider, (area,))
    a_statement(session, an_offer(session, provider))
    assert family_homes(supply())["totalPlaces"] == 12


@pytest.mark.parametrize(
    "contract",
    [
        {"valid_until": "2025-12-31"},
        {"valid_from": "2090-01-01"},
        {"suspended_from": "2025-01-01"},
        {"suspended_from": "2025-01-01", "suspended_until": "2090-01-01"},
    ],
)
def test_a_contract_that_does_not_run_today_gives_nothing(
    session: Session, supply: Any, contract: dict[str, Any]
) -> None:
    provider = a_provider(session)
    a_contract(session, provider, (REGION,), **contract)
    an_offer(session, provider)
    assert family_homes(supply()) == {}


@pytest.mark.parametrize("offer", [{"published_until": "2025-12-31"}, {"published_from": "2090-01-01"}])
def test_an_offer_that_is_not_published_today_is_left_out(session: Session, supply: Any, offer: dict[str, str]) -> None:
    contracted(session, **offer)
    assert family_homes(supply()) == {}


def test_a_place_behind_an_admission_stop_is_not_open(session: Session, supply: Any) -> None:
    stated(session, admission_stop=True)
    homes = family_homes(supply())
    assert (homes["stops"], homes["openPlaces"], homes["totalPlaces"]) == (1, 0, 12)


def test_what_nobody_stated_is_unknown_and_never_zero(session: Session, supply: Any) -> None:
    contracted(session)
    homes = family_homes(supply())
    assert (homes["offers"], homes["staleOffers"]) == (1, 1)
    assert {name for name, value in homes.items() if value is None} == {
        "totalPlaces", "openPlaces", "waiting", "medianWaitDays", "longWaitDays", "medianAgeDays",
    }  # fmt: skip


@pytest.mark.parametrize(("age", "stale"), [(9, 0), (11, 1)])
def test_a_statement_is_stale_after_the_shortest_term_of_its_contracts(
    session: Session, supply: Any, age: int, stale: int
) -> None:
    provider = a_provider(session)
    a_contract(session, provider, (REGION,), update_term_days=30)
    a_contract(session, provider, (ARNHEM,), update_term_days=10)
    a_statement(session, an_offer(session, provider), stated_at=datetime.now(UTC) - timedelta(days=age))
    homes = family_homes(supply())
    assert (homes["staleOffers"], homes["medianAgeDays"]) == (stale, age)


def test_a_general_provision_needs_no_contract(session: Session, supply: Any) -> None:
    a_general_provision(session, (ARNHEM,), care_type_code="lokaal-team")
    a_general_provision(session, (NIJMEGEN,), care_type_code="lokaal-team")
    (team,) = supply()["careTypes"]
    assert (team["careType"]["code"], team["offers"]) == ("lokaal-team", 1)


def test_municipalities_show_where_the_offers_stand(session: Session, supply: Any) -> None:
    provider = a_provider(session)
    a_contract(session, provider, (REGION,))
    nijmegen = a_location(session, provider, 5.86, 51.84, municipality_code=NIJMEGEN, pc4="6511", place="Nijmegen")
    a_statement(session, an_offer(session, provider, nijmegen))
    places = {each["municipality"]["code"]: each for each in supply()["municipalities"]}
    assert places[NIJMEGEN]["openPlaces"] == 2
    assert places[ARNHEM] == {
        "municipality": {"code": "GM0202", "name": "Arnhem"},
        "offers": 0,
        "openPlaces": None,
        "waiting": None,
        "medianWaitDays": None,
    }


def test_one_care_type_narrows_the_municipalities_and_not_the_care_types(session: Session, supply: Any) -> None:
    contracted(session)
    contracted(session, care_type_code="pleegzorg")
    answer = supply("?careType=pleegzorg")
    assert {each["careType"]["code"] for each in answer["careTypes"]} == {"gezinshuis", "pleegzorg"}
    arnhem = next(each for each in answer["municipalities"] if each["municipality"]["code"] == ARNHEM)
    assert arnhem["offers"] == 1


def test_an_empty_region_names_its_municipalities(supply: Any) -> None:
    answer = supply()
    assert answer["region"] == {"code": "JZ28", "name": "Centraal Gelderland"}
    assert answer["careTypes"] == []
    assert "Arnhem" in {each["municipality"]["name"] for each in answer["municipalities"]}


def test_supply_is_for_people_with_a_token(client: TestClient) -> None:
    assert client.get("/regions/JZ28/supply").status_code == 401


@pytest.mark.parametrize(
    ("address", "status"),
    [("/regions/JZ40/supply", 404), ("/regions/arnhem/supply", 400), ("/regions/JZ28/supply?careType=kasteel", 400)],
)
def test_what_does_not_exist_is_refused_in_a_sentence(
    client: TestClient, token: Token, address: str, status: int
) -> None:
    answer = client.get(address, headers={"Authorization": token("contract-manager", REGION)})
    assert answer.status_code == status
    assert answer.json()["detail"].endswith(".")
