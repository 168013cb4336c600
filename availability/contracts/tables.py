"""What became of a contract: every change is kept whole, as it was before and as it became."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class ContractChange(SQLModel, table=True):
    """One change of one contract. Appended, never changed (a trigger holds that)."""

    __tablename__ = "contract_change"
    __table_args__ = (
        UniqueConstraint("contract_id", "version"),
        CheckConstraint("source IN ('form', 'import')", name="source"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    contract_id: int = Field(sa_column=Column(BigInteger, ForeignKey("contract.id"), nullable=False))
    version: int
    """The version that the change made."""
    changed_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))
    )
    changed_by: str
    """Organisation and the token's subject, never a person's name."""
    source: str
    before: dict[str, Any] | None = Field(default=None, sa_column=Column(JSONB(none_as_null=True)))
    """As `ContractContent` writes it; none when the contract began with this change."""
    after: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
