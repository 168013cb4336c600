"""Where the country falls short: how long it takes to solve, what every place more is worth, and a region's radar.

Beside it, solving again for each cell, and a plain SQL query that asks the simpler question: who has any fitting place.
"""

import asyncio
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pandas as pd
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.board.areas import area_number
from availability.copying import copy_in, text_arrays
from availability.database import make_engine, make_sessions
from availability.oversight.country import Country, Overview, read_board
from availability.oversight.region import RegionView
from availability.oversight.telling import Before, Telling
from data.demo.demand import ask
from data.demo.ground import read_ground
from matcher.offers import unit_vector
from matcher.shortage import place
from matcher.shortage_pairs import Supply
from matcher.shortage_reach import Reach, reach
from matcher.shortage_whatif import MorePlaces, new_places
from matcher.shortage_worth import worth_of_places
from tests.bench.parts import Run
from tests.bench.report import Cell, Table
from tests.bench.worlds import TODAY, World, open_world

REQUESTS = (10_000, 50_000)
SCARCE = 0.05
"""Share of the offers that keep their room in a country that is short of everything."""
SOLVED_AGAIN = 10
ROUNDS = 5

# Who waits for what without any fitting place that is open: what a region would ask without a matching. Distances on
# the sphere, as everywhere; a place that is open is in time.
PLAIN_SQL = text("""
SELECT wanted.care_type_code, count(*) AS open_requests, count(*) FILTER (WHERE fits.offer_id IS NULL) AS without
FROM care_request request
JOIN region_membership member
  ON member.municipality_code = request.municipality_code AND member.valid @> CAST(:today AS date)
JOIN postcode home ON home.pc4 = request.pc4
CROSS JOIN LATERAL (SELECT request.care_type_codes[1] AS care_type_code) AS wanted
LEFT JOIN LATERAL (
    SELECT offer.id AS offer_id
    FROM contract_line line
    JOIN contract ON contract.id = line.contract_id
    JOIN offer ON offer.provider_agb = contract.provider_agb AND offer.care_type_code = line.care_type_code
    JOIN location ON location.id = offer.location_id
    JOIN current_capacity ON current_capacity.offer_id = offer.id
    JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE line.care_type_code = wanted.care_type_code
      AND line.area_code IN ('NL', member.region_code, request.municipality_code)
      AND :today BETWEEN contract.valid_from AND coalesce(contract.valid_until, 'infinity')
      AND :today BETWEEN offer.published_from AND coalesce(offer.published_until, 'infinity')
      AND said.open_places > 0 AND NOT said.admission_stop
      AND date_part('year', age(:today, to_date(request.birth_month, 'YYYY-MM')))
          BETWEEN offer.age_from AND offer.age_until
      AND (request.max_distance_km IS NULL OR offer.travels_km IS NOT NULL
           OR ST_Distance(location.point, home.centre, false) <= 1000 * request.max_distance_km)
    LIMIT 1
) AS fits ON true
WHERE request.status = 'open' AND member.region_code = :region
GROUP BY wanted.care_type_code
""")


def measure(run: Run) -> Iterator[Table]:
    run.say("Waar het land tekortschiet…")
    world = open_world(run.worlds.url(run.usual_size))
    yield solving(world, run.usual_size)
    yield radars(world, run.usual_size)


def solving(world: World, offers: int, sizes: Sequence[int] = REQUESTS) -> Table:
    """Who could go where, a largest placement, and the worth of one to ten places in every cell of the country."""
    rows = []
    for requests in sizes:
        with asked_for(world, requests):
            country = asyncio.run(a_country(world))
        rows += [_solved("as it is", country, world), _solved("scarce", _scarce(country), world)]
    return Table(
        title=f"What one more place would do, {offers:,} offers",
        columns=(
            "requests",
            "supply",
            "pairs",
            "reach s",
            "place s",
            "together s",
            "of processor s",
            "unplaced",
            "cells",
            "worth s",
            "again s",
            "÷",
        ),
        rows=tuple(rows),
        notes=(
            "cells: every care type in every municipality, each with its exact curve for one to ten places",
            f"again: solving again with one place added, for all cells; from the mean of {SOLVED_AGAIN} of them",
            f"scarce: {SCARCE:.0%} of the offers keep their room",
            *_growth(rows, sizes),
        ),
    )


def _growth(rows: Sequence[Sequence[Cell]], sizes: Sequence[int]) -> Iterator[str]:
    """How much more it takes for so many more requests."""
    if len(sizes) > 1:
        asked = sizes[-1] / sizes[0]
        for first, last in zip(rows[:2], rows[-2:], strict=True):
            times = cast("float", last[PROCESSOR]) / cast("float", first[PROCESSOR])
            yield f"{asked:.0f} × the requests, {first[1]}: {times:.1f} × the processor time"


PROCESSOR = 6
"""The column of the processor's seconds."""


