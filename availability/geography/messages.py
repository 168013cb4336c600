"""The map as it goes over the wire."""

import re
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError
from sqlalchemy import Row

from availability.geography.atlas import Atlas, Postcode
from availability.messages import CodeAndName, Message


def _written_out(given: object) -> object:
    """Pydantic takes a bare number for seconds since 1970; nobody who asks for a day means that."""
    if isinstance(given, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", given):
        raise PydanticCustomError("date_parsing", "Geef een datum als jjjj-mm-dd.")
    return given


Day = Annotated[date, BeforeValidator(_written_out)]
"""A day in a query, as `YYYY-MM-DD`."""


class Centre(Message):
    """The middle of where the people live, in WGS84 degrees."""

    lon: float
    lat: float


class YouthRegion(Message):
    """Municipalities that contract together, as of the day that was asked."""

    code: str
    name: str
    also_known_as: str | None
    municipalities: list[str]
    population: int
    youth_population: int

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls.model_construct(**row._mapping)


class Municipality(Message):
    code: str
    name: str
    province: str
    youth_region: CodeAndName
    population: int
    population_year: int
    youth_population: int
    """Under 18; an estimate."""
    youth_care_pct: float | None
    centre: Centre

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls.model_construct(
            code=row.code,
            name=row.name,
            province=row.province,
            youth_region=CodeAndName(code=row.region_code, name=row.region_name),
            population=row.population,
            population_year=row.population_year,
            youth_population=row.youth_population,
            youth_care_pct=row.youth_care_pct,
            centre=Centre(lon=row.lon, lat=row.lat),
        )


class PostcodePlace(Message):
    """Where a four-digit postcode lies."""

    pc4: str
    place: str
    municipality: CodeAndName
    centre: Centre

    @classmethod
    def of(cls, postcode: Postcode, atlas: Atlas) -> Self:
        municipality = atlas.municipalities[postcode.municipality]
        return cls(
            pc4=postcode.pc4,
            place=postcode.place,
            municipality=CodeAndName(code=municipality.code, name=municipality.name),
            centre=Centre(lon=postcode.lon, lat=postcode.lat),
        )


class Holiday(Message):
    date: date
    name: str


class WorkingDaysTerm(Message):
    """A term of `count` working days after the day `from`: it ends at the close of `date`."""

    start: date = Field(serialization_alias="from")
    count: int
    date: date
    skipped: list[Holiday]
    """The holidays from Monday to Friday that made it longer."""
