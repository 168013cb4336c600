"""The same wish sent twice is done once: the `Idempotency-Key` of a request and what was sent with it.

A noun keeps both beside the row it made. A retry finds that row; the same key with another wish is refused.
"""

import hashlib
from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Header
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.messages import RawBody
from availability.refusals import Conflict

IdempotencyKey = Annotated[
    str | None,
    Header(pattern=r"^[\x21-\x7e]+$", max_length=128, description="Dezelfde sleutel geeft hetzelfde antwoord."),
]


class KeyReused(Conflict):
    """The key belongs to something else that this caller sent."""

    code = "key-reused"

    def __init__(self) -> None:
        super().__init__("Deze Idempotency-Key is al gebruikt voor iets anders. Neem een nieuwe.")


@dataclass(frozen=True, slots=True)
class Retry:
    """What tells a retry from another wish. Without a key every request is a new one."""

    key: str | None
    digest: str | None

    @classmethod
    def of(cls, key: str | None, raw: bytes) -> "Retry":
        """The digest is of the body: what is kept with a key says nothing of a child."""
        return cls(key, hashlib.sha256(raw).hexdigest() if key else None)

    def same_as(self, digest: str | None) -> None:
        """Raises KeyReused when what was sent with this key was something else."""
        if digest != self.digest:
            raise KeyReused


NEVER = Retry(None, None)
"""What came without a key cannot be told from a new wish."""


def wait_for_twin(session: Session, caller: Identity, retry: Retry) -> None:
    """Hold the key until the transaction ends: of two equal requests at once, the second finds what the first made."""
    if retry.key is not None:
        name = f"{caller.organisation}:{caller.subject}:{retry.key}"
        session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 0))"), {"name": name})


async def _retry(raw: RawBody, idempotency_key: IdempotencyKey = None) -> Retry:
    return Retry.of(idempotency_key, raw)


Once = Annotated[Retry, Depends(_retry)]
"""The retry that a request is, or may be."""
