"""How long local teams let others wait: from the request of another worker to the first talk, and who has none yet.

Told of all care together, per region and per municipality. Who waits for the team is a part of who waits for help; that
part is hidden where it, or what is left, could point at somebody.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from sqlalchemy import Row

from availability.publication.ground import Cell, Ground
from availability.publication.people import People
from matcher.suppression import SMALLEST_SHOWN, Table, municipalities_shown
from matcher.suppression_parts import PerArea, parts_shown, per_area
from matcher.working_days import working_days_left

COLUMNS = ["team_talks", "team_wait_days", "team_waiting"]


@dataclass(frozen=True, slots=True)
class Talk:
    """A first talk, and the working days it took."""

    municipality_code: str
    care_type_code: str
    days: int

    @classmethod
    def of(cls, row: Row[Any]) -> "Talk":
        """The day after the request is one."""
        return cls(row.municipality_code, row.care_type_code, working_days_left(row.asked_on, row.talked_on))


@dataclass(frozen=True, slots=True)
class Teams:
    """What may be shown of the local teams in one quarter, per area."""

    talks: dict[Cell, tuple[int, int]]
    """How many, and the median of their working days."""
    waiting: dict[Cell, int]

    @classmethod
    def of(
        cls, ground: Ground, waiting: Sequence[Row[Any]], talked: Sequence[Row[Any]], waiting_shown: Table
    ) -> "Teams":
        """`waiting_shown` says where those who wait for help are told."""
        return cls(_talks(ground, talked), _waiting(ground, waiting, waiting_shown))

    def told(self, cell: Cell) -> tuple[int | None, ...]:
        """The columns of one cell."""
        return (*self.talks.get(cell, (None, None)), self.waiting.get(cell))


def _talks(ground: Ground, talked: Sequence[Row[Any]]) -> dict[Cell, tuple[int, int]]:
    people = People(ground, [Talk.of(row) for row in talked])
    counts = per_area(people.counts().sum(axis=1), ground.lattice)
    regions = counts.region >= SMALLEST_SHOWN
    seen = PerArea(regions, municipalities_shown(counts.municipality, ground.lattice, regions))
    return {cell: (number, people.median_days(cell)) for cell, number in _cells(ground, counts, seen).items()}


def _waiting(ground: Ground, waiting: Sequence[Row[Any]], shown: Table) -> dict[Cell, int]:
    """A part of those who waited, beside its whole."""
    everybody, for_team = (
        per_area(People(ground, rows).counts().sum(axis=1), ground.lattice)
        for rows in (waiting, [row for row in waiting if row.for_team])
    )
    seen = parts_shown(for_team, everybody, PerArea(shown.region, shown.municipality), ground.lattice)
    return _cells(ground, for_team, seen)


def _cells(ground: Ground, counts: PerArea, seen: PerArea) -> dict[Cell, int]:
    cells = ground.cells()
    levels = {"region": (counts.region, seen.region), "municipality": (counts.municipality, seen.municipality)}
    return {
        cells[level][at]: int(numbers[at])
        for level, (numbers, visible) in levels.items()
        for at in np.flatnonzero(visible).tolist()
    }
