"""Providers are found by name, added by who contracts them, and say themselves how they are reached."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cursors import cursor_of
from tests.availability.builders import a_provider
from tests.conftest import Token

NEW = {"agbCode": "01234567", "name": "Stichting De Zwaluw", "phone": "026 123 45 67", "email": "intake@zwaluw.example"}


class Desk:
    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session, self.token = client, session, token

    def ask(self, method: str, path: str = "", role: str = "contract-manager", who: str = "JZ28", **sent: Any) -> Any:
        headers = {"Authorization": self.token(role, who), **sent.pop("headers", {})}
        return self.client.request(method, f"/providers{path}", headers=headers, **sent)

    def found(self, q: str) -> list[str]:
        answer = self.ask("GET", params={"q": q})
        assert answer.status_code == 200, answer.text
        return [each["name"] for each in answer.json()["items"]]


@pytest.fixture
def desk(client: TestClient, session: Session, token: Token) -> Desk:
    return Desk(client, session, token)


@pytest.fixture
def known(session: Session) -> str:
    return a_provider(session, agb_code="07654321", name="Jeugdhulp De Ooievaar", email="post@ooievaar.example")


def test_a_provider_is_found_by_a_part_of_its_name_a_typing_error_or_its_code(desk: Desk, known: str) -> None:
    for words in ("ooievaar", "OOIE", "ooivaar", "jeugdhulp ooievaar", known, known[:5]):
        assert desk.found(words) == ["Jeugdhulp De Ooievaar"], words
    assert desk.found("ooievaar zwaluw") == []
    assert desk.found("%") == desk.found("")


def test_a_long_list_goes_on_where_it_stopped(desk: Desk) -> None:
    names = [f"Reeks {letter}" for letter in "abcde"]
    for name in names:
        a_provider(desk.session, name=name)
    seen: list[str] = []
    asked: dict[str, Any] = {"q": "reeks", "limit": 2}
    while True:
        page = desk.ask("GET", params=asked).json()
        seen += [each["name"] for each in page["items"]]
        if page["next"] is None:
            break
        asked = {**asked, "cursor": page["next"]}
    assert seen == names


@pytest.mark.parametrize("path", ["/providers", "/contracts"])
@pytest.mark.parametrize("name", ["\0", 7, None])
def test_a_cursor_that_is_not_ours_is_refused(desk: Desk, path: str, name: Any) -> None:
    headers = {"Authorization": desk.token("contract-manager", "JZ28")}
    for last in ("00000001", 1):
        refused = desk.client.get(path, params={"cursor": cursor_of(name, last)}, headers=headers)
        assert (refused.status_code, refused.json()["errors"][0]["pointer"]) == (400, "?cursor")


def test_a_manager_adds_a_provider_and_contracts_it(desk: Desk) -> None:
    added = desk.ask("POST", json=NEW)
    assert added.status_code == 201, added.text
    assert added.headers["Location"] == "/v1/providers/01234567"
    kept = desk.ask("GET", "/01234567")
    assert kept.json() == added.json() == {**NEW, "website": None, "etag": added.headers["ETag"]}
    lines = [{"careType": "gezinshuis", "area": "JZ28"}]
    contract = {"provider": "01234567", "number": "1", "scope": "regional", "validFrom": "2026-01-01", "lines": lines}
    headers = {"Authorization": desk.token("contract-manager", "JZ28")}
    assert desk.client.post("/contracts", json=contract, headers=headers).status_code == 201


def test_a_provider_is_there_once(desk: Desk, known: str) -> None:
    refused = desk.ask("POST", json={**NEW, "agbCode": known})
    assert (refused.status_code, refused.json()["type"].rsplit("/", 1)[-1]) == (409, "provider-exists")
    assert desk.found(known) == ["Jeugdhulp De Ooievaar"]


def test_every_fault_of_a_new_provider_is_named_at_once(desk: Desk) -> None:
    wrong = {"agbCode": "123", "name": "bel 026 123 45 67", "phone": "bel mij", "email": "x", "website": "http://x.nl"}
    refused = desk.ask("POST", json=wrong)
    assert refused.status_code == 400
    pointers = {fault["pointer"] for fault in refused.json()["errors"]}
    assert pointers == {"/agbCode", "/name", "/phone", "/email", "/website"}


@pytest.mark.parametrize("role", ["provider", "local-team", "ret-chair", "regional-contact", "back-office", "official"])
def test_nobody_else_adds_or_seeks_providers(desk: Desk, known: str, role: str) -> None:
    who = known if role == "provider" else "GM0202"
    assert desk.ask("POST", role=role, who=who, json=NEW).status_code == 403
    assert desk.ask("GET", role=role, who=who).status_code == 403


def test_a_provider_says_itself_how_it_is_reached(desk: Desk, known: str) -> None:
    seen = desk.ask("GET", f"/{known}", "provider", known)
    said = {"json": {"phone": "026 765 43 21"}, "headers": {"If-Match": seen.headers["ETag"]}}
    changed = desk.ask("PATCH", f"/{known}", "provider", known, **said)
    assert changed.status_code == 200, changed.text
    now = changed.json()
    assert (now["phone"], now["email"]) == ("026 765 43 21", "post@ooievaar.example")
    said["headers"] = {"If-Match": seen.headers["ETag"]}
    assert desk.ask("PATCH", f"/{known}", "provider", known, **said).status_code == 412
    assert desk.ask("PATCH", f"/{known}", "provider", known, json={}).status_code == 428


def test_another_does_not_say_how_a_provider_is_reached(desk: Desk, known: str) -> None:
    other = a_provider(desk.session)
    said: dict[str, Any] = {"json": {"phone": "1234"}, "headers": {"If-Match": "*"}}
    assert desk.ask("PATCH", f"/{known}", "provider", other, **said).status_code == 403
    said["headers"] = {"If-Match": "*"}
    assert desk.ask("PATCH", f"/{known}", **said).status_code == 403
    assert desk.ask("GET", f"/{known}", "provider", other).status_code == 403
    assert desk.ask("GET", "/00000009").status_code == 404


def test_its_name_and_code_stay_what_they_were(desk: Desk, known: str) -> None:
    for patch in ({"name": "Anders"}, {"agbCode": "01111111"}):
        said: dict[str, Any] = {"json": patch, "headers": {"If-Match": "*"}}
        assert desk.ask("PATCH", f"/{known}", "provider", known, **said).status_code == 400


def test_who_added_and_changed_what_is_written_down(desk: Desk) -> None:
    desk.ask("POST", json=NEW)
    said: dict[str, Any] = {"json": {"phone": None}, "headers": {"If-Match": "*"}}
    desk.ask("PATCH", "/01234567", "provider", "01234567", **said)
    written = desk.session.execute(
        text("SELECT action, organisation FROM audit_entry WHERE record_kind = 'provider' ORDER BY id")
    )
    assert [tuple(row) for row in written] == [("add-provider", "JZ28"), ("change-provider", "01234567")]
