"""How much room there was within reach of a promise: on each day, and on one day so that it can be said why.

Pure, over what `guarantee_days` laid out.
"""

from dataclasses import dataclass, fields, replace

import numpy as np
import numpy.typing as npt

from matcher.guarantee_days import REACHES, Heard, Reach

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
class _Meant:
    """The rows of a promise: where each has room for it, from which day, and how much."""

    rows: npt.NDArray[np.void]
    area: npt.NDArray[np.intp]
    near: Flags
    able: Flags
    opens: Days
    places: Days

    @classmethod
    def of(cls, promise: Promise, heard: Heard, welcome: Flags) -> "_Meant":
        kind = np.isin(heard.care_type, list(promise.care_types)) & welcome
        chosen = kind[heard.rows["offer"]]
        rows, area = heard.rows[chosen], heard.area[chosen]
        within, km = heard.within[rows["offer"], area], heard.km[rows["offer"], area]
        most_km = np.inf if promise.max_km is None else promise.max_km
        near = (within <= REACHES.index(promise.reach)) & np.isfinite(km) & (km <= most_km)
        free, opens = rows["free"].astype(np.int64), rows["opens"].astype(np.int64)
        if promise.within_days is None:
            return cls(rows, area, near, rows["said"] & ~rows["stop"] & (free > 0), opens, free)
        soon = rows["wait"] <= promise.within_days
        able = rows["said"] & ~rows["stop"] & soon
        return cls(rows, area, near, able, opens - promise.within_days, np.maximum(free, 1))

    def only(self, kept: Flags) -> "_Meant":
        return replace(self, **{each.name: getattr(self, each.name)[kept] for each in fields(self)})

    def offers(self, areas: int) -> Days:
        """How many there are in each area."""
        return np.bincount(self.area, minlength=areas)

    def room(self, areas: int) -> Days:
        """How many places they have in each area."""
        return np.bincount(self.area, self.places, areas).astype(np.int64)


def rooms(promise: Promise, heard: Heard, welcome: Flags) -> Rooms:
    """How much room there is within reach on each day; `welcome`: which offers count."""
    meant = _Meant.of(promise, heard, welcome)
    near = meant.only(meant.near)
    able, silent = near.only(near.able), near.only(~near.rows["said"])
    begins = np.maximum(able.rows["first"], able.opens)
    relied = able.rows["relied_until"].astype(np.int64)
    grid = heard.areas, heard.days
    return Rooms(
        sure=_over_days(grid, able.area, begins, np.minimum(able.rows["last"], relied), able.places),
        old=_over_days(grid, able.area, np.maximum(begins, relied + 1), able.rows["last"], able.places),
        silent=_over_days(grid, silent.area, silent.rows["first"], silent.rows["last"], np.ones_like(silent.places)),
    )


def _over_days(grid: tuple[int, int], area: npt.NDArray[np.intp], first: Days, last: Days, amount: Days) -> Days:
    """Per area and day the sum of what counts from its first up to its last day; an empty span counts nowhere."""
    some = first <= last
    steps = np.zeros((grid[0], grid[1] + 1), np.int64)
    np.add.at(steps, (area[some], first[some]), amount[some])
    np.add.at(steps, (area[some], last[some] + 1), -amount[some])
    summed: Days = steps.cumsum(axis=1)[:, :-1]
    return summed


def seen_on(day: int, promise: Promise, heard: Heard, welcome: Flags) -> list[Seen]:
    """What one day looks like in each area."""
    everything = _Meant.of(promise, heard, np.ones_like(welcome))
    that_day = everything.only((everything.rows["first"] <= day) & (day <= everything.rows["last"]))
    welcoming = that_day.only(welcome[that_day.rows["offer"]])
    near, far = welcoming.only(welcoming.near), welcoming.only(~welcoming.near)
    relied = near.rows["relied_until"] >= day
    takes = near.rows["said"] & ~near.rows["stop"] & relied
    room = takes & near.able & (near.opens <= day)
    would_later = near.able if promise.within_days is None else takes
    counts = (
        that_day.offers(heard.areas),
        welcoming.offers(heard.areas),
        near.offers(heard.areas),
        near.only(room).room(heard.areas),
        near.only(room & (near.rows["fresh_until"] >= day)).room(heard.areas),
        far.only(far.able & (far.opens <= day) & (far.rows["relied_until"] >= day)).room(heard.areas),
        near.only(near.rows["stop"] & relied).offers(heard.areas),
        near.only(takes & would_later & ~room).offers(heard.areas),
        near.only(~relied).offers(heard.areas),
    )
    soonest = _soonest(near.only(takes), day, heard.areas)
    return [Seen(*each) for each in zip(*(count.tolist() for count in counts), soonest, strict=True)]


def _soonest(near: _Meant, day: int, areas: int) -> list[int | None]:
    """Per area the first start that a provider states: a wait rolls on from the day that is asked of."""
    starts = np.maximum(day + near.rows["wait"].astype(np.int64), near.rows["opens"])
    soonest = np.full(areas, FAR_AWAY)
    np.minimum.at(soonest, near.area, starts)
    return [None if start == FAR_AWAY else start for start in soonest.tolist()]


FAR_AWAY = 10**6
"""A day after all days."""
