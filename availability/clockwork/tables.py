"""What the clockwork remembers, so that a restart neither loses nor repeats: how far it looked, whom it reminded."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, text
from sqlmodel import Field, SQLModel


class ClockworkMark(SQLModel, table=True):
    """How far a piece of work has come: a day, or a snapshot of the database."""

    __tablename__ = "clockwork_mark"

    work: str = Field(primary_key=True)
    position: str
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))


class Reminder(SQLModel, table=True):
    """One reminder of one statement: written before it is told, so that nobody hears it twice."""

    __tablename__ = "reminder"

    offer_id: int = Field(sa_column=Column(BigInteger, ForeignKey("offer.id", ondelete="CASCADE"), primary_key=True))
    statement_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    """0: nothing was ever stated."""
    step: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    """0: before the term; then one more for each reminder after it."""
    reminded_on: date
