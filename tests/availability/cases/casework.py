"""People at work on a case in the tests: each says what happened, with only what matters."""

from datetime import date
from itertools import count
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import ARNHEM, CARE_TYPE
from tests.conftest import Token

TODAY = date(2026, 11, 23)
"""A Monday without holidays near."""

REGION = "JZ28"
"""Of Arnhem."""

INSTITUTION = "90009001"
"""A certified institution: its worker walks every step of the routes."""

CASE: dict[str, Any] = {
    "reference": "2026-0042",
    "municipality": ARNHEM,
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": [CARE_TYPE],
    "neededFrom": "2026-12-01",
}

_keys = count(1)


class Person:
    """Somebody with a role at an organisation."""

    def __init__(self, client: TestClient, token: Token, role: str, organisation: str) -> None:
        self.client = client
        self.role = role
        self.organisation = organisation
        self.headers = {"Authorization": token(role, organisation)}

    def open(self, *, headers: dict[str, str] | None = None, **changed: Any) -> Response:
        return self.client.post("/care-requests", json=CASE | changed, headers=self.headers | (headers or {}))

    def opens(self, **changed: Any) -> str:
        """The id of a new case."""
        answer = self.open(**changed)
        assert answer.status_code == 201, answer.text
        case: str = answer.json()["id"]
        return case

    def get(self, path: str) -> Response:
        return self.client.get(path, headers=self.headers)

    def tell(self, case: str, kind: str, occurred: str = "2026-11-23", key: str | None = None, **said: Any) -> Response:
        body = {"kind": kind, "occurredOn": occurred, **said}
        headers = self.headers | ({"Idempotency-Key": key} if key else {})
        return self.client.post(f"/care-requests/{case}/events", json=body, headers=headers)

    def tells(self, case: str, kind: str, occurred: str = "2026-11-23", **said: Any) -> int:
        """The id of the event."""
        answer = self.tell(case, kind, occurred, **said)
        assert answer.status_code == 201, answer.text
        event: int = answer.json()["id"]
        return event

    def tasks(self, case: str) -> dict[str, str]:
        """What is open: the day it is due, by code."""
        return {task["code"]: task["due"] for task in self.get(f"/care-requests/{case}/tasks").json()["items"]}

    def kinds(self, case: str) -> list[str]:
        """What happened, as far as this person sees it."""
        return [event["kind"] for event in self.get(f"/care-requests/{case}/events").json()["items"]]


def opened_on(session: Session, case: str, day: str) -> None:
    """As if the case was opened earlier: histories are not changed but by a test's own hand."""
    session.execute(text("ALTER TABLE case_event DISABLE TRIGGER case_event_append_only"))
    session.execute(
        text("UPDATE case_event SET occurred_on = :day WHERE care_request_id = :case AND kind = 'opened'"),
        {"day": day, "case": case},
    )
    session.execute(text("ALTER TABLE case_event ENABLE TRIGGER case_event_append_only"))
