"""Working days and the ends of terms: Monday to Friday, Dutch public holidays excepted.

The terms of the enrolment routes are not statutory; they follow the Algemene termijnenwet all the same. Its article 3
names the holidays, 5 May included, and puts Good Friday on a par with them. Which day it is, and which days are
holidays, come as arguments.
"""

from collections.abc import Container, Mapping
from datetime import date, timedelta
from functools import lru_cache

import holidays

Holidays = Container[date]

SATURDAY = 5
LAST_KNOWN_YEAR = 2100
"""Further the `holidays` package knows nothing, and would call every weekday a working day."""

ONE_DAY = timedelta(days=1)


class CalendarEnds(ValueError):
    """The holidays of this year are not known."""


class DutchHolidays(Container[date]):
    """The holidays that count in a term, for any day asked: no year to forget at the turn of it."""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and day in holidays_of(day.year)

    def name(self, day: date) -> str | None:
        """The Dutch name of a holiday; None on other days."""
        return holidays_of(day.year).get(day)


@lru_cache(maxsize=128)
def holidays_of(year: int) -> Mapping[date, str]:
    """The holidays of one year with their Dutch names. King's Day is on the 26th when the 27th is a Sunday."""
    if not 1990 <= year <= LAST_KNOWN_YEAR:
        raise CalendarEnds(f"De feestdagen van {year} zijn niet bekend.")
    return dict(holidays.country_holidays("NL", years=year, categories=("public", "optional"), language="nl"))


DUTCH_HOLIDAYS = DutchHolidays()


def is_working_day(day: date, calendar: Holidays = DUTCH_HOLIDAYS) -> bool:
    return day.weekday() < SATURDAY and day not in calendar


def first_working_day_from(day: date, calendar: Holidays = DUTCH_HOLIDAYS) -> date:
    """The day itself if it is a working day, else the first one after it."""
    while not is_working_day(day, calendar):
        day += ONE_DAY
    return day


def first_working_day_after(day: date, calendar: Holidays = DUTCH_HOLIDAYS) -> date:
    return first_working_day_from(day + ONE_DAY, calendar)


def end_of_working_days(event: date, count: int, calendar: Holidays = DUTCH_HOLIDAYS) -> date:
    """A term of n working days ends at the close of the n-th working day after the day of the event."""
    if count < 1:
        raise ValueError("A term has at least one working day.")
    day = event
    for _ in range(count):
        day = first_working_day_after(day, calendar)
    return day


def end_of_weeks(event: date, weeks: int, calendar: Holidays = DUTCH_HOLIDAYS) -> date:
    """A term in weeks ends on the same weekday, moved to the next working day if need be."""
    if weeks < 1:
        raise ValueError("A term has at least one week.")
    return first_working_day_from(event + timedelta(weeks=weeks), calendar)


def working_days_left(today: date, end: date, calendar: Holidays = DUTCH_HOLIDAYS) -> int:
    """How many working days a term still has after today; 0 on its last day, negative when it has passed."""
    first, last = sorted((today, end))
    days = (first + timedelta(days=n) for n in range(1, (last - first).days + 1))
    count = sum(is_working_day(day, calendar) for day in days)
    return count if today <= end else -count


def skipped_holidays(event: date, end: date, calendar: DutchHolidays = DUTCH_HOLIDAYS) -> list[tuple[date, str]]:
    """The holidays from Monday to Friday that made a term longer, with their names."""
    days = (event + timedelta(days=n) for n in range(1, (end - event).days + 1))
    return [(day, name) for day in days if day.weekday() < SATURDAY and (name := calendar.name(day))]
