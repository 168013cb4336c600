"""One region in the picture of the country: its radar, what places more would do there, and what lies above it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from availability.board.areas import area_number
from availability.geography.atlas import Atlas, Municipality
from availability.oversight.country import Country
from availability.vocabulary.lexicon import Lexicon
from matcher.shortage import NOWHERE
from matcher.shortage_causes import Cause
from matcher.shortage_pairs import Flags, Positions
from matcher.shortage_radar import Picture, Shortage, first_wish, picks_of_obvious_rules, radar


@dataclass(frozen=True, slots=True)
class RegionView:
    """A region's part of the picture."""

    region: str
    country: Country
    picture: Picture
    among: Flags
    """Which requests are this region's."""
    members: list[Municipality]
    cells: npt.NDArray[np.intp]
    """The country's cells that lie in the region."""

    @classmethod
    def of(cls, country: Country, region: str, atlas: Atlas) -> "RegionView":
        among: Flags = country.demand.requests["region"] == area_number(region)
        codes = [code for code in atlas.municipalities if atlas.region_of(code, country.today) == region]
        cells = np.array([at for at, (_, _, there) in enumerate(country.cells.where) if there == region], np.intp)
        members = [atlas.municipalities[code] for code in codes]
        return cls(region, country, country.picture.only(among), among, members, cells)

    def shortages(self, kind: Positions, *, per_municipality: bool) -> list[Shortage]:
        level = "municipality" if per_municipality else "region"
        area = self.country.demand.requests[level]
        return radar(self.picture, kind, area, self.among & (kind != NOWHERE))

    def first_wish(self) -> Positions:
        return first_wish(self.country.demand)

    def through(self, cell: int) -> str | None:
        """The place that would come free first, if the first place there helps along a chain."""
        worth = self.country.cells.worth
        leaving = int(worth.helped_by[cell])
        if leaving == NOWHERE or worth.steps[cell] == 0:
            return None
        return self.country.places[int(self.country.placement.at[leaving])]

    def obvious(self) -> dict[str, int]:
        """The region's cells that rules of thumb would choose; none where nobody asks."""
        waited = np.maximum(self.country.day - self.country.demand.requests["opened"], 0)
        own = self.country.cells.reach.only(np.isin(self.country.cells.reach.offer, self.cells))
        return picks_of_obvious_rules(own, waited) if len(own.request) else {}

    def neighbours(self, unplaced: Flags) -> Iterator[tuple[int, int]]:
        """The regions with places for these children behind a contract that does not reach, and how many places."""
        pairs = self.picture.remedies.opened[Cause.NEXT_DOOR]
        offers = np.unique(pairs.only(unplaced[pairs.request]).offer)
        stands_in, room = self.country.supply.stands_in[offers], self.picture.remedies.room[offers]
        for region in np.unique(stands_in).tolist():
            yield region, int(room[stands_in == region].sum())


def by_family(lexicon: Lexicon) -> tuple[Callable[[Positions], Positions], Mapping[int, str]]:
    """From the number of a care type to that of its family, and what families are called."""
    families = list(dict.fromkeys(each.family for each in lexicon.care_types.values()))
    table = np.full(1 + max(each.number for each in lexicon.care_types.values()), NOWHERE, np.int32)
    for each in lexicon.care_types.values():
        table[each.number] = families.index(each.family)
    return lambda numbers: np.where(numbers == NOWHERE, NOWHERE, table[numbers]), dict(enumerate(families))
