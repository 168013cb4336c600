"""A "niets veranderd" that was a slip of the hand, taken back: what was stated before holds again, with its own day."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.supply.messages import FIGURES
from tests.availability.builders import a_provider, a_statement, an_offer
from tests.conftest import Token

FORTY_DAYS_AGO = datetime.now(UTC) - timedelta(days=40)


class Planner:
    """A provider's planner with one offer, stated forty days ago."""

    def __init__(self, client: TestClient, session: Session, token: Token) -> None:
        self.client, self.session = client, session
        self.provider = a_provider(session)
        self.offer = an_offer(session, self.provider)
        self.first = a_statement(session, self.offer, stated_at=FORTY_DAYS_AGO, waiting_count=7, note="Bel eerst")
        self.authorization = {"Authorization": token("provider", self.provider)}

    def confirm(self) -> Any:
        return self._send("POST", "capacity/confirmation", "*")

    def take_back(self, seen: str | None) -> Any:
        return self._send("DELETE", "capacity/confirmation", seen)

    def get(self) -> Any:
        return self._send("GET", "capacity", None)

    def _send(self, method: str, path: str, seen: str | None) -> Any:
        headers = self.authorization | ({"If-Match": seen} if seen else {})
        return self.client.request(method, f"/offers/{self.offer}/{path}", headers=headers)

    @property
    def statements(self) -> list[int]:
        found = text("SELECT id FROM capacity_statement WHERE offer_id = :offer ORDER BY id")
        return list(self.session.execute(found, {"offer": self.offer}).scalars())


@pytest.fixture
def planner(client: TestClient, session: Session, token: Token) -> Planner:
    return Planner(client, session, token)


def test_what_was_stated_before_holds_again_with_its_own_day(planner: Planner) -> None:
    before = planner.get().json()
    confirmed = planner.confirm()
    assert confirmed.json()["freshness"] == "fresh"
    back = planner.take_back(confirmed.headers["etag"])
    assert back.status_code == 200
    assert back.headers["etag"] == back.json()["etag"]
    assert back.json() | {"etag": None} == before | {"etag": None}
    assert back.json()["freshness"] == "stale"
    assert planner.get().json() == back.json()


def test_nothing_is_deleted_and_who_took_it_back_is_kept(planner: Planner, session: Session) -> None:
    again = planner.take_back(planner.confirm().headers["etag"]).json()["etag"].strip('"')
    assert len(planner.statements) == 3
    rows = session.execute(
        text("SELECT * FROM capacity_statement WHERE id IN (:first, :again) ORDER BY id"),
        {"first": planner.first, "again": int(again)},
    ).all()
    for name in (*FIGURES, "stated_at", "stated_by", "source"):
        assert getattr(rows[0], name) == getattr(rows[1], name)
    audited = text("SELECT record_id FROM audit_entry WHERE action = 'take-back-confirmation'")
    assert session.execute(audited).scalars().all() == [again]


def test_after_two_confirmations_both_can_be_taken_back(planner: Planner) -> None:
    planner.confirm()
    once = planner.take_back(planner.confirm().headers["etag"])
    assert (once.json()["source"], once.json()["freshness"]) == ("confirmation", "fresh")
    twice = planner.take_back(once.headers["etag"])
    assert (twice.json()["source"], twice.json()["freshness"]) == ("api", "stale")
    assert planner.take_back(twice.headers["etag"]).status_code == 409


def test_what_was_stated_otherwise_is_corrected_not_taken_back(planner: Planner) -> None:
    refused = planner.take_back(planner.get().headers["etag"])
    assert (refused.status_code, len(planner.statements)) == (409, 1)
    assert "nieuwe opgave" in refused.json()["detail"]


def test_what_was_confirmed_on_an_earlier_day_stands(planner: Planner, session: Session) -> None:
    a_statement(session, planner.offer, stated_at=datetime.now(UTC) - timedelta(days=2), source="confirmation")
    refused = planner.take_back("*")
    assert (refused.status_code, len(planner.statements)) == (409, 2)
    assert "eerder dan vandaag" in refused.json()["detail"]


def test_who_did_not_see_what_holds_takes_nothing_back(planner: Planner) -> None:
    seen = planner.get().headers["etag"]
    planner.confirm()
    assert [planner.take_back(each).status_code for each in (None, seen)] == [428, 412]
    assert len(planner.statements) == 2


def test_where_nothing_was_stated_there_is_nothing_to_take_back(planner: Planner, session: Session) -> None:
    planner.offer = an_offer(session, planner.provider)
    assert planner.take_back("*").status_code == 412


def test_only_the_provider_itself_takes_back(planner: Planner, session: Session, token: Token) -> None:
    planner.confirm()
    planner.authorization = {"Authorization": token("provider", a_provider(session))}
    assert planner.take_back("*").status_code == 403
    planner.authorization = {"Authorization": token("local-team", "GM0202")}
    assert planner.take_back("*").status_code == 403
    assert len(planner.statements) == 2
    planner.offer = 999_999_999
    planner.authorization = {"Authorization": token("provider", planner.provider)}
    assert planner.take_back("*").status_code == 404
