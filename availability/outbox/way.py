"""What every way to be told has in common: a letter goes out, or the way says why it did not."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row


class NotDelivered(Exception):
    """A letter did not arrive, as far as we know. `failure` is a code without words of the other side."""

    def __init__(self, failure: str, *, final: bool = False) -> None:
        super().__init__(failure)
        self.failure = failure
        self.final = final
        """Trying again would be in vain."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A claimed delivery: what is told, and where it goes."""

    id: UUID
    attempts: int
    notice_id: UUID
    kind: str
    organisation: str
    role: str
    link: str
    values: Mapping[str, Any]
    told_at: datetime
    email: str | None
    url: str | None
    secrets: Sequence[str] | None
    """What it is signed with, newest first: a receiver may still know a former one."""
    confirmation_id: UUID | None
    """The link with which what it reminds of can be confirmed."""
    confirmation_expires: datetime | None

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls(**row._mapping)
