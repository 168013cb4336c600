"""A region that promises something, and family homes with a past: each test names only what matters to it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.supply.tables import CapacityStatement
from tests.availability.builders import a_contract, a_provider, an_offer

REGION = "JZ28"
TODAY = date(2026, 11, 20)  # vrijdag


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def a_family_home(session: Session, *stated: tuple[int, int], **given: Any) -> int:
    """Contracted for the whole region; `stated`: so many days ago, so many open places. Returns the offer's id."""
    provider = given.pop("provider", None) or a_provider(session)
    areas, contract = given.pop("areas", (REGION,)), given.pop("contract", {})
    a_contract(session, provider, areas, **contract)
    offer = an_offer(session, provider, **given)
    for days, places in stated:
        state(session, offer, ago(days), open_places=places)
    return offer


def state(session: Session, offer: int, on: date, **figures: Any) -> None:
    """What the provider said of it that day."""
    values: dict[str, Any] = {
        "offer_id": offer, "total_places": 9, "occupied_places": 5, "reserved_places": 0, "open_places": 1,
        "intake_wait_days": 7, "treatment_wait_days": 7, "admission_stop": False, "stated_at": at_noon(on),
        "stated_by": "test", "source": "api",
    }  # fmt: skip
    session.execute(insert(CapacityStatement).values(**values | figures))
