"""What if: places more, a contract widened to the neighbours, another distance, a stop lifted.

Each what-if makes another world of the same kind, which is solved like any other. What it would do to waits is another
question, answered by simulation (`shortage_waits`).
"""

from dataclasses import dataclass, replace

import numpy as np

from matcher.offers import NEVER, UNKNOWN, Rows, empty_candidates, rows_together
from matcher.shortage_pairs import LINE, Demand, Flags, Supply
from matcher.shortage_reach import room_in_time

World = tuple[Demand, Supply]


@dataclass(frozen=True, slots=True)
class MorePlaces:
    """New places of a care type at a point of the sphere, for all who live in one area; open to all unless said."""

    care_type: int
    area: int
    at: tuple[float, float, float]
    places: int
    age_from: int = 0
    age_until: int = 17

    def of(self, world: World, today: int) -> World:
        demand, supply = world
        return demand, together(supply, new_places([self], today))


@dataclass(frozen=True, slots=True)
class WiderContract:
    """What stands in one region and offers a care type may be used by another too."""

    care_type: int
    from_region: int
    to_region: int

    def of(self, world: World, today: int) -> World:
        demand, supply = world
        lent = np.flatnonzero((supply.care_type == self.care_type) & (supply.stands_in == self.from_region))
        return demand, replace(supply, lines=np.concatenate([supply.lines, open_lines(lent, self.to_region)]))


@dataclass(frozen=True, slots=True)
class DistanceNorm:
    """Nobody travels further for a care type, or everybody may; whatever was asked before."""

    care_type: int
    max_km: float

    def of(self, world: World, today: int) -> World:
        demand, supply = world
        requests = demand.requests.copy()
        wishing = demand.wishes["request"][demand.wishes["care_type"] == self.care_type]
        requests["max_km"][wishing] = self.max_km
        return replace(demand, requests=requests), supply


@dataclass(frozen=True, slots=True)
class StopLifted:
    """Who stands in a region and offers a care type takes children again."""

    care_type: int
    region: int

    def of(self, world: World, today: int) -> World:
        demand, supply = world
        there: Flags = (supply.care_type == self.care_type) & (supply.stands_in == self.region)
        offers = supply.offers.copy()
        offers["stop"][there] = 0
        return demand, replace(supply, offers=offers, room=np.where(there, room_in_time(offers, today), supply.room))


WhatIf = MorePlaces | WiderContract | DistanceNorm | StopLifted


def new_places(cells: list[MorePlaces], today: int) -> Supply:
    """Offers that nobody has yet: open at once, for all who live in their area."""
    offers = empty_candidates(len(cells))
    offers["offer_id"] = -1 - np.arange(len(cells))
    offers["x"], offers["y"], offers["z"] = np.array([cell.at for cell in cells]).reshape(-1, 3).T
    offers["age_from"], offers["age_until"] = (
        [getattr(cell, name) for cell in cells] for name in ("age_from", "age_until")
    )
    offers["stated_day"] = offers["available_from"] = today
    offers["statement_id"] = offers["open_places"] = offers["total_places"] = 1
    offers["intake_wait"] = offers["treatment_wait"] = 0
    lines = open_lines(np.arange(len(cells)), np.array([cell.area for cell in cells], np.int32))
    return Supply(
        offers,
        care_type=np.array([cell.care_type for cell in cells], np.int32),
        lines=lines,
        stands_in=np.full(len(cells), UNKNOWN, np.int32),
        room=np.array([cell.places for cell in cells], np.int32),
    )


def open_lines(offers: np.ndarray, area: object) -> Rows:
    """Contracts without an end for these offers."""
    lines = np.zeros(len(offers), LINE)
    lines["offer"], lines["area"] = offers, area
    for name in ("valid_until", "suspended_from", "suspended_until"):
        lines[name] = NEVER
    return lines


def together(one: Supply, other: Supply) -> Supply:
    """Both, one after the other."""
    lines = other.lines.copy()
    lines["offer"] += len(one)
    return Supply(
        rows_together(one.offers, other.offers),
        np.concatenate([one.care_type, other.care_type]),
        np.concatenate([one.lines, lines]),
        np.concatenate([one.stands_in, other.stands_in]),
        np.concatenate([one.room, other.room]),
    )
