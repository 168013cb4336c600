"""Statements and cases of another day, for tests about terms."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.cases.tables import CareRequest, CaseEvent
from tests.availability.builders import ARNHEM, CARE_TYPE, a_contract, a_provider, a_statement, an_offer

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


def a_case(session: Session, opened: date, **given: Any) -> UUID:
    """A case of a youth-protection worker for Arnhem by route 301, opened on that day; returns its id."""
    values = {
        "reference": "A-17",
        "organisation": "90000777",
        "opened_by": "test",
        "municipality_code": ARNHEM,
        "pc4": "6811",
        "birth_month": "2013-05",
        "care_type_codes": [CARE_TYPE],
        "needed_from": opened,
        "opened_at": datetime.combine(opened, time(9), UTC),
    } | given
    table: Any = CareRequest.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
    case: UUID = session.execute(insert(table).values(**values).returning(table.c.id)).scalar_one()
    session.execute(
        insert(CaseEvent).values(
            care_request_id=case,
            kind="opened",
            occurred_on=opened,
            recorded_by="test",
            role="youth-protection",
            organisation=values["organisation"],
            values={"route": "301", "municipality": ARNHEM, "region": "JZ28"},
        )
    )
    return case
