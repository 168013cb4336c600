"""A worker's case: opened with a question, changed by who saw it, and nobody else's to know."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import ARNHEM, CARE_TYPE, NIJMEGEN
from tests.conftest import Token

CASE: dict[str, Any] = {
    "reference": "2026-0042",
    "municipality": ARNHEM,
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": [CARE_TYPE],
    "neededFrom": "2026-12-01",
}


class Worker:
    def __init__(self, client: TestClient, token: Token, organisation: str = ARNHEM) -> None:
        self.client = client
        self.authorization = {"Authorization": token("local-team", organisation)}

    def open(self, **changed: Any) -> Any:
        return self.client.post("/care-requests", json=CASE | changed, headers=self.authorization)

    def get(self, path: str) -> Any:
        return self.client.get(path, headers=self.authorization)

    def patch(self, case: Any, patch: Any, if_match: str | None) -> Any:
        headers = self.authorization | ({"If-Match": if_match} if if_match else {})
        return self.client.patch(f"/care-requests/{case['id']}", json=patch, headers=headers)


@pytest.fixture
def worker(client: TestClient, token: Token) -> Worker:
    return Worker(client, token)


def _count(session: Session) -> int:
    found: int = session.execute(text("SELECT count(*) FROM care_request")).scalar_one()
    return found


def test_an_opened_case_can_be_read_back_where_it_says_it_is(worker: Worker) -> None:
    opened = worker.open()
    assert opened.status_code == 201
    read = worker.client.get(opened.headers["location"].removeprefix("/v1"), headers=worker.authorization)
    assert read.json() == opened.json()
    assert read.json().items() >= CASE.items()
    assert read.json()["status"] == "open"
    assert read.headers["etag"] == opened.headers["etag"]


def test_each_look_and_each_change_is_audited(worker: Worker, session: Session) -> None:
    case = worker.open()
    worker.get(f"/care-requests/{case.json()['id']}")
    worker.get("/care-requests")
    worker.patch(case.json(), {"urgency": "urgent"}, case.headers["etag"])
    found = session.execute(
        text("SELECT action FROM audit_entry WHERE record_kind = 'care-request' AND record_id = :id ORDER BY id"),
        {"id": case.json()["id"]},
    )
    assert found.scalars().all() == ["open-case", "see-case", "see-case", "change-case"]


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("municipality", "GM9999", "Deze gemeente kennen wij niet."),
        ("municipality", "Arnhem", "Geef een gemeentecode, zoals GM0202."),
        ("pc4", "1010", "Deze postcode kennen wij niet."),
        ("pc4", "0123", "Geef de vier cijfers van een postcode."),
        ("birthMonth", "2013-13", "Geef een maand als jjjj-mm."),
        ("birthMonth", "2099-01", "De geboortemaand ligt in de toekomst."),
        ("birthMonth", "1990-01", "Jeugdhulp is er tot 23 jaar. Kijk de geboortemaand na."),
        ("neededFrom", "1-12-2026", "Geef een datum als jjjj-mm-dd."),
        ("neededFrom", "2099-01-01", "Kies een dag binnen vijf jaar."),
        ("careTypes", [], "Geef er minstens 1."),
        ("siblings", True, "Geef een heel getal."),
        ("siblings", 13, "Geef 12 of minder."),
        ("maxDistanceKm", 0, "Geef een getal boven 0."),
        ("urgency", "spoed", "Kies een van: 'regular' of 'urgent'."),
        ("pastEighteen", 1, "Geef true of false."),
        ("reference", "", "Geef minstens 1 tekens."),
        ("reference", "111222333", "Hier staat een burgerservicenummer in. Haal het weg."),
    ],
)
def test_a_wrong_answer_is_named_without_repeating_it(
    worker: Worker, session: Session, field: str, value: object, sentence: str
) -> None:
    answer = worker.open(**{field: value})
    assert answer.status_code == 400
    assert [(fault["pointer"], fault["detail"]) for fault in answer.json()["errors"]] == [(f"/{field}", sentence)]
    assert _count(session) == 0


def test_every_unknown_word_is_named_at_its_place(worker: Worker) -> None:
    answer = worker.open(careTypes=[CARE_TYPE, "bestaat-niet", CARE_TYPE], needs=["lvb", "ook-niet"], pc4="1010")
    assert {fault["pointer"] for fault in answer.json()["errors"]} == {
        "/careTypes/1", "/careTypes/2", "/needs/1", "/pc4"
    }  # fmt: skip
    assert "1010" not in answer.text


def test_help_may_have_been_needed_long_ago(worker: Worker) -> None:
    assert worker.open(neededFrom="2024-01-01").status_code == 201


def test_a_patch_changes_only_what_it_names(worker: Worker) -> None:
    case = worker.open(maxDistanceKm=20)
    changed = worker.patch(case.json(), {"urgency": "urgent", "maxDistanceKm": None}, case.headers["etag"])
    assert changed.status_code == 200
    expected = case.json() | {"urgency": "urgent", "maxDistanceKm": None, "etag": changed.headers["etag"]}
    assert changed.json() == expected
    assert changed.headers["etag"] != case.headers["etag"]


@pytest.mark.parametrize(("if_match", "status"), [(None, 428), ('"99"', 412), ("*", 200), ('"1"', 200)])
def test_a_patch_needs_the_version_that_was_seen(worker: Worker, if_match: str | None, status: int) -> None:
    case = worker.open().json()
    assert worker.patch(case, {"urgency": "urgent"}, if_match).status_code == status


def test_the_missing_version_is_heard_before_the_wrong_body(worker: Worker) -> None:
    case = worker.open().json()
    assert worker.patch(case, {"urgency": "onzin"}, None).status_code == 428


@pytest.mark.parametrize(
    "patch", [{"urgency": "onzin"}, {"onbekend": 1}, {"organisation": "GM0363"}, [], {"pc4": None}]
)
def test_a_wrong_patch_changes_nothing(worker: Worker, patch: Any) -> None:
    case = worker.open()
    answer = worker.patch(case.json(), patch, case.headers["etag"])
    assert answer.status_code == 400
    assert worker.get(f"/care-requests/{case.json()['id']}").json() == case.json()


def test_a_case_of_a_young_adult_can_still_be_closed(worker: Worker, session: Session) -> None:
    case = worker.open()
    session.execute(text("UPDATE care_request SET birth_month = '1999-01'"))
    assert worker.patch(case.json(), {"status": "closed"}, case.headers["etag"]).status_code == 200


def test_another_organisations_case_does_not_exist(worker: Worker, client: TestClient, token: Token) -> None:
    case = worker.open()
    neighbour = Worker(client, token, NIJMEGEN)
    assert neighbour.get(f"/care-requests/{case.json()['id']}").status_code == 404
    assert neighbour.patch(case.json(), {"urgency": "onzin"}, None).status_code == 404
    assert neighbour.get("/care-requests").json()["items"] == []


@pytest.mark.parametrize("role", ["provider", "ret-chair", "contract-manager", "admin"])
def test_who_does_not_search_for_children_sees_no_cases(client: TestClient, token: Token, role: str) -> None:
    headers = {"Authorization": token(role, ARNHEM)}
    assert client.get("/care-requests", headers=headers).status_code == 403
    assert client.post("/care-requests", json=CASE, headers=headers).status_code == 403


def test_the_list_is_paged_newest_first_and_by_status(worker: Worker, session: Session) -> None:
    opened = [worker.open(reference=f"zaak {number}").json()["id"] for number in range(5)]
    for number, case in enumerate(opened):
        session.execute(
            text("UPDATE care_request SET opened_at = now() + make_interval(secs => :n) WHERE id = :id"),
            {"n": number, "id": case},
        )
    first = worker.get("/care-requests?limit=3").json()
    second = worker.get(f"/care-requests?limit=3&cursor={first['next']}").json()
    assert [case["id"] for case in first["items"] + second["items"]] == opened[::-1]
    assert second["next"] is None
    assert worker.get("/care-requests?status=closed").json()["items"] == []


@pytest.mark.parametrize("cursor", ["onzin", "WzFd", "W10", "%00", "WyJhIiwiYiJd"])
def test_an_invented_cursor_is_refused(worker: Worker, cursor: str) -> None:
    assert worker.get(f"/care-requests?cursor={cursor}").status_code == 400


@pytest.mark.parametrize("case", ["onzin", "00000000-0000-0000-0000-00000000000g"])
def test_what_is_no_case_id_is_refused(worker: Worker, case: str) -> None:
    assert worker.get(f"/care-requests/{case}").status_code == 400
