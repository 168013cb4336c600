"""The contact register (contactbeheer): per youth region an owner, and whom to call for what, each entry dated.

A contact is a function of a professional or a desk, never a family. Entries are kept by the regional contact person.
"""

import uuid
from datetime import date, datetime

from sqlalchemy import CheckConstraint, Column, DateTime, Index, text
from sqlmodel import Field, SQLModel

from availability.contacts.kinds import ContactKind

_KINDS = ", ".join(f"'{kind}'" for kind in ContactKind)


class ContactRegister(SQLModel, table=True):
    """Who owns the register of a region, and how often each entry must be looked at."""

    __tablename__ = "contact_register"
    __table_args__ = (CheckConstraint("update_term_days BETWEEN 1 AND 730", name="update_term_days"),)

    region_code: str = Field(primary_key=True, foreign_key="youth_region.code")
    owner: str
    """A function or a team."""
    update_term_days: int
    version: int = 1


class Contact(SQLModel, table=True):
    """Somebody to call, in a whole region or in one municipality of it."""

    __tablename__ = "contact"
    __table_args__ = (
        CheckConstraint(f"kind IN ({_KINDS})", name="kind"),
        CheckConstraint("phone IS NOT NULL OR email IS NOT NULL OR website IS NOT NULL", name="reachable"),
        Index(
            "uq_contact_name",
            "region_code",
            text("coalesce(municipality_code, '')"),
            "kind",
            "name",
            unique=True,
        ),
    )

    id: uuid.UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    region_code: str = Field(foreign_key="youth_region.code")
    municipality_code: str | None = Field(default=None, foreign_key="municipality.code")
    """None: for the whole region."""
    kind: str
    name: str
    """A team or a function."""
    phone: str | None = None
    email: str | None = None
    website: str | None = None
    hours: str | None = None
    """When somebody answers, in words."""
    checked_on: date
    """When somebody last said that this is right."""
    checked_by: str
    changed_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))
    )
    version: int = 1
