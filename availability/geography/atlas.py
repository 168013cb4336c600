"""The map in memory: where a postcode lies, and to which youth region a municipality belongs on a day.

Frozen: a worker loads it when it starts and again when the reference data change.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.orm import Session

from availability.geography import queries

COUNTRY = "NL"
"""The area code of a national contract."""


@dataclass(frozen=True, slots=True)
class Postcode:
    """The middle of a four-digit postcode, in WGS84 degrees."""

    pc4: str
    place: str
    municipality: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Municipality:
    code: str
    name: str
    short_name: str
    synonyms: tuple[str, ...]
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Membership:
    """One region, from the first day up to and including the last."""

    region: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Atlas:
    postcodes: Mapping[str, Postcode]
    municipalities: Mapping[str, Municipality]
    regions: Mapping[str, str]
    """Code → name."""
    memberships: Mapping[str, tuple[Membership, ...]]

    def postcode(self, pc4: str) -> Postcode | None:
        return self.postcodes.get(pc4)

    def municipality(self, code: str) -> Municipality | None:
        return self.municipalities.get(code)

    def region_of(self, municipality: str, on: date) -> str | None:
        """The code of the youth region that the municipality belongs to on that day."""
        memberships = self.memberships.get(municipality, ())
        return next((each.region for each in memberships if each.first <= on <= each.last), None)

    def areas_of(self, municipality: str, on: date) -> tuple[str, ...]:
        """Every area whose contracts serve the municipality on that day, nearest first: `GM…`, `JZ…`, `NL`."""
        region = self.region_of(municipality, on)
        return (municipality, region, COUNTRY) if region else (municipality, COUNTRY)

    def place_names(self) -> Iterator[tuple[str, str]]:
        """Every name a person may type for a place, with the municipality it stands for."""
        for each in self.municipalities.values():
            for name in (each.name, each.short_name, *each.synonyms):
                yield name, each.code
        for postcode in self.postcodes.values():
            yield postcode.place, postcode.municipality


def load_atlas(session: Session) -> Atlas:
    """The map as it is stored now."""
    memberships = defaultdict(list)
    for row in queries.memberships(session):
        period = Membership(row.region_code, row.first or date.min, row.last or date.max)
        memberships[row.municipality_code].append(period)
    return Atlas(
        postcodes={
            row.pc4: Postcode(row.pc4, row.place, row.municipality_code, row.lon, row.lat)
            for row in queries.postcodes(session)
        },
        municipalities={
            row.code: Municipality(row.code, row.name, row.short_name, tuple(row.synonyms), row.lon, row.lat)
            for row in queries.municipalities(session)
        },
        regions={row.code: row.name for row in queries.region_names(session)},
        memberships={municipality: tuple(each) for municipality, each in memberships.items()},
    )


async def _atlas(request: Request) -> Atlas:
    atlas: Atlas = request.app.state.atlas
    return atlas


TheAtlas = Annotated[Atlas, Depends(_atlas)]
"""The map as this worker knows it."""
