"""Free text that names a person: numbers and addresses that do not belong in a note about places.

Pure. Catches what can be recognised with certainty; a name cannot.
"""

import re
from collections.abc import Callable

from pydantic_core import PydanticCustomError
from stdnum.nl import bsn

_NINE_DIGITS = re.compile(r"(?<!\d)\d(?:[ .-]?\d){8}(?!\d)")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]{2,}")
_PHONE = re.compile(r"(?<![\d+])(?:\+31|0031|0)[ (.-]*[1-9](?:[ ().-]*\d){8}(?!\d)")


def _holds_bsn(text: str) -> bool:
    """Nine digits that pass the eleven test (Besluit burgerservicenummer, bijlage)."""
    return any(bsn.is_valid(re.sub(r"\D", "", found)) for found in _NINE_DIGITS.findall(text))


RECOGNISED: dict[str, tuple[Callable[[str], object], str]] = {
    "bsn": (_holds_bsn, "Hier staat een burgerservicenummer in. Haal het weg."),
    "email": (_EMAIL.search, "Hier staat een e-mailadres in. Haal het weg."),
    "phone": (_PHONE.search, "Hier staat een telefoonnummer in. Haal het weg."),
}
"""What is recognised, how, and what to say of it."""


def personal_data_in(text: str) -> tuple[str, ...]:
    """A sentence for every kind of personal data in the text; none when it is clean."""
    return tuple(sentence for found_in, sentence in RECOGNISED.values() if found_in(text))


def without_personal_data(text: str) -> str:
    """The text itself, for a field of a message. Raises PydanticCustomError when it names a person."""
    sentences = personal_data_in(text)
    if sentences:
        raise PydanticCustomError("personal_data", " ".join(sentences))
    return text
