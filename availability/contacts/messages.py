"""The contact register as it goes over the wire. Phone numbers and addresses here are of desks and functions."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.codes import MunicipalityCode
from availability.contacts.kinds import KIND_NAMES, USUAL_TERM_DAYS, ContactKind
from availability.messages import CodeAndName, Message, ShortText
from availability.personal_data import without_personal_data
from availability.preconditions import etag_of
from availability.reaching import EmailAddress, Phone, Website
from matcher.freshness import Freshness, due_on, freshness

Clean = Annotated[ShortText, AfterValidator(without_personal_data)]


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
    phone: Phone | None = None
    email: EmailAddress | None = None
    website: Website | None = None
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
