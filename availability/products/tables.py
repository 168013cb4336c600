"""What a region calls its products, and which shared care type a human said that is."""

from datetime import datetime

from sqlalchemy import Column, DateTime, text
from sqlmodel import Field, SQLModel


class RegionProduct(SQLModel, table=True):
    """One name of one region. The same words mean other care elsewhere, so a name belongs to its region."""

    __tablename__ = "region_product"

    region_code: str = Field(primary_key=True, foreign_key="youth_region.code")
    plain_name: str = Field(primary_key=True)
    """Small letters without accents and signs: what names are compared by."""
    name: str
    """As the region writes it."""
    care_type_code: str = Field(foreign_key="care_type.code")
    confirmed_at: datetime = Field(
        sa_column=Column(DateTime(timezone=True), nullable=False, server_default=text("now()"))
    )
    confirmed_by: str
    """Organisation and the token's subject, never a person's name."""
