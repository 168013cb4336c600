"""The HSDS feed keeps the standard's fields and holds only what everybody may see."""

import re
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.hsds.identifiers import Thing, number_of, number_of_area, uuid_of
from availability.settings import Settings
from tests.availability.builders import (
    ARNHEM,
    NIJMEGEN,
    a_contract,
    a_contracted_offer,
    a_general_provision,
    a_provider,
    a_statement,
    an_offer,
)
from tests.availability.hsds.reading import (
    EARLIER,
    a_held_place,
    described,
    faults,
    get,
    one,
    organization,
    said_earlier,
)


def test_what_is_wrong_is_noticed() -> None:
    assert list(faults("unit", {"id": uuid_of(Thing.UNIT, 1), "title": "Plek"})) == [
        "/title is no field of unit",
        "/name is missing",
    ]


@pytest.fixture
def provider(session: Session) -> str:
    return a_provider(session, website="https://deeik.example")


def test_a_service_has_its_places_with_unit_maximum_and_moment(
    client: TestClient, session: Session, provider: str
) -> None:
    offer = a_contracted_offer(session, provider=provider, name="Gezinshuis De Wilgen")
    a_statement(session, offer, open_places=2, stated_at=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
    told = get(client, f"/services/{uuid_of(Thing.SERVICE, offer)}")
    assert list(faults("service", told)) == []
    (capacity,) = told["capacities"]
    assert (capacity["unit"]["name"], capacity["available"], capacity["maximum"]) == ("Plek voor een kind", 2, 12)
    assert capacity["updated"] == "2026-11-01T09:30:00.000+00:00"
    assert [area["name"] for area in told["service_areas"]] == ["Arnhem"]
    assert told["service_at_locations"][0]["location"]["description"] == "Arnhem, postcodegebied 6811"


def test_behind_an_admission_stop_nothing_is_available(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_statement(session, offer, admission_stop=True)
    told = get(client, f"/services/{uuid_of(Thing.SERVICE, offer)}")
    assert (told["status"], told["capacities"][0]["available"]) == ("temporarily closed", 0)
    assert list(faults("service", told)) == []


def capacity_of(client: TestClient, offer: int) -> Any:
    told = one(client, offer)
    assert list(faults("service", told)) == []
    return told["capacities"][0]


def test_a_place_that_is_held_is_not_available(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_statement(session, offer, open_places=2, stated_at=EARLIER)
    a_held_place(session, offer, last_day="2026-11-03", held_at=EARLIER)  # its time is over
    a_held_place(session, offer, held_at=EARLIER, ended_at=EARLIER, ended_how="released")
    assert capacity_of(client, offer)["available"] == 2
    a_held_place(session, offer, held_at=datetime(2026, 11, 9, 12, tzinfo=UTC))
    now = capacity_of(client, offer)
    assert (now["available"], now["maximum"], now["updated"]) == (1, 12, "2026-11-09T12:00:00.000+00:00")
    for _ in range(3):
        a_held_place(session, offer)
    assert capacity_of(client, offer)["available"] == 0


def test_a_place_from_a_later_day_is_not_available_yet(client: TestClient, session: Session, provider: str) -> None:
    later, since = an_offer(session, provider), an_offer(session, provider)
    a_statement(session, later, open_places=2, available_from="2999-01-01")
    a_statement(session, since, open_places=2, available_from="2026-01-01")
    told = capacity_of(client, later)
    assert told["available"] == 0
    assert told["description"].endswith("Er is plek vanaf 2999-01-01.")
    assert capacity_of(client, since)["available"] == 2


@pytest.mark.parametrize(
    ("suspended", "areas"),
    [
        ({"suspended_from": "2026-01-01"}, ["Nijmegen"]),
        ({"suspended_from": "2026-01-01", "suspended_until": "2999-01-01"}, ["Nijmegen"]),
        ({"suspended_from": "2026-01-01", "suspended_until": "2026-02-01"}, ["Arnhem", "Nijmegen"]),
        ({"valid_until": "2026-02-01"}, ["Nijmegen"]),
    ],
)
def test_a_contract_that_does_not_run_gives_no_area(
    client: TestClient, session: Session, provider: str, suspended: dict[str, Any], areas: list[str]
) -> None:
    offer = an_offer(session, provider)
    a_contract(session, provider, (NIJMEGEN,))
    a_contract(session, provider, (ARNHEM,), **suspended)
    assert sorted(area["name"] for area in one(client, offer)["service_areas"]) == areas


def test_an_area_keeps_its_identifier_when_another_comes(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_contract(session, provider, (NIJMEGEN, "JZ28"))
    before = {area["name"]: area["id"] for area in one(client, offer)["service_areas"]}
    a_contract(session, provider, (ARNHEM, "NL"))
    after = {area["name"]: area["id"] for area in one(client, offer)["service_areas"]}
    assert before.items() < after.items()
    assert len(set(after.values())) == 4


def test_every_area_has_a_number_of_its_own() -> None:
    codes = ["NL", *(f"JZ{number:02}" for number in range(100)), *(f"GM{number:04}" for number in range(10_000))]
    identifiers = {uuid_of(Thing.SERVICE_AREA, 7, number_of_area(code)) for code in codes}
    assert len(identifiers) == len(codes)
    assert all(str(UUID(each)) == each for each in list(identifiers)[:100])


def test_when_a_service_last_changed_is_told_also_when_it_was_described_anew(
    client: TestClient, session: Session, provider: str
) -> None:
    offer = said_earlier(session, provider)
    assert one(client, offer)["last_modified"] == "2026-11-01T09:30:00.000+00:00"
    described(session, offer, datetime(2026, 11, 5, 8, tzinfo=UTC))
    described(session, offer, datetime(2026, 11, 9, 8, tzinfo=UTC), denied=True)  # it stayed as it was
    told = one(client, offer)
    assert told["last_modified"] == "2026-11-05T08:00:00.000+00:00"
    assert told["assured_date"] == "2026-11-01"
    assert told["capacities"][0]["updated"] == "2026-11-01T09:30:00.000+00:00"


def test_an_offer_that_never_stated_has_changed_when_it_was_published(
    client: TestClient, session: Session, provider: str
) -> None:
    offer = an_offer(session, provider, published_from="2026-11-04")
    assert one(client, offer)["last_modified"] == "2026-11-03T23:00:00.000+00:00"


def test_only_public_facts_are_told(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_statement(session, offer, note="Even bellen met de intake", waiting_count=77_777, intake_wait_days=3_333)
    hidden = an_offer(session, provider, published_from="2099-01-01")
    whole = client.get("/hsds/services", params={"organization_id": organization(provider), "full": True})
    assert whole.json()["total_items"] == 1
    assert not re.search(r"bellen|\b77777\b|\b3333\b|stated_by", whole.text)
    assert client.get(f"/hsds/services/{uuid_of(Thing.SERVICE, hidden)}").status_code == 404
    assert list(faults("service", whole.json()["contents"][0])) == []


def test_an_organization_has_its_locations(client: TestClient, session: Session, provider: str) -> None:
    a_general_provision(session, provider=provider)
    told = get(client, f"/organizations/{organization(provider)}")
    assert list(faults("organization", told)) == []
    assert told["organization_identifiers"][0]["identifier"] == provider
    assert len(told["locations"]) == 1


def test_a_service_at_its_location(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    told = get(client, f"/service_at_locations/{uuid_of(Thing.SERVICE_AT_LOCATION, offer)}")
    assert list(faults("service_at_location", told)) == []
    listed = get(client, "/service_at_locations", per_page=500)["contents"]
    assert told["id"] in {each["id"] for each in listed}


def test_the_feed_introduces_itself_and_may_be_read_by_every_page(client: TestClient, settings: Settings) -> None:
    told = get(client, "")
    assert list(faults("feed", told)) == []
    assert told["version"] == "3.2"
    assert told["openapi_url"].endswith("/3.2/schema/openapi.json")
    assert told["publisher"]["email"] == settings.contact_email
    for path in ("", "/services", "/organizations"):
        assert client.get(f"/hsds{path}").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("number", [0, 1, 90_000_001, 2**52 - 1])
def test_an_identifier_leads_back_to_its_number(number: int) -> None:
    identifier = uuid_of(Thing.SERVICE, number)
    assert number_of(Thing.SERVICE, identifier) == number
    assert number_of(Thing.LOCATION, identifier) is None
    assert (UUID(identifier).version, UUID(identifier).variant) == (8, "specified in RFC 4122")
    assert len({uuid_of(thing, number, part) for thing in Thing for part in range(1024)}) == len(Thing) * 1024
