"""What a human once said of a provider's files, so that nobody is asked twice: what a column holds, which offer a name
means. A newer answer takes the place of the older one; who gave it stands in the audit log."""

from datetime import datetime

from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, text
from sqlmodel import Field, SQLModel


def _instant() -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))


class ColumnChoice(SQLModel, table=True):
    """What a header of this provider's files stands for."""

    __tablename__ = "column_choice"

    provider_agb: str = Field(primary_key=True, foreign_key="provider.agb_code")
    header: str = Field(primary_key=True)
    """As it is compared (`columns.plain`)."""
    field: str | None = None
    """One of our columns; None: the header is left out."""
    chosen_at: datetime = Field(sa_column=_instant())


class OfferChoice(SQLModel, table=True):
    """Which offer this provider's files call by another name."""

    __tablename__ = "offer_choice"

    provider_agb: str = Field(primary_key=True, foreign_key="provider.agb_code")
    words: str = Field(primary_key=True)
    """Name and place in the file, as they are compared (`columns.plain`)."""
    offer_id: int = Field(sa_column=Column(BigInteger, ForeignKey("offer.id"), nullable=False))
    chosen_at: datetime = Field(sa_column=_instant())
