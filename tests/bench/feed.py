"""From a commit to a board in another process: how long, and whether any is missed; and what it costs the matching."""

import asyncio
import multiprocessing
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection

import numpy as np
import psycopg

from tests.bench.follower import answer_steadily, note_what_arrives
from tests.bench.parts import Run
from tests.bench.report import Cell, Table
from tests.bench.worlds import plain

UPDATES = 10_000
WRITERS = 16
LONGEST_HELD_SECONDS = 0.05
"""Each writer holds its transaction open for up to this long: commits come out of order, some five hundred a second."""
ROLLED_BACK = 0.1
RECONNECTS = 10

STEADY_UPDATES = 500
"""A second."""
STEADY_SECONDS = 4.0
TURNS = 3

STATE = """
WITH said AS (
    INSERT INTO capacity_statement (offer_id, total_places, occupied_places, reserved_places, open_places,
        intake_wait_days, treatment_wait_days, admission_stop, available_from, waiting_count, started_last_90_days,
        withdrawn_last_90_days, stated_at, stated_by, source)
    SELECT offer_id, total_places, occupied_places, reserved_places, open_places, intake_wait_days,
        treatment_wait_days, admission_stop, available_from, waiting_count, started_last_90_days,
        withdrawn_last_90_days, clock_timestamp(), stated_by, 'api'
    FROM capacity_statement WHERE id = (SELECT statement_id FROM current_capacity WHERE offer_id = %s)
    RETURNING id, offer_id
)
UPDATE current_capacity SET statement_id = said.id FROM said
WHERE current_capacity.offer_id = said.offer_id RETURNING said.id
"""
"""The same again, stated now."""

SOME_OFFERS = "SELECT offer_id FROM current_capacity ORDER BY md5(offer_id::text) LIMIT %s"
CUT_OFF = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zorg-board'"


@dataclass(slots=True)
class Committed:
    """Per statement, when its commit was sent and when it was acknowledged; and those that were rolled back."""

    sent: dict[int, float] = field(default_factory=dict)
    acknowledged: dict[int, float] = field(default_factory=dict)
    rolled_back: set[int] = field(default_factory=set)


def measure(run: Run) -> Iterator[Table]:
    url = run.worlds.url(run.usual_size)
    run.say("Van opgave tot bord in een ander proces…")
    arrivals = [_arrivals(url, name, cuts) for name, cuts in (("undisturbed", 0), ("cut off 10 times", RECONNECTS))]
    yield _arrival_table(arrivals, run.usual_size)
    run.say("Vragen terwijl er opgaven binnenkomen…")
    yield _steady_table(asyncio.run(_steady(url)), run.usual_size)


# --- how soon, and none missed -------------------------------------------------------------------------------------


def _arrivals(url: str, name: str, cuts: int) -> tuple[Cell, ...]:
    with _another_process(note_what_arrives, url) as worker:
        committed = asyncio.run(_write(plain(url), cuts))
        time.sleep(3)  # longer than the heartbeat: what has not come by now was missed
        worker.send("enough")
        seen: dict[int, float] = worker.recv()
    arrived = [statement for statement in committed.sent if statement in seen]
    after = {
        moment: np.array([max(seen[each] - at[each], 0) * 1000 for each in arrived])
        for moment, at in (("sent", committed.sent), ("acknowledged", committed.acknowledged))
    }
    middle, late = np.percentile(after["acknowledged"], [50, 99]).tolist()
    return (
        *(name, len(committed.sent), middle, late, *np.percentile(after["sent"], [50, 99]).tolist()),
        *(len(committed.sent) - len(arrived), len(committed.rolled_back & seen.keys())),
    )


async def _write(url: str, cuts: int) -> Committed:
    """Every offer once, by writers who hold their transactions open and sometimes think better of it."""
    chance = random.Random(1)
    offers = iter(await _some_offers(url, UPDATES))
    committed = Committed()
    cutting = asyncio.create_task(_cut_off(url, cuts, committed))
    await asyncio.gather(*(_writer(url, offers, chance, committed) for _ in range(WRITERS)))
    await cutting
    return committed


async def _writer(url: str, offers: Iterator[int], chance: random.Random, committed: Committed) -> None:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        for offer in offers:
            if chance.random() < ROLLED_BACK:
                committed.rolled_back.add(await _state(connection, offer))
                await connection.rollback()
            statement = await _state(connection, offer)
            await asyncio.sleep(chance.uniform(0, LONGEST_HELD_SECONDS))
            committed.sent[statement] = time.monotonic()
            await connection.commit()
            committed.acknowledged[statement] = time.monotonic()


