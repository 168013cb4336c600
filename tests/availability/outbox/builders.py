"""Ways to be told, for a test: each builder stores one with sensible values; a test names only what matters to it."""

from typing import Any
from uuid import UUID

from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.outbox.tables import ContactAddress, Webhook

SECRET = "whsec_dGhlIHNlY3JldCBvZiB0aGUgdGVzdHMsIDMyIGIh"


def a_contact_address(session: Session, **given: Any) -> UUID:
    """An e-mail address of provider 90000001; returns its id."""
    values = {"organisation": "90000001", "role": "provider", "email": "intake@example.org"} | given
    address: UUID = session.execute(insert(ContactAddress).values(**values).returning(ContactAddress.id)).scalar_one()
    return address


def a_webhook(session: Session, **given: Any) -> UUID:
    """A webhook of provider 90000001; returns its id."""
    values = {
        "organisation": "90000001",
        "role": "provider",
        "url": "https://systeem.example/berichten",
        "secret": SECRET,
    }
    webhook: UUID = session.execute(insert(Webhook).values(**values | given).returning(Webhook.id)).scalar_one()
    return webhook
