"""A suspended or ended contract takes effect on its date by itself: the same service, the same board, another day."""

import time
from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.access.demo import mint_demo_token
from availability.app import create_app
from availability.database import make_engine
from tests.availability.builders import ARNHEM, a_contracted_offer, a_provider
from tests.conftest import demo_settings, started

pytestmark = pytest.mark.slow

REGION = "JZ28"
HEARD_WITHIN_SECONDS = 0.3
"""A board hears of a commit in some milliseconds."""
QUESTION = {"municipality": ARNHEM, "pc4": "6811", "birthMonth": "2015-05"}


class Days:
    """A contract manager and a worker, on whatever day it is."""

    def __init__(self, app: FastAPI, client: TestClient, provider: str) -> None:
        self.app, self.client, self.provider = app, client, provider
        self.day = ""

    def on(self, day: str) -> "Days":
        self.day, self.app.state.today = day, lambda: date.fromisoformat(day)
        return self

    def ask(self, method: str, path: str, role: str, organisation: str, **sent: Any) -> Any:
        token = mint_demo_token(self.app.state.settings, role, organisation, datetime.now(UTC))
        headers = {"Authorization": f"Bearer {token}", **sent.pop("headers", {})}
        answer = self.client.request(method, path, headers=headers, **sent)
        assert answer.is_success, answer.text
        return answer.json()

    def change(self, **patch: Any) -> None:
        (contract,) = self.ask("GET", "/contracts", "contract-manager", REGION)["items"]
        seen = {"If-Match": contract["etag"]}
        self.ask("PATCH", f"/contracts/{contract['id']}", "contract-manager", REGION, json=patch, headers=seen)

    @property
    def standing(self) -> str:
        (contract,) = self.ask("GET", "/contracts", "contract-manager", REGION)["items"]
        return str(contract["standing"])

    def finds(self, care_type: str = "gezinshuis") -> bool:
        """Whether the offer is among the matches, once the board has had its moment to hear what committed."""
        time.sleep(HEARD_WITHIN_SECONDS)
        asked = {**QUESTION, "careTypes": [care_type], "neededFrom": self.day}
        return bool(self.ask("POST", "/matches", "local-team", ARNHEM, json=asked)["matches"])


@pytest.fixture
def days(own_database_url: str) -> Iterator[Days]:
    engine = make_engine(own_database_url)
    with Session(engine) as session, session.begin():
        provider = a_provider(session)
        a_contracted_offer(session, provider=provider)
    engine.dispose()
    app = create_app(demo_settings(own_database_url))
    with started(app) as client:
        yield Days(app, client, provider)


def test_a_contract_stops_and_resumes_and_ends_by_itself(days: Days) -> None:
    days.on("2026-11-22").change(suspendedFrom="2026-12-01", suspendedUntil="2026-12-31", validUntil="2027-03-31")
    for day, standing, found in (
        ("2026-11-22", "running", True),
        ("2026-11-30", "running", True),
        ("2026-12-01", "suspended", False),
        ("2026-12-31", "suspended", False),
        ("2027-01-01", "running", True),
        ("2027-03-31", "running", True),
        ("2027-04-01", "ended", False),
    ):
        assert (days.on(day).standing, days.finds()) == (standing, found), day


def test_what_is_described_or_contracted_anew_is_found_at_once(days: Days) -> None:
    days.on("2026-11-22")
    own = ("provider", days.provider)
    (place,) = days.ask("GET", f"/locations?provider={days.provider}", *own)["items"]
    offer = {"name": "Pleegzorg Arnhem", "careType": "pleegzorg", "locationId": place["id"], "setting": "family"}
    added = days.ask("POST", "/offers", *own, json={**offer, "publishedFrom": "2026-01-01"})
    statement: dict[str, Any] = {"totalPlaces": 4, "occupiedPlaces": 2, "reservedPlaces": 0, "openPlaces": 2}
    statement |= {"intakeWaitDays": 7, "treatmentWaitDays": 7, "admissionStop": False}
    first = {"If-None-Match": "*"}
    days.ask("PUT", f"/offers/{added['id']}/capacity", *own, json=statement, headers=first)
    assert not days.finds("pleegzorg")
    lines = [{"careType": "gezinshuis", "area": REGION}, {"careType": "pleegzorg", "area": ARNHEM}]
    days.change(lines=lines)
    assert days.finds("pleegzorg")
    stop: dict[str, Any] = {"json": {"publishedUntil": "2026-11-21"}, "headers": {"If-Match": added["etag"]}}
    days.ask("PATCH", f"/offers/{added['id']}", *own, **stop)
    assert not days.finds("pleegzorg")
