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


class WaitingTimes(Message):
    version: int
    """The version of this format."""
    period: Period
    items: list[WaitingTime]
    small_numbers: str
    """What is hidden and why."""
    meanwhile: list[str]
    """What one can do while waiting."""
