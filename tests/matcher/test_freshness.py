"""How old a statement may be before somebody must look again."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.freshness import Freshness, due_on, freshness

STATED = date(2026, 11, 2)


def test_is_due_on_the_last_day_of_its_term() -> None:
    assert due_on(STATED, 30) == date(2026, 12, 2)


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 2), Freshness.FRESH),
        (date(2026, 11, 25), Freshness.FRESH),
        (date(2026, 11, 26), Freshness.DUE),
        (date(2026, 12, 2), Freshness.DUE),
        (date(2026, 12, 3), Freshness.STALE),
    ],
)
def test_warns_in_the_last_week_and_is_stale_only_after_the_due_day(today: date, expected: Freshness) -> None:
    assert freshness(STATED, 30, today) is expected


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 2), Freshness.FRESH),
        (date(2026, 11, 6), Freshness.FRESH),
        (date(2026, 11, 7), Freshness.DUE),
        (date(2026, 11, 9), Freshness.DUE),
        (date(2026, 11, 10), Freshness.STALE),
    ],
)
def test_a_weekly_term_does_not_nag_from_the_first_day(today: date, expected: Freshness) -> None:
    assert freshness(STATED, 7, today) is expected


def test_a_term_of_one_day_is_fresh_today_and_tomorrow() -> None:
    assert freshness(STATED, 1, STATED) is Freshness.FRESH
    assert freshness(STATED, 1, date(2026, 11, 4)) is Freshness.STALE


@given(term=st.integers(1, 366), age=st.integers(0, 800))
def test_only_ever_gets_older(term: int, age: int) -> None:
    order = [Freshness.FRESH, Freshness.DUE, Freshness.STALE]
    stated = date(2020, 1, 1)
    today, tomorrow = date.fromordinal(stated.toordinal() + age), date.fromordinal(stated.toordinal() + age + 1)
    assert order.index(freshness(stated, term, today)) <= order.index(freshness(stated, term, tomorrow))


@given(term=st.integers(1, 366))
def test_a_statement_of_today_is_fresh(term: int) -> None:
    assert freshness(STATED, term, STATED) is Freshness.FRESH
