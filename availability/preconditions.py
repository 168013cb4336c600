"""Which version the caller saw (RFC 9110 §13): nobody overwrites what they did not read."""

import re
from dataclasses import dataclass
from enum import StrEnum
from hashlib import blake2b
from typing import Annotated

from fastapi import Depends, Header

from availability.refusals import PreconditionFailed, PreconditionMissing

_STRONG = re.compile(r'"([1-9][0-9]{0,18})"')
"""A strong ETag of ours: a number between quotes. A weak one never matches."""


class Expects(StrEnum):
    """What must hold before a change is accepted."""

    SEEN = "seen"
    """One of the versions named is the current one."""
    ANY = "any"
    """There is a version."""
    NONE = "none"
    """There is no version yet."""
    UNSAID = "unsaid"
    """The caller did not say what it saw, so nothing can be right."""


@dataclass(frozen=True, slots=True)
class Precondition:
    expects: Expects
    seen: tuple[int, ...] = ()

    @classmethod
    def of(cls, if_match: str | None, if_none_match: str | None) -> "Precondition":
        """What the headers say. It is judged later, because permission comes first."""
        if if_match is not None:
            if if_match.strip() == "*":
                return cls(Expects.ANY)
            return cls(Expects.SEEN, tuple(int(each) for each in _strong_tags(if_match)))
        if (if_none_match or "").strip() == "*":
            return cls(Expects.NONE)
        return cls(Expects.UNSAID)

    def require(self, current: int) -> None:
        """Raises PreconditionMissing or PreconditionFailed when the caller did not see `current`."""
        if self.expects is Expects.UNSAID:
            raise PreconditionMissing("Stuur in If-Match mee welke versie u zag: de ETag van het vorige antwoord.")
        if self.expects is Expects.NONE or (self.expects is Expects.SEEN and current not in self.seen):
            raise PreconditionFailed("Iemand anders was u voor. Haal de nieuwste versie op en kijk haar na.")

    def require_if_said(self, current: int) -> None:
        """The same where nothing has to be said: who saw a preview says which. Raises PreconditionFailed."""
        if self.expects is not Expects.UNSAID:
            self.require(current)

    def require_version(self, current: int | None) -> None:
        """The same where there may be none yet: `If-None-Match: *` for the first. Raises as `require` does."""
        if current is not None:
            self.require(current)
        elif self.expects is Expects.UNSAID:
            raise PreconditionMissing("Stuur If-None-Match: * mee bij de eerste opgave.")
        elif self.expects is not Expects.NONE:
            raise PreconditionFailed("Er is nog geen opgave. Stuur If-None-Match: * mee.")


def _strong_tags(header: str) -> list[str]:
    tags = (_STRONG.fullmatch(part.strip()) for part in header.split(","))
    return [tag[1] for tag in tags if tag and int(tag[1]) < 2**63]


def etag_of(version: int) -> str:
    return f'"{version}"'


def version_of(compared: object) -> int:
    """A version for what keeps none of its own: another number as soon as anything in `compared` differs."""
    return int.from_bytes(blake2b(repr(compared).encode(), digest_size=7).digest()) + 1


async def _precondition(
    if_match: Annotated[str | None, Header(description="De ETag van wat u zag, of *.")] = None,
    if_none_match: Annotated[str | None, Header(description="* als er nog niets is.")] = None,
) -> Precondition:
    return Precondition.of(if_match, if_none_match)


SeenVersion = Annotated[Precondition, Depends(_precondition)]
