"""How true a provider's stated waits proved: learnt from referrals that came to a start, and from those still waiting.

A child who still waits tells something too: it took at least this long. Such waits are *censored*; leaving them out
would praise the slowest. Providers with few referrals are shrunk towards their group (the care type in the region), and
groups towards the whole, as in any random-effects model; the censored ones enter by their expectation (EM; Tobin 1958,
Dempster, Laird and Rubin 1977).
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

ROUNDS = 25
"""Enough for the estimates to stand still within a tenth of a day."""

GROUP_WEIGHT = 5.0
"""A group counts as if it had this many referrals of the whole beside its own."""

SPREAD_WEIGHT = 6.0
"""A provider's own spread counts as if it had this many referrals with the common spread beside its own."""

SMALLEST_SPREAD = 3.0
"""Days: nobody states better than to half a week."""


@dataclass(frozen=True, slots=True)
class Referrals:
    """One row per referral that was sent while a stated wait was known."""

    provider: Places
    """Position of the provider (per care type and region if its statements differ so)."""
    group: Places
    """Position of the group towards which that provider is shrunk."""
    stated: Numbers
    """The wait in days as stated on the day of the referral."""
    waited: Numbers
    """Days until the start; or until today, or until the child left, where there was no start."""
    started: npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lateness:
    """One value per provider; NaN where no referral came to a start."""

    days: Numbers
    """How much later than stated a start is to be expected; negative: sooner."""
    spread: Numbers
    """Standard deviation of the next one around it, own scatter and what is not yet known of the mean."""


def lateness(referrals: Referrals, providers: int) -> Lateness:
    """How late each of `providers` starts, given what it stated."""
    if not len(referrals.provider):
        return Lateness(np.full(providers, np.nan), np.full(providers, np.nan))
    seen = np.clip(referrals.waited - referrals.stated, EARLIEST, LATEST)
    model = _Model.first_guess(seen, referrals, providers)
    for _ in range(ROUNDS):
        model = model.again(seen)
    known = np.bincount(referrals.provider, weights=referrals.started, minlength=providers) > 0
    mean = np.clip(model.mean, EARLIEST, LATEST)  # a weighted mean of the bound itself may round past it
    return Lateness(np.where(known, mean, np.nan), np.where(known, model.spread(seen), np.nan))


@dataclass(frozen=True, slots=True)
class _Model:
    """late = provider's mean + scatter; provider's mean = group's mean + its own way."""

    referrals: Referrals
    mean: Numbers  # per provider
    mean_variance: Numbers  # how unsure that mean is
    scatter: float  # variance within a provider
    variety: float  # variance between providers of a group

    @classmethod
    def first_guess(cls, seen: Numbers, referrals: Referrals, providers: int) -> "_Model":
        scatter = max(float(seen.var()), SMALLEST_SPREAD**2)
        return cls(
            referrals, np.full(providers, seen.mean()), np.full(providers, scatter), scatter=scatter, variety=scatter
        )

    def again(self, seen: Numbers) -> "_Model":
        """One round: fill in what is not yet seen, then estimate anew."""
        provider, group = self.referrals.provider, self.referrals.group
        days, variance = self.filled_in(seen)
        centre = _shrunk_mean(days, group)[group]
        own = _sums(provider, len(self.mean))
        precision = own(np.ones_like(days)) / self.scatter + 1 / self.variety
        pull = np.full(len(self.mean), centre.mean())
        pull[provider] = centre
        mean = (own(days) / self.scatter + pull / self.variety) / precision
        unsure = 1 / precision
        has_some = np.unique(provider)
        variety = float(((mean - pull) ** 2 + unsure)[has_some].mean())
        scatter = float(((days - mean[provider]) ** 2 + variance + unsure[provider]).mean())
        return _Model(self.referrals, mean, unsure, max(scatter, SMALLEST_SPREAD**2), max(variety, 1.0))

    def filled_in(self, seen: Numbers) -> tuple[Numbers, Numbers]:
        """What is seen; for those still waiting the mean and variance of a normal beyond what they waited."""
        sd = math.sqrt(self.scatter)
        mean = self.mean[self.referrals.provider]
        so_far = (seen - mean) / sd
        hazard = _hazard(so_far)
        days = np.where(self.referrals.started, seen, np.minimum(mean + sd * hazard, LATEST))
        variance = np.where(self.referrals.started, 0.0, self.scatter * np.clip(1 + so_far * hazard - hazard**2, 0, 1))
        return days, variance

    def spread(self, seen: Numbers) -> Numbers:
        """Standard deviation of the next referral, per provider."""
        provider = self.referrals.provider
        days, variance = self.filled_in(seen)
        own = _sums(provider, len(self.mean))
        squares = own((days - self.mean[provider]) ** 2 + variance) + SPREAD_WEIGHT * self.scatter
        count = own(np.ones_like(days)) + SPREAD_WEIGHT
        return np.maximum(np.sqrt(squares / count + self.mean_variance), SMALLEST_SPREAD)


def _sums(provider: Places, providers: int) -> Callable[[Numbers], Numbers]:
    """Adds up over the referrals of each provider."""

    def added(values: Numbers) -> Numbers:
        return np.asarray(np.bincount(provider, weights=values, minlength=providers), np.float64)

    return added


def _shrunk_mean(days: Numbers, group: Places) -> Numbers:
    """The mean per group, pulled towards the mean of all."""
    total = np.bincount(group, weights=days) + GROUP_WEIGHT * days.mean()
    return np.asarray(total / (np.bincount(group) + GROUP_WEIGHT), np.float64)


def _hazard(z: Numbers) -> Numbers:
    """Density over survival of the standard normal; far out it nears z + 1/z."""
    near = np.minimum(z, 6.0)
    density = np.exp(-(near**2) / 2) / math.sqrt(2 * math.pi)
    survival = np.array([math.erfc(x / math.sqrt(2)) / 2 for x in near.tolist()])
    return np.where(z > 6, z + 1 / np.maximum(z, 1), density / survival)
