"""Where a list goes on: an opaque, URL-safe text around the last item's sort values. It says nothing of a child."""

import base64
import binascii
from typing import Any

import orjson

from availability.refusals import Fault, Invalid


def cursor_of(*values: float | str) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(values)).decode().rstrip("=")


def read_cursor(cursor: str | None, *types: type) -> list[Any] | None:
    """The values in a cursor of ours, of these types; none without a cursor. Raises Invalid on anything else."""
    if cursor is None:
        return None
    try:
        values = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (binascii.Error, ValueError):
        values = None
    fits = isinstance(values, list) and len(values) == len(types)
    if not fits or not all(type(value) is kind for value, kind in zip(values, types, strict=True)):
        raise Invalid("De invoer klopt niet.", (Fault("?cursor", "Deze cursor komt niet uit een eerdere lijst."),))
    return list(values)
