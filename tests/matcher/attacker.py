"""Somebody who takes all that is published, knows how it adds up, and bounds what is hidden by linear programming."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.optimize import linprog  # type: ignore[import-untyped]  # ships no types
from scipy.sparse import csr_array, vstack  # type: ignore[import-untyped]

from matcher.suppression import Lattice, Table
from matcher.suppression_parts import PerArea

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


@dataclass(frozen=True, slots=True)
class PublishedPart:
    """How many did something per area: of those in one of the counts that are unknown, or of nobody else that is."""

    of: int | None
    """The period, as the counts have it."""
    counts: PerArea
    shown: PerArea
    whole: PerArea | None = None
    """How many were there."""


Known = tuple[str, csr_array, int, bool]
"""A level, the unknowns that a cell is the sum of, its value, and whether it is shown."""


def attack(
    lattice: Lattice,
    published: Sequence[Published],
    chosen: Sequence[int] | None = None,
    parts: Sequence[PublishedPart] = (),
) -> Iterator[Hidden]:
    """Every hidden cell (or the chosen ones), between the least and the most that all shown sums leave possible.

    Unknown is the number per municipality, care type and period, and per municipality and part how many did it: none is
    negative, and nobody did it who was not there.
    """
    unknown = _Unknown(lattice, 1 + max(period for each in published for period in each.periods), len(parts))
    cells = [cell for each in published for cell in unknown.cells_of(each)]
    cells += [cell for at, each in enumerate(parts) for cell in unknown.cells_of_part(at, each)]
    cells += [cell for at, each in enumerate(parts) for cell in unknown.left_by(at, each)]
    limits = [limit for at, each in enumerate(parts) for limit in unknown.limits(at, each)]
    known = vstack([membership for _, membership, _, visible in cells if visible] or [cells[0][1] * 0])
    sums = [value for _, _, value, visible in cells if visible] or [0]
    among = {"A_ub": vstack(limits), "b_ub": np.zeros(len(limits))} if limits else {}
    hidden = [cell for cell in cells if not cell[3]]
    for level, membership, value, _ in hidden if chosen is None else [hidden[at] for at in chosen if at < len(hidden)]:
        goal = membership.toarray()[0]
        least, most = (linprog(sign * goal, A_eq=known, b_eq=sums, **among, method="highs") for sign in (1, -1))
        yield Hidden(level, value, least.fun, np.inf if most.status == 3 else -most.fun)


@dataclass(frozen=True, slots=True)
class _Unknown:
    """What the attacker solves for: columns per period, municipality and care type, then per part and municipality."""

    lattice: Lattice
    periods: int
    parts: int

    def _row(self, in_period: npt.NDArray[Any], members: npt.NDArray[Any], did: npt.NDArray[Any]) -> csr_array:
        counted = np.multiply.outer(in_period, members).ravel()
        return csr_array(np.concatenate([counted, did.ravel()]).astype(float).reshape(1, -1))

    def cells_of(self, each: Published) -> Iterator[Known]:
        in_period, nobody = np.isin(np.arange(self.periods), each.periods), self._did()
        for level in (field.name for field in fields(Table)):
            values, visible = getattr(each.counts, level).ravel(), getattr(each.shown, level).ravel()
            for members, value, seen in zip(_members(self.lattice, level), values, visible, strict=True):
                yield level, self._row(in_period, members, nobody), int(value), bool(seen)

    def cells_of_part(self, at: int, each: PublishedPart) -> Iterator[Known]:
        for level in ("region", "municipality"):
            values, visible = getattr(each.counts, level), getattr(each.shown, level)
            for area, value, seen in zip(_members(self.lattice, level), values, visible, strict=True):
                row = self._row(self._nothing(), area, self._did(at, area[:, 0]))
                yield f"part per {level}", row, int(value), bool(seen)

    def left_by(self, at: int, each: PublishedPart) -> Iterator[Known]:
        """Those who were there and did not, where it is not told who did."""
        for level in () if each.whole is None else ("region", "municipality"):
            values = getattr(each.whole, level) - getattr(each.counts, level)
            in_period = np.arange(self.periods) == each.of
            for area, value, seen in zip(
                _members(self.lattice, level), values, getattr(each.shown, level), strict=True
            ):
                if not seen:
                    yield (
                        f"rest per {level}",
                        self._row(in_period, area, -1.0 * self._did(at, area[:, 0])),
                        value,
                        False,
                    )

    def limits(self, at: int, each: PublishedPart) -> Iterator[csr_array]:
        """Of each municipality no more did it than were there."""
        if each.of is not None:
            in_period = np.arange(self.periods) == each.of
            for area in _members(self.lattice, "municipality"):
                yield self._row(-1.0 * in_period, area, self._did(at, area[:, 0]))

    def _nothing(self) -> Flags:
        return np.zeros(self.periods, np.bool_)

    def _did(self, at: int | None = None, municipalities: Flags | None = None) -> Flags:
        did = np.zeros((self.parts, len(self.lattice.region_of)), np.bool_)
        if at is not None:
            did[at] = municipalities
        return did


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
