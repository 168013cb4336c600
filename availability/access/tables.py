"""Who acts, and who did what, when, to which record.

The audit (NEN 7513) is written in the transaction of the change itself and kept five years.
"""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, Identity, Index, text
from sqlmodel import Field, SQLModel


class AuditEntry(SQLModel, table=True):
    """One action on one record, or one that was refused. No content: what changed is in the record's own history."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_record", "record_kind", "record_id"),
        Index("ix_audit_entry_at", "at", postgresql_using="brin"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    subject: str
    organisation: str
    role: str
    action: str
    record_kind: str
    record_id: str
    request_id: str | None = None
    denied: bool = Field(default=False, sa_column_kwargs={"server_default": text("false")})
    """Asked for, and refused: `action` is the route then."""


class CertifiedInstitution(SQLModel, table=True):
    """A certified institution (GI): carries out child protection and youth probation. Known by its AGB code."""

    __tablename__ = "certified_institution"
    __table_args__ = (CheckConstraint("agb_code ~ '^[0-9]{8}$'", name="agb_code"),)

    agb_code: str = Field(primary_key=True)
    name: str


class DemoAccount(SQLModel, table=True):
    """Somebody to be in the demo: a role at an organisation. Filled by the demo world; empty in production.

    The organisation's name is where it belongs: `municipality`, `youth_region`, `provider` or `certified_institution`.
    """

    __tablename__ = "demo_account"

    role: str = Field(primary_key=True)
    organisation: str = Field(primary_key=True)
    """`GM0202`, `JZ28`, an AGB code, or `-` for the admin."""
    note: str
    """Dutch: what there is to see for this person."""
    sort: int
    """The order in which they are listed."""
