"""What is put to providers: the enrolment form, referrals, refusals, options, the network and the RET's table.

A row keeps what an event cannot. What became of it is in the case's history: nothing here has a state of its own, but
an option, because two teams meet on it.
"""

import uuid
from datetime import date, datetime
from typing import Any

from sqlalchemy import ARRAY, BigInteger, CheckConstraint, Column, DateTime, ForeignKey, Index, String, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field, SQLModel


def _id() -> Any:  # noqa: ANN401 - SQLModel's fields have no type of their own
    return Field(primary_key=True, sa_column_kwargs={"server_default": text("gen_random_uuid()")})


def _instant() -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))


def _codes() -> Column[list[str]]:
    return Column(ARRAY(String), nullable=False, server_default=text("'{}'"))


def _number_of(target: str, *, index: bool = False) -> Column[int]:
    return Column(BigInteger, ForeignKey(target), nullable=True, index=index)


class EnrolmentForm(SQLModel, table=True):
    """The one form (eenduidig aanmeldformulier): filled in once, then put to a provider, the network and the RET."""

    __tablename__ = "enrolment_form"

    id: uuid.UUID = _id()
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    content: dict[str, Any] = Field(sa_column=Column(JSONB, nullable=False))
    """A `form.Form`; a change is a new form."""
    filled_in_at: datetime = Field(sa_column=_instant())
    filled_in_by: str


class NetworkMember(SQLModel, table=True):
    """Who takes part in a region's network of providers (step 5A), from a day until a day."""

    __tablename__ = "network_member"
    __table_args__ = (CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),)

    region_code: str = Field(foreign_key="youth_region.code", primary_key=True)
    provider_agb: str = Field(foreign_key="provider.agb_code", primary_key=True)
    valid_from: date = Field(primary_key=True)
    valid_until: date | None = None
    """The last day."""


class NetworkRequest(SQLModel, table=True):
    """A form that was put to a network at once; each member that was asked has a referral of it."""

    __tablename__ = "network_request"

    id: uuid.UUID = _id()
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    form_id: uuid.UUID = Field(foreign_key="enrolment_form.id")
    region_code: str = Field(foreign_key="youth_region.code")
    asked_on: date
    asked_at: datetime = Field(sa_column=_instant())
    asked_by: str
    due_on: date
    """When the members are expected to have answered."""


class Referral(SQLModel, table=True):
    """A form put to one offer, or through the network to one provider, that then says with which offer it can help."""

    __tablename__ = "referral"
    __table_args__ = (
        CheckConstraint("offer_id IS NOT NULL OR network_request_id IS NOT NULL", name="put_to"),
        Index("ix_referral_provider_agb", "provider_agb", text("sent_on DESC")),
        Index(
            "uq_referral_network_member",
            "network_request_id",
            "provider_agb",
            unique=True,
            postgresql_where=text("network_request_id IS NOT NULL"),
        ),
    )

    id: uuid.UUID = _id()
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    form_id: uuid.UUID = Field(foreign_key="enrolment_form.id")
    provider_agb: str = Field(foreign_key="provider.agb_code")
    offer_id: int | None = Field(default=None, sa_column=_number_of("offer.id", index=True))
    contract_id: int | None = Field(default=None, sa_column=_number_of("contract.id"))
    """None: a general provision, or by the official's decision."""
    network_request_id: uuid.UUID | None = Field(default=None, foreign_key="network_request.id")
    sent_on: date
    sent_at: datetime = Field(sa_column=_instant())
    sent_by: str
    due_on: date
    """When the provider's answer is due: the route's term, or a shorter one of the contract."""


class Refusal(SQLModel, table=True):
    """A refusal as a document: "geen tijdige en/of passende hulp", the legitimation for step 5."""

    __tablename__ = "refusal"
    __table_args__ = (
        CheckConstraint("number ~ '^AW-[0-9]{4}-[0-9]{6,}$'", name="number"),
        Index("ix_refusal_care_request_id_offer_id", "care_request_id", "offer_id"),
    )

    number: str = Field(primary_key=True)
    referral_id: uuid.UUID = Field(foreign_key="referral.id", index=True)
    event_id: int = Field(sa_column=Column(BigInteger, ForeignKey("case_event.id"), nullable=False, unique=True))
    """The refusal as it was recorded; when that is corrected away, the document is revoked."""
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id")
    provider_agb: str = Field(foreign_key="provider.agb_code")
    offer_id: int | None = Field(default=None, sa_column=_number_of("offer.id", index=True))
    """None: a member of the network that refused with all it has."""
    issued_on: date
    issued_at: datetime = Field(sa_column=_instant())
    issued_by: str
    reason: str
    """One of `reasons.Reason`."""
    need_codes: list[str] = Field(sa_column=_codes())
    """Which needs the offer does not serve."""
    explanation: str | None = None
    start_possible_on: date | None = None
    seal: str
    """Random; with the content it makes the code on the paper, so that nobody can change one without the other."""
    statement_then: str | None = None
    profile_then: str | None = None
    question_then: str
    """What the provider stated, what the offer was and what was asked, as digests: does the refusal still hold?"""
    stated_open: int | None = None
    """How many places the provider had stated as open when it refused."""
    sharpened_on: date | None = None
    """When the provider said what the profile of the offer should exclude, or that it is right as it is."""


class PlaceOption(SQLModel, table=True):
    """A place that is held for a case for a few working days. Runs until it ended or its last day is over."""

    __tablename__ = "place_option"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_how IS NULL)", name="ended"),
        CheckConstraint("ended_how IN ('released', 'used', 'expired')", name="ended_how"),
        Index(
            "uq_place_option_running", "offer_id", "care_request_id", unique=True,
            postgresql_where=text("ended_at IS NULL"),
        ),
    )  # fmt: skip

    id: uuid.UUID = _id()
    offer_id: int = Field(sa_column=Column(BigInteger, ForeignKey("offer.id"), nullable=False))
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    last_day: date
    held_at: datetime = Field(sa_column=_instant())
    held_by: str
    referral_id: uuid.UUID | None = Field(default=None, foreign_key="referral.id")
    """The referral for which the place is kept until it is answered."""
    ended_at: datetime | None = Field(default=None, sa_column=Column(DateTime(timezone=True), nullable=True))
    ended_how: str | None = None


class RetRegistration(SQLModel, table=True):
    """A case put to the regional expert team (step 5B), with the ranking of that moment."""

    __tablename__ = "ret_registration"

    id: uuid.UUID = _id()
    care_request_id: uuid.UUID = Field(foreign_key="care_request.id", index=True)
    form_id: uuid.UUID = Field(foreign_key="enrolment_form.id")
    ranking_id: uuid.UUID = Field(foreign_key="ranking.id")
    """What could be found then, with what would open more."""
    region_code: str = Field(foreign_key="youth_region.code", index=True)
    registered_on: date
    registered_at: datetime = Field(sa_column=_instant())
    registered_by: str
    due_on: date
    """Discussed within two weeks."""
