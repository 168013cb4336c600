"""What is learnt of each offer's waits: from real starts, and from what was counted before."""

from datetime import datetime

from sqlalchemy import REAL, BigInteger, CheckConstraint, Column, DateTime, ForeignKey, text
from sqlmodel import Field, SQLModel


def _learnt() -> Column[float]:
    return Column(REAL, nullable=True)


class LearntWait(SQLModel, table=True):
    """One row per offer of which anything is known; worked out anew from cases and statements (see `learning`)."""

    __tablename__ = "learnt_wait"
    __table_args__ = (
        CheckConstraint(
            "num_nulls(realised_wait, realised_spread, late_days) IN (0, 3)"
            " AND num_nulls(left_before, over_days) IN (0, 2)",
            name="together",
        ),
    )

    offer_id: int = Field(sa_column=Column(BigInteger, ForeignKey("offer.id"), primary_key=True))
    realised_wait: float | None = Field(default=None, sa_column=_learnt())
    """Days that starts really took lately."""
    realised_spread: float | None = Field(default=None, sa_column=_learnt())
    late_days: float | None = Field(default=None, sa_column=_learnt())
    """How much later than stated they came."""
    left_before: float | None = Field(default=None, sa_column=_learnt())
    """Who left the list in `over_days` before the newest counts."""
    over_days: float | None = Field(default=None, sa_column=_learnt())
    learnt_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
