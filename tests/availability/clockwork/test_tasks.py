"""Whose task is due today or late is told once for either, to the desk whose task it is."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clockwork.tasks import tell_due_and_late
from tests.availability.clockwork.builders import a_case

OPENED = date(2026, 4, 1)
"""A Wednesday; Good Friday the 3rd and Easter Monday the 6th lie in the term of the first contact (3 working days)."""

FIRST_CONTACT = date(2026, 4, 8)


@pytest.fixture
def case(session: Session) -> UUID:
    return a_case(session, OPENED)


def told(session: Session) -> list[Any]:
    return list(
        session.execute(text("SELECT kind, organisation, role, values, key FROM notice ORDER BY told_at, kind"))
    )


@pytest.mark.usefixtures("case")
def test_before_its_last_day_nothing_is_told(session: Session) -> None:
    tell_due_and_late(session, FIRST_CONTACT - timedelta(days=1))
    assert told(session) == []


@pytest.mark.usefixtures("case")
def test_on_its_last_day_the_desk_hears_what_and_until_when(session: Session) -> None:
    tell_due_and_late(session, FIRST_CONTACT)
    (notice,) = told(session)
    assert (notice.kind, notice.organisation, notice.role) == ("task-due", "90000777", "youth-protection")
    assert notice.values == {"task": "Bespreek de hulp met het lokale team.", "due": "2026-04-08"}


@pytest.mark.usefixtures("case")
def test_due_and_late_are_each_told_once_however_often_one_looks(session: Session) -> None:
    for days in (0, 0, 1, 2, 30, 1, 0):
        tell_due_and_late(session, FIRST_CONTACT + timedelta(days=days))
    assert [each.kind for each in told(session)] == ["task-due", "task-late"]


@pytest.mark.usefixtures("case")
def test_who_stood_still_on_the_last_day_still_tells_that_it_is_late(session: Session) -> None:
    tell_due_and_late(session, FIRST_CONTACT + timedelta(days=3))
    assert [each.kind for each in told(session)] == ["task-late"]


def test_a_closed_case_asks_nothing(session: Session, case: UUID) -> None:
    session.execute(text("UPDATE care_request SET status = 'closed' WHERE id = :case"), {"case": case})
    tell_due_and_late(session, FIRST_CONTACT)
    assert told(session) == []


@pytest.mark.usefixtures("case")
def test_nothing_of_the_child_is_in_it(session: Session) -> None:
    tell_due_and_late(session, FIRST_CONTACT)
    said = str([tuple(each) for each in told(session)])
    for private in ("6811", "2013-05", "A-17"):
        assert private not in said
