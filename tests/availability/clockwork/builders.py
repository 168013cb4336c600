"""Statements of another day, for tests about their age."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy.orm import Session

from tests.availability.builders import a_contract, a_provider, a_statement, an_offer

TODAY = date(2026, 5, 4)  # a Monday


def days_ago(days: int, today: date = TODAY) -> datetime:
    """Noon in the Netherlands, or thereabouts."""
    return datetime.combine(today - timedelta(days=days), time(11), UTC)


def an_offer_stated(
    session: Session, ago: int | None, provider: str | None = None, *, term: int = 30, **given: Any
) -> int:
    """A contracted offer whose statement is `ago` days old on TODAY; None: never stated. Returns its id."""
    provider = provider or a_provider(session)
    offer = an_offer(session, provider, **{"published_from": "2026-01-01"} | given)
    a_contract(session, provider, update_term_days=term)
    if ago is not None:
        a_statement(session, offer, stated_at=days_ago(ago))
    return offer
