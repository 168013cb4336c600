"""Which edition of which data is loaded, so that a second start does not load it again.

The note is written in the transaction of the loading itself: a load that broke off left neither rows nor note.
"""

from datetime import datetime

from sqlalchemy import Column, DateTime, text
from sqlalchemy.orm import Session
from sqlmodel import Field, SQLModel, col, select


class Edition(SQLModel, table=True):
    """The reference data is known by the hash of its files, a demo world by its name."""

    __tablename__ = "edition"

    data: str = Field(primary_key=True)
    edition: str
    loaded_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))


def loaded_edition(session: Session, data: str) -> str | None:
    return session.scalar(select(Edition.edition).where(col(Edition.data) == data))


def note_edition(session: Session, data: str, edition: str) -> None:
    session.execute(
        text(
            "INSERT INTO edition (data, edition) VALUES (:data, :edition)"
            " ON CONFLICT (data) DO UPDATE SET edition = EXCLUDED.edition, loaded_at = now()"
        ),
        {"data": data, "edition": edition},
    )
