"""Freezing a quarter: counted once, small numbers hidden for good, and kept as everybody may see it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.copying import copy_in
from availability.geography.atlas import COUNTRY, Atlas
from availability.publication import queries
from availability.publication.ground import Cell, Ground
from availability.publication.indicators import Happened, indicators
from availability.publication.periods import Quarter
from availability.refusals import Conflict
from availability.vocabulary.lexicon import Lexicon
from matcher.suppression import Table, shown, summed

METHOD = 2
"""Which way of counting and hiding this is; docs/open-data.md describes it."""


def publish(session: Session, quarter: Quarter, atlas: Atlas, lexicon: Lexicon, today: date) -> int:
    """Count the quarter and freeze it; answers how many figures. Raises Conflict when it is not over, or was done."""
    if quarter.last_day >= today:
        raise Conflict(f"{quarter} is nog niet voorbij.")
    if str(quarter) in {row.code for row in queries.periods(session)}:
        raise Conflict(f"{quarter} is al gepubliceerd. Wat gepubliceerd is, verandert niet meer.")
    ground = Ground.of(atlas, lexicon, quarter.last_day)
    happened = Happened.of(session, quarter)
    frame = figures(
        ground,
        queries.waiting(session, quarter.last_day),
        happened.started,
        queries.stated(session, quarter.last_day),
    )
    queries.freeze(session, str(quarter), quarter.first_day, quarter.last_day, METHOD)
    told = indicators(ground, happened, _starts(frame))
    copy_in(session, "published_indicator", told.assign(period_code=str(quarter)))
    return copy_in(session, "published_figure", frame.assign(period_code=str(quarter)))


def figures(
    ground: Ground, waiting: Sequence[Row[Any]], started: Sequence[Row[Any]], stated: Sequence[Row[Any]]
) -> pd.DataFrame:
    """Every cell of the lattice with what may be shown of it."""
    waits, starts = dict(_shown(ground, waiting)), dict(_shown(ground, started))
    said = {_cell_of(row): row for row in stated}
    frame = pd.DataFrame(
        [
            (*cell, *waits.get(cell, HIDDEN), *starts.get(cell, HIDDEN), *_stated(said.get(cell)))
            for cells in ground.cells().values()
            for cell in cells
        ],
        columns=["area_code", "kind_level", "kind", *COUNTED, *STATED],
    )
    return frame.astype(dict.fromkeys([*COUNTED, *STATED], "Int64"))


def _starts(frame: pd.DataFrame) -> dict[str, int]:
    """Of the areas where they are shown."""
    shown = frame[(frame.kind_level == "all") & frame.started.notna()]
    return dict(zip(shown.area_code, shown.started.astype(int).tolist(), strict=True))


COUNTED = ["waiting", "waited_days", "started", "realised_days"]
STATED = ["offers", "stated_wait_days", "stated_long_days", "stated_age_days"]
HIDDEN = (None, None)
"""A count that may not be seen, and so the wait of those that it counts."""


def _shown(ground: Ground, rows: Sequence[Row[Any]]) -> Iterator[tuple[Cell, tuple[int, int]]]:
    """The cells that may be shown: how many, and the median of their days."""
    people = _People(ground, rows)
    table = summed(people.counts(), ground.lattice)
    visible: Table = shown(table, ground.lattice)
    for level, cells in ground.cells().items():
        numbers, seen = getattr(table, level).ravel(), getattr(visible, level).ravel()
        for at in np.flatnonzero(seen).tolist():
            yield cells[at], (int(numbers[at]), people.median_days(cells[at]))


class _People:
    """Children that are counted, each in a municipality, for a care type, with a number of days."""

    def __init__(self, ground: Ground, rows: Sequence[Row[Any]]) -> None:
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


LEVELS = {3: "all", 1: "family", 0: "care-type"}


def _cell_of(row: Row[Any]) -> Cell:
    kind = {"all": "all", "family": row.family, "care-type": row.care_type_code}[LEVELS[row.level]]
    return row.area_code, LEVELS[row.level], kind


def _stated(row: Row[Any] | None) -> tuple[int | None, ...]:
    """What providers said is about offers, not about children: never hidden."""
    return (0, None, None, None) if row is None else (row.offers, row.wait_days, row.long_days, row.age_days)
