"""How long real starts took, and how true the stated waits proved: learnt from referrals that came to a start, and from
those still waiting.

A child who still waits tells something too: it took at least this long. Such waits are *censored*; leaving them out
would praise the slowest. What ended long ago counts less. Providers with few referrals are shrunk towards their group
(the care type in the region), and groups towards the whole, as in any random-effects model; the censored ones enter by
their expectation (EM; Tobin 1958, Dempster, Laird and Rubin 1977).
"""

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

EARLIEST, LATEST = -180.0, 365.0
"""Beyond half a year early or a year late something else was going on than a wrong statement."""

LONGEST_WAIT_DAYS = 3650.0

ROUNDS = 25
"""Enough for the estimates to stand still within a tenth of a day."""

GROUP_WEIGHT = 5.0
"""A group counts as if it had this many referrals of the whole beside its own."""

SPREAD_WEIGHT = 6.0
"""A provider's own spread counts as if it had this many referrals with the common spread beside its own."""

SMALLEST_SPREAD = 3.0
"""Days: nobody states better than to half a week."""

FORGOTTEN_IN_DAYS = 60.0
"""What ended this long ago counts for 1/e. Lists move from season to season: tried on simulated queues (see the tests),
two months err less than one, four or never forgetting."""

LEAST_WEIGHT = 1e-6

SHORT_WAIT_DAYS = 14.0
"""Waits are compared by their ratio, but not below a fortnight: a week or two makes no difference of a factor two."""

SMALLEST_RATIO_SPREAD = 0.05


@dataclass(frozen=True, slots=True)
class Referrals:
    """One row per referral that was sent while a stated wait was known."""

    provider: Places
    """Position of the offer to which it was sent: each has a list of its own."""
    group: Places
    """Position of the group towards which that offer is shrunk."""
    stated: Numbers
    """The wait in days as stated on the day of the referral."""
    waited: Numbers
    """Days until the start; or until today, or until the child left, where there was no start."""
    started: npt.NDArray[np.bool_]
    ended_days_ago: Numbers
    """Days since the start, or since the child left; 0 for those still waiting."""


@dataclass(frozen=True, slots=True)
class Realised:
    """One value per offer; NaN where no referral came to a start."""

    wait: Numbers
    """How many days a start takes by what was seen lately, whatever is stated."""
    spread: Numbers
    """Standard deviation in days of the next one around it: own scatter, and what is not yet known of the mean."""
    late_days: Numbers
    """How much later than stated starts came lately; negative: sooner."""


def realised(referrals: Referrals, offers: int) -> Realised:
    """What real starts say of each of `offers`."""
    if not len(referrals.provider):
        return Realised(*(np.full(offers, np.nan) for _ in range(3)))
    lateness = np.clip(referrals.waited - referrals.stated, EARLIEST, LATEST)
    late, _ = _settled(lateness, LATEST, SMALLEST_SPREAD, referrals, offers)
    longest = math.log(LONGEST_WAIT_DAYS + SHORT_WAIT_DAYS)
    ratios = np.minimum(np.log(np.maximum(referrals.waited, 0) + SHORT_WAIT_DAYS), longest)
    ratio, spread = _settled(ratios, longest, SMALLEST_RATIO_SPREAD, referrals, offers)
    stretched = np.exp(np.clip(ratio, math.log(SHORT_WAIT_DAYS), longest))
    known = np.bincount(referrals.provider, weights=referrals.started, minlength=offers) > 0
    return Realised(
        np.where(known, np.maximum(stretched - SHORT_WAIT_DAYS, 0), np.nan),  # exp(log(14)) may round to less
        np.where(known, np.clip(stretched * spread, SMALLEST_SPREAD, LONGEST_WAIT_DAYS), np.nan),
        np.where(known, np.clip(late, EARLIEST, LATEST), np.nan),  # a mean of the bound itself may round past it
    )


