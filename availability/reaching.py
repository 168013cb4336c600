"""How a desk or an organisation is reached, as types of a message: what each looks like, and what to say otherwise.

Of functions and desks, never of people.
"""

import re
from typing import Annotated

from pydantic import AfterValidator, StringConstraints
from pydantic_core import PydanticCustomError

_PHONE = re.compile(r"(\+|00)?[0-9][0-9 ()-]{1,18}")
_EMAIL = re.compile(r"[^\s@<>\"']{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,20}")
_WEBSITE = re.compile(r"https://[^\s<>\"']{3,190}")


def _phone(given: str) -> str:
    if not _PHONE.fullmatch(given):
        raise PydanticCustomError("phone", "Geef een telefoonnummer, zoals 026 123 45 67.")
    return given


def _email(given: str) -> str:
    if not _EMAIL.fullmatch(given):
        raise PydanticCustomError("email", "Geef een e-mailadres, zoals team@gemeente.nl.")
    return given


def _website(given: str) -> str:
    if not _WEBSITE.fullmatch(given):
        raise PydanticCustomError("website", "Geef een adres dat met https:// begint.")
    return given


_Short = StringConstraints(max_length=200)

Phone = Annotated[str, _Short, AfterValidator(_phone)]
EmailAddress = Annotated[str, _Short, AfterValidator(_email)]
Website = Annotated[str, _Short, AfterValidator(_website)]
