"""How much room there was within reach of a promise: on each day, and on one day so that it can be said why.

Pure, over what `guarantee_days` laid out.
"""

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.guarantee_days import REACHES, Heard, Reach
from matcher.offers import rows_where

Days = npt.NDArray[np.int64]
"""A number per row, per area, or per area and day."""
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Promise:
    """So many places, within reach of every municipality: open now, or with a start within so many days."""

    care_types: frozenset[str]
    places: int = 1
    within_days: int | None = None
    """None: places that are open now and take children now."""
    ages: tuple[int, int] | None = None
    """Every age from the first to the last finds them; none: whatever age an offer is for."""
    reach: Reach = Reach.REGION
    max_km: float | None = None
    """From where the people of the municipality live."""


@dataclass(frozen=True, slots=True)
class Rooms:
    """Places within reach, per area and day."""

    sure: Days
    """By statements that may be relied on."""
    old: Days
    """By statements that are too old."""
    silent: Days
    """Offers of which nothing was ever said."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One day in one area, so that it can be said why. Offers, unless places are said."""

    contracted: int
    welcoming: int
    near: int
    """Welcoming and within reach; so are all that follow but the room that is far."""
    room: int
    """Places, by statements that may be relied on."""
    fresh_room: int
    """Places, by statements that are not even due."""
    far_room: int
    """Places that would be there in a wider reach."""
    stopped: int
    late: int
    """They would take children, but later than promised."""
    old: int
    """Of which the statement is too old, or was never made."""
    soonest: int | None
    """The first day of help that a provider states."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What was heard of the care types of a promise: where each row has room for it, from which day, and how much."""

    within_days: int | None
    grid: tuple[int, int]
    """How many areas and days."""
    rows: npt.NDArray[np.void]
    area: npt.NDArray[np.intp]
    near: Flags
    able: Flags
    opens: Days
    places: Days

    @classmethod
    def by(cls, promise: Promise, heard: Heard) -> "Meant":
        chosen = np.isin(heard.care_type, list(promise.care_types))[heard.rows["offer"]]
        rows, area = rows_where(heard.rows, chosen), heard.area[chosen]
        within, km = heard.within[rows["offer"], area], heard.km[rows["offer"], area]
        most_km = np.inf if promise.max_km is None else promise.max_km
        near = (within <= REACHES.index(promise.reach)) & np.isfinite(km) & (km <= most_km)
        takes, free, opens = rows["said"] & ~rows["stop"], rows["free"].astype(np.int64), rows["opens"].astype(np.int64)
        if promise.within_days is None:
            able, places = takes & (free > 0), free
        else:
            able, places = takes & (rows["wait"] <= promise.within_days), np.maximum(free, 1)
            opens -= promise.within_days
        return cls(promise.within_days, (heard.areas, heard.days), rows, area, near, able, opens, places)

    def only(self, kept: Flags) -> "Meant":
        return replace(
            self,
            rows=rows_where(self.rows, kept),
            area=self.area[kept],
            near=self.near[kept],
            able=self.able[kept],
            opens=self.opens[kept],
            places=self.places[kept],
        )

    def welcoming(self, welcome: Flags) -> "Meant":
        """Of the offers that are flagged."""
        return self.only(welcome[self.rows["offer"]])

    def offers(self) -> Days:
        """How many there are in each area."""
        return np.bincount(self.area, minlength=self.grid[0])

    def room(self) -> Days:
        """How many places they have in each area."""
        return np.bincount(self.area, self.places, self.grid[0]).astype(np.int64)


def rooms(meant: Meant, welcome: Flags) -> Rooms:
    """How much room there is within reach on each day; `welcome`: which offers count."""
    near = meant.welcoming(welcome)
    near = near.only(near.near)
    able, silent = near.only(near.able), near.only(~near.rows["said"])
    begins = np.maximum(able.rows["first"], able.opens)
    relied = able.rows["relied_until"].astype(np.int64)
    return Rooms(
        sure=_over_days(able, begins, np.minimum(able.rows["last"], relied), able.places),
        old=_over_days(able, np.maximum(begins, relied + 1), able.rows["last"], able.places),
        silent=_over_days(silent, silent.rows["first"], silent.rows["last"], np.ones_like(silent.places)),
    )


def _over_days(some: Meant, first: Days, last: Days, amount: Days) -> Days:
    """Per area and day the sum of what counts from its first up to its last day; an empty span counts nowhere."""
    areas, days = some.grid
    full = first <= last
    steps = np.zeros((areas, days + 1), np.int64)
    np.add.at(steps, (some.area[full], first[full]), amount[full])
    np.add.at(steps, (some.area[full], last[full] + 1), -amount[full])
    summed: Days = steps.cumsum(axis=1)[:, :-1]
    return summed


def seen_on(day: int, meant: Meant, welcome: Flags) -> list[Seen]:
    """What one day looks like in each area."""
    that_day = meant.only((meant.rows["first"] <= day) & (day <= meant.rows["last"]))
    welcoming = that_day.welcoming(welcome)
    near, far = welcoming.only(welcoming.near), welcoming.only(~welcoming.near)
    relied = near.rows["relied_until"] >= day
    takes = near.rows["said"] & ~near.rows["stop"] & relied
    room = takes & near.able & (near.opens <= day)
    would_later = near.able if meant.within_days is None else takes
    counts = (
        that_day.offers(),
        welcoming.offers(),
        near.offers(),
        near.only(room).room(),
        near.only(room & (near.rows["fresh_until"] >= day)).room(),
        far.only(far.able & (far.opens <= day) & (far.rows["relied_until"] >= day)).room(),
        near.only(near.rows["stop"] & relied).offers(),
        near.only(takes & would_later & ~room).offers(),
        near.only(~relied).offers(),
    )
    soonest = _soonest(near.only(takes), day)
    return [Seen(*each) for each in zip(*(count.tolist() for count in counts), soonest, strict=True)]


def _soonest(near: Meant, day: int) -> list[int | None]:
    """Per area the first start that a provider states: a wait rolls on from the day that is asked of."""
    starts = np.maximum(day + near.rows["wait"].astype(np.int64), near.rows["opens"])
    soonest = np.full(near.grid[0], FAR_AWAY)
    np.minimum.at(soonest, near.area, starts)
    return [None if start == FAR_AWAY else start for start in soonest.tolist()]


FAR_AWAY = 10**6
"""A day after all days."""
