"""A case: one child's request for care. No name, no BSN, no date of birth: a reference, birth month and postcode."""

import uuid
from datetime import date, datetime

from sqlalchemy import ARRAY, CheckConstraint, Column, DateTime, Index, String, text
from sqlmodel import Field, SQLModel


class CareRequest(SQLModel, table=True):
    __tablename__ = "care_request"
    __table_args__ = (
        CheckConstraint("urgency IN ('regular', 'urgent')", name="urgency"),
        CheckConstraint("birth_month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$'", name="birth_month"),
        CheckConstraint("status IN ('open', 'closed')", name="status"),
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
