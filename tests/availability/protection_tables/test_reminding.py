"""Who speaks for a table is reminded before and after what it said counts no more, once for each."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.protection_tables.reminding import remind

STATED = date(2026, 5, 4)  # a Monday
REGION = "JZ28"


def _state(session: Session, free_in: int, region: str = REGION, on: date = STATED) -> None:
    session.execute(
        text(
            "INSERT INTO protection_table_statement (region_code, next_free_on, stated_at, stated_by)"
            " VALUES (:region, :free, :at, 'test')"
        ),
        {"region": region, "free": on + timedelta(days=free_in), "at": f"{on} 12:00+02"},
    )


def _told(session: Session) -> list[Any]:
    return list(session.execute(text("SELECT kind, organisation, role, link, values FROM notice ORDER BY kind")))


@pytest.mark.parametrize(
    ("days", "free_in", "kinds"),
    [
        (7, 30, []),
        (8, 30, ["table-due"]),
        (14, 30, ["table-due"]),
        (15, 30, ["table-stale"]),
        (4, 5, ["table-due"]),
        (6, 5, ["table-stale"]),
    ],
)
def test_it_is_reminded_in_its_last_days_and_after_them(
    session: Session, days: int, free_in: int, kinds: list[str]
) -> None:
    _state(session, free_in)
    remind(session, STATED + timedelta(days=days))
    assert [each.kind for each in _told(session)] == kinds


def test_the_regions_contact_person_hears_until_when_it_counted(session: Session) -> None:
    _state(session, 5)
    remind(session, STATED + timedelta(days=6))
    (told,) = _told(session)
    assert (told.organisation, told.role, told.link) == (REGION, "regional-contact", "beschermingstafel")
    assert told.values == {"due": "2026-05-09"}


def test_each_reminder_is_told_once_and_a_new_statement_ends_them(session: Session) -> None:
    _state(session, 30)
    for days in range(8, 24):
        remind(session, STATED + timedelta(days=days))
    assert [each.kind for each in _told(session)] == ["table-due", "table-stale", "table-stale"]
    _state(session, 30, on=STATED + timedelta(days=23))
    for days in range(24, 31):
        remind(session, STATED + timedelta(days=days))
    assert len(_told(session)) == 3


def test_a_table_that_never_spoke_is_left_alone(session: Session) -> None:
    _state(session, 30, "JZ01")
    remind(session, STATED + timedelta(days=60))
    assert {each.organisation for each in _told(session)} == {"JZ01"}
