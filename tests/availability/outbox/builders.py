"""Ways to be told, for a test: each builder stores one with sensible values; a test names only what matters to it."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session
from sqlmodel import SQLModel

from availability.outbox.tables import CalendarFeed, ContactAddress, Webhook

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMsIDMyIGIh"

OWNER = {"organisation": "90000001", "role": "provider"}


def a_contact_address(session: Session, **given: Any) -> UUID:
    """An e-mail address of provider 90000001; returns its id."""
    return _insert(session, ContactAddress, OWNER | {"email": "intake@example.org"} | given)


def a_webhook(session: Session, **given: Any) -> UUID:
    """A webhook of provider 90000001; returns its id."""
    return _insert(session, Webhook, OWNER | {"url": "https://systeem.example/berichten", "secret": SECRET} | given)


def a_calendar(session: Session, **given: Any) -> UUID:
    """A calendar of provider 90000001; returns its id."""
    return _insert(session, CalendarFeed, OWNER | given)


def _insert(session: Session, table: type[SQLModel], values: dict[str, Any]) -> UUID:
    column: Any = table.__table__.c.id  # type: ignore[attr-defined]  # SQLModel does not declare it
    made: UUID = session.execute(insert(table).values(**values).returning(column)).scalar_one()
    return made
