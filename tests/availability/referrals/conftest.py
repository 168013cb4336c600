"""A worker with a case, providers that can help, and a day on which it all happens: maandag 30 maart 2026."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import ARNHEM, CARE_TYPE, a_contract, a_provider, a_statement, an_offer
from tests.conftest import Token

MONDAY = date(2026, 3, 30)
"""Goede Vrijdag is op 3 april, tweede paasdag op maandag 6 april."""

FORM: dict[str, Any] = {
    "question": "Een plek waar hij tot rust komt, dicht bij school.",
    "determination": {
        "careType": CARE_TYPE,
        "durationMonths": 12,
        "volume": {"amount": 7, "unit": "day", "period": "week"},
        "evaluationMoments": ["2026-09-01"],
    },
    "wishesOfChild": "Mijn hond moet mee kunnen.",
}

CASE: dict[str, Any] = {
    "reference": "2026-0042",
    "municipality": ARNHEM,
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": [CARE_TYPE],
    "neededFrom": "2026-05-01",
    "needs": ["lvb"],
}


class Caller:
    """Somebody with a token."""

    def __init__(self, client: TestClient, authorization: str) -> None:
        self.client = client
        self.headers = {"Authorization": authorization}

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=self.headers | headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.client.post(path, json=body, headers=self.headers | sent)

    def put(self, path: str, body: Any = None) -> Any:
        return self.client.put(path, json=body, headers=self.headers)

    def delete(self, path: str) -> Any:
        return self.client.delete(path, headers=self.headers)


class Worker(Caller):
    """A local-team worker of Arnhem, or who the token says."""

    def open(self, **changed: Any) -> str:
        opened = self.post("/care-requests", CASE | changed)
        assert opened.status_code == 201, opened.text
        identity: str = opened.json()["id"]
        return identity

    def send(self, case: str, offer: int, *, key: str = "", **more: Any) -> Any:
        headers = {"idempotency_key": key} if key else {}
        return self.post(f"/care-requests/{case}/referrals", {"offerId": offer, "form": FORM} | more, **headers)

    def sent(self, case: str, offer: int, **more: Any) -> Any:
        answer = self.send(case, offer, **more)
        assert answer.status_code == 201, answer.text
        return answer.json()

    def hold(self, case: str, offer: int) -> Any:
        return self.put(f"/care-requests/{case}/options/{offer}")


class Provider(Caller):
    def __init__(self, client: TestClient, authorization: str, agb_code: str) -> None:
        super().__init__(client, authorization)
        self.agb_code = agb_code

    def inbox(self, query: str = "") -> list[Any]:
        answer = self.get(f"/referrals{query}")
        assert answer.status_code == 200, answer.text
        items: list[Any] = answer.json()["items"]
        return items

    def answer(self, referral: Any, **said: Any) -> Any:
        return self.post(f"/referrals/{referral['id']}/answer", said)

    def accept(self, referral: Any, start: str = "2026-04-20", **more: Any) -> Any:
        return self.answer(referral, answer="accept", startDate=start, **more)

    def refuse(self, referral: Any, reason: str = "no-place", **more: Any) -> Any:
        return self.answer(referral, answer="refuse", reason=reason, **more)


@pytest.fixture(autouse=True)
def on_day(client: TestClient) -> Iterator[Callable[[date], None]]:
    """Today is MONDAY; a test may move on."""
    assert isinstance(client.app, FastAPI)
    state, real = client.app.state, client.app.state.today

    def move(day: date) -> None:
        state.today = lambda: day

    move(MONDAY)
    yield move
    state.today = real


@pytest.fixture
def worker(client: TestClient, token: Token) -> Worker:
    return Worker(client, token("local-team", ARNHEM))


@pytest.fixture
def case(worker: Worker) -> str:
    return worker.open()


@pytest.fixture
def calling(client: TestClient, token: Token) -> Callable[[str, str], Caller]:
    """Anybody: by role and organisation."""
    return lambda role, organisation: Caller(client, token(role, organisation))


@pytest.fixture
def a_home(client: TestClient, session: Session, token: Token) -> Callable[..., tuple[Provider, int]]:
    """A provider with one contracted offer of two open places in Arnhem, and that offer."""

    def make(contract: dict[str, Any] | None = None, statement: dict[str, Any] | None = None, **offer: Any) -> Any:
        agb_code = a_provider(session)
        made = an_offer(session, agb_code, **offer)
        a_contract(session, agb_code, care_types=(offer.get("care_type_code", CARE_TYPE),), **(contract or {}))
        a_statement(session, made, **(statement or {}))
        return Provider(client, token("provider", agb_code), agb_code), made

    return make


@pytest.fixture
def home(a_home: Callable[..., tuple[Provider, int]]) -> tuple[Provider, int]:
    return a_home()


def notices(session: Session, organisation: str, role: str = "provider") -> list[str]:
    """What somebody was told, in order."""
    told = session.execute(
        text("SELECT kind FROM notice WHERE organisation = :o AND role = :r ORDER BY told_at, kind"),
        {"o": organisation, "r": role},
    )
    return list(told.scalars())


def events(session: Session, case: str) -> list[str]:
    """What the history of a case holds, in order."""
    found = session.execute(text("SELECT kind FROM case_event WHERE care_request_id = :c ORDER BY id"), {"c": case})
    return list(found.scalars())
