"""What somebody must hear, and how far it is on its way: by e-mail, to a webhook, in a calendar.

A notice is written in the transaction of what it tells of, once per key. It says nothing about a child: a kind, a few
words from a fixed list, and a link with an opaque id.
"""

import uuid
from datetime import datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _id() -> Any:  # noqa: ANN401 - SQLModel's fields have no type of their own
    return Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})


def _instant(*, nullable: bool = False) -> Column[datetime]:
    """A moment; now, unless it may be left out."""
    return Column(DateTime(timezone=True), nullable=nullable, server_default=None if nullable else text("now()"))


def _kinds() -> Column[list[str]]:
    """Which notices are wanted; none named: all."""
    return Column(ARRAY(String), nullable=False, server_default=text("'{}'"))


def _gone_with(target: str) -> Column[uuid.UUID]:
    return Column(ForeignKey(target, ondelete="CASCADE"), nullable=True)


class NoticeTold(SQLModel, table=True):
    """One message for one role at one organisation: what the list "wat is er veranderd" shows."""

    __tablename__ = "notice"
    __table_args__ = (
        Index("uq_notice_key", "organisation", "role", "kind", "key", unique=True),
        Index("ix_notice_told_at", "told_at"),
        Index("ix_notice_told", "organisation", "role", text("told_at DESC"), "id"),
    )

    id: uuid.UUID = _id()
    kind: str
    organisation: str
    role: str
    key: str
    """What is told only once; opaque."""
    link: str = Field(default="", sa_column_kwargs={"server_default": text("''")})
    """Where in the dashboard one goes on, from its root."""
    values: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    told_at: datetime = Field(sa_column=_instant())
    read_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class ContactAddress(SQLModel, table=True):
    """Where an organisation wants to be told by e-mail. It keeps this itself."""

    __tablename__ = "contact_address"
    __table_args__ = (
        Index("uq_contact_address_email", "organisation", "role", text("lower(email)"), unique=True),
        CheckConstraint("email ~ '^[^@[:space:]]+@[^@[:space:]]+$' AND length(email) <= 254", name="email"),
    )

    id: uuid.UUID = _id()
    organisation: str
    role: str
    email: str
    kinds: list[str] = Field(sa_column=_kinds())
    made_at: datetime = Field(sa_column=_instant())


class Webhook(SQLModel, table=True):
    """The address of an organisation's own system, and the secret with which we sign what we send there."""

    __tablename__ = "webhook"
    __table_args__ = (Index("uq_webhook_url", "organisation", "role", "url", unique=True),)

    id: uuid.UUID = _id()
    organisation: str
    role: str
    url: str
    secret: str
    kinds: list[str] = Field(sa_column=_kinds())
    made_at: datetime = Field(sa_column=_instant())


class FormerSecret(SQLModel, table=True):
    """A secret that was replaced: what we send is signed with it as well, until it ends."""

    __tablename__ = "former_secret"
    __table_args__ = (Index("ix_former_secret_webhook_id", "webhook_id"),)

    id: uuid.UUID = _id()
    webhook_id: uuid.UUID = Field(sa_column=Column(ForeignKey("webhook.id", ondelete="CASCADE"), nullable=False))
    secret: str
    ends_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))


class Delivery(SQLModel, table=True):
    """One notice on its way to one address or webhook. A sender claims it, and again when that was in vain."""

    __tablename__ = "delivery"
    __table_args__ = (
        CheckConstraint("num_nonnulls(contact_address_id, webhook_id) = 1", name="one_way"),
        CheckConstraint("state IN ('waiting', 'sent', 'withheld', 'dead')", name="state"),
        Index("uq_delivery_contact_address", "notice_id", "contact_address_id", unique=True),
        Index("uq_delivery_webhook", "notice_id", "webhook_id", unique=True),
        Index("ix_delivery_contact_address_id", "contact_address_id"),
        Index("ix_delivery_webhook_id", "webhook_id"),
        Index("ix_delivery_due", "due_at", postgresql_where=text("state = 'waiting'")),
    )

    id: uuid.UUID = _id()
    notice_id: uuid.UUID = Field(sa_column=Column(ForeignKey("notice.id", ondelete="CASCADE"), nullable=False))
    contact_address_id: uuid.UUID | None = Field(default=None, sa_column=_gone_with("contact_address.id"))
    webhook_id: uuid.UUID | None = Field(default=None, sa_column=_gone_with("webhook.id"))
    state: str = Field(default="waiting", sa_column_kwargs={"server_default": text("'waiting'")})
    """`withheld`: there is no mail server; `dead`: given up."""
    attempts: int = Field(default=0, sa_column_kwargs={"server_default": text("0")})
    due_at: datetime = Field(sa_column=_instant())
    """When it may be claimed; while it is claimed, when the claim ends."""
    failure: str | None = None
    """What went wrong last: a code, never what the other side wrote."""
    finished_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))


class CalendarFeed(SQLModel, table=True):
    """A secret address that a calendar reads the terms from; only a digest of the secret is kept."""

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("ix_calendar_feed_organisation", "organisation", "role"),)

    id: uuid.UUID = _id()
    organisation: str
    role: str
    digest: str = Field(unique=True)
    made_at: datetime = Field(sa_column=_instant())


class ConfirmationLink(SQLModel, table=True):
    """A link in a reminder: these offers may be confirmed as unchanged, once, until it expires."""

    __tablename__ = "confirmation_link"

    id: uuid.UUID = _id()
    notice_id: uuid.UUID = Field(
        sa_column=Column(ForeignKey("notice.id", ondelete="CASCADE"), nullable=False, unique=True)
    )
    provider_agb: str = Field(foreign_key="provider.agb_code")
    offer_ids: list[int] = Field(sa_column=Column(ARRAY(BigInteger), nullable=False))
    expires_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False))
    used_at: datetime | None = Field(default=None, sa_column=_instant(nullable=True))
