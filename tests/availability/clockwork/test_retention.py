"""What was told and what was done is kept as long as it must, and no longer."""

from datetime import UTC, date, datetime, timedelta

import pytest
from pydantic import ValidationError
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clockwork.retention import forgetting
from availability.settings import Settings
from tests.availability.outbox.builders import a_contact_address, a_webhook

NOW = datetime.now(UTC)
TODAY = NOW.date()


def told(session: Session, key: str, ago: timedelta, state: str = "sent") -> None:
    """A notice of that long ago, with an e-mail of it that was sent."""
    session.execute(
        text("""
            WITH told AS (
                INSERT INTO notice (kind, organisation, role, key, told_at)
                VALUES ('task-due', '90000001', 'provider', :key, :at) RETURNING id
            )
            INSERT INTO delivery (notice_id, contact_address_id, state)
            SELECT told.id, contact_address.id, :state FROM told, contact_address
        """),
        {"key": key, "at": NOW - ago, "state": state},
    )


def done(session: Session, what: str, ago: timedelta) -> None:
    session.execute(
        text("""
            INSERT INTO audit_entry (at, subject, organisation, role, action, record_kind, record_id)
            VALUES (:at, 's', '-', 'admin', :what, 'case', '1')
        """),
        {"what": what, "at": NOW - ago},
    )


def forget(session: Session, today: date, **given: int) -> dict[str, int]:
    settings = Settings.model_validate({"environment": "demo"} | given)
    return {kind: forgets(session) for kind, forgets in forgetting(settings, today).items()}


def left(session: Session, table: str, column: str) -> list[str]:
    return list(session.execute(text(f"SELECT {column} FROM {table} ORDER BY {column}")).scalars())


def days(number: int) -> timedelta:
    return timedelta(days=number)


def test_what_was_told_goes_after_a_year_with_all_that_was_sent_of_it(session: Session) -> None:
    a_contact_address(session)
    for key, ago in (("new", days(0)), ("kept", days(363)), ("old", days(367))):
        told(session, key, ago)
    assert forget(session, TODAY)["notice"] == 1
    assert left(session, "notice", "key") == ["kept", "new"]
    assert session.scalar(text("SELECT count(*) FROM delivery")) == 2


def test_what_still_waits_to_be_sent_is_kept_until_it_is(session: Session) -> None:
    a_contact_address(session)
    told(session, "waits", days(400), state="waiting")
    told(session, "dead", days(400), state="dead")
    assert forget(session, TODAY)["notice"] == 1
    assert left(session, "notice", "key") == ["waits"]


def test_the_operator_says_how_long(session: Session) -> None:
    a_contact_address(session)
    told(session, "old", days(40))
    assert forget(session, TODAY)["notice"] == 0
    assert forget(session, TODAY, notices_kept_days=30)["notice"] == 1


def test_the_audit_goes_after_five_years_and_its_days_are_whole(session: Session) -> None:
    for what, ago in (("new", days(0)), ("kept", days(5 * 365 - 2)), ("old", days(5 * 366))):
        done(session, what, ago)
    assert forget(session, TODAY)["audit"] == 1
    assert left(session, "audit_entry", "action") == ["kept", "new"]


def test_an_operator_may_keep_the_audit_longer_but_not_shorter(session: Session) -> None:
    done(session, "old", days(6 * 365))
    assert forget(session, TODAY, audit_kept_years=7)["audit"] == 0
    with pytest.raises(ValidationError, match="audit_kept_years"):
        forget(session, TODAY, audit_kept_years=4)


def test_a_clock_that_runs_years_ahead_takes_nothing_of_the_audit(session: Session) -> None:
    done(session, "new", days(1))
    assert forget(session, TODAY.replace(year=TODAY.year + 40))["audit"] == 0


def test_a_leap_day_is_a_day_to_forget_on_as_well(session: Session) -> None:
    assert forget(session, date(2028, 2, 29))["audit"] == 0


def test_a_secret_that_ended_is_forgotten(session: Session) -> None:
    webhook = a_webhook(session)
    ending = "INSERT INTO former_secret (webhook_id, secret, ends_at) VALUES (:w, :s, now() + CAST(:ends AS interval))"
    for ends in ("-1 second", "1 hour"):
        session.execute(text(ending), {"w": webhook, "s": ends, "ends": ends})
    assert forget(session, TODAY)["former-secret"] == 1
    assert left(session, "former_secret", "secret") == ["1 hour"]
