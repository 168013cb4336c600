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
    last_days: Mapping[str, date]
    """Region → the last day on which it had members; `date.max` while it has."""

    def postcode(self, pc4: str) -> Postcode | None:
        return self.postcodes.get(pc4)

    def municipality(self, code: str) -> Municipality | None:
        return self.municipalities.get(code)

    def region_of(self, municipality: str, on: date) -> str | None:
        """The code of the youth region that the municipality belongs to on that day."""
        memberships = self.memberships.get(municipality, ())
        return next((each.region for each in memberships if each.first <= on <= each.last), None)

    def areas_of(self, municipality: str, on: date) -> tuple[str, ...]:
        """Every area whose contracts serve the municipality on that day, nearest first: `GM…`, `JZ…`, `NL`.

        A contract outlives the region that made it: what one agreed that was merged into another since, still holds for
        who was its member to the end. Our own reading; a municipality that left a region that goes on leaves its
        contracts too.
        """
        region = self.region_of(municipality, on)
        now = (municipality, region) if region else (municipality,)
        return (*now, *self._merged_regions_of(municipality, on), COUNTRY)

    def _merged_regions_of(self, municipality: str, on: date) -> Iterator[str]:
        for each in self.memberships.get(municipality, ()):
            if each.last < on and each.last == self.last_days[each.region]:
                yield each.region

    def merged_into(self, region: str, on: date) -> frozenset[str]:
        """The regions that ended before that day, with every last member in this one by now."""
        went_to: dict[str, set[str | None]] = {}
        for municipality in self.memberships:
            for ended in self._merged_regions_of(municipality, on):
                went_to.setdefault(ended, set()).add(self.region_of(municipality, on))
        return frozenset(ended for ended, regions in went_to.items() if regions == {region})

    def place_names(self) -> Iterator[tuple[str, str]]:
        """Every name a person may type for a place, with the municipality it stands for."""
        for each in self.municipalities.values():
            for name in (each.name, each.short_name, *each.synonyms):
                yield name, each.code
        for postcode in self.postcodes.values():
            yield postcode.place, postcode.municipality


def load_atlas(session: Session) -> Atlas:
    """The map as it is stored now."""
    memberships: dict[str, list[Membership]] = defaultdict(list)
    last_days: dict[str, date] = {}
    for row in queries.memberships(session):
        period = Membership(row.region_code, row.first or date.min, row.last or date.max)
        memberships[row.municipality_code].append(period)
        last_days[period.region] = max(period.last, last_days.get(period.region, date.min))
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
        last_days=last_days,
    )


async def _atlas(request: Request) -> Atlas:
    atlas: Atlas = request.app.state.atlas
    return atlas


TheAtlas = Annotated[Atlas, Depends(_atlas)]
"""The map as this worker knows it."""
