"""The contact register as it goes over the wire. Phone numbers and addresses here are of desks and functions."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.codes import MunicipalityCode
from availability.contacts.kinds import KIND_NAMES, USUAL_TERM_DAYS, ContactKind
from availability.messages import CodeAndName, Message, ShortText
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of
from matcher.freshness import Freshness, due_on, freshness

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


Clean = Annotated[ShortText, AfterValidator(without_personal_data)]
_Short = StringConstraints(max_length=200)


class RegisterContent(Message):
    """Who owns the register, and how often each entry is looked at."""

    owner: Clean
    update_term_days: Annotated[int, Field(ge=1, le=730)]


class Missing(Message):
    """A contact that a family or a worker would look for and not find."""

    kind: ContactKind
    kind_name: str
    municipality: CodeAndName | None


class Register(Message):
    """How a region's register stands. Without an owner nobody decided how often an entry is looked at."""

    region: CodeAndName
    owner: str | None
    update_term_days: int
    contacts: int
    due: int
    stale: int
    missing: list[Missing]
    etag: str | None

    @classmethod
    def of(
        cls, stored: Row[Any] | None, contacts: Sequence["Contact"], missing: Sequence[Row[Any]], region: CodeAndName
    ) -> Self:
        ages = [contact.freshness for contact in contacts]
        return cls(
            region=region,
            owner=stored.owner if stored else None,
            update_term_days=stored.update_term_days if stored else USUAL_TERM_DAYS,
            contacts=len(contacts),
            due=ages.count(Freshness.DUE),
            stale=ages.count(Freshness.STALE),
            missing=[
                Missing(
                    kind=ContactKind(row.kind),
                    kind_name=KIND_NAMES[ContactKind(row.kind)],
                    municipality=_named(row.municipality_code, row.name),
                )
                for row in missing
            ],
            etag=etag_of(stored.version) if stored else None,
        )


def _named(code: str | None, name: str | None) -> CodeAndName | None:
    return CodeAndName(code=code, name=name) if code and name else None


class ContactContent(Message):
    """Somebody to call. `municipality` null: for the whole region."""

    kind: ContactKind
    municipality: MunicipalityCode | None = None
    name: Clean
    phone: Annotated[str, _Short, AfterValidator(_phone)] | None = None
    email: Annotated[str, _Short, AfterValidator(_email)] | None = None
    website: Annotated[str, _Short, AfterValidator(_website)] | None = None
    hours: Clean | None = None

    @model_validator(mode="after")
    def reachable(self) -> Self:
        if not (self.phone or self.email or self.website):
            raise PydanticCustomError("unreachable", "Geef een telefoonnummer, een e-mailadres of een website.")
        return self


class Contact(Message):
    """A contact as it is kept, with how fresh it is."""

    id: UUID
    kind: ContactKind
    kind_name: str
    municipality: CodeAndName | None
    name: str
    phone: str | None
    email: str | None
    website: str | None
    hours: str | None
    checked_on: date
    due_on: date
    freshness: Freshness
    etag: str

    @classmethod
    def of(cls, row: Row[Any], today: date) -> Self:
        """From a row of `queries`, which carries the region's update term."""
        return cls(
            id=row.id,
            kind=ContactKind(row.kind),
            kind_name=KIND_NAMES[ContactKind(row.kind)],
            municipality=_named(row.municipality_code, row.municipality_name),
            name=row.name,
            phone=row.phone,
            email=row.email,
            website=row.website,
            hours=row.hours,
            checked_on=row.checked_on,
            due_on=due_on(row.checked_on, row.update_term_days),
            freshness=freshness(row.checked_on, row.update_term_days, today),
            etag=etag_of(row.version),
        )


class FamilyContact(Message):
    """Whom to call, and when. `checkedOn` null: a national number."""

    when: str
    name: str
    phone: str | None
    email: str | None = None
    website: str | None = None
    hours: str | None = None
    checked_on: date | None = None
    freshness: Freshness | None = None


class RouteForFamilies(Message):
    """One recognisable route: whom to call in a municipality, first to last; and at once in a crisis."""

    municipality: CodeAndName
    youth_region: CodeAndName | None
    contacts: list[FamilyContact]
    crisis: list[FamilyContact]
