"""Freezing a quarter: counted once, small numbers hidden for good, and kept as everybody may see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.copying import copy_in
from availability.geography.atlas import Atlas
from availability.publication import queries
from availability.publication.ground import Cell, Ground
from availability.publication.happened import Happened
from availability.publication.indicators import indicators
from availability.publication.people import People
from availability.publication.periods import Quarter
from availability.publication.teams import COLUMNS as OF_TEAMS
from availability.publication.teams import Teams
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
    happened = Happened.of(session, quarter, atlas, lexicon)
    frame = figures(ground, happened)
    queries.freeze(session, str(quarter), quarter.first_day, quarter.last_day, METHOD)
    for table, rows in (("published_figure", frame), ("published_indicator", indicators(ground, happened, frame))):
        copy_in(session, table, rows.assign(period_code=str(quarter)))
    return len(frame)


def figures(ground: Ground, happened: Happened) -> pd.DataFrame:
    """Every cell of the lattice with what may be shown of it."""
    waiting, started = (_Counted.of(ground, rows) for rows in (happened.waiting, happened.started))
    waits, starts = waiting.told(ground), started.told(ground)
    teams = Teams.of(ground, happened.waiting, happened.talked, waiting.visible)
    said = {_cell_of(row): row for row in happened.stated}
    frame = pd.DataFrame(
        [
            (*cell, *waits.get(cell, HIDDEN), *starts.get(cell, HIDDEN), *_stated(said.get(cell)), *teams.told(cell))
            for cells in ground.cells().values()
            for cell in cells
        ],
        columns=["area_code", "kind_level", "kind", *NUMBERS],
    )
    return frame.astype(dict.fromkeys(NUMBERS, "Int64"))


COUNTED = ["waiting", "waited_days", "started", "realised_days"]
STATED = ["offers", "stated_wait_days", "stated_long_days", "stated_age_days"]
NUMBERS = [*COUNTED, *STATED, *OF_TEAMS]
HIDDEN = (None, None)
"""A count that may not be seen, and so the wait of those that it counts."""


@dataclass(frozen=True, slots=True)
class _Counted:
    """Children on the lattice, and of which cells their number may be shown."""

    people: People
    table: Table
    visible: Table

    @classmethod
    def of(cls, ground: Ground, rows: Sequence[Row[Any]]) -> "_Counted":
        people = People(ground, rows)
        table = summed(people.counts(), ground.lattice)
        return cls(people, table, shown(table, ground.lattice))

    def told(self, ground: Ground) -> dict[Cell, tuple[int, int]]:
        """The cells that may be shown: how many, and the median of their days, in whole weeks."""
        return {
            cells[at]: (int(getattr(self.table, level).ravel()[at]), self.people.median_weeks(cells[at]))
            for level, cells in ground.cells().items()
            for at in np.flatnonzero(getattr(self.visible, level).ravel()).tolist()
        }


LEVELS = {3: "all", 1: "family", 0: "care-type"}


def _cell_of(row: Row[Any]) -> Cell:
    kind = {"all": "all", "family": row.family, "care-type": row.care_type_code}[LEVELS[row.level]]
    return row.area_code, LEVELS[row.level], kind


def _stated(row: Row[Any] | None) -> tuple[int | None, ...]:
    """What providers said is about offers, not about children: never hidden."""
    return (0, None, None, None) if row is None else (row.offers, row.wait_days, row.long_days, row.age_days)
