"""Rankings that were made for a case, kept so that they can be explained years later."""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, DateTime, LargeBinary, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class StoredRanking(SQLModel, table=True):
    __tablename__ = "ranking"

    id: uuid.UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    ranked_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    ranked_by: str
    today: date
    """The day the ranking was made for: the only clock it knew."""
    as_of: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    """The state of the board it was made on."""
    weights_version: str
    question: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    answer: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """What the worker saw: matches with points and texts, and what was excluded."""
    candidates: bytes = Field(sa_column=Column(LargeBinary, nullable=False))
    """The rows that were judged (`matcher.offers.CANDIDATE`, numpy's own format, compressed)."""
