"""A merge patch (RFC 7396) on something that is kept: what it becomes, to be judged as a whole by its message."""

from collections.abc import Mapping
from typing import Any

from pydantic_core import from_json, to_json

from availability.refusals import Fault, Invalid


def merged(kept: Mapping[str, Any], patch: bytes) -> bytes:
    """The kept fields (by their JSON names) with the patch over them. Raises Invalid when it is no JSON object."""
    try:
        given = from_json(patch)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        fault = Fault("", "Geef een JSON-object met wat er verandert.", "json-invalid")
        raise Invalid("De invoer klopt niet.", (fault,))
    return to_json({**kept, **given})
