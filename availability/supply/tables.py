"""Supply: providers, their locations, contracts and offers, and what they state of their capacity.

A capacity statement is appended and never changed (a trigger holds that); `current_capacity` only points at the newest
valid one, and is the row on which two writers meet.
"""

from datetime import date, datetime
from typing import Any

from geoalchemy2 import Geography
from sqlalchemy import (
    ARRAY,
    BigInteger,
    CheckConstraint,
    Column,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlmodel import Field, SQLModel


def _texts() -> Column[list[str]]:
    return Column(ARRAY(String), nullable=False, server_default=text("'{}'"))


def _identity() -> Column[int]:
    return Column(BigInteger, Identity(), primary_key=True)


def _reference(target: str, index: bool = True) -> Column[int]:
    return Column(BigInteger, ForeignKey(target), nullable=False, index=index)


def _instant(now: bool = False) -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=False, server_default=text("now()") if now else None)


def _words(table: str, column: str) -> Index:
    """Finds words with a typing error in them (pg_trgm)."""
    return Index(f"ix_{table}_{column}_words", column, postgresql_using="gin", postgresql_ops={column: "gin_trgm_ops"})


class Provider(SQLModel, table=True):
    """A youth care provider, known everywhere by its AGB code."""

    __tablename__ = "provider"
    __table_args__ = (CheckConstraint("agb_code ~ '^[0-9]{8}$'", name="agb_code"), _words("provider", "name"))

    agb_code: str = Field(primary_key=True)
    name: str
    website: str | None = None
    phone: str | None = None
    email: str | None = None


class Location(SQLModel, table=True):
    __tablename__ = "location"
    __table_args__ = (_words("location", "place"),)

    id: int | None = Field(default=None, sa_column=_identity())
    provider_agb: str = Field(foreign_key="provider.agb_code", index=True)
    name: str
    pc4: str = Field(foreign_key="postcode.pc4")
    place: str
    municipality_code: str = Field(foreign_key="municipality.code", index=True)
    point: Any = Field(sa_column=Column(Geography("POINT", srid=4326, spatial_index=True), nullable=False))


