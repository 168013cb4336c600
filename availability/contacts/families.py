"""Families ask for one recognisable route: whom to call in my municipality, and whom at once."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.contacts import queries
from availability.contacts.kinds import FOR_FAMILIES, ContactKind
from availability.contacts.messages import Contact, FamilyContact, RouteForFamilies
from availability.geography.atlas import Atlas, Municipality
from availability.matching.crisis import CRISIS_ROUTES
from availability.messages import CodeAndName

AT_ONCE = (ContactKind.VEILIG_THUIS, ContactKind.CRISIS_SERVICE)
"""Called in a crisis, and not in turn."""


def route_for_families(session: Session, municipality: Municipality, atlas: Atlas, today: date) -> RouteForFamilies:
    region = atlas.region_of(municipality.code, today)
    rows = queries.contacts_for_families(session, region, municipality.code, list(FOR_FAMILIES)) if region else ()
    return RouteForFamilies(
        municipality=CodeAndName(code=municipality.code, name=municipality.name),
        youth_region=CodeAndName(code=region, name=atlas.regions[region]) if region else None,
        contacts=[_contact(row, today) for row in rows if row.kind not in AT_ONCE],
        crisis=[*_nationwide(rows), *(_contact(row, today) for row in rows if row.kind in AT_ONCE)],
    )


def _nationwide(rows: Sequence[Row[Any]]) -> Iterator[FamilyContact]:
    """The crisis route that holds everywhere; the region's own service when the register does not know it."""
    known = any(row.kind == ContactKind.CRISIS_SERVICE for row in rows)
    for each in orjson.loads(CRISIS_ROUTES["nl"])["contacts"]:
        if each["phone"] or not known:
            yield FamilyContact(when=each["when"], name=each["who"], phone=each["phone"])


def _contact(row: Row[Any], today: date) -> FamilyContact:
    contact = Contact.of(row, today)
    return FamilyContact(
        when=FOR_FAMILIES[contact.kind],
        name=contact.name,
        phone=contact.phone,
        email=contact.email,
        website=contact.website,
        hours=contact.hours,
        checked_on=contact.checked_on,
        freshness=contact.freshness,
    )
