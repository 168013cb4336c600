"""The HSDS feed keeps the standard's fields and holds only what everybody may see.

`fields.csv` restates in our own table the fields that we use of HSDS 3.2 (Open Referral, schema/*.json of release 3.2
at github.com/openreferral/specification): name, kind, and whether the standard requires it.
"""

import csv
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.hsds.identifiers import Thing, number_of, uuid_of
from tests.availability.builders import a_contracted_offer, a_general_provision, a_provider, a_statement, an_offer

FIELDS = list(csv.DictReader((Path(__file__).parent / "fields.csv").read_text(encoding="utf-8").splitlines()))
MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}(Z|[+-]\d\d:\d\d)")


def faults(kind: str, thing: Any, where: str = "") -> Iterator[str]:
    """Where a JSON object is not as the table of fields says."""
    known = {each["field"]: each for each in FIELDS if each["object"] == kind}
    yield from (f"{where}/{name} is no field of {kind}" for name in thing.keys() - known.keys())
    for name, field in known.items():
        if name in thing:
            yield from _wrong(field["kind"], thing[name], f"{where}/{name}")
        elif field["required"] == "yes":
            yield f"{where}/{name} is missing"


def _wrong(kind: str, value: Any, where: str) -> Iterator[str]:
    if kind.startswith("list of "):
        for at, each in enumerate(value):
            yield from faults(kind.removeprefix("list of "), each, f"{where}/{at}")
    elif isinstance(value, dict):
        yield from faults(kind, value, where)
    elif not _fits(kind, value):
        yield f"{where} is no {kind}: {value!r}"


def _fits(kind: str, value: Any) -> bool:
    match kind:
        case "uuid":
            return isinstance(value, str) and str(UUID(value)) == value
        case "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        case "date-time":
            return bool(MOMENT.fullmatch(value))
        case "string":
            return isinstance(value, str)
    return value in kind.split("|")


def test_what_is_wrong_is_noticed() -> None:
    assert list(faults("unit", {"id": uuid_of(Thing.UNIT, 1), "title": "Plek"})) == [
        "/title is no field of unit",
        "/name is missing",
    ]


@pytest.fixture
def provider(session: Session) -> str:
    return a_provider(session, website="https://deeik.example")


def _get(client: TestClient, path: str, **query: Any) -> Any:
    answer = client.get(f"/hsds{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_a_service_has_its_places_with_unit_maximum_and_moment(
    client: TestClient, session: Session, provider: str
) -> None:
    offer = a_contracted_offer(session, provider=provider, name="Gezinshuis De Wilgen")
    a_statement(session, offer, open_places=2, stated_at=datetime(2026, 11, 1, 9, 30, tzinfo=UTC))
    told = _get(client, f"/services/{uuid_of(Thing.SERVICE, offer)}")
    assert list(faults("service", told)) == []
    (capacity,) = told["capacities"]
    assert (capacity["unit"]["name"], capacity["available"], capacity["maximum"]) == ("Plek voor een kind", 2, 12)
    assert capacity["updated"] == "2026-11-01T09:30:00.000+00:00"
    assert [area["name"] for area in told["service_areas"]] == ["Arnhem"]
    assert told["service_at_locations"][0]["location"]["description"] == "Arnhem, postcodegebied 6811"


def test_behind_an_admission_stop_nothing_is_available(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_statement(session, offer, admission_stop=True)
    told = _get(client, f"/services/{uuid_of(Thing.SERVICE, offer)}")
    assert (told["status"], told["capacities"][0]["available"]) == ("temporarily closed", 0)
    assert list(faults("service", told)) == []


def test_only_public_facts_are_told(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    a_statement(session, offer, note="Even bellen met de intake", waiting_count=77_777, intake_wait_days=3_333)
    hidden = an_offer(session, provider, published_from="2099-01-01")
    whole = client.get("/hsds/services", params={"organization_id": _organization(provider), "full": True})
    assert whole.json()["total_items"] == 1
    assert not re.search(r"bellen|\b77777\b|\b3333\b|stated_by", whole.text)
    assert client.get(f"/hsds/services/{uuid_of(Thing.SERVICE, hidden)}").status_code == 404
    assert list(faults("service", whole.json()["contents"][0])) == []


def _organization(provider: str) -> str:
    return uuid_of(Thing.ORGANIZATION, int(provider))


def test_an_organization_has_its_locations(client: TestClient, session: Session, provider: str) -> None:
    a_general_provision(session, provider=provider)
    told = _get(client, f"/organizations/{_organization(provider)}")
    assert list(faults("organization", told)) == []
    assert told["organization_identifiers"][0]["identifier"] == provider
    assert len(told["locations"]) == 1


def test_a_service_at_its_location(client: TestClient, session: Session, provider: str) -> None:
    offer = an_offer(session, provider)
    told = _get(client, f"/service_at_locations/{uuid_of(Thing.SERVICE_AT_LOCATION, offer)}")
    assert list(faults("service_at_location", told)) == []
    listed = _get(client, "/service_at_locations", per_page=500)["contents"]
    assert told["id"] in {each["id"] for each in listed}


def test_pages_together_are_the_whole_list(client: TestClient, session: Session, provider: str) -> None:
    offers = {uuid_of(Thing.SERVICE, an_offer(session, provider)) for _ in range(5)}
    seen, number = [], 1
    while True:
        page = _get(client, "/services", page=number, per_page=2, organization_id=_organization(provider))
        seen += [each["id"] for each in page["contents"]]
        assert (page["page_number"], page["first_page"], page["total_pages"]) == (number, number == 1, 3)
        if page["last_page"]:
            break
        number += 1
    assert (len(seen), set(seen), number) == (5, offers, 3)
    assert _get(client, "/services", page=9, organization_id=_organization(provider))["empty"]
    organizations = _get(client, "/organizations", per_page=500)["contents"]
    assert _organization(provider) in {each["id"] for each in organizations}


def test_the_feed_introduces_itself_and_may_be_read_by_every_page(client: TestClient) -> None:
    told = client.get("/hsds").json()
    assert told["version"] == "3.2"
    for path in (told["services"], told["organizations"]):
        assert client.get(f"/{path}").headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services?page=0", 400), ("/services?per_page=501", 400), ("/services?organization_id=x", 400),
        ("/services/x", 404), (f"/services/{uuid_of(Thing.ORGANIZATION, 5)}", 404),
        (f"/services/{uuid_of(Thing.SERVICE, 2**40)}", 404), ("/organizations/x", 404),
        (f"/organizations/{uuid_of(Thing.ORGANIZATION, 99_999_999)}", 404), ("/service_at_locations/1", 404),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/hsds{path}").status_code == status


@pytest.mark.parametrize("number", [0, 1, 90_000_001, 2**52 - 1])
def test_an_identifier_leads_back_to_its_number(number: int) -> None:
    identifier = uuid_of(Thing.SERVICE, number)
    assert number_of(Thing.SERVICE, identifier) == number
    assert number_of(Thing.LOCATION, identifier) is None
    assert (UUID(identifier).version, UUID(identifier).variant) == (8, "specified in RFC 4122")
    assert len({uuid_of(thing, number, part) for thing in Thing for part in range(1024)}) == len(Thing) * 1024
