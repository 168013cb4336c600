"""What a human once said of the lists of an organisation, so that nobody is asked twice: what a column holds, which
provider a name means. A newer answer takes the place of the older one; who gave it stands in the audit log."""

from datetime import datetime

from sqlalchemy import Column, DateTime, text
from sqlmodel import Field, SQLModel


def _instant() -> Column[datetime]:
    return Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))


class ContractColumnChoice(SQLModel, table=True):
    """What a header in the lists of this organisation stands for."""

    __tablename__ = "contract_column_choice"

    organisation: str = Field(primary_key=True)
    """A region's or a municipality's code."""
    header: str = Field(primary_key=True)
    """As it is compared (`columns.plain`)."""
    field: str | None = None
    """One of our columns; None: the header is left out."""
    chosen_at: datetime = Field(sa_column=_instant())


class ProviderChoice(SQLModel, table=True):
    """Which provider the lists of this organisation call by another name."""

    __tablename__ = "provider_choice"

    organisation: str = Field(primary_key=True)
    words: str = Field(primary_key=True)
    """The name in the list, as it is compared (`spelling.told_apart`)."""
    provider_agb: str = Field(foreign_key="provider.agb_code")
    chosen_at: datetime = Field(sa_column=_instant())
