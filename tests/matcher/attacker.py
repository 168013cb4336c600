"""Somebody who takes all that is published, knows how it adds up, and bounds what is hidden by linear programming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog  # type: ignore[import-untyped]  # ships no types
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from matcher.suppression import Lattice, Table

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Hidden:
    """A hidden count, and what the attacker makes of it."""

    level: str
    value: int
    least: float
    most: float


@dataclass(frozen=True, slots=True)
class Published:
    """A count of one period or of several together: in all cells, and whether each is shown."""

    periods: tuple[int, ...]
    counts: Table
    shown: Table


def attack(lattice: Lattice, published: Sequence[Published], chosen: Sequence[int] | None = None) -> Iterator[Hidden]:
    """Every hidden cell (or the chosen ones), between the least and the most that all shown sums leave possible.

    Unknown is the number per municipality, care type and period: none is negative.
    """
    periods = 1 + max(period for each in published for period in each.periods)
    cells = [
        (level, membership, int(value), bool(visible))
        for each in published
        for level, membership, value, visible in _cells(lattice, each, periods)
    ]
    known = vstack([membership for _, membership, _, visible in cells if visible] or [cells[0][1] * 0])
    sums = [value for _, _, value, visible in cells if visible] or [0]
    hidden = [cell for cell in cells if not cell[3]]
    for level, membership, value, _ in hidden if chosen is None else [hidden[at] for at in chosen if at < len(hidden)]:
        goal = membership.toarray()[0]
        least, most = (linprog(sign * goal, A_eq=known, b_eq=sums, method="highs") for sign in (1, -1))
        yield Hidden(level, value, least.fun, np.inf if most.status == 3 else -most.fun)


def _cells(lattice: Lattice, each: Published, periods: int) -> Iterator[tuple[str, csr_array, int, bool]]:
    """Each cell with the unknowns that it is the sum of, as a row of zeros and ones."""
    in_period = np.isin(np.arange(periods), each.periods)
    for level in (field.name for field in fields(Table)):
        values, visible = getattr(each.counts, level).ravel(), getattr(each.shown, level).ravel()
        for members, value, seen in zip(_members(lattice, level), values, visible, strict=True):
            row = np.multiply.outer(in_period, members).reshape(1, -1)
            yield level, csr_array(row.astype(float)), value, seen


def _members(lattice: Lattice, level: str) -> Iterator[Flags]:
    """Per cell of a level, in the order of the table, which municipalities × care types it is made of."""
    municipalities, care_types = len(lattice.region_of), len(lattice.family_of)
    regions = [lattice.region_of == region for region in range(lattice.regions)]
    families = [lattice.family_of == family for family in range(lattice.families)]
    everywhere, everything = [np.ones(municipalities, bool)], [np.ones(care_types, bool)]
    each_care_type = list(np.eye(care_types, dtype=bool))
    areas, kinds = {
        "country": (everywhere, everything),
        "country_family": (everywhere, families),
        "country_care_type": (everywhere, each_care_type),
        "region": (regions, everything),
        "region_family": (regions, families),
        "region_care_type": (regions, each_care_type),
        "municipality": (list(np.eye(municipalities, dtype=bool)), everything),
    }[level]
    return (np.logical_and.outer(area, kind) for area in areas for kind in kinds)
