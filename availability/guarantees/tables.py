"""What a region promises to have always: every version of every promise, and what was told of it."""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, DateTime, Index, Uuid, text
from sqlmodel import Field, SQLModel

from matcher.guarantee_days import Reach

_REACHES = ", ".join(f"'{reach}'" for reach in Reach)


class GuaranteeVersion(SQLModel, table=True):
    """One version of one promise. Appended, never changed (a trigger holds that).

    On a day holds the highest version that begins on it or before, unless that one ended. No version begins before the
    day it was written, so what held on a day in the past stays what it was.
    """

    __tablename__ = "guarantee_version"
    __table_args__ = (
        CheckConstraint("num_nonnulls(care_type_code, family) = 1", name="subject"),
        CheckConstraint(
            "num_nulls(age_from, age_until) IN (0, 2) AND age_from BETWEEN 0 AND 23"
            " AND age_until BETWEEN age_from AND 23",
            name="ages",
        ),
        CheckConstraint(f"reach IN ({_REACHES})", name="reach"),
        CheckConstraint("max_km BETWEEN 1 AND 400", name="max_km"),
        CheckConstraint("places BETWEEN 1 AND 100", name="places"),
        CheckConstraint("within_days BETWEEN 0 AND 365", name="within_days"),
        CheckConstraint("valid_until >= valid_from", name="period"),
        Index("ix_guarantee_version_region_code", "region_code", "guarantee_id", text("version DESC")),
    )

    guarantee_id: uuid.UUID = Field(sa_column=Column(Uuid, primary_key=True))
    version: int = Field(primary_key=True)
    """Counts from 1; the ETag of the promise."""
    region_code: str = Field(foreign_key="youth_region.code")
    care_type_code: str | None = Field(default=None, foreign_key="care_type.code")
    family: str | None = None
    """All care types of this name together; none: one care type."""
    age_from: int | None = None
    age_until: int | None = None
    reach: str
    max_km: int | None = None
    places: int
    within_days: int | None = None
    """None: open now."""
    valid_from: date
    valid_until: date | None = None
    """The last day."""
    ended: bool = Field(sa_column_kwargs={"server_default": text("false")})
    """From its first day on nothing is promised any more."""
    stated_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    stated_by: str
    """Organisation and the token's subject, never a person's name."""


class GuaranteeTold(SQLModel, table=True):
    """What the region heard last of a promise, so that it hears every change once."""

    __tablename__ = "guarantee_told"

    guarantee_id: uuid.UUID = Field(sa_column=Column(Uuid, primary_key=True))
    kept: bool
    times: int
    """How often it turned."""
    on_day: date
