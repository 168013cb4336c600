"""The contact register: kept fresh by the regional contact person, and one recognisable route for families."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import ARNHEM, NIJMEGEN
from tests.conftest import Token

REGION = "JZ28"
TEAM = {"kind": "local-team", "municipality": ARNHEM, "name": "Wijkteam Noord", "phone": "026 377 11 11"}


class Keeper:
    """The regional contact person of Arnhem's region, or whoever is named."""

    def __init__(
        self, client: TestClient, token: Token, role: str = "regional-contact", organisation: str = REGION
    ) -> None:
        self.client = client
        self.headers = {"Authorization": token(role, organisation)}

    def send(self, method: str, path: str, body: Any = None, if_match: str | None = None) -> Response:
        headers = self.headers | ({"If-Match": if_match} if if_match else {})
        return self.client.request(method, path, json=body, headers=headers)

    def add(self, **given: Any) -> Response:
        return self.send("POST", f"/regions/{REGION}/contacts", TEAM | given)

    def contacts(self, query: str = "") -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.send("GET", f"/regions/{REGION}/contacts{query}").json()["items"]
        return items

    def register(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.send("GET", f"/regions/{REGION}/contact-register").json()
        return answer


@pytest.fixture(autouse=True)
def stopped_clock(running: TestClient) -> Iterator[None]:
    app = running.app
    assert isinstance(app, FastAPI)
    today = app.state.today
    app.state.today = lambda: date(2026, 11, 23)
    yield
    app.state.today = today


@pytest.fixture
def keeper(client: TestClient, token: Token) -> Keeper:
    return Keeper(client, token)


def test_a_contact_is_dated_on_the_day_it_was_written(keeper: Keeper) -> None:
    added = keeper.add()
    assert added.status_code == 201
    assert added.json().items() >= {
        "kindName": "Lokaal team", "municipality": {"code": ARNHEM, "name": "Arnhem"},
        "checkedOn": "2026-11-23", "dueOn": "2027-05-22", "freshness": "fresh",
    }.items()  # fmt: skip
    assert keeper.contacts() == [added.json()]


def test_the_owner_decides_how_often_an_entry_is_looked_at(keeper: Keeper, session: Session) -> None:
    keeper.add()
    assert keeper.register()["owner"] is None
    path, owned = f"/regions/{REGION}/contact-register", {"owner": "Regiobureau", "updateTermDays": 30}
    assert keeper.send("PUT", path, owned).status_code == 428
    made = keeper.client.put(path, json=owned, headers=keeper.headers | {"If-None-Match": "*"})
    assert made.json().items() >= (owned | {"contacts": 1, "due": 0, "stale": 0}).items()
    session.execute(text("UPDATE contact SET checked_on = '2026-10-01'"))
    assert keeper.register()["stale"] == 1
    assert keeper.send("PUT", path, owned, '"9"').status_code == 412
    assert keeper.send("PUT", path, owned | {"updateTermDays": 90}, made.headers["etag"]).json()["stale"] == 0


def test_still_right_costs_one_click(keeper: Keeper, session: Session) -> None:
    contact = keeper.add().json()
    session.execute(text("UPDATE contact SET checked_on = '2026-01-01'"))
    assert keeper.contacts()[0]["freshness"] == "stale"
    path = f"/regions/{REGION}/contacts/{contact['id']}/confirmation"
    assert keeper.send("POST", path).status_code == 428
    assert keeper.send("POST", path, if_match=contact["etag"]).json()["freshness"] == "fresh"
    assert keeper.send("POST", path, if_match=contact["etag"]).status_code == 412


def test_a_contact_is_changed_and_taken_away_by_who_saw_it(keeper: Keeper) -> None:
    contact = keeper.add().json()
    path = f"/regions/{REGION}/contacts/{contact['id']}"
    changed = keeper.send("PUT", path, TEAM | {"phone": "026 377 22 22"}, contact["etag"])
    assert changed.json()["phone"] == "026 377 22 22"
    assert keeper.send("DELETE", path, if_match=contact["etag"]).status_code == 412
    assert keeper.send("DELETE", path, if_match=changed.headers["etag"]).status_code == 204
    assert keeper.contacts() == []
    assert keeper.send("DELETE", path, if_match="*").status_code == 404


def test_what_is_missing_is_named(keeper: Keeper) -> None:
    missing = {
        (each["kind"], each["municipality"] and each["municipality"]["name"]) for each in keeper.register()["missing"]
    }
    assert {("local-team", "Arnhem"), ("certified-institution", "Arnhem"), ("veilig-thuis", None)} <= missing
    keeper.add()
    keeper.add(kind="certified-institution", municipality=None)  # one for the whole region
    missing = {
        (each["kind"], each["municipality"] and each["municipality"]["name"]) for each in keeper.register()["missing"]
    }
    assert ("local-team", "Arnhem") not in missing
    assert "certified-institution" not in {kind for kind, _ in missing}


def test_a_municipality_has_its_own_contacts_and_those_of_the_region(keeper: Keeper) -> None:
    keeper.add()
    keeper.add(municipality="GM0299", name="Team Zevenaar")
    keeper.add(kind="veilig-thuis", municipality=None, name="Veilig Thuis Gelderland-Midden")
    assert [each["name"] for each in keeper.contacts(f"?municipality={ARNHEM}")] == [
        "Veilig Thuis Gelderland-Midden", "Wijkteam Noord"
    ]  # fmt: skip
    assert len(keeper.contacts("?kind=local-team")) == 2


@pytest.mark.parametrize(
    ("given", "pointer"),
    [
        ({"municipality": NIJMEGEN}, "/municipality"),  # of another region
        ({"phone": "bel maar"}, "/phone"),
        ({"email": "team"}, "/email"),
        ({"website": "http://onveilig.nl"}, "/website"),
        ({"phone": None}, ""),
        ({"kind": "buurvrouw"}, "/kind"),
        ({"name": "Bel 0612345678"}, "/name"),
    ],
)
def test_a_wrong_contact_is_refused(keeper: Keeper, given: dict[str, Any], pointer: str) -> None:
    answer = keeper.add(**given)
    assert answer.status_code == 400
    assert [fault["pointer"] for fault in answer.json()["errors"]] == [pointer]
    assert keeper.contacts() == []


def test_a_contact_is_in_the_register_once(keeper: Keeper) -> None:
    keeper.add()
    again = keeper.add()
    assert (again.status_code, again.json()["detail"]) == (409, "Deze contactpersoon staat al in het register.")


@pytest.mark.parametrize(
    ("role", "organisation"),
    [("regional-contact", "JZ32"), ("local-team", ARNHEM), ("provider", "41000001"), ("contract-manager", REGION)],
)
def test_only_the_regions_own_contact_person_keeps_it_and_everybody_reads_it(
    client: TestClient, token: Token, keeper: Keeper, role: str, organisation: str
) -> None:
    keeper.add()
    other = Keeper(client, token, role, organisation)
    assert other.add(name="Een ander").status_code == 403
    assert len(other.contacts()) == 1


def test_families_see_whom_to_call_without_a_token(keeper: Keeper, client: TestClient) -> None:
    keeper.add()
    keeper.add(kind="trouble-shooter", name="Zorgpontonier Arnhem", phone=None, email="doorbraak@arnhem.example")
    keeper.add(kind="crisis-service", municipality=None, name="Spoedhulp Gelderland", phone="0900 12 34")
    keeper.add(kind="official", name="Functionaris")  # for professionals only
    keeper.add(municipality="GM0299", name="Team Zevenaar")
    answer = client.get(f"/municipalities/{ARNHEM}/route-for-families")
    assert answer.status_code == 200
    assert [each["name"] for each in answer.json()["contacts"]] == ["Wijkteam Noord", "Zorgpontonier Arnhem"]
    assert answer.json()["contacts"][0].items() >= {
        "phone": "026 377 11 11", "checkedOn": "2026-11-23", "freshness": "fresh"
    }.items()  # fmt: skip
    assert [(each["name"], each["phone"]) for each in answer.json()["crisis"]] == [
        ("Alarmnummer", "112"), ("Crisisteam van Veilig Thuis", "0800-2000"), ("Spoedhulp Gelderland", "0900 12 34")
    ]  # fmt: skip


def test_a_municipality_without_a_register_still_says_whom_to_call_at_once(client: TestClient) -> None:
    answer = client.get(f"/municipalities/{NIJMEGEN}/route-for-families").json()
    assert answer["contacts"] == []
    assert {each["phone"] for each in answer["crisis"]} == {"112", "0800-2000", None}
    assert client.get("/municipalities/GM9999/route-for-families").status_code == 404
