"""What must be heard is written with what happened, once, for the right role at the right organisation."""

from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.outbox.telling import Notice, tell
from tests.availability.outbox.builders import a_contact_address, a_webhook


def told(session: Session, **changed: Any) -> Any:
    given = {"organisation": "90000001", "role": "provider", "key": "R1"} | changed
    return tell(session, given.pop("notice", Notice.REFERRAL_RECEIVED), **given)


def deliveries(session: Session) -> int:
    return int(session.execute(text("SELECT count(*) FROM delivery")).scalar_one())


def test_a_notice_is_written_once_per_key(session: Session) -> None:
    assert told(session) is not None
    assert told(session) is None
    assert told(session, key="R2") is not None
    assert told(session, role="back-office") is not None


def test_a_notice_disappears_with_the_transaction_of_what_it_tells(session: Session) -> None:
    with session.begin_nested() as what_happened:
        told(session)
        what_happened.rollback()
    assert told(session) is not None


def test_every_address_and_webhook_of_the_role_gets_it(session: Session) -> None:
    a_contact_address(session)
    a_contact_address(session, email="planner@example.org")
    a_webhook(session)
    told(session)
    told(session)
    assert deliveries(session) == 3


def test_other_roles_organisations_and_unwanted_kinds_do_not(session: Session) -> None:
    a_contact_address(session, role="back-office")
    a_contact_address(session, organisation="90000002")
    a_contact_address(session, kinds=["capacity-due"])
    told(session)
    assert deliveries(session) == 0
    told(session, notice=Notice.CAPACITY_DUE)
    assert deliveries(session) == 1


def test_a_word_that_no_notice_has_is_refused(session: Session) -> None:
    with pytest.raises(ValueError, match="birth_month"):
        told(session, values={"birth_month": "2013-05"})
