"""Seeded draws as columns: every noun of the world has its own stream, so that changing one leaves the others alone."""

import zlib
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Rng = np.random.Generator
Positions = npt.NDArray[np.intp]
Column = npt.NDArray[Any]


def stream(seed: int, noun: str) -> Rng:
    """The same numbers for the same seed and noun, on every machine."""
    return np.random.default_rng([seed, zlib.crc32(noun.encode())])


def pick(rng: Rng, weights: Sequence[float] | Column, n: int) -> Positions:
    """`n` positions, each drawn in proportion to its weight."""
    cumulative = np.cumsum(np.asarray(weights, float))
    return np.asarray(np.searchsorted(cumulative, rng.random(n) * cumulative[-1], side="right"), np.intp)


def choose(rng: Rng, shares: Mapping[Any, float], n: int) -> Column:
    """`n` keys of `shares`, each drawn in proportion to its share."""
    return np.array(list(shares))[pick(rng, list(shares.values()), n)]


class Urns:
    """Weighted draws from groups: a postcode within its region, a care type within its kind of provider."""

    def __init__(self, groups: Column, weights: Column) -> None:
        """One group label and one weight per item; items need not be sorted."""
        self._order = np.argsort(groups, kind="stable")
        labels = groups[self._order]
        self.labels, self._first = np.unique(labels, return_index=True)
        self._cumulative = np.concatenate([[0.0], np.cumsum(weights[self._order])])
        self._end = np.append(self._first[1:], len(labels))

    def draw(self, rng: Rng, wanted: Column) -> Positions:
        """For each wanted group one item of it (a position in what the urns were made of)."""
        group = np.searchsorted(self.labels, wanted)
        low, high = self._cumulative[self._first[group]], self._cumulative[self._end[group]]
        drawn = np.searchsorted(self._cumulative, low + rng.random(len(group)) * (high - low), side="right") - 1
        # rounding may reach the border of the next group
        return np.asarray(self._order[np.clip(drawn, self._first[group], self._end[group] - 1)], np.intp)


def long_tailed(rng: Rng, median: Column | float, sigma: Column | float, n: int) -> npt.NDArray[np.float64]:
    """Lognormal: half under the median, a few very far above it."""
    return np.asarray(median, float) * np.exp(rng.normal(0.0, 1.0, n) * sigma)


def sometimes(rng: Rng, probability: Column | float, n: int) -> npt.NDArray[np.bool_]:
    return rng.random(n) < probability


def unknown(values: Column, where: npt.NDArray[np.bool_]) -> pd.Series:
    """Whole numbers of which some were not said."""
    column = pd.Series(values).astype("Int64")
    return column.mask(where)


def rank_within(*keys: Column) -> Positions:
    """The how-manieth row of its group each row is, in the order given."""
    counts = pd.DataFrame(dict(enumerate(keys))).groupby(list(range(len(keys))), sort=False).cumcount()
    return np.asarray(counts, np.intp)