def _settled(
    seen: Numbers, most: float, smallest_spread: float, referrals: Referrals, offers: int
) -> tuple[Numbers, Numbers]:
    """Mean per offer, and the standard deviation of the next one."""
    weight = np.maximum(np.exp(-referrals.ended_days_ago / FORGOTTEN_IN_DAYS), LEAST_WEIGHT)
    model = _Model.first_guess(_Seen(referrals, seen, weight, most, smallest_spread), offers)
    for _ in range(ROUNDS):
        model = model.again()
    return model.mean, model.spread()


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was measured of each referral, how much it counts, and how far an unfinished one may be filled in."""

    referrals: Referrals
    value: Numbers
    weight: Numbers
    most: float
    smallest_spread: float


@dataclass(frozen=True, slots=True)
class _Model:
    """value = offer's mean + scatter; offer's mean = group's mean + its own way."""

    seen: _Seen
    mean: Numbers  # per offer
    mean_variance: Numbers  # how unsure that mean is
    scatter: float  # variance within an offer
    variety: float  # variance between offers of a group

    @classmethod
    def first_guess(cls, seen: _Seen, offers: int) -> "_Model":
        scatter = max(float(seen.value.var()), seen.smallest_spread**2)
        return cls(seen, np.full(offers, seen.value.mean()), np.full(offers, scatter), scatter=scatter, variety=scatter)

    def again(self) -> "_Model":
        """One round: fill in what is not yet seen, then estimate anew."""
        seen, provider, group = self.seen, self.seen.referrals.provider, self.seen.referrals.group
        value, variance = self.filled_in()
        centre = _shrunk_mean(value, seen.weight, group)[group]
        own = _sums(provider, seen.weight, len(self.mean))
        precision = own(np.ones_like(value)) / self.scatter + 1 / self.variety
        pull = np.full(len(self.mean), centre.mean())
        pull[provider] = centre
        mean = (own(value) / self.scatter + pull / self.variety) / precision
        unsure = 1 / precision
        has_some = np.unique(provider)
        variety = float(((mean - pull) ** 2 + unsure)[has_some].mean())
        scatter = float(np.average((value - mean[provider]) ** 2 + variance + unsure[provider], weights=seen.weight))
        smallest = seen.smallest_spread**2
        return _Model(seen, mean, unsure, max(scatter, smallest), max(variety, smallest / 9))

    def filled_in(self) -> tuple[Numbers, Numbers]:
        """What is seen; for those still waiting the mean and variance of a normal beyond what they waited."""
        sd = math.sqrt(self.scatter)
        mean = self.mean[self.seen.referrals.provider]
        so_far = (self.seen.value - mean) / sd
        hazard = _hazard(so_far)
        started = self.seen.referrals.started
        value = np.where(started, self.seen.value, np.minimum(mean + sd * hazard, self.seen.most))
        variance = np.where(started, 0.0, self.scatter * np.clip(1 + so_far * hazard - hazard**2, 0, 1))
        return value, variance

    def spread(self) -> Numbers:
        """Standard deviation of the next referral, per offer."""
        provider = self.seen.referrals.provider
        value, variance = self.filled_in()
        own = _sums(provider, self.seen.weight, len(self.mean))
        squares = own((value - self.mean[provider]) ** 2 + variance) + SPREAD_WEIGHT * self.scatter
        count = own(np.ones_like(value)) + SPREAD_WEIGHT
        return np.maximum(np.sqrt(squares / count + self.mean_variance), self.seen.smallest_spread)


def _sums(provider: Places, weight: Numbers, offers: int) -> Callable[[Numbers], Numbers]:
    """Adds up over the referrals of each offer, each for what it counts."""

    def added(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(provider, weights=values * weight, minlength=offers), np.float64)

    return added


def _shrunk_mean(value: Numbers, weight: Numbers, group: Places) -> Numbers:
    """The mean per group, pulled towards the mean of all."""
    total = np.bincount(group, weights=value * weight) + GROUP_WEIGHT * np.average(value, weights=weight)
    return np.asarray(total / (np.bincount(group, weights=weight) + GROUP_WEIGHT), np.float64)


def _hazard(z: Numbers) -> Numbers:
    """Density over survival of the standard normal; far out it nears z + 1/z."""
    near = np.minimum(z, 6.0)
    density = np.exp(-(near**2) / 2) / math.sqrt(2 * math.pi)
    survival = np.array([math.erfc(x / math.sqrt(2)) / 2 for x in near.tolist()])
    return np.where(z > 6, z + 1 / np.maximum(z, 1), density / survival)
