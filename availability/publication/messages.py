"""Public waiting times as they go over the wire. Waits in days; a hidden count is null and says so."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Row

from availability.messages import CodeAndName, Message


class Period(Message):
    """A quarter that was frozen."""

    code: str
    first_day: date
    last_day: date
    published_at: datetime
    method: int
    """The version of the way of counting and hiding; see the open data's description."""

    @classmethod
    def of(cls, row: Row[Any]) -> "Period":
        return cls(
            code=row.code,
            first_day=row.first_day,
            last_day=row.last_day,
            published_at=row.published_at,
            method=row.method,
        )


class PublishedKind(CodeAndName):
    level: str
    """`all`, `family` or `care-type`."""


class LocalTeamTime(Message):
    """The wait for the local team itself, counted over the requests of workers outside it."""

    talks: int | None
    """First talks in the period; null when too small to show."""
    wait_working_days: int | None
    """From the request to that talk, for half of them."""
    waiting: int | None
    """Of the children who waited on the last day, who had no such talk yet; null when that number, or the number of the
    others, is too small to show."""
    text: str
    """The same in a sentence or two."""


class WaitingTime(Message):
    """One area and one kind of care in one period."""

    area: CodeAndName
    kind: PublishedKind
    waiting: int | None
    """Children who waited on the last day; null when that number is too small to show."""
    waited_days: int | None
    """How long half of them had waited."""
    started: int | None
    """Starts of help in the period; null when too small to show."""
    realised_days: int | None
    """From asking to the start, for half of them."""
    offers: int
    stated_wait_days: int | None
    """From asking to the start, as providers stated it; half of the offers."""
    stated_long_days: int | None
    """One in ten offers has a longer wait."""
    stated_age_days: int | None
    """How old those statements were, in the middle."""
    certainty: str
    """`certain`, `fairly-certain`, `uncertain` or `unknown`: by the age of the statements."""
    text: str
    """The same in a sentence or two."""
    trend: str | None
    """The stated wait beside that of the quarter before and of a year before, in a sentence; null where neither is."""
    local_team: LocalTeamTime | None
    """Of all youth care in a region or a municipality; null elsewhere, and in quarters counted by method 1."""


class WaitingTimes(Message):
    version: int
    """The version of this format."""
    period: Period
    items: list[WaitingTime]
    small_numbers: str
    """What is hidden and why."""
    meanwhile: list[str]
    """What one can do while waiting."""


class Total(Message):
    """A number over the quarters of a year."""

    number: int | None
    """Null: a quarter is hidden."""
    at_least: int | None
    """What the quarters that are shown add up to."""


class Between(Message):
    """The shortest and the longest wait among the quarters of a year, in days."""

    low: int
    high: int


class YearOfWaiting(Message):
    """One area and one kind of care in one year: no more than what its quarters say together."""

    area: CodeAndName
    kind: PublishedKind
    started: Total
    waited_days: Between | None
    realised_days: Between | None
    stated_wait_days: Between | None
    team_talks: Total | None
    """Of all youth care in a region or a municipality."""
    team_wait_working_days: Between | None
    text: str
    """The same in a sentence or two."""


class YearsWaitingTimes(Message):
    version: int
    """The version of this format."""
    year: int
    quarters: list[str]
    """Those that were published, the oldest first; four when the year is complete."""
    items: list[YearOfWaiting]
    small_numbers: str
    """What is hidden and why."""
