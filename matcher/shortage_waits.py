"""What places more would do to waits: the same queue lived through many times, with them and without.

One queue of one kind of care, first come, first served. Arrivals, stays and patience are drawn once per future and used
for both lives, so that only the places differ. What is not known is estimated from what providers count in a quarter.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

FUTURES = 200
YEAR = 365
QUARTER = 90
SHORTEST_STAY, LONGEST_STAY = 14.0, 1095.0
PATIENCE_DAYS = 250.0
"""How long people wait before they go elsewhere, on average; as in `queues`."""
NOT_COMING = 1e6
"""A day so far off that it never comes."""
BAND = (0.1, 0.5, 0.9)


@dataclass(frozen=True, slots=True)
class Situation:
    """A queue today, as providers counted it."""

    places: int
    occupied: int
    waiting: int
    started_90: int
    withdrawn_90: int

    @property
    def stay_days(self) -> float:
        """Those inside over those who come in a day (Little's law), within bounds."""
        starts_a_day = max(self.started_90, 1) / QUARTER
        return float(np.clip(max(self.occupied, 1) / starts_a_day, SHORTEST_STAY, LONGEST_STAY))

    @property
    def children_a_year(self) -> float:
        """How many one place serves in a year, by the length of a stay."""
        return YEAR / self.stay_days


@dataclass(frozen=True, slots=True)
class Band:
    """Eight in ten futures lie from `low` to `high`."""

    low: float
    middle: float
    high: float


@dataclass(frozen=True, slots=True)
class Effect:
    """A year with places more beside a year without. Waits are days of those who came in that year."""

    wait_now: Band
    wait_then: Band
    sooner: Band
    started_more: Band
    """Children who start in the year, with the places, beyond those without."""
    children_a_year: float


def effect_of(situation: Situation, more: int, seed: int = 1) -> Effect:
    """Live the year through with and without the places; the same seed gives the same answer."""
    lots = _draw(situation, np.random.default_rng(seed))
    wait_now, started_now = _live(situation, situation.places, lots)
    wait_then, started_then = _live(situation, situation.places + more, lots)
    return Effect(
        _band(wait_now),
        _band(wait_then),
        _band(wait_now - wait_then),
        _band(started_then - started_now),
        situation.children_a_year,
    )


@dataclass(frozen=True, slots=True)
class _Lots:
    """Future × person, in order of arrival; those who wait today come first, at day 0."""

    came: Numbers
    gives_up: Numbers
    stay: Numbers
    stays_left: Numbers
    """Future × those who are inside today."""


def _draw(situation: Situation, rng: np.random.Generator) -> _Lots:
    expected = max(situation.started_90 + situation.withdrawn_90, 1) / QUARTER * YEAR
    most = int(expected + 4 * np.sqrt(expected)) + 1
    comes = np.arange(most) < rng.poisson(expected, (FUTURES, 1))
    arrivals = np.where(comes, rng.uniform(0, YEAR, (FUTURES, most)), NOT_COMING)
    came = np.hstack([np.zeros((FUTURES, situation.waiting)), np.sort(arrivals, axis=1)])
    inside = FUTURES, situation.occupied
    return _Lots(
        came=came,
        gives_up=came + rng.exponential(PATIENCE_DAYS, came.shape),
        stay=rng.gamma(2, situation.stay_days / 2, came.shape),
        # who is found inside is more often on a long stay, somewhere on the way
        stays_left=rng.gamma(3, situation.stay_days / 2, inside) * rng.random(inside),
    )


def _live(situation: Situation, places: int, lots: _Lots) -> tuple[Numbers, Numbers]:
    """Per future the mean wait of who came in the year, and how many started in it."""
    rows = np.arange(FUTURES)
    free = np.zeros((FUTURES, max(places, 1)))
    if not places:
        free[:] = NOT_COMING
    inside = min(situation.occupied, places)
    free[:, :inside] = lots.stays_left[:, :inside]
    waited, started = np.zeros((2, FUTURES))
    for came, gives_up, stay in zip(lots.came.T, lots.gives_up.T, lots.stay.T, strict=True):
        first = free.argmin(axis=1)
        start = np.maximum(came, free[rows, first])
        stays = (start <= gives_up) & (came < NOT_COMING)
        free[rows, first] = np.where(stays, start + stay, free[rows, first])
        started += stays & (start <= YEAR)
        waited += np.where(came < NOT_COMING, np.minimum(start, gives_up) - came, 0.0)
    people = np.maximum((lots.came < NOT_COMING).sum(axis=1), 1)
    return waited / people, started


def _band(values: Numbers) -> Band:
    return Band(*np.quantile(values, BAND).round(1).tolist())
