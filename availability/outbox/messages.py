"""Notices as they go over the wire, and how an organisation says where it wants them."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.messages import Message
from availability.outbox import wording
from availability.outbox.telling import Notice

Kinds = Annotated[tuple[Notice, ...], Field(max_length=len(Notice))]
"""Which notices are wanted; none named: all."""

_EMAIL = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
"""What HTML calls a valid e-mail address, with a domain that has a dot."""


def _email(text: str) -> str:
    if not _EMAIL.fullmatch(text):
        raise PydanticCustomError("email", "Geef een e-mailadres, zoals intake@organisatie.nl.")
    return text


Email = Annotated[str, Field(max_length=254), AfterValidator(_email)]

Url = Annotated[str, StringConstraints(pattern=r"^[\x21-\x7e]+$", max_length=500)]

State = Literal["waiting", "sent", "withheld", "dead"]


class Detail(Message):
    label: str
    text: str


class NoticeShown(Message):
    """What happened, in words. `link` leads into the dashboard; empty when there is nowhere to go."""

    id: UUID
    kind: str
    title: str
    text: str
    details: list[Detail]
    link: str
    told_at: datetime
    read_at: datetime | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        words = wording.words_of(row.kind)
        return cls.model_construct(
            id=row.id,
            kind=row.kind,
            title=words.title,
            text=words.sentence,
            details=[Detail(label=label, text=said) for label, said in wording.details(row.values)],
            link=row.link,
            told_at=row.told_at,
            read_at=row.read_at,
        )


class Notices(Message):
    """A piece of the list, and how many are unread in all."""

    items: list[NoticeShown]
    next: str | None = None
    unread: int


class Reading(Message):
    """Which notices somebody has read."""

    ids: Annotated[tuple[UUID, ...], Field(min_length=1, max_length=100)]


class Read(Message):
    """Those that were unread until now."""

    ids: list[UUID]


class ContactAddressWish(Message):
    """An e-mail address of the organisation itself, better of a function than of a person."""

    email: Email
    kinds: Kinds = ()


class ContactAddressKept(Message):
    id: UUID
    email: str
    kinds: list[str]
    made_at: datetime


class WebhookWish(Message):
    """Where the organisation's own system listens."""

    url: Url
    kinds: Kinds = ()


class WebhookKept(Message):
    id: UUID
    url: str
    kinds: list[str]
    made_at: datetime


class WebhookMade(WebhookKept):
    secret: str
    """Shown this once: with it a receiver checks that we are the sender (Standard Webhooks)."""


class SecretWish(Message):
    """How long the secret of before still counts; 0: not any more, as when somebody else may know it."""

    former_counts_hours: Annotated[int, Field(ge=0, le=168)] = 24


class SecretMade(Message):
    secret: str
    """Shown this once. What we send is signed with it at once, and with those before it until they end."""
    former_ends_at: datetime


class CalendarKept(Message):
    id: UUID
    made_at: datetime


class CalendarMade(CalendarKept):
    address: str
    """Shown this once. Who has it can read the terms, so it is a secret; delete the calendar to end that."""


class DeliveryShown(Message):
    """How far a notice is on its way to one address or webhook."""

    id: UUID
    notice_id: UUID
    kind: str
    title: str
    email: str | None
    webhook_id: UUID | None
    state: State
    attempts: int
    failure: str | None
    """What went wrong last, as a code: `smtp-550`, `http-500`, `timeout`, `private-address`."""
    due_at: datetime
    told_at: datetime
    finished_at: datetime | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls.model_construct(title=wording.words_of(row.kind).title, **row._mapping)


def columns(row: Row[Any], message: type[Message]) -> dict[str, Any]:
    """The columns of a row that a message has."""
    return {name: getattr(row, name) for name in message.model_fields if hasattr(row, name)}


def all_of(rows: Sequence[Row[Any]], message: type[Message]) -> list[Any]:
    return [message.model_construct(**columns(row, message)) for row in rows]
