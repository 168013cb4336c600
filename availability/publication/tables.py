"""What was published: frozen per period, and nothing that may not be seen. A hidden count is not here at all."""

from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, Column, DateTime, text
from sqlmodel import Field, SQLModel


class PublishedPeriod(SQLModel, table=True):
    """A quarter whose figures are public. Never changed: who saw them may rely on them."""

    __tablename__ = "published_period"
    __table_args__ = (
        CheckConstraint("code ~ '^[0-9]{4}-Q[1-4]$'", name="code"),
        CheckConstraint("last_day > first_day", name="days"),
    )

    code: str = Field(primary_key=True)
    first_day: date
    last_day: date
    method: int
    """Which version of the way of counting and hiding; a new one never changes what was published."""
    published_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))
    )


class PublishedFigure(SQLModel, table=True):
    """One cell of the lattice in one period. Waits are days; null is hidden or unknown."""

    __tablename__ = "published_figure"
    __table_args__ = (
        CheckConstraint("area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2}|NL)$'", name="area_code"),
        CheckConstraint("kind_level IN ('all', 'family', 'care-type')", name="kind_level"),
        CheckConstraint("least(waiting, started) >= 5", name="large_enough"),
        CheckConstraint("least(team_talks, team_waiting) >= 5", name="team_large_enough"),
    )

    period_code: str = Field(primary_key=True, foreign_key="published_period.code")
    area_code: str = Field(primary_key=True)
    kind_level: str = Field(primary_key=True)
    kind: str = Field(primary_key=True)
    """The code of a care type or the name of a family; `all` for all."""
    waiting: int | None = None
    """Open requests on the last day."""
    waited_days: int | None = None
    """How long half of them had waited."""
    started: int | None = None
    """Starts of help in the period."""
    realised_days: int | None = None
    """From asking to the start, for half of them."""
    offers: int
    stated_wait_days: int | None = None
    """What providers stated last, from asking to the start; half of the offers."""
    stated_long_days: int | None = None
    """One in ten offers has a longer wait."""
    stated_age_days: int | None = None
    """Median age of those statements on the last day."""
    team_talks: int | None = None
    """First talks with the local team in the period, on request of another worker; only of all care together."""
    team_wait_days: int | None = None
    """Working days from the request to that talk, for half of them."""
    team_waiting: int | None = None
    """Of those waiting on the last day, who had no such talk yet."""


class PublishedIndicator(SQLModel, table=True):
    """One figure of a youth region in one period, as part of a whole or as a value. Null is hidden or unknown."""

    __tablename__ = "published_indicator"
    __table_args__ = (
        CheckConstraint("area_code ~ '^JZ[0-9]{2}$'", name="area_code"),
        CheckConstraint("indicator ~ '^[a-z]+(-[a-z]+)*$'", name="indicator"),
        CheckConstraint("part BETWEEN 0 AND whole AND (part IS NULL OR whole IS NOT NULL)", name="part_of_whole"),
        CheckConstraint(
            "indicator IN ('statements-on-time', 'always-there', 'family-places')"
            " OR coalesce(whole, 5) >= 5 AND coalesce(least(part, whole - part), 5) >= 5",
            name="large_enough",
        ),
    )

    period_code: str = Field(primary_key=True, foreign_key="published_period.code")
    area_code: str = Field(primary_key=True)
    indicator: str = Field(primary_key=True)
    """One of `indicators.Indicator`."""
    part: int | None = None
    whole: int | None = None
    value: Decimal | None = None
