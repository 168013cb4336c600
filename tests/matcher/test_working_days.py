"""Working days: examples at every border, each with its weekday, so that people and machine both check."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.working_days import (
    DUTCH_HOLIDAYS,
    CalendarEnds,
    end_of_weeks,
    end_of_working_days,
    first_working_day_after,
    first_working_day_from,
    is_working_day,
    skipped_holidays,
    working_days_left,
)

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")


def day(text: str) -> date:
    """Read `vrijdag 2026-04-03`; the weekday must be right."""
    weekday, iso = text.split()
    found = date.fromisoformat(iso)
    assert WEEKDAYS[found.weekday()] == weekday, text
    return found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("donderdag 2026-01-01", "Nieuwjaarsdag"),
        ("vrijdag 2026-04-03", "Goede vrijdag"),
        ("maandag 2026-04-06", "Tweede paasdag"),
        ("maandag 2026-04-27", "Koningsdag"),
        ("zaterdag 2025-04-26", "Koningsdag"),  # the 27th is a Sunday
        ("dinsdag 2026-05-05", "Bevrijdingsdag"),
        ("woensdag 2027-05-05", "Bevrijdingsdag"),  # not only in lustrum years
        ("donderdag 2026-05-14", "Hemelvaartsdag"),
        ("maandag 2026-05-25", "Tweede pinksterdag"),
        ("vrijdag 2026-12-25", "Eerste kerstdag"),
        ("zaterdag 2026-12-26", "Tweede kerstdag"),
    ],
)
def test_a_holiday_is_no_working_day(text: str, name: str) -> None:
    assert not is_working_day(day(text))
    assert DUTCH_HOLIDAYS.name(day(text)) == name


@pytest.mark.parametrize(
    "text",
    [
        "donderdag 2026-04-02",  # the day before Good Friday
        "dinsdag 2026-04-07",  # after Easter
        "maandag 2025-04-28",  # King's Day was on Saturday the 26th, and is not made up for
        "maandag 2026-05-04",  # Remembrance Day is a working day
        "vrijdag 2026-05-15",  # so is the Friday after Ascension
        "donderdag 2026-12-24",
        "donderdag 2026-12-31",
        "dinsdag 2028-02-29",
    ],
)
def test_an_ordinary_weekday_is_a_working_day(text: str) -> None:
    assert is_working_day(day(text))


@pytest.mark.parametrize(
    ("event", "count", "end"),
    [
        ("maandag 2026-11-23", 5, "maandag 2026-11-30"),
        ("vrijdag 2026-11-27", 1, "maandag 2026-11-30"),
        ("zaterdag 2026-11-28", 1, "maandag 2026-11-30"),
        ("zondag 2026-11-29", 3, "woensdag 2026-12-02"),
        ("donderdag 2026-04-02", 1, "dinsdag 2026-04-07"),  # Good Friday, Easter
        ("vrijdag 2026-04-24", 5, "maandag 2026-05-04"),  # King's Day on a Monday
        ("donderdag 2025-04-24", 3, "dinsdag 2025-04-29"),  # King's Day on a Saturday takes nothing
        ("maandag 2026-05-04", 3, "vrijdag 2026-05-08"),  # 5 May
        ("woensdag 2026-05-13", 1, "vrijdag 2026-05-15"),  # Ascension
        ("vrijdag 2026-05-22", 2, "woensdag 2026-05-27"),  # Whit Monday
        ("donderdag 2026-12-24", 1, "maandag 2026-12-28"),  # Christmas against a weekend
        ("dinsdag 2024-12-24", 1, "vrijdag 2024-12-27"),  # Christmas in midweek
        ("donderdag 2026-12-31", 1, "maandag 2027-01-04"),  # year's end before a weekend
        ("maandag 2028-02-28", 2, "woensdag 2028-03-01"),  # leap day
    ],
)
def test_a_term_ends_on_the_nth_working_day_after_the_event(event: str, count: int, end: str) -> None:
    assert end_of_working_days(day(event), count) == day(end)


@pytest.mark.parametrize(
    ("event", "weeks", "end"),
    [
        ("woensdag 2026-11-25", 2, "woensdag 2026-12-09"),
        ("vrijdag 2026-03-20", 2, "dinsdag 2026-04-07"),  # Good Friday moves it over Easter
        ("zaterdag 2026-11-28", 1, "maandag 2026-12-07"),
        ("vrijdag 2026-12-18", 2, "maandag 2027-01-04"),  # New Year's Day, then a weekend
        ("dinsdag 2028-02-15", 2, "dinsdag 2028-02-29"),
    ],
)
def test_a_term_in_weeks_ends_on_the_same_weekday_or_the_next_working_day(event: str, weeks: int, end: str) -> None:
    assert end_of_weeks(day(event), weeks) == day(end)


def test_a_working_day_is_its_own_first_one_but_not_the_first_after() -> None:
    assert first_working_day_from(day("donderdag 2026-04-02")) == day("donderdag 2026-04-02")
    assert first_working_day_after(day("donderdag 2026-04-02")) == day("dinsdag 2026-04-07")


def test_the_calendar_is_an_argument() -> None:
    assert end_of_working_days(day("donderdag 2026-04-02"), 1, frozenset()) == day("vrijdag 2026-04-03")
    assert end_of_working_days(day("maandag 2026-11-23"), 1, {day("dinsdag 2026-11-24")}) == day("woensdag 2026-11-25")


@pytest.mark.parametrize(
    ("today", "end", "left"),
    [
        ("donderdag 2026-04-02", "dinsdag 2026-04-07", 1),
        ("dinsdag 2026-04-07", "dinsdag 2026-04-07", 0),
        ("woensdag 2026-04-08", "dinsdag 2026-04-07", -1),
        ("dinsdag 2026-04-07", "donderdag 2026-04-02", -1),  # Good Friday and Easter do not count as late
    ],
)
def test_tells_how_many_working_days_are_left(today: str, end: str, left: int) -> None:
    assert working_days_left(day(today), day(end)) == left


def test_names_the_holidays_that_made_a_term_longer() -> None:
    assert skipped_holidays(day("donderdag 2026-12-24"), day("maandag 2026-12-28")) == [
        (day("vrijdag 2026-12-25"), "Eerste kerstdag")  # Boxing Day is a Saturday and took nothing
    ]


@pytest.mark.parametrize("count", [0, -1])
def test_a_term_of_nothing_is_refused(count: int) -> None:
    with pytest.raises(ValueError, match="at least one working day"):
        end_of_working_days(day("maandag 2026-11-23"), count)
    with pytest.raises(ValueError, match="at least one week"):
        end_of_weeks(day("maandag 2026-11-23"), count)


@pytest.mark.parametrize("year", [1989, 2101])
def test_a_year_without_known_holidays_is_refused_rather_than_guessed(year: int) -> None:
    with pytest.raises(CalendarEnds, match=f"De feestdagen van {year} zijn niet bekend"):
        is_working_day(next(d for d in (date(year, 1, n) for n in range(1, 8)) if d.weekday() < 5))


DAYS = st.dates(date(2000, 1, 1), date(2090, 12, 31))


@given(DAYS, st.integers(1, 60))
def test_a_term_ends_on_a_working_day_and_holds_exactly_its_number(event: date, count: int) -> None:
    end = end_of_working_days(event, count)
    assert is_working_day(end)
    assert working_days_left(event, end) == count


@given(DAYS, st.integers(1, 60))
def test_a_later_event_never_ends_sooner(event: date, count: int) -> None:
    assert end_of_working_days(event, count) <= end_of_working_days(event + timedelta(days=1), count)
    assert end_of_working_days(event, count) < end_of_working_days(event, count + 1)


@given(DAYS, st.integers(1, 12))
def test_a_term_in_weeks_is_never_shorter_and_at_most_four_days_longer(event: date, weeks: int) -> None:
    """The longest run of days off is Good Friday to Easter Monday, or Christmas with a weekend."""
    end = end_of_weeks(event, weeks)
    assert is_working_day(end)
    assert timedelta(0) <= end - event - timedelta(weeks=weeks) <= timedelta(days=4)
