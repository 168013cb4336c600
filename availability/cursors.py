"""Where a list goes on: an opaque, URL-safe text around the last item's sort values. It says nothing of a child."""

import base64
from collections.abc import Callable
from typing import Annotated, Any

import orjson
from fastapi import Query

from availability.refusals import Fault, Invalid

Limit = Annotated[int, Query(ge=1, le=100, description="Hoeveel er hoogstens in één antwoord staan.")]
Cursor = Annotated[str | None, Query(max_length=200, description="`next` uit het vorige antwoord.")]


def cursor_of(*values: float | str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def identifier(value: Any) -> int:  # noqa: ANN401 - whatever was in the cursor
    """An id of ours. Raises ValueError on anything else."""
    if type(value) is not int or not 0 < value < 2**63:
        raise ValueError(value)
    return value


def number(value: Any) -> int:  # noqa: ANN401 - whatever was in the cursor
    """A number of ours, such as a rank or a day. Raises ValueError on anything else."""
    if type(value) is not int or not -(2**31) <= value < 2**31:
        raise ValueError(value)
    return value


def written(value: Any) -> str:  # noqa: ANN401 - whatever was in the cursor
    """A text of ours, which PostgreSQL can compare with. Raises ValueError on anything else."""
    if not isinstance(value, str) or "\0" in value:
        raise ValueError(value)
    return value


def read_cursor(cursor: str | None, *readers: Callable[[Any], Any]) -> list[Any] | None:
    """The values in a cursor of ours, each through its reader; none without a cursor. Raises Invalid."""
    if cursor is None:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        return [read(value) for read, value in zip(readers, values, strict=True)]
    except (ValueError, TypeError, AttributeError, OverflowError):
        fault = Fault("?cursor", "Deze cursor komt niet uit een eerdere lijst.")
        raise Invalid("De invoer klopt niet.", (fault,)) from None
