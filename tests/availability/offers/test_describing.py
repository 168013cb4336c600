"""Providers describe their own offers; nobody else's, never over another's change, with every fault at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import AMSTERDAM, ARNHEM, a_location, a_provider, a_statement, an_offer
from tests.conftest import Token

TODAY = date.today()  # noqa: DTZ011 - the service's own day is tested elsewhere


class Describer:
    """Somebody at a provider with one location."""

    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session = client, session
        self.provider = a_provider(session)
        self.location = a_location(session, self.provider)
        self.headers = {"Authorization": token("provider", self.provider)}

    def offer(self, **given: Any) -> dict[str, Any]:
        usual = {"name": "Gezinshuis De Wilgen", "careType": "gezinshuis", "locationId": self.location}
        return {**usual, "setting": "family", "publishedFrom": "2026-01-01", **given}

    def add(self, **given: Any) -> Any:
        return self.client.post("/offers", json=self.offer(**given), headers=self.headers)

    def change(self, offer: int, seen: str | None, **patch: Any) -> Any:
        headers = self.headers | ({"If-Match": seen} if seen else {})
        return self.client.patch(f"/offers/{offer}", json=patch, headers=headers)

    def pointers(self, answer: Any) -> list[str]:
        assert answer.status_code == 400, answer.text
        return [fault["pointer"] for fault in answer.json()["errors"]]


@pytest.fixture
def describer(client: TestClient, session: Session, token: Token) -> Describer:
    return Describer(client, session, token)


def test_a_described_offer_is_found_at_once(describer: Describer) -> None:
    whole = {
        "description": "Wonen bij gezinshuisouders.", "ageFrom": 12, "ageUntil": 17, "genders": ["girl", "other"],
        "serves": ["lvb"], "excludes": ["verslaving"], "onlyFor": ["lvb"], "siblings": 2, "pastEighteen": True,
        "travelsKm": 12.5, "publishedUntil": "2027-12-31",
    }  # fmt: skip
    added = describer.add(**whole)
    assert added.status_code == 201, added.text
    assert added.headers["Location"] == f"/v1/offers/{added.json()['id']}"
    shown = describer.client.get(f"/offers/{added.json()['id']}")
    assert {name: shown.json()[name] for name in whole} == whole
    assert shown.headers["ETag"] == shown.json()["etag"] == added.headers["ETag"]


def test_every_fault_is_named_at_once(describer: Describer) -> None:
    wrong = describer.add(
        careType="bestaat-niet", locationId=1, ageFrom=12, ageUntil=10, serves=["lvb"], publishedUntil="2025-01-01"
    )
    assert describer.pointers(wrong) == ["/ageUntil", "/publishedUntil"]
    unknown = describer.add(
        careType="bestaat-niet", locationId=1, serves=["lvb", "x"], excludes=["lvb"], municipalities=["GM9999"]
    )
    assert describer.pointers(unknown) == ["/careType", "/serves/1", "/serves/0", "/municipalities/0", "/locationId"]


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"description": "Bel Jan op 06-12345678."}, "/description"),
        ({"name": "jan@voorbeeld.nl"}, "/name"),
        ({"publishedFrom": "1826-01-01"}, "/publishedFrom"),
        ({"genders": []}, "/genders"),
        ({"siblings": True}, "/siblings"),
        ({"kleur": "groen"}, "/kleur"),
        ({"municipalities": [ARNHEM]}, "/municipalities"),
        ({"careType": "jongerenwerk", "municipalities": []}, "/municipalities"),
        ({"serves": ["lvb", "lvb"]}, "/serves/1"),
    ],
)
def test_what_cannot_be_is_refused(describer: Describer, given: dict[str, Any], pointer: str) -> None:
    assert describer.pointers(describer.add(**given)) == [pointer]


def test_a_general_provision_names_its_municipalities(describer: Describer) -> None:
    added = describer.add(careType="jongerenwerk", municipalities=[ARNHEM, AMSTERDAM], setting="location").json()
    assert added["municipalities"] == [ARNHEM, AMSTERDAM]
    changed = describer.change(added["id"], added["etag"], municipalities=[AMSTERDAM]).json()
    assert changed["municipalities"] == [AMSTERDAM]


def test_the_same_offer_sent_twice_is_there_once(describer: Describer) -> None:
    first = describer.add().json()["id"]
    again = describer.add(name="gezinshuis de wilgen")
    assert again.status_code == 409
    assert again.json()["type"].endswith("/offer-exists")
    assert str(first) in again.json()["detail"]


def test_a_change_says_what_it_saw(describer: Describer) -> None:
    offer = describer.add().json()
    assert describer.change(offer["id"], None, ageFrom=4).status_code == 428
    changed = describer.change(offer["id"], offer["etag"], ageFrom=4)
    assert (changed.status_code, changed.json()["ageFrom"], changed.json()["name"]) == (200, 4, offer["name"])
    assert describer.change(offer["id"], offer["etag"], ageFrom=5).status_code == 412
    assert describer.change(offer["id"], changed.json()["etag"], ageFrom=5).status_code == 200


def test_the_care_type_of_an_offer_stays(describer: Describer) -> None:
    offer = describer.add().json()
    assert describer.pointers(describer.change(offer["id"], "*", careType="pleegzorg")) == ["/careType"]


def test_an_offer_that_stops_is_gone_the_day_after(describer: Describer) -> None:
    offer = describer.add(publishedFrom="2020-01-01").json()
    describer.change(offer["id"], "*", publishedUntil=TODAY.isoformat())
    assert describer.client.get(f"/offers/{offer['id']}").status_code == 200
    describer.change(offer["id"], "*", publishedUntil=(TODAY - timedelta(days=1)).isoformat())
    assert describer.client.get(f"/offers/{offer['id']}").status_code == 404
    assert describer.client.get(f"/offers/{offer['id']}", headers=describer.headers).status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("PATCH", "/offers/{offer}"),
        ("PUT", "/offers/{offer}/capacity"),
        ("POST", "/offers/{offer}/capacity/confirmation"),
        ("DELETE", "/offers/{offer}/capacity/confirmation"),
    ],
)
def test_of_another_only_what_everybody_sees_is_known(
    describer: Describer, session: Session, method: str, path: str
) -> None:
    """What is not published yet does not exist for another, whichever way one asks."""
    shown, hidden = an_offer(session), an_offer(session, published_from="2099-01-01")
    a_statement(session, hidden)

    def sent(offer: int) -> Any:
        return describer.client.request(method, path.format(offer=offer), json={}, headers=headers)

    headers = describer.headers | {"If-Match": "*"}
    assert (sent(shown).status_code, sent(hidden).status_code, sent(999_999_999).status_code) == (403, 404, 404)


@pytest.mark.parametrize("role", ["local-team", "contract-manager", "official"])
def test_who_is_no_provider_describes_nothing(describer: Describer, token: Token, role: str) -> None:
    headers = {"Authorization": token(role, ARNHEM)}
    assert describer.client.post("/offers", json=describer.offer(), headers=headers).status_code == 403
    assert describer.client.post("/offers", json=describer.offer()).status_code == 401


def test_an_administrator_says_for_whom(describer: Describer, token: Token) -> None:
    headers = {"Authorization": token("admin", "-")}
    send: dict[str, Any] = {"json": describer.offer(), "headers": headers}
    assert describer.client.post("/offers", **send).status_code == 400
    assert describer.client.post(f"/offers?provider={describer.provider}", **send).status_code == 201
    assert describer.client.post("/offers?provider=12345678", **send).status_code == 400


def test_a_provider_adds_a_location_once(describer: Describer) -> None:
    sent: dict[str, Any] = {"json": {"name": "Huis Ede", "pc4": "6711"}, "headers": describer.headers}
    added = describer.client.post("/locations", **sent)
    assert added.status_code == 201, added.text
    assert added.json()["place"] == "Ede"
    assert describer.client.post("/locations", **sent).status_code == 409
    listed = describer.client.get("/locations", params={"provider": describer.provider}, headers=describer.headers)
    assert {each["name"] for each in listed.json()["items"]} == {"Hoofdlocatie", "Huis Ede"}
    assert describer.add(locationId=added.json()["id"]).status_code == 201
    nowhere = describer.client.post("/locations", json={"name": "Nergens", "pc4": "9000"}, headers=describer.headers)
    assert describer.pointers(nowhere) == ["/pc4"]


def test_who_changed_what_is_written_down(describer: Describer, session: Session) -> None:
    offer = describer.add().json()
    describer.change(offer["id"], "*", ageFrom=4)
    written = session.execute(
        text("SELECT action FROM audit_entry WHERE record_kind = 'offer' AND record_id = :id ORDER BY id"),
        {"id": str(offer["id"])},
    )
    assert list(written.scalars()) == ["describe-offer", "change-offer"]
