"""What a youth-protection table said of its next free moment. Appended, never changed (a trigger holds that)."""

from datetime import date, datetime

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, text
from sqlmodel import Field, SQLModel


class ProtectionTableStatement(SQLModel, table=True):
    """One statement of the table of one region. The newest holds."""

    __tablename__ = "protection_table_statement"
    __table_args__ = (Index("ix_protection_table_statement_region_code_id", "region_code", text("id DESC")),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    region_code: str = Field(foreign_key="youth_region.code")
    next_free_on: date
    """The first day on which the table can hear a new case."""
    stated_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    stated_by: str
    """Organisation and the token's subject, never a person's name."""
