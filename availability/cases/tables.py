"""A case and its history. No name, no BSN, no date of birth: a reference, birth month and postcode.

A case is the question as it is now; what happened to it is appended and never changed.
"""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Identity, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


class CareRequest(SQLModel, table=True):
    __tablename__ = "care_request"
    __table_args__ = (
        CheckConstraint("urgency IN ('regular', 'urgent')", name="urgency"),
        CheckConstraint("birth_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="birth_month"),
        CheckConstraint("status IN ('open', 'started', 'closed')", name="status"),
        CheckConstraint("siblings BETWEEN 0 AND 12", name="siblings"),
        Index("ix_care_request_organisation", "organisation"),
        Index("ix_care_request_municipality_code", "municipality_code"),
    )

    id: uuid.UUID = Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})
    reference: str
    """The organisation's own case reference."""
    organisation: str
    """Whose case it is: a municipality's local team (`GM0202`) or a certified institution (AGB code)."""
    opened_by: str
    opened_at: datetime = Field(sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()")))
    status: str = "open"
    """Searching, in care, or over: what the history says, kept here for lists to ask by. Only `history` writes it."""
    municipality_code: str = Field(foreign_key="municipality.code")
    """The responsible municipality."""
    pc4: str = Field(foreign_key="postcode.pc4")
    birth_month: str
    care_type_codes: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False))
    """In order of preference."""
    needed_from: date
    urgency: str = "regular"
    max_distance_km: float | None = None
    need_codes: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False, server_default=text("'{}'")))
    gender: str | None = None
    siblings: int = 0
    past_eighteen: bool = False
    setting: str | None = None
    version: int = 1
    """Counts changes; the ETag of the case."""


class CaseEvent(SQLModel, table=True):
    """One thing that happened to a case. Appended, never changed: a correction is an event too."""

    __tablename__ = "case_event"
    __table_args__ = (
        CheckConstraint("kind ~ '^[a-z0-9]+(-[a-z0-9]+)*$'", name="kind"),
        CheckConstraint("jsonb_typeof(values) = 'object'", name="values"),
        CheckConstraint("(idempotency_key IS NULL) = (idempotency_digest IS NULL)", name="idempotency"),
        Index("ix_case_event_care_request_id_id", "care_request_id", "id"),
        Index("ix_case_event_recorded_at", "recorded_at"),
        # Who is a party of which case is asked by the organisation that something was put to.
        Index("ix_case_event_party_kind", "party", "kind", postgresql_where=text("party IS NOT NULL")),
        Index("ix_case_event_referral_id", "referral_id", postgresql_where=text("referral_id IS NOT NULL")),
        # Whether an event was corrected away is asked of every referral in a list.
        Index("ix_case_event_refers_to", "refers_to", postgresql_where=text("refers_to IS NOT NULL")),
        Index(
            "uq_case_event_idempotency",
            "organisation",
            "recorded_by",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=Column(BigInteger, Identity(), primary_key=True))
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id")
    kind: str
    """One of `matcher.enrolment.EventKind`."""
    occurred_on: date
    recorded_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))
    )
    recorded_by: str
    role: str
    organisation: str
    """Whose the one who recorded it is."""
    on_behalf_of: str | None = None
    """Who did it, when that was another: a back office, an official or a team leader without an account."""
    party: str | None = None
    """The organisation it was put to; that makes it a party of the case."""
    referral_id: uuid.UUID | None = None
    refers_to: int | None = Field(default=None, sa_type=BigInteger, foreign_key="case_event.id")
    values: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False, server_default=text("'{}'")))
    idempotency_key: str | None = None
    idempotency_digest: str | None = None
    """Of what was sent with the key, to tell a retry from another wish."""


class CaseNote(SQLModel, table=True):
    """What was said in words with an event. Rules never read it, and it was judged for personal data."""

    __tablename__ = "case_note"

    event_id: int = Field(sa_column=Column(BigInteger, ForeignKey("case_event.id"), primary_key=True))
    notes: dict[str, str] = Field(sa_column=Column(JSONB, nullable=False))
    """Text by name: what bridges the wait, what was agreed."""


class EnrolmentRoute(SQLModel, table=True):
    """Which enrolment route holds in an area, from a day on; the nearest area speaks: municipality, region, country."""

    __tablename__ = "enrolment_route"
    __table_args__ = (
        CheckConstraint("area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2}|NL)$'", name="area_code"),
        CheckConstraint("route IN ('301', '315')", name="route"),
    )

    area_code: str = Field(primary_key=True)
    valid_from: date = Field(primary_key=True)
    route: str


class CareBroker(SQLModel, table=True):
    """Whether a region has a care broker (zorgbemiddelaar), from a day on."""

    __tablename__ = "care_broker"

    region_code: str = Field(primary_key=True, foreign_key="youth_region.code")
    valid_from: date = Field(primary_key=True)
    present: bool
