"""What a region aims at, per indicator from a day on. A choice is appended, never changed: the council may ask back."""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Identity, text
from sqlmodel import Field, SQLModel


class CouncilTarget(SQLModel, table=True):
    """One choice. It overrules, from its day on, all that was chosen before for this indicator."""

    __tablename__ = "council_target"
    __table_args__ = (
        CheckConstraint("indicator ~ '^[a-z]+(-[a-z]+)*$'", name="indicator"),
        CheckConstraint("value BETWEEN 0 AND 100000", name="value"),
    )

    id: int = Field(sa_column=Column(BigInteger, Identity(), primary_key=True))
    region_code: str = Field(foreign_key="youth_region.code", index=True)
    indicator: str
    value: float | None = None
    """In the indicator's unit. None: nothing of its own any more, so what is usual holds."""
    valid_from: date
    set_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    set_by: str
