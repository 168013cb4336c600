"""One region in the picture of the country: its radar, what places more would do there, and what lies above it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from availability.board.areas import area_number
from availability.geography.atlas import Atlas, Municipality
from availability.oversight.country import Country
from availability.vocabulary.lexicon import Lexicon
from matcher.offers import unit_vector
from matcher.shortage import NOWHERE
from matcher.shortage_causes import Cause, remedies
from matcher.shortage_pairs import Flags, Positions
from matcher.shortage_radar import Picture, Shortage, first_wish, picks_of_obvious_rules, radar, what_fits
from matcher.shortage_reach import Reach, only_of, reach, room_in_time
from matcher.shortage_whatif import MorePlaces, new_places
from matcher.shortage_worth import MOST_PLACES, Worth, worth_of_places


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a place more might come: every care type in every municipality of the region, for the whole region."""

    care_types: list[str]
    municipalities: list[Municipality]
    reach: Reach
    worth: Worth

    def at(self, cell: int) -> tuple[str, Municipality]:
        kind, place = divmod(cell, len(self.municipalities))
        return self.care_types[kind], self.municipalities[place]


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region's part of the picture."""

    region: str
    country: Country
    picture: Picture
    among: Flags
    """Which requests are this region's."""
    members: list[Municipality]
    cells: Cells

    def shortages(self, kind: Positions, *, per_municipality: bool) -> list[Shortage]:
        level = "municipality" if per_municipality else "region"
        return radar(self.picture, kind, self.country.demand.requests[level], self.among & (kind != NOWHERE))

    def first_wish(self) -> Positions:
        return first_wish(self.country.demand)

    def through(self, cell: int) -> str | None:
        """The place that would come free first, if the first place there helps along a chain."""
        leaving = int(self.cells.worth.helped_by[cell])
        if leaving == NOWHERE or self.cells.worth.steps[cell] == 0:
            return None
        return self.country.places[int(self.country.placement.at[leaving])]

    def obvious(self) -> dict[str, int]:
        """The cells that rules of thumb would choose."""
        waited = np.maximum(self.country.day - self.country.demand.requests["opened"], 0)
        return picks_of_obvious_rules(self.cells.reach, waited)

    def neighbours(self, unplaced: Flags) -> Iterator[tuple[int, int]]:
        """The regions with places for these children behind a contract that does not reach, and how many places."""
        pairs = self.picture.remedies.opened[Cause.NEXT_DOOR]
        offers = np.unique(pairs.only(unplaced[pairs.request]).offer)
        stands_in, room = self.country.supply.stands_in[offers], self.picture.remedies.room[offers]
        for region in np.unique(stands_in).tolist():
            yield region, int(room[stands_in == region].sum())


def view_of(country: Country, region: str, atlas: Atlas, lexicon: Lexicon) -> RegionView:
    """The region's view, worked out once per picture of the country."""
    known = country.told.get(region)
    if not isinstance(known, RegionView):
        known = country.told[region] = _view(country, region, atlas, lexicon)
    return known


def _view(country: Country, region: str, atlas: Atlas, lexicon: Lexicon) -> RegionView:
    among: Flags = country.demand.requests["region"] == area_number(region)
    seeking = only_of(country.demand, among)
    unstopped = room_in_time(_without_stops(country), country.day)
    found = remedies(seeking, country.supply, country.placement, unstopped=unstopped, today=country.day)
    fits = what_fits(seeking, country.supply, country.day)
    picture = Picture(country.demand, country.supply, country.placement, fits, found, country.day)
    members = [each for code, each in atlas.municipalities.items() if atlas.region_of(code, country.today) == region]
    cells = _cells(country, region, members, lexicon)
    return RegionView(region, country, picture, among, members, cells)


def _without_stops(country: Country) -> Any:  # noqa: ANN401 - rows of numpy
    offers = country.supply.offers.copy()
    offers["stop"] = 0
    return offers


def _cells(country: Country, region: str, members: Sequence[Municipality], lexicon: Lexicon) -> Cells:
    kinds = [each for each in lexicon.care_types.values() if not each.crisis]
    places = [
        MorePlaces(kind.number, area_number(region), unit_vector(each.lon, each.lat), places=1)
        for kind in kinds
        for each in members
    ]
    could_go = reach(country.demand, new_places(places, country.day), country.day)
    worth = worth_of_places(country.placement, could_go, MOST_PLACES)
    return Cells([kind.code for kind in kinds], list(members), could_go, worth)


def by_family(lexicon: Lexicon) -> tuple[Callable[[Positions], Positions], Mapping[int, str]]:
    """From the number of a care type to that of its family, and what families are called."""
    families = list(dict.fromkeys(each.family for each in lexicon.care_types.values()))
    table = np.full(1 + max(each.number for each in lexicon.care_types.values()), NOWHERE, np.int32)
    for each in lexicon.care_types.values():
        table[each.number] = families.index(each.family)
    return lambda numbers: np.where(numbers == NOWHERE, NOWHERE, table[numbers]), dict(enumerate(families))
