"""Which version of a capacity the caller saw (RFC 9110 §13): nobody overwrites what they did not read."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Header

_STRONG = re.compile(r'"([1-9][0-9]{0,18})"')
"""A strong ETag of ours: the statement's id between quotes. A weak one never matches."""


class Expects(StrEnum):
    """What must hold before a statement is accepted."""

    SEEN = "seen"
    """One of the versions named is the current one."""
    ANY = "any"
    """There is a statement."""
    NONE = "none"
    """There is no statement yet."""
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


def _strong_tags(header: str) -> list[str]:
    tags = (_STRONG.fullmatch(part.strip()) for part in header.split(","))
    return [tag[1] for tag in tags if tag and int(tag[1]) < 2**63]


def etag_of(version: int) -> str:
    return f'"{version}"'


async def _precondition(
    if_match: Annotated[str | None, Header(description="De ETag van de opgave die u zag, of *.")] = None,
    if_none_match: Annotated[str | None, Header(description="* bij de eerste opgave.")] = None,
) -> Precondition:
    return Precondition.of(if_match, if_none_match)


SeenVersion = Annotated[Precondition, Depends(_precondition)]
