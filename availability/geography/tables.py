"""Where things are: youth regions, municipalities and postcodes, with the dates on which membership changed."""

from datetime import date
from typing import Any

from geoalchemy2 import Geography
from sqlalchemy import ARRAY, CheckConstraint, Column, Date, String, text
from sqlalchemy.dialects.postgresql import DATERANGE, ExcludeConstraint, Range
from sqlmodel import Field, SQLModel


class YouthRegion(SQLModel, table=True):
    """Municipalities that contract together (jeugdregio). Its size is the sum of its members, asked as of a day."""

    __tablename__ = "youth_region"
    __table_args__ = (CheckConstraint("code ~ '^JZ[0-9]{2}$'", name="code"),)

    code: str = Field(primary_key=True)
    slug: str = Field(unique=True)
    name: str
    also_known_as: str | None = None
    note: str | None = None


class Municipality(SQLModel, table=True):
    __tablename__ = "municipality"
    __table_args__ = (CheckConstraint("code ~ '^GM[0-9]{4}$'", name="code"),)

    code: str = Field(primary_key=True)
    name: str
    short_name: str
    """As people say it: Den Haag, Den Bosch."""
    synonyms: list[str] = Field(sa_column=Column(ARRAY(String), nullable=False, server_default=text("'{}'")))
    """Other names, and towns that people name instead of the municipality."""
    province: str
    population: int
    population_year: int
    youth_population: int
    """Under 18; an estimate, see `data/README.md`."""
    youth_population_year: int
    youth_care_pct: float | None = None
    """Share of the youth with youth care, in percent; unknown for some merged municipalities."""
    centre: Any = Field(sa_column=Column(Geography("POINT", srid=4326, spatial_index=False), nullable=False))
    """Centre of population, not of area."""


class RegionMembership(SQLModel, table=True):
    """Which region a municipality belongs to, from a day until a day. Ask as of a day."""

    __tablename__ = "region_membership"
    __table_args__ = (
        ExcludeConstraint(("municipality_code", "="), ("valid", "&&"), name="ex_region_membership_one_at_a_time"),
    )

    id: int | None = Field(default=None, primary_key=True)
    municipality_code: str = Field(foreign_key="municipality.code", index=True)
    region_code: str = Field(foreign_key="youth_region.code", index=True)
    valid: Range[date] = Field(sa_column=Column(DATERANGE, nullable=False))
    source: str


class Postcode(SQLModel, table=True):
    """A four-digit postcode (PC4): the finest place this service knows of a child."""

    __tablename__ = "postcode"
    __table_args__ = (CheckConstraint("pc4 ~ '^[1-9][0-9]{3}$'", name="pc4"),)

    pc4: str = Field(primary_key=True)
    municipality_code: str = Field(foreign_key="municipality.code", index=True)
    place: str
    population: int | None = None
    centre: Any = Field(sa_column=Column(Geography("POINT", srid=4326, spatial_index=True), nullable=False))


class Area(SQLModel, table=True):
    """The outline of a municipality for the map: derived by ourselves, or loaded from official boundaries."""

    __tablename__ = "area"

    municipality_code: str = Field(primary_key=True, foreign_key="municipality.code")
    source: str
    loaded_on: date = Field(sa_column=Column(Date, nullable=False, server_default=text("CURRENT_DATE")))
    outline: Any = Field(sa_column=Column(Geography("MULTIPOLYGON", srid=4326, spatial_index=True), nullable=False))