def _solved(name: str, country: Country, world: World) -> tuple[Cell, ...]:
    demand, supply, today = country.demand, country.supply, country.day
    began = time.process_time()
    reach_seconds, found = _timed(lambda: reach(demand, supply, today))
    place_seconds, placement = _timed(lambda: place(found, supply.room))
    processor = time.process_time() - began
    cells = reach(demand, new_places(_every_cell(world), today), today)
    worth_seconds, _ = _timed(lambda: worth_of_places(placement, cells))
    again = float(
        np.mean([_again(found, supply, cells, cell) for cell in range(0, cells.offers, cells.offers // SOLVED_AGAIN)])
    )
    return (
        *(f"{len(demand):,}", name, len(found.request), reach_seconds, place_seconds, reach_seconds + place_seconds),
        *(processor, len(placement.unplaced), cells.offers, worth_seconds, again * cells.offers),
        again * cells.offers / worth_seconds,
    )


def _again(found: Reach, supply: Supply, cells: Reach, cell: int) -> float:
    """Seconds to solve with one place more in a cell, the pairs being known."""
    who = cells.request[cells.offer == cell]
    pairs = [
        found.request.astype(np.int64) * (found.offers + 1) + found.offer,
        who.astype(np.int64) * (found.offers + 1) + found.offers,
    ]
    with_place = Reach.of(pairs, found.requests, found.offers + 1)
    return _timed(lambda: place(with_place, np.append(supply.room, 1).astype(np.int32)))[0]


def _every_cell(world: World) -> list[MorePlaces]:
    kinds = [each for each in world.lexicon.care_types.values() if not each.crisis]
    return [
        MorePlaces(
            kind.number,
            area_number(world.atlas.region_of(each.code, TODAY) or each.code),
            unit_vector(each.lon, each.lat),
            1,
        )
        for kind in kinds
        for each in world.atlas.municipalities.values()
    ]


def radars(world: World, offers: int, requests: int = REQUESTS[0]) -> Table:
    """Every region's radar, as it is told, beside the plain query."""
    with asked_for(world, requests):
        seconds, country = _timed(lambda: asyncio.run(a_country(world)))
        engine = make_engine(world.url)
        with Session(engine) as session:
            began = time.process_time()
            told = [_radar(session, world, country, region) for _ in range(ROUNDS) for region in world.atlas.regions]
            processor = (time.process_time() - began) / len(told)
            plain = [_plain(session, region) for region in world.atlas.regions]
        engine.dispose()
    rows = [("project", told), ("plain SQL", plain)]
    return Table(
        title=f"A region's radar, {requests:,} open requests, {offers:,} offers",
        columns=("", "p50 ms", "p95 ms", "max ms"),
        rows=tuple((name, *(1000 * float(np.quantile(times, at)) for at in (0.5, 0.95, 1.0))) for name, times in rows),
        notes=(
            f"all {len(world.atlas.regions)} regions; from view to JSON, with the queries for trend and refusals",
            f"of a radar {1000 * processor:.0f} ms is processor time of the service, on average; the rest is waiting",
            f"behind it a picture of the whole country, made in {seconds:.2f} s beside them, once a minute at most",
            "plain SQL answers less: who has any fitting place; not how many fit together, why not, and what helps",
        ),
    )


def _radar(session: Session, world: World, country: Country, region: str) -> float:
    def told() -> list[str]:
        view = RegionView.of(country, region, world.atlas)
        telling = Telling(view, world.atlas, world.lexicon, Before.of(session, view))
        return [each.model_dump_json() for each in telling.shortages(per_municipality=False, families=False)]

    return _timed(told)[0]


def _plain(session: Session, region: str) -> float:
    return _timed(lambda: session.execute(PLAIN_SQL, {"region": region, "today": TODAY}).all())[0]


async def a_country(world: World) -> Country:
    """The picture as a worker makes it."""
    engine = make_engine(world.url)
    state = SimpleNamespace(
        board=world.board, lexicon=world.lexicon, atlas=world.atlas, sessions=make_sessions(engine), today=lambda: TODAY
    )
    await read_board(world.board, world.lexicon)
    app: Any = SimpleNamespace(state=state)
    try:
        return await Overview().country(app)
    finally:
        engine.dispose()


def _scarce(country: Country) -> Country:
    kept = np.random.default_rng(1).random(len(country.supply)) < SCARCE
    scarce = replace(country.supply, room=(country.supply.room * kept).astype(np.int32))
    return replace(country, picture=replace(country.picture, supply=scarce))


@contextmanager
def asked_for(world: World, requests: int) -> Iterator[None]:
    """So many open requests all over the country, for as long as they are needed."""
    engine = make_engine(world.url)
    with Session(engine) as session, session.begin():
        copy_in(session, "care_request", _requests(requests))
        session.execute(text("ANALYZE care_request"))
    try:
        yield
    finally:
        with Session(engine) as session, session.begin():
            session.execute(text("DELETE FROM care_request WHERE opened_by = 'bench'"))
        engine.dispose()


def _requests(count: int) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    asked = ask(rng, read_ground(TODAY), count, TODAY)
    opened = pd.Timestamp(TODAY, tz="UTC") - pd.to_timedelta(rng.integers(1, 200, count), unit="D")
    lists = {name: text_arrays(asked[name]) for name in ("care_type_codes", "need_codes")}
    return asked.assign(
        reference="bench",
        organisation=asked.municipality_code,
        opened_by="bench",
        opened_at=opened,
        status="open",
        version=1,
        **lists,
    )


def _timed(what: Callable[[], Any]) -> tuple[float, Any]:
    began = time.perf_counter()
    result = what()
    return time.perf_counter() - began, result
