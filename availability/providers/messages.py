"""A provider as it is known to who contracts it: its AGB code, its name, and how it is reached."""

from typing import Annotated, Any, Self

from pydantic import AfterValidator
from sqlalchemy import Row

from availability.codes import AgbCode
from availability.messages import Message, ShortText
from availability.patches import merged
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of, version_of
from availability.reaching import EmailAddress, Phone, Website


class Reached(Message):
    """How an organisation is reached about what it states: a desk or a function, never a person."""

    phone: Phone | None = None
    email: EmailAddress | None = None
    website: Website | None = None


class ProviderContent(Reached):
    """A provider that was not known yet, as its first contract manager writes it."""

    agb_code: AgbCode
    name: Annotated[ShortText, AfterValidator(without_personal_data)]


class KnownProvider(Message):
    agb_code: str
    name: str
    phone: str | None
    email: str | None
    website: str | None
    etag: str

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        """From a row of `queries`."""
        known = {name: getattr(row, name) for name in (*Reached.model_fields, "agb_code", "name")}
        return cls(**known, etag=etag_of(version_in(row)))


def version_in(row: Row[Any]) -> int:
    """Another number as soon as it is reached otherwise: a provider keeps no version of its own."""
    return version_of(tuple(getattr(row, name) for name in Reached.model_fields))


def changed(row: Row[Any], raw: bytes) -> Reached:
    """How it is reached, with a merge patch applied to it. Raises Invalid with every fault."""
    return Reached.read(merged({name: getattr(row, name) for name in Reached.model_fields}, raw))
