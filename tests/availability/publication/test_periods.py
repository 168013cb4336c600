"""Quarters, at their borders."""

from datetime import date

import pytest

from availability.publication.periods import Quarter


@pytest.mark.parametrize(
    ("code", "first_day", "last_day"),
    [
        ("2026-Q1", date(2026, 1, 1), date(2026, 3, 31)),
        ("2028-Q1", date(2028, 1, 1), date(2028, 3, 31)),
        ("2026-Q4", date(2026, 10, 1), date(2026, 12, 31)),
    ],
)
def test_a_quarter_has_its_days(code: str, first_day: date, last_day: date) -> None:
    quarter = Quarter.parse(code)

    assert (quarter.first_day, quarter.last_day, str(quarter)) == (first_day, last_day, code)


@pytest.mark.parametrize(
    ("today", "quarter"),
    [(date(2026, 11, 23), "2026-Q3"), (date(2026, 10, 1), "2026-Q3"), (date(2026, 1, 1), "2025-Q4")],
)
def test_the_last_quarter_is_the_one_that_is_over(today: date, quarter: str) -> None:
    assert str(Quarter.last_before(today)) == quarter


@pytest.mark.parametrize(
    ("today", "first", "last", "count"),
    [(date(2026, 11, 23), "2025-Q1", "2026-Q3", 7), (date(2027, 1, 2), "2025-Q1", "2026-Q4", 8)],
)
def test_two_years_are_the_last_one_and_what_is_over_of_this_one(
    today: date, first: str, last: str, count: int
) -> None:
    quarters = [str(quarter) for quarter in Quarter.of_two_years(today)]

    assert (quarters[0], quarters[-1], len(quarters)) == (first, last, count)


def test_a_quarter_knows_the_one_before_and_the_same_one_a_year_before() -> None:
    quarter = Quarter(2026, 1)

    assert (str(quarter.before), str(quarter.a_year_before)) == ("2025-Q4", "2025-Q1")


@pytest.mark.parametrize("code", ["2026", "2026-Q0", "2026-Q5", "2026-q1", "26-Q1"])
def test_another_code_is_no_quarter(code: str) -> None:
    with pytest.raises(ValueError, match="quarter"):
        Quarter.parse(code)
