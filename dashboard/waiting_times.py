"""The public waiting times: what the API tells everybody, as a table that says what is hidden and what is unknown."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

import pandas as pd

from dashboard.answers import Answer, CareType, Certainty, Items, Named
from dashboard.client import Client, Failure
from dashboard.texts import showing
from dashboard.texts import waiting_times as words

LOCAL_TEAM = "lokaal-team"
"""The care type whose waits are those that the local teams state for families."""

EVERYTHING = "all"


class Kind(Named):
    level: str


class LocalTeam(Answer):
    wait_working_days: int | None
    text: str


class WaitingTime(Answer):
    area: Named
    kind: Kind
    waiting: int | None
    waited_days: int | None
    realised_days: int | None
    offers: int
    stated_wait_days: int | None
    stated_long_days: int | None
    certainty: Certainty
    text: str
    trend: str | None
    local_team: LocalTeam | None


class Period(Answer):
    code: str
    first_day: date
    last_day: date

    @property
    def name(self) -> str:
        return words.ONE_QUARTER.format(number=self.code[-1], year=self.first_day.year)


class WaitingTimes(Answer):
    period: Period
    items: tuple[WaitingTime, ...]
    small_numbers: str
    meanwhile: tuple[str, ...]


class Between(Answer):
    low: int
    high: int


class Total(Answer):
    number: int | None
    at_least: int | None


class OneYear(Answer):
    area: Named
    kind: Kind
    started: Total
    realised_days: Between | None
    stated_wait_days: Between | None
    text: str


class Year(Answer):
    year: int
    quarters: tuple[str, ...]
    items: tuple[OneYear, ...]


Row = WaitingTime | OneYear
R = TypeVar("R", WaitingTime, OneYear)


def of_area(client: Client, area: str) -> WaitingTimes | None:
    """The newest figures of an area; None while nothing is published."""
    try:
        return client.get("waiting-times", WaitingTimes, query={"area": area})
    except Failure as failure:
        if failure.status == 404:
            return None
        raise


def of_year(client: Client, area: str, year: int) -> Year:
    return client.get(f"waiting-times/years/{year}", Year, query={"area": area})


def periods(client: Client) -> tuple[Period, ...]:
    """The newest first."""
    return client.get("waiting-times/periods", Items[Period]).items


def as_file(client: Client) -> bytes:
    """All of the newest figures, as open data."""
    return client.answered("GET", "waiting-times/export", "").content


def years(published: Iterable[Period]) -> dict[int, str]:
    """What each year is called, the newest first; one that is not over says so."""
    quarters = [period.first_day.year for period in published]
    return {
        year: (words.WHOLE_YEAR if quarters.count(year) == 4 else words.YEAR_SO_FAR).format(year=year)
        for year in dict.fromkeys(quarters)
    }


def choices(care_types: Iterable[CareType]) -> dict[str, str]:
    """What one may look for, as people call it: of each family the whole, and then its care types."""
    families: dict[str, dict[str, str]] = {}
    for each in care_types:
        if not each.crisis:
            families.setdefault(each.family, {})[each.code] = each.name
    return {
        code: name
        for family, members in families.items()
        for code, name in ((family, words.WHOLE_FAMILY.format(family=family)), *members.items())
    }


def of_kind(items: Iterable[R], kind: str | None) -> R | None:
    """The one row about what was chosen; about everything when nothing was."""
    return next((row for row in items if row.kind.code == (kind or EVERYTHING)), None)


def below(items: Iterable[R], kind: str | None, care_types: Iterable[CareType]) -> list[R]:
    """What the chosen kind is made of, as far as something is known of it: of a family its care types, of all help the
    families. The local team stands on its own."""
    members = {each.code for each in care_types if each.family == kind and each.code != LOCAL_TEAM}
    rows = (row for row in items if (row.kind.code in members if kind else row.kind.level == "family"))
    return sorted((row for row in rows if _is_known(row)), key=lambda row: row.kind.name)


def every_care_type(items: Iterable[R]) -> list[R]:
    """Those of which something is known, by name, so that everybody finds their own."""
    rows = (row for row in items if row.kind.level == "care-type" and row.kind.code != LOCAL_TEAM and _is_known(row))
    return sorted(rows, key=lambda row: row.kind.name)


def _is_known(row: Row) -> bool:
    if isinstance(row, WaitingTime):
        return bool(row.offers or row.waiting)
    return row.stated_wait_days is not None or row.started.at_least is not None


def table(rows: Sequence[WaitingTime]) -> pd.DataFrame:
    """A hidden number says so and is never empty."""
    values = [
        (
            row.kind.name,
            showing.wait(row.stated_wait_days),
            showing.wait(row.stated_long_days),
            words.HIDDEN if row.realised_days is None else showing.wait(row.realised_days),
            words.HIDDEN if row.waiting is None else showing.whole(row.waiting),
            showing.CERTAINTY[row.certainty],
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.COLUMNS.values()))


def year_table(rows: Sequence[OneYear]) -> pd.DataFrame:
    """Of waits the shortest and the longest quarter; of a number its sum, or what it is at least."""
    values = [
        (
            row.kind.name,
            span(row.stated_wait_days, showing.UNKNOWN),
            span(row.realised_days, words.HIDDEN),
            number(row.started),
        )
        for row in rows
    ]
    return pd.DataFrame(values, columns=list(words.YEAR_COLUMNS.values()))


def span(days: Between | None, unknown: str) -> str:
    if days is None:
        return unknown
    low, high = showing.wait(days.low), showing.wait(days.high)
    return low if low == high else words.SPAN.format(low=low, high=high)


def number(total: Total) -> str:
    if total.number is not None:
        return showing.whole(total.number)
    return words.HIDDEN if total.at_least is None else words.AT_LEAST.format(number=showing.whole(total.at_least))
