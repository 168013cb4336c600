"""Who did what, when, to which record (NEN 7513): written in the transaction of the change itself, kept five years."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, Identity, Index, text
from sqlmodel import Field, SQLModel


class AuditEntry(SQLModel, table=True):
    """One action on one record. Holds no content: what changed is in the record's own history."""

    __tablename__ = "audit_entry"
    __table_args__ = (Index("ix_audit_entry_record", "record_kind", "record_id"),)

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    subject: str
    organisation: str
    role: str
    action: str
    record_kind: str
    record_id: str
    request_id: str | None = None