class Contract(SQLModel, table=True):
    """An agreement with a provider: which care for which areas, from when until when, on which terms."""

    __tablename__ = "contract"
    __table_args__ = (
        CheckConstraint("scope IN ('local', 'regional', 'supraregional', 'national')", name="scope"),
        CheckConstraint("valid_until IS NULL OR valid_until >= valid_from", name="period"),
        CheckConstraint(
            "suspended_until IS NULL OR (suspended_from IS NOT NULL AND suspended_until >= suspended_from)",
            name="suspension",
        ),
        CheckConstraint("update_term_days BETWEEN 1 AND 366", name="update_term"),
        CheckConstraint("answer_term_days BETWEEN 1 AND 5", name="answer_term"),
        UniqueConstraint("provider_agb", "number"),
    )

    id: int | None = Field(default=None, sa_column=_identity())
    provider_agb: str = Field(foreign_key="provider.agb_code")
    number: str
    scope: str
    valid_from: date
    valid_until: date | None = None
    """The last day."""
    suspended_from: date | None = None
    suspended_until: date | None = None
    update_term_days: int = 30
    answer_term_days: int = 5
    """Working days; a contract may shorten the five of the routes, never lengthen them."""
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Counts changes; the ETag of the contract."""


class ContractLine(SQLModel, table=True):
    """One care type for one area: a municipality (`GM0202`), a youth region (`JZ28`) or the country (`NL`)."""

    __tablename__ = "contract_line"
    __table_args__ = (
        CheckConstraint("area_code = 'NL' OR area_code ~ '^(GM[0-9]{4}|JZ[0-9]{2})$'", name="area_code"),
        Index("ix_contract_line_care_type_code_area_code", "care_type_code", "area_code"),
    )

    contract_id: int = Field(sa_column=Column(BigInteger, ForeignKey("contract.id"), primary_key=True))
    care_type_code: str = Field(foreign_key="care_type.code", primary_key=True)
    area_code: str = Field(primary_key=True)


class Offer(SQLModel, table=True):
    """One care type by one provider at one location, for a described group."""

    __tablename__ = "offer"
    __table_args__ = (
        CheckConstraint("age_from BETWEEN 0 AND 23 AND age_until BETWEEN age_from AND 23", name="ages"),
        CheckConstraint("genders BETWEEN 1 AND 7", name="genders"),
        CheckConstraint(
            "setting IN ('home', 'location', 'school', 'online', 'family', 'group', 'secure')", name="setting"
        ),
        CheckConstraint("travels_km IS NULL OR travels_km BETWEEN 0 AND 400", name="travels_km"),
        CheckConstraint("published_until IS NULL OR published_until >= published_from", name="publication"),
        CheckConstraint("serves & excludes = 0", name="needs"),
        Index("ix_offer_care_type_code_provider_agb", "care_type_code", "provider_agb"),
        Index("ix_offer_provider_agb", "provider_agb"),
        _words("offer", "name"),
    )

    id: int | None = Field(default=None, sa_column=_identity())
    provider_agb: str = Field(foreign_key="provider.agb_code")
    location_id: int = Field(sa_column=_reference("location.id"))
    care_type_code: str = Field(foreign_key="care_type.code")
    name: str
    description: str | None = None
    age_from: int = 0
    age_until: int = 17
    """The last age that is welcome."""
    genders: int = 7
    """Bits: 1 boys, 2 girls, 4 other."""
    setting: str
    serves: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    """Mask of needs (`need.bit`) it is equipped for."""
    excludes: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    only_for: int = Field(default=0, sa_column=Column(BigInteger, nullable=False, server_default="0"))
    """0: everybody; else at least one of these needs must be there."""
    siblings: int | None = None
    """How many children of one family can stay together; unknown if not said."""
    past_eighteen: bool | None = None
    travels_km: float | None = None
    """How far a team comes to the family; none: the child comes to the location."""
    published_from: date
    published_until: date | None = None
    version: int = Field(default=1, sa_column_kwargs={"server_default": "1"})
    """Counts changes of the description; the ETag of the offer."""


class ServedArea(SQLModel, table=True):
    """Where a general provision may be used: by municipality, without a contract."""

    __tablename__ = "served_area"

    offer_id: int = Field(sa_column=Column(BigInteger, ForeignKey("offer.id"), primary_key=True))
    municipality_code: str = Field(foreign_key="municipality.code", primary_key=True)


class CapacityStatement(SQLModel, table=True):
    """What a provider said of an offer at a moment. Appended, never overwritten; a correction is a new statement."""

    __tablename__ = "capacity_statement"
    __table_args__ = (
        CheckConstraint(
            "total_places BETWEEN 0 AND 100000 AND occupied_places BETWEEN 0 AND 100000"
            " AND reserved_places BETWEEN 0 AND 100000 AND open_places BETWEEN 0 AND 100000",
            name="places",
        ),
        CheckConstraint(
            "open_places <= greatest(0, total_places - occupied_places - reserved_places)", name="open_places"
        ),
        CheckConstraint("intake_wait_days BETWEEN 0 AND 3650 AND treatment_wait_days BETWEEN 0 AND 3650", name="waits"),
        CheckConstraint(
            "waiting_count BETWEEN 0 AND 100000 AND started_last_90_days BETWEEN 0 AND 100000"
            " AND withdrawn_last_90_days BETWEEN 0 AND 100000",
            name="counts",
        ),
        CheckConstraint("source IN ('api', 'dashboard', 'import', 'confirmation', 'demo')", name="source"),
        Index("ix_capacity_statement_offer_id_id", "offer_id", text("id DESC")),
        Index(
            "uq_capacity_statement_idempotency",
            "offer_id",
            "idempotency_key",
            unique=True,
            postgresql_where=text("idempotency_key IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, sa_column=_identity())
    offer_id: int = Field(sa_column=_reference("offer.id", index=False))
    total_places: int
    occupied_places: int
    reserved_places: int
    open_places: int
    intake_wait_days: int
    treatment_wait_days: int
    admission_stop: bool
    available_from: date | None = None
    waiting_count: int | None = None
    started_last_90_days: int | None = None
    withdrawn_last_90_days: int | None = None
    note: str | None = None
    stated_at: datetime = Field(sa_column=_instant())
    """When the provider said it."""
    stated_by: str
    """Organisation (AGB code) and the token's subject, never a person's name."""
    source: str
    recorded_at: datetime = Field(sa_column=_instant(now=True))
    idempotency_key: str | None = None


class CurrentCapacity(SQLModel, table=True):
    """Which statement of an offer holds now. Writers compare and swap this row.

    That it leads to a statement of this offer is checked once per SQL statement, by a trigger: a key would be looked
    after row by row. What it leads to is never changed or deleted, and has the key to the offer.
    """

    __tablename__ = "current_capacity"

    offer_id: int = Field(sa_column=Column(BigInteger, primary_key=True, autoincrement=False))
    statement_id: int = Field(sa_column=Column(BigInteger, nullable=False))
