"""Children as they are counted: each in a municipality, for a care type, with a number of days."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from availability.geography.atlas import COUNTRY
from availability.publication.ground import Cell, Ground


class Child(Protocol):
    """A row of a query, or what stands for one."""

    @property
    def municipality_code(self) -> str: ...
    @property
    def care_type_code(self) -> str: ...
    @property
    def days(self) -> int: ...


class People:
    """Those that are on the lattice."""

    def __init__(self, ground: Ground, rows: Sequence[Child]) -> None:
        places, kinds = (
            {code: at for at, code in enumerate(codes)} for codes in (ground.municipalities, ground.care_types)
        )
        known = [
            (places[row.municipality_code], kinds[row.care_type_code], row.days)
            for row in rows
            if row.municipality_code in places and row.care_type_code in kinds
        ]
        self._ground = ground
        self._where, self._what, self._days = np.array(known, np.int64).reshape(-1, 3).T

    def counts(self) -> npt.NDArray[np.int64]:
        counts = np.zeros((len(self._ground.municipalities), len(self._ground.care_types)), np.int64)
        np.add.at(counts, (self._where, self._what), 1)
        return counts

    def median_weeks(self, cell: Cell) -> int:
        """In days, of whole weeks: where few children are, the one in the middle keeps its own days to itself."""
        return 7 * round(self.median_days(cell) / 7)

    def median_days(self, cell: Cell) -> int:
        area, level, kind = cell
        ground, lattice = self._ground, self._ground.lattice
        members = np.ones(len(self._days), np.bool_)
        if area in ground.regions:
            members &= lattice.region_of[self._where] == ground.regions.index(area)
        elif area != COUNTRY:
            members &= self._where == ground.municipalities.index(area)
        if level == "family":
            members &= lattice.family_of[self._what] == ground.families.index(kind)
        elif level == "care-type":
            members &= self._what == ground.care_types.index(kind)
        return int(np.median(self._days[members]))
