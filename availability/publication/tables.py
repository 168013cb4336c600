"""What was published: frozen per period, and nothing that may not be seen. A hidden count is not here at all."""

from datetime import date, datetime

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
