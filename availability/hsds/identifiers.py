"""Identifiers as HSDS wants them: UUIDs (RFC 9562, version 8), made of our own numbers so that they lead back."""

from enum import IntEnum
from uuid import UUID

_OURS = 0x7A6F7267_6221
"""48 bits that say whose identifiers these are: "zorgb!"."""


class Thing(IntEnum):
    ORGANIZATION = 1
    SERVICE = 2
    LOCATION = 3
    SERVICE_AT_LOCATION = 4
    CAPACITY = 5
    UNIT = 6
    SERVICE_AREA = 7
    IDENTIFIER = 8


def uuid_of(thing: Thing, number: int, part: int = 0) -> str:
    """The identifier of one thing; `part` tells apart what belongs to one number. Numbers go up to 2**52, parts to
    2**18: the ten low bits before the number, the rest before the thing."""
    low = (part & 0x3FF) << 52 | number
    high = part >> 10 << 4 | int(thing)
    return str(UUID(int=_OURS << 80 | 0x8 << 76 | high << 64 | 0b10 << 62 | low))


def number_of_area(code: str) -> int:
    """A number of its own for every area there can be, so that its identifier stays when others come or go: `GM0202`,
    `JZ28`, `NL`."""
    return {"GM": 0, "JZ": 10_000, "NL": 20_000}[code[:2]] + int(code[2:] or 0)


def number_of(thing: Thing, identifier: str) -> int | None:
    """Our number in an identifier of ours; None when it is none, or of another thing."""
    try:
        number = UUID(identifier).int & (1 << 52) - 1
    except ValueError:
        return None
    return number if uuid_of(thing, number) == identifier.lower() else None
