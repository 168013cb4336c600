"""What may be asked of the HSDS feed: honoured, or refused in plain words; never passed over."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.hsds.identifiers import Thing, uuid_of
from tests.availability.builders import (
    a_contract,
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


@pytest.fixture
def provider(session: Session) -> str:
    return a_provider(session)


@pytest.mark.parametrize("path", ["/services", "/service_at_locations"])
def test_what_changed_since_is_found(client: TestClient, session: Session, provider: str, path: str) -> None:
    quiet, said, edited, held, contracted = (said_earlier(session, provider) for _ in range(5))
    moment = datetime(2026, 11, 6, 12, tzinfo=UTC)
    a_statement(session, said, stated_at=EARLIER, recorded_at=moment)
    described(session, edited, moment)
    a_held_place(session, held, held_at=moment)

    def found(**query: Any) -> set[int]:
        asked = {"organization_id": organization(provider), "per_page": 500, **query}
        told = get(client, path, **asked)["contents"]
        return {UUID(each["id"]).int & (1 << 52) - 1 for each in told}

    assert found() == {quiet, said, edited, held, contracted}
    assert found(modified_after="2026-11-06T12:00:00Z") == {said, edited, held}
    assert found(modified_after="2026-11-06") == {said, edited, held}
    assert found(modified_after="2026-11-06T12:00:01Z") == set()
    a_contract(session, provider, valid_from="2026-11-08")
    assert found(modified_after="2026-11-07T00:00:00Z") == {quiet, said, edited, held, contracted}


def test_a_service_is_found_by_words(client: TestClient, session: Session, provider: str) -> None:
    named = an_offer(session, provider, name="Huis De_Wilgen", description="Kleinschalig wonen")
    an_offer(session, provider, name="Huis DeXWilgen")

    def found(words: str) -> list[str]:
        asked = {"search": words, "organization_id": organization(provider)}
        return [each["name"] for each in get(client, "/services", **asked)["contents"]]

    assert found("kleinschalig ARNHEM") == ["Huis De_Wilgen"]
    assert found("de_wilgen") == ["Huis De_Wilgen"]
    assert found("kleinschalig Zwolle") == []
    assert found("a r n h e m h u i s zwolle") == []  # no word is passed over
    asked = {"search": "proef", "per_page": 500}
    assert organization(provider) in {each["id"] for each in get(client, "/organizations", **asked)["contents"]}
    assert get(client, "/organizations", search="Bestaat niet")["empty"]
    assert one(client, named)["name"] == "Huis De_Wilgen"


def test_minimal_tells_only_which_and_when_on_one_page(client: TestClient, session: Session, provider: str) -> None:
    offers = {uuid_of(Thing.SERVICE, said_earlier(session, provider)) for _ in range(60)}
    told = get(client, "/services", minimal=True, organization_id=organization(provider))
    assert (told["total_pages"], {each["id"] for each in told["contents"]}) == (1, offers)
    assert [fault for each in told["contents"] for fault in faults("minimal", each)] == []


def test_full_tells_all_that_belongs_to_it(client: TestClient, session: Session, provider: str) -> None:
    a_statement(session, an_offer(session, provider))
    asked = {"organization_id": organization(provider), "full": True}
    (service,) = get(client, "/services", **asked)["contents"]
    (there,) = get(client, "/service_at_locations", **asked)["contents"]
    assert (len(service["capacities"]), there["service"]["id"]) == (1, service["id"])
    path = f"/organizations/{organization(provider)}"
    (short,), (whole,) = (get(client, path, full_service=each)["services"] for each in (False, True))
    assert ("capacities" in short, "capacities" in whole) == (False, True)
    assert list(faults("organization", get(client, path, full_service=True))) == []


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/services?taxonomy_id=x", {"?taxonomy_id": "Deze bron kent geen taxonomieën. Zoek met search op een woord."}),
        ("/services?format=ndjson", {"?format": "Wij geven alleen json. Laat format weg, of geef json."}),
        (
            "/service_at_locations?postcode=6811&proximity=500",
            dict.fromkeys(
                ("?postcode", "?proximity"),
                "Zoeken rond een plek kan hier niet. Gebruik /v1/offers met near en withinKm.",
            ),
        ),
        (
            "/organizations?full=true",
            {"?full": "Dit kunt u hier niet vragen. Wel: page, per_page, search, format."},
        ),
        ("/services?search=%25!", {"?search": "Geef een woord om op te zoeken."}),
        ("/organizations?search=%00", {"?search": "Geef een woord om op te zoeken."}),
        ("/organizations/x?perpage=5", {"?perpage": "Dit kunt u hier niet vragen. Wel: full_service, format."}),
        ("/services/x?full=true", {"?full": "Dit kunt u hier niet vragen. Wel: format."}),
    ],
)
def test_what_cannot_be_asked_is_refused_in_plain_words(client: TestClient, path: str, words: dict[str, str]) -> None:
    answer = client.get(f"/hsds{path}")
    assert answer.status_code == 400
    assert {fault["pointer"]: fault["detail"] for fault in answer.json()["errors"]} == words


def test_json_may_be_asked_for_by_name(client: TestClient) -> None:
    assert client.get("/hsds/services?format=json").status_code == 200


def test_pages_together_are_the_whole_list(client: TestClient, session: Session, provider: str) -> None:
    offers = {uuid_of(Thing.SERVICE, an_offer(session, provider)) for _ in range(5)}
    seen, number = [], 1
    while True:
        page = get(client, "/services", page=number, per_page=2, organization_id=organization(provider))
        seen += [each["id"] for each in page["contents"]]
        assert (page["page_number"], page["first_page"], page["total_pages"]) == (number, number == 1, 3)
        if page["last_page"]:
            break
        number += 1
    assert (len(seen), set(seen), number) == (5, offers, 3)
    assert get(client, "/services", page=9, organization_id=organization(provider))["empty"]
    organizations = get(client, "/organizations", per_page=500)["contents"]
    assert organization(provider) in {each["id"] for each in organizations}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/services?page=0", 400), ("/services?per_page=501", 400), ("/services?organization_id=x", 400),
        ("/services?modified_after=gisteren", 400), ("/services?minimal=misschien", 400),
        ("/services/x", 404), (f"/services/{uuid_of(Thing.ORGANIZATION, 5)}", 404),
        (f"/services/{uuid_of(Thing.SERVICE, 2**40)}", 404), ("/organizations/x", 404),
        (f"/organizations/{uuid_of(Thing.ORGANIZATION, 99_999_999)}", 404), ("/service_at_locations/1", 404),
    ],
)  # fmt: skip
def test_what_does_not_exist_is_refused(client: TestClient, path: str, status: int) -> None:
    assert client.get(f"/hsds{path}").status_code == status
