"""Somebody takes everything that is published, of all quarters and years, and bounds what is hidden."""

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from typing import Any

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.publication import queries
from availability.publication.ground import Cell, Ground
from availability.publication.happened import Happened
from availability.publication.indicators import Indicator
from availability.publication.people import People
from availability.publication.periods import Quarter
from availability.publication.teams import Talk
from matcher.suppression import Table, summed
from matcher.suppression_parts import PerArea, per_area
from tests.availability.publication.world import QUARTERS, ground_of, items
from tests.matcher.attacker import Published, PublishedPart, attack
from tests.matcher.test_suppression import narrow

pytestmark = pytest.mark.slow

JSON = dict[str, Any]
Told = Callable[[Cell], int | None]
"""What is published of a cell; None is hidden."""


@dataclass(frozen=True)
class Truth:
    """What really happened in a quarter, that nobody outside may know, as counts on the lattice."""

    ground: Ground
    happened: Happened

    def table(self, name: str) -> Table:
        return summed(self._counts(getattr(self.happened, name)), self.ground.lattice)

    def areas(self, rows: Sequence[Any]) -> PerArea:
        return per_area(self._counts(rows).sum(axis=1), self.ground.lattice)

    def _counts(self, rows: Sequence[Any]) -> Any:
        return People(self.ground, rows).counts()

    def shown(self, true: Table | PerArea, told: Told) -> Any:
        """Of which cells something is told; and what is told is true."""
        flags = {}
        for level, cells in self.ground.cells().items():
            if hasattr(true, level):
                values = getattr(true, level)
                found = [told(cell) for cell in cells]
                assert all(each in (None, value) for each, value in zip(found, values.ravel().tolist(), strict=True))
                flags[level] = np.array([each is not None for each in found]).reshape(values.shape)
        return type(true)(**flags)


def by_cell(told: Sequence[JSON]) -> Mapping[Cell, JSON]:
    return {(each["area"]["code"], each["kind"]["level"], each["kind"]["code"]): each for each in told}


def of_quarter(at: int, truth: Truth, told: Mapping[Cell, JSON]) -> Iterator[Published]:
    """Who waited and who started; these are the unknown periods `2 * at` and `2 * at + 1`."""
    for number, name in enumerate(("waiting", "started")):
        true = truth.table(name)
        yield Published((2 * at + number,), true, truth.shown(true, _field(told, name)))


def _field(told: Mapping[Cell, JSON], name: str) -> Told:
    return lambda cell: told[cell][name]


def of_year(quarters: Mapping[int, Truth], told: Mapping[Cell, JSON]) -> Published:
    """The starts of a year, of its quarters together."""
    tables = [astuple(truth.table("started")) for truth in quarters.values()]
    true = Table(*(sum(levels) for levels in zip(*tables, strict=True)))
    (truth, *_) = quarters.values()
    return Published(
        tuple(2 * at + 1 for at in quarters), true, truth.shown(true, lambda cell: told[cell]["started"]["number"])
    )


def parts_of_quarter(
    at: int, truth: Truth, told: Mapping[Cell, JSON], indicators: Mapping[tuple[str, str], Any]
) -> Iterator[PublishedPart]:
    """Who waited for the local team, who talked with it, and who started in time."""
    happened = truth.happened
    for_team = truth.areas([row for row in happened.waiting if row.for_team])
    talks = truth.areas([Talk.of(row) for row in happened.talked])
    in_time = truth.areas([row for row in happened.started if row.in_time])

    def of_region(indicator: Indicator) -> Told:
        return lambda cell: indicators[cell[0], indicator].part if cell[0].startswith("JZ") else None

    def team(name: str) -> Told:
        return lambda cell: told[cell]["localTeam"][name]

    yield PublishedPart(2 * at, for_team, truth.shown(for_team, team("waiting")), truth.areas(happened.waiting))
    yield PublishedPart(None, talks, truth.shown(talks, team("talks")))
    started = of_region(Indicator.STARTED_IN_TIME)
    yield PublishedPart(2 * at + 1, in_time, truth.shown(in_time, started), truth.areas(happened.started))


@dataclass(frozen=True)
class Everything:
    truths: list[Truth]
    published: list[Published]
    parts: list[PublishedPart]


@pytest.fixture
def everything(published_client: TestClient, published_session: Session) -> Everything:
    """All quarters, all years, all indicators."""
    atlas, lexicon = ground_of(published_session)
    ground = Ground.of(atlas, lexicon, QUARTERS[0].last_day)
    truths = [Truth(ground, Happened.of(published_session, quarter, atlas, lexicon)) for quarter in QUARTERS]
    told = [by_cell(items(published_client, f"?period={quarter}")) for quarter in QUARTERS]
    published = [each for at, truth in enumerate(truths) for each in of_quarter(at, truth, told[at])]
    for year in {quarter.year for quarter in QUARTERS}:
        quarters = {at: truths[at] for at, quarter in enumerate(QUARTERS) if quarter.year == year}
        published.append(of_year(quarters, by_cell(items(published_client, f"/years/{year}"))))
    parts = [
        part
        for at, truth in enumerate(truths)
        for part in parts_of_quarter(at, truth, told[at], indicators_of(published_session, ground, QUARTERS[at]))
    ]
    return Everything(truths, published, parts)


def indicators_of(session: Session, ground: Ground, quarter: Quarter) -> dict[tuple[str, str], Any]:
    return {
        (area, row.indicator): row
        for area in ground.regions
        for row in queries.indicators(session, [str(quarter)], area)
    }


def test_enough_is_told_and_enough_is_hidden_to_be_worth_an_attack(everything: Everything) -> None:
    for_team, talks, in_time = (everything.parts[at::3] for at in range(3))

    assert 0.2 < shown_of([table.shown.municipality for table in everything.published]) < 0.9
    assert 0.15 < shown_of([table.shown.region_care_type for table in everything.published]) < 0.8
    assert 0.1 < shown_of([part.shown.municipality for part in for_team]) < 0.8
    assert 0.1 < shown_of([part.shown.municipality for part in talks]) < 0.8
    assert shown_of([part.shown.region for part in in_time]) > 0.2


def shown_of(flags: Sequence[Any]) -> float:
    return float(np.concatenate([each.ravel() for each in flags]).mean())


def test_no_attacker_works_out_what_is_hidden(everything: Everything) -> None:
    """A sample of the many hidden cells, each bounded by all that is shown; of all halves every third."""
    lattice, tables = everything.truths[0].ground.lattice, everything.published
    cells = sum(int((~getattr(each.shown, field.name)).sum()) for each in tables for field in fields(Table))
    chosen = [*random.Random(2).sample(range(cells), 150), *range(cells, cells + 400, 3)]

    found = list(attack(lattice, tables, chosen, parts=everything.parts))

    assert {each.level for each in found} >= {"region_care_type", "municipality", "part per region", "rest per region"}
    assert [each for each in found if narrow(each)] == []


def test_an_indicator_counts_exactly_the_starts_that_are_published(
    published_client: TestClient, published_session: Session
) -> None:
    for quarter in QUARTERS:
        told = by_cell(items(published_client, f"?period={quarter}"))
        for area in ("JZ28", "JZ32", "JZ21"):
            rows = {row.indicator: row for row in queries.indicators(published_session, [str(quarter)], area)}
            whole = told[area, "all", "all"]
            assert rows[Indicator.STARTED_IN_TIME].whole == whole["started"]
            assert rows[Indicator.LOCAL_TEAM_WAIT].whole == whole["localTeam"]["talks"]
