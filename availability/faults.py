"""What is wrong with an input, in plain Dutch: one sentence per kind of fault, never the value that was given."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, get_args

from pydantic import ValidationError
from pydantic_core import ErrorDetails
from pydantic_core.core_schema import ErrorType

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

MOST_FAULTS = 200
"""More than an honest mistake makes. Half a million of them, in one mebibyte, took seconds to put into words."""

TOO_MANY = f"Dit bericht heeft meer dan {MOST_FAULTS} fouten. Kijk na of het wel het goede bericht is."

_PYDANTICS = frozenset(get_args(ErrorType))
"""Every kind that is not ours: our own validators speak Dutch already (PydanticCustomError)."""

_WHERE = {"query": "?", "header": "", "path": "/"}


def faults_of(error: ValidationError) -> tuple[Fault, ...]:
    """Every fault in a body, with a JSON pointer to the field; of a flood only that it is one."""
    if error.error_count() > MOST_FAULTS:
        return (Fault("", TOO_MANY, "too-many-faults"),)
    return tuple(_fault(each, each["loc"], "/") for each in error.errors(include_input=False))


def faults_in_request(errors: Iterable[Any]) -> tuple[Fault, ...]:
    """Every fault in path, query or headers, as FastAPI found them."""
    return tuple(_fault(each, each["loc"][1:], _WHERE.get(each["loc"][0], "/")) for each in errors)


def _fault(error: ErrorDetails | Mapping[str, Any], location: Sequence[int | str], start: str) -> Fault:
    kind = error["type"]
    inside_a_field = bool(location) and kind != "json_invalid"
    return Fault(start + _path(location) if inside_a_field else "", _sentence(error), kind.replace("_", "-"))


def _sentence(error: ErrorDetails | Mapping[str, Any]) -> str:
    context = {name: _plain(value) for name, value in error.get("ctx", {}).items()}
    pattern = str(context.get("pattern"))
    if pattern in PATTERNS:
        return PATTERNS[pattern]
    if error["type"] in SENTENCES:
        return SENTENCES[error["type"]].format_map(context).replace("' or '", "' of '")
    return UNKNOWN_FAULT if error["type"] in _PYDANTICS else error["msg"]


def _plain(value: object) -> object:
    """A bound as people write it: 400, not 400.0."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _path(location: Sequence[int | str]) -> str:
    return "/".join(str(part).replace("~", "~0").replace("/", "~1") for part in location)
