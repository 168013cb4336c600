"""What was said and what was done stays: the database itself refuses to change it, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


@pytest.mark.parametrize(
    "table", ["capacity_statement", "case_event", "contract_change", "protection_table_statement", "council_target"]
)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_no_row_is_changed_or_taken_away(session: Session, table: str, change: str) -> None:
    with pytest.raises(IntegrityError, match="appended, never changed"):
        session.execute(text(change.format(table)))


@pytest.mark.parametrize("change", ["UPDATE {} SET notes = notes", "DELETE FROM {}", "TRUNCATE {}"])
def test_what_was_said_of_an_event_stays_as_well(session: Session, change: str) -> None:
    with pytest.raises(IntegrityError, match="appended, never changed"):
        session.execute(text(change.format("case_note")))


@pytest.mark.parametrize("change", ["UPDATE audit_entry SET id = id", "TRUNCATE audit_entry"])
def test_the_audit_is_never_changed(session: Session, change: str) -> None:
    with pytest.raises(IntegrityError, match="appended, never changed"):
        session.execute(text(change))


AUDITED = text("""
    INSERT INTO audit_entry (at, subject, organisation, role, action, record_kind, record_id)
    VALUES (now() - CAST(:ago AS interval), 's', '-', 'admin', 'see', 'case', '1')
""")


def test_nobody_deletes_an_audit_row_within_five_years(session: Session) -> None:
    session.execute(AUDITED, {"ago": "4 years 364 days"})
    with pytest.raises(IntegrityError, match="never changed or deleted"):
        session.execute(text("DELETE FROM audit_entry"))


def test_forgetting_the_audit_takes_what_is_older_and_no_more_than_asked(session: Session) -> None:
    for ago in ("1 day", "4 years 364 days", "5 years 1 day", "7 years"):
        session.execute(AUDITED, {"ago": ago})
    forget = text("SELECT forget_audit(CAST(:before AS timestamptz), :most)")
    assert session.scalar(forget, {"before": "infinity", "most": 1}) == 1
    assert session.scalar(forget, {"before": "infinity", "most": 100}) == 1
    assert session.scalar(text("SELECT count(*) FROM audit_entry")) == 2
