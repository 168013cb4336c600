"""When a provider is reminded: before the term ends, and ever more seldom after it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.freshness import Freshness, freshness
from matcher.reminding import BEFORE, reminder_step

STATED = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("today", "step"),
    [
        ("donderdag 2026-04-23", None),
        ("vrijdag 2026-04-24", None),  # a week before the last day
        ("zaterdag 2026-04-25", BEFORE),
        ("vrijdag 2026-05-01", BEFORE),  # the last day
        ("zaterdag 2026-05-02", 1),
        ("vrijdag 2026-05-08", 1),
        ("zaterdag 2026-05-09", 2),
        ("zaterdag 2026-05-16", 3),
        ("zaterdag 2026-05-30", 4),
        ("vrijdag 2026-06-26", 4),
        ("zaterdag 2026-06-27", 5),
        ("zaterdag 2026-07-25", 6),
    ],
)
def test_a_term_of_thirty_days(today: str, step: int | None) -> None:
    assert reminder_step(STATED, 30, date.fromisoformat(today.split()[1])) == step


def test_a_term_of_one_day_has_no_week_before_it() -> None:
    assert reminder_step(STATED, 1, date(2026, 4, 2)) is None
    assert reminder_step(STATED, 1, date(2026, 4, 3)) == 1


@given(term=st.integers(1, 366), days=st.integers(0, 2000))
def test_a_fresh_statement_is_never_reminded_of_and_steps_never_go_back(term: int, days: int) -> None:
    today = STATED + timedelta(days=days)
    step = reminder_step(STATED, term, today)
    assert (step is None) == (freshness(STATED, term, today) is Freshness.FRESH)
    later = reminder_step(STATED, term, today + timedelta(days=1))
    assert step is None or (later is not None and step <= later <= step + 1)