async def _cut_off(url: str, times: int, committed: Committed) -> None:
    """Take the board's connection away, evenly over the updates."""
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        for cut in range(1, times + 1):
            while len(committed.sent) < UPDATES * cut // (times + 1):
                await asyncio.sleep(0.005)
            await connection.execute(CUT_OFF + " AND datname = current_database()")


async def _state(connection: psycopg.AsyncConnection[tuple[int]], offer: int) -> int:
    row = await (await connection.execute(STATE, [offer])).fetchone()
    assert row is not None
    return row[0]


async def _some_offers(url: str, count: int) -> list[int]:
    async with await psycopg.AsyncConnection.connect(url) as connection:
        return [offer for (offer,) in await (await connection.execute(SOME_OFFERS, [count])).fetchall()]


def _arrival_table(rows: Sequence[tuple[Cell, ...]], offers: int) -> Table:
    return Table(
        title=f"From commit to rankable in another process, {offers:,} offers",
        columns=("feed", "updates", "p50 ms", "p99 ms", "p50 ms, sent", "p99 ms, sent", "missed", "rolled back, seen"),
        rows=tuple(rows),
        notes=(
            f"{WRITERS} writers hold their transactions open up to {LONGEST_HELD_SECONDS * 1000:.0f} ms, so commits"
            f" come out of order; one in {1 / ROLLED_BACK:.0f} is rolled back first; every offer once",
            "from the acknowledgement of the commit to the board that ranks with it; 'sent' counts from the moment the"
            " commit was sent, so with the disk's work",
            "cut off: the server ends the board's connection; what commits until it is back waits for that",
            "database, writers and board share the machine's cores",
        ),
    )


# --- matching meanwhile --------------------------------------------------------------------------------------------


async def _steady(url: str) -> dict[str, list[float]]:
    """Answers in another process, in turns without and with updates."""
    times: dict[str, list[float]] = {"without updates": [], f"with {STEADY_UPDATES} updates a second": []}
    offers = await _some_offers(plain(url), UPDATES)
    with _another_process(answer_steadily, url) as worker:
        for _ in range(TURNS):
            for name, updates in zip(times, (0, STEADY_UPDATES), strict=True):
                worker.send(STEADY_SECONDS)
                if updates:
                    await _write_steadily(plain(url), offers, updates)
                times[name] += await asyncio.to_thread(worker.recv)
        worker.send(None)
    return times


async def _write_steadily(url: str, offers: Sequence[int], a_second: int) -> None:
    """So many a second, each its own transaction, over a few connections."""
    writers = 4
    until = time.monotonic() + STEADY_SECONDS
    async with asyncio.TaskGroup() as together:
        for number in range(writers):
            together.create_task(_at_pace(url, offers[number::writers], writers / a_second, until))


async def _at_pace(url: str, offers: Sequence[int], pause: float, until: float) -> None:
    async with await psycopg.AsyncConnection.connect(url, autocommit=True) as connection:
        due = time.monotonic()
        for offer in offers:
            if due > until:
                return
            await connection.execute(STATE, [offer])
            due += pause
            await asyncio.sleep(max(due - time.monotonic(), 0))


def _steady_table(times: dict[str, list[float]], offers: int) -> Table:
    quiet = float(np.percentile(next(iter(times.values())), 99))
    rows = [
        (name, len(each), *np.percentile(each, [50, 99]).tolist(), float(np.percentile(each, 99)) / quiet)
        for name, each in times.items()
    ]
    return Table(
        title=f"Matching while the board changes, {offers:,} offers",
        columns=("board", "answers", "p50 ms", "p99 ms", "p99 ÷ without"),
        rows=tuple(rows),
        notes=(
            "questions come at a fixed pace to the loop that also follows the feed; from the moment a question was due"
            " to its order, so the feed's own work counts as waiting",
            "database and writers share the machine's cores with the worker that answers",
        ),
    )


@contextmanager
def _another_process(target: object, url: str) -> Iterator[Connection]:
    """A worker of its own, as it would be behind the same port; ready when the block begins."""
    spawn = multiprocessing.get_context("spawn")
    here, there = spawn.Pipe()
    process = spawn.Process(target=target, args=(url, there), daemon=True)  # type: ignore[arg-type]  # a pipe's end
    process.start()
    try:
        assert here.recv() == "ready"
        yield here
    finally:
        with suppress(OSError):
            here.close()
        process.join(timeout=10)
        process.terminate()
