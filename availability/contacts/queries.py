"""The SQL of the contact register. A contact that ended is gone here; the audit keeps that it was there."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.contacts.kinds import USUAL_TERM_DAYS, ContactKind
from availability.contacts.tables import Contact, ContactRegister

_CONTACT = Contact.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
_REGISTER = ContactRegister.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it

_WITH_TERM = f"""
    SELECT contact.*, municipality.name AS municipality_name,
           coalesce(register.update_term_days, {USUAL_TERM_DAYS}) AS update_term_days
    FROM contact
    LEFT JOIN contact_register register ON register.region_code = contact.region_code
    LEFT JOIN municipality ON municipality.code = contact.municipality_code
"""  # noqa: S608 - a number of our own

_CONTACTS = text(f"""
    {_WITH_TERM}
    WHERE contact.region_code = :region
      AND (CAST(:municipality AS text) IS NULL OR contact.municipality_code = :municipality
           OR contact.municipality_code IS NULL)
      AND (CAST(:kind AS text) IS NULL OR contact.kind = :kind)
    ORDER BY contact.municipality_code IS NOT NULL, municipality.name, contact.kind, contact.name
""")

_ONE = text(f"{_WITH_TERM} WHERE contact.region_code = :region AND contact.id = :contact FOR UPDATE OF contact")

_FOR_FAMILIES = text(f"""
    {_WITH_TERM}
    WHERE contact.region_code = :region AND contact.kind = ANY (:kinds)
      AND (contact.municipality_code = :municipality OR contact.municipality_code IS NULL)
    ORDER BY array_position(:kinds, contact.kind), contact.municipality_code IS NULL, contact.name
""")

# What every municipality should have, of its own or of the whole region; and what the region should have.
_MISSING = text("""
    SELECT kind, member.municipality_code, municipality.name
    FROM unnest(CAST(:per_municipality AS text[])) AS kind
    CROSS JOIN region_membership member JOIN municipality ON municipality.code = member.municipality_code
    WHERE member.region_code = :region AND member.valid @> CAST(:today AS date) AND NOT EXISTS (
        SELECT FROM contact WHERE contact.region_code = :region AND contact.kind = kind.kind
          AND (contact.municipality_code = member.municipality_code OR contact.municipality_code IS NULL)
    )
    UNION ALL
    SELECT kind, NULL, NULL FROM unnest(CAST(:per_region AS text[])) AS kind
    WHERE NOT EXISTS (SELECT FROM contact WHERE contact.region_code = :region AND contact.kind = kind.kind)
    ORDER BY 1, 3
""")


def find_register(session: Session, region: str) -> Row[Any] | None:
    """Locked, because whoever reads it here may be about to change it."""
    statement = text("SELECT * FROM contact_register WHERE region_code = :region FOR UPDATE")
    return session.execute(statement, {"region": region}).one_or_none()


def keep_register(session: Session, region: str, values: Mapping[str, Any]) -> None:
    statement = insert(_REGISTER).values(region_code=region, **values)
    changed = {**values, "version": _REGISTER.c.version + 1}
    session.execute(statement.on_conflict_do_update(index_elements=["region_code"], set_=changed))


def missing_in(
    session: Session, region: str, expected: tuple[Sequence[ContactKind], Sequence[ContactKind]], today: date
) -> Sequence[Row[Any]]:
    per_municipality, per_region = ([kind.value for kind in kinds] for kinds in expected)
    asked = {"region": region, "today": today, "per_municipality": per_municipality, "per_region": per_region}
    return session.execute(_MISSING, asked).all()


def contacts_of(
    session: Session, region: str, municipality: str | None = None, kind: ContactKind | None = None
) -> Sequence[Row[Any]]:
    """Of a municipality also those for the whole region."""
    return session.execute(_CONTACTS, {"region": region, "municipality": municipality, "kind": kind}).all()


def find_contact(session: Session, region: str, contact: UUID) -> Row[Any] | None:
    return session.execute(_ONE, {"region": region, "contact": contact}).one_or_none()


def contacts_for_families(
    session: Session, region: str, municipality: str, kinds: Sequence[ContactKind]
) -> Sequence[Row[Any]]:
    """In the order of `kinds`; the municipality's own before those of the region."""
    asked = {"region": region, "municipality": municipality, "kinds": [kind.value for kind in kinds]}
    return session.execute(_FOR_FAMILIES, asked).all()


def add_contact(session: Session, caller: Identity, region: str, values: Mapping[str, Any], today: date) -> UUID:
    row = {**values, "region_code": region, "checked_on": today, "checked_by": caller.subject}
    made: UUID = session.execute(insert(_CONTACT).values(row).returning(_CONTACT.c.id)).scalar_one()
    return made


def change_contact(session: Session, caller: Identity, contact: UUID, values: Mapping[str, Any], today: date) -> None:
    """Who changes an entry looked at it. Without values, that is all she did."""
    checked = {"checked_on": today, "checked_by": caller.subject, "version": _CONTACT.c.version + 1}
    statement = _CONTACT.update().where(_CONTACT.c.id == contact)
    session.execute(statement.values({**values, **checked, "changed_at": text("now()")}))


def end_contact(session: Session, contact: UUID) -> None:
    session.execute(_CONTACT.delete().where(_CONTACT.c.id == contact))
