"""What is wrong with an input, in plain Dutch: one sentence per kind of fault, never the value that was given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from availability.codes import PATTERNS
from availability.refusals import Fault

SENTENCES: dict[str, str] = {
    "missing": "Dit veld ontbreekt.",
    "extra_forbidden": "Dit veld bestaat niet.",
    "json_invalid": "Dit is geen geldige JSON.",
    "model_type": "Geef een JSON-object.",
    "model_attributes_type": "Geef een JSON-object.",
    "dict_type": "Geef een JSON-object.",
    "list_type": "Geef een lijst.",
    "tuple_type": "Geef een lijst.",
    "too_short": "Geef er minstens {min_length}.",
    "too_long": "Geef er hoogstens {max_length}.",
    "int_type": "Geef een heel getal.",
    "int_parsing": "Geef een heel getal.",
    "int_parsing_size": "Dit getal is te groot.",
    "int_from_float": "Geef een heel getal.",
    "float_type": "Geef een getal.",
    "float_parsing": "Geef een getal.",
    "finite_number": "Geef een eindig getal.",
    "bool_type": "Geef true of false.",
    "bool_parsing": "Geef true of false.",
    "string_type": "Geef een tekst.",
    "string_too_short": "Geef minstens {min_length} tekens.",
    "string_too_long": "Geef hoogstens {max_length} tekens.",
    "string_pattern_mismatch": "Deze tekst heeft niet de juiste vorm.",
    "string_unicode": "Deze tekst is geen geldige UTF-8.",
    "enum": "Kies een van: {expected}.",
    "literal_error": "Kies een van: {expected}.",
    "date_type": "Geef een datum als jjjj-mm-dd.",
    "date_parsing": "Geef een datum als jjjj-mm-dd.",
    "date_from_datetime_parsing": "Geef een datum als jjjj-mm-dd.",
    "date_from_datetime_inexact": "Geef een datum als jjjj-mm-dd, zonder tijd.",
    "uuid_type": "Dit is geen geldig kenmerk.",
    "uuid_parsing": "Dit is geen geldig kenmerk.",
    "greater_than": "Geef een getal boven {gt}.",
    "greater_than_equal": "Geef {ge} of meer.",
    "less_than": "Geef een getal onder {lt}.",
    "less_than_equal": "Geef {le} of minder.",
}
"""Pydantic's kinds of error that an input of ours can cause; anything else is said in general words."""

UNKNOWN_FAULT = "Deze waarde klopt niet."

_WHERE = {"query": "?", "header": "", "path": "/"}


def fault(pointer: str, detail: str, code: str = "invalid") -> Fault:
    return Fault(pointer, detail, code)


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Every fault in a body, with a JSON pointer to the field."""
    return tuple(_fault(each["loc"], each) for each in error.errors(include_url=False, include_input=False))


def faults_in_request(errors: Iterable[Any]) -> tuple[Fault, ...]:
    """Every fault in path, query or headers, as FastAPI found them."""
    return tuple(_fault(each["loc"][1:], each, _WHERE.get(str(each["loc"][0]), "/")) for each in errors)


def _fault(location: Sequence[int | str], error: ErrorDetails | Mapping[str, Any], start: str = "/") -> Fault:
    if error["type"] == "json_invalid":
        return Fault("", SENTENCES["json_invalid"], "json-invalid")
    if error["type"] in _OWN:
        return Fault(start + _path(location), str(error["msg"]).removeprefix("Value error, "), error["type"])
    return Fault(start + _path(location) if location else "", _sentence(error), error["type"].replace("_", "-"))


def _sentence(error: ErrorDetails | Mapping[str, Any]) -> str:
    context = error.get("ctx", {})
    return PATTERNS.get(context.get("pattern", "")) or SENTENCES.get(error["type"], UNKNOWN_FAULT).format_map(context)


_OWN = {"value_error"}
"""Our own validators speak Dutch already."""


def _path(location: Sequence[int | str]) -> str:
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in location)
