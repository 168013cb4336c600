"""How fast lists move: who started or left, counted by the provider over more than the last ninety days.

A small unit may by chance see nobody start in a quarter. What it counted in earlier quarters, and what other offers of
the same care type see per place, tell more; both are added as if they had been counted in days of its own (the mean of
a gamma prior on a Poisson rate; Gelman and others, Bayesian Data Analysis, 2.6).
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
Rows = npt.NDArray[np.bool_]

QUARTER_DAYS = 90
"""Starts and withdrawals are counted over this many days."""

REMEMBERED_DAYS = 365
"""What was counted longer ago says too little of today."""

PRIOR_DAYS = 365
"""What peers see per place counts as if the offer itself had counted it for so long."""

GROUP_WEIGHT = 20.0
"""A group counts as if it had this many place-quarters of the whole beside its own."""

USUAL_LEAVING = 0.7
"""Who start or leave per place in a quarter, where nothing else is known: the mean of the simulated queues."""


@dataclass(frozen=True, slots=True)
class Counts:
    """One row per statement that counted who started and left in the ninety days before it."""

    offer: Places
    group: Places
    """Position of the group whose offers see about the same per place: the care type in the region."""
    days_ago: Numbers
    left: Numbers
    """Starts and withdrawals together."""
    places: Numbers


@dataclass(frozen=True, slots=True)
class Turnover:
    """One value per offer: what to add to its newest counts; NaN for offers that never counted."""

    left_before: Numbers
    over_days: Numbers


def turnover(counts: Counts, offers: int) -> Turnover:
    """What earlier quarters and peers add to the newest counts of each of `offers`."""
    newest, earlier = _quarters(counts, offers)
    per_place = _per_place(counts, newest | earlier)[counts.group]
    left, days = np.full(offers, np.nan), np.full(offers, np.nan)
    left[counts.offer[newest]] = (per_place * counts.places)[newest] * (PRIOR_DAYS / QUARTER_DAYS)
    days[counts.offer[newest]] = PRIOR_DAYS
    left += np.bincount(counts.offer, weights=counts.left * earlier, minlength=offers)
    days += np.bincount(counts.offer, weights=earlier, minlength=offers) * QUARTER_DAYS
    return Turnover(left, days)


def _quarters(counts: Counts, offers: int) -> tuple[Rows, Rows]:
    """The newest row of each offer; and going back from there every next row whose ninety days do not overlap."""
    newest = chosen = _first_at(counts, np.zeros(offers), np.ones(len(counts.offer), np.bool_))
    earlier = np.zeros_like(newest)
    since = np.full(offers, np.inf)
    while chosen.any():
        since[counts.offer[chosen]] = counts.days_ago[chosen] + QUARTER_DAYS
        chosen = _first_at(counts, since, (counts.days_ago <= REMEMBERED_DAYS) & ~earlier)
        earlier |= chosen
    return newest, earlier


def _first_at(counts: Counts, since: Numbers, among: Rows) -> Rows:
    """Per offer one row: the newest that is at least so many days old."""
    rows = np.flatnonzero(among & (counts.days_ago >= since[counts.offer]))
    rows = rows[np.argsort(counts.days_ago[rows], kind="stable")]
    _, first = np.unique(counts.offer[rows], return_index=True)
    chosen = np.zeros(len(counts.offer), np.bool_)
    chosen[rows[first]] = True
    return chosen


def _per_place(counts: Counts, chosen: Rows) -> Numbers:
    """Who start or leave per place in a quarter, per group; a small group leans on the whole."""
    left = np.bincount(counts.group, weights=counts.left * chosen)
    places = np.bincount(counts.group, weights=counts.places * chosen)
    of_all = left.sum() / places.sum() if places.sum() else USUAL_LEAVING
    return np.asarray((left + GROUP_WEIGHT * of_all) / (places + GROUP_WEIGHT))
