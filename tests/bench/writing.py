"""Stating capacity, as fast as it goes and as durable as it must be: over HTTP, beside pgbench and simpler routes.

One database, one machine, one worker, sixteen clients that keep their connection. The contestants take turns, round
after round, and only one runs at a time: what counts is the ratio within a round, because the machine's mood changes.
"""

import asyncio
import json
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Collection, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import cast

import httpx2
import numpy as np
import psycopg
import uvloop
from pydantic import SecretStr

from availability.access.demo import mint_demo_token
from availability.settings import Settings
from tests.bench.parts import Run
from tests.bench.report import Cell, Table
from tests.bench.worlds import TODAY

CLONE = Path(__file__).parents[2]
CLIENTS = 16
OFFERS_EACH = 8
"""Offers that one client keeps up to date, in turn."""

STATEMENT = {
    "totalPlaces": 12, "occupiedPlaces": 9, "reservedPlaces": 1, "openPlaces": 2, "intakeWaitDays": 14,
    "treatmentWaitDays": 28, "admissionStop": False, "waitingCount": 7, "confirmed": True,
}  # fmt: skip

SAME_TRANSACTION = """\
\\set at :client_id * {each} + random(1, {each})
WITH written AS (
    INSERT INTO capacity_statement (offer_id, total_places, occupied_places, reserved_places, open_places,
        intake_wait_days, treatment_wait_days, admission_stop, waiting_count, stated_at, stated_by, source)
    SELECT offer_id, 12, 9, 1, 2, 14, 28, false, 7, clock_timestamp(), '41000001', 'api'
    FROM bench_offer WHERE at = CAST(:at AS integer) RETURNING id, offer_id
), moved AS (
    UPDATE current_capacity SET statement_id = written.id FROM written
    WHERE current_capacity.offer_id = written.offer_id
)
INSERT INTO audit_entry (subject, organisation, role, action, record_kind, record_id, request_id)
SELECT 'bench', '41000001', 'provider', 'state-capacity', 'capacity-statement', CAST(id AS text),
    CAST(:client_id AS text) FROM written;
"""
"""What one PUT writes: history, current, audit, and the trigger that wakes the boards. It checks nothing.
Each client has its own offers here too, so that nobody waits for a row."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of one contestant."""

    a_second: float
    milliseconds: np.ndarray

    @property
    def percentiles(self) -> tuple[float, float]:
        p50, p99 = np.percentile(self.milliseconds, [50, 99])
        return float(p50), float(p99)


@dataclass(frozen=True, slots=True)
class Planner:
    """A client's token and the offers of its provider."""

    token: str
    offers: list[int]

    def request(self, offer: int, seen: bytes) -> bytes:
        body = json.dumps(STATEMENT).encode()
        return (
            f"PUT /v1/offers/{offer}/capacity HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer {self.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\nIf-Match: "
        ).encode() + b"%s\r\n\r\n%s" % (seen, body)


class Client(asyncio.Protocol):
    """Puts one statement after another, each on the version it saw last, until told to stop."""

    def __init__(self, planner: Planner) -> None:
        self._planner = planner
        self._seen = dict.fromkeys(planner.offers, b"*")
        self._turn = 0
        self._received = b""
        self._stopping = False
        self.milliseconds: list[float] = []
        self.stopped = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)  # uvloop's is no subclass
        self._ask()

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, end, body = self._received.partition(b"\r\n\r\n")
        if not end or len(body) < int(_header(head, b"content-length")):
            return
        if not head.startswith(b"HTTP/1.1 200"):
            self.stopped.set_exception(AssertionError(f"refused: {self._received!r}"))
            return
        self.milliseconds.append((time.perf_counter() - self._asked_at) * 1000)
        self._seen[self._offer] = _header(head, b"etag")
        self._ask()

    def stop(self) -> None:
        self._stopping = True

    def _ask(self) -> None:
        if self._stopping:
            self._transport.close()
            self.stopped.set_result(None)
            return
        self._received = b""
        self._offer = self._planner.offers[self._turn % len(self._planner.offers)]
        self._turn += 1
        self._asked_at = time.perf_counter()
        self._transport.write(self._planner.request(self._offer, self._seen[self._offer]))


def _header(head: bytes, name: bytes) -> bytes:
    return head.split(b"\r\n" + name + b": ", 1)[1].split(b"\r\n", 1)[0]


def put(port: int, planners: list[Planner], seconds: float) -> Turn:
    """Everybody puts for so long."""

    async def everybody() -> Turn:
        loop = asyncio.get_running_loop()
        began = time.perf_counter()
        clients = [
            (await loop.create_connection(partial(Client, planner), "127.0.0.1", port))[1] for planner in planners
        ]
        await asyncio.sleep(seconds)
        for client in clients:
            client.stop()
        async with asyncio.timeout(10):
            await asyncio.gather(*(client.stopped for client in clients))
        took = time.perf_counter() - began
        times = np.concatenate([client.milliseconds for client in clients])
        return Turn(len(times) / took, times)

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(everybody())


def pgbench(url: str, script: Path, seconds: float) -> Turn:
    """The same writes by pgbench, prepared, one transaction each; its own log tells the time of every one."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["pgbench", "-n", "-M", "prepared", "-c", str(CLIENTS), "-T", str(round(seconds)), "-l", "-f", script]
        subprocess.run([*map(str, command), url], cwd=folder, check=True, capture_output=True)
        lines = [line.split() for log in Path(folder).iterdir() for line in log.read_text().splitlines()]
        return Turn(len(lines) / round(seconds), np.array([int(line[2]) for line in lines]) / 1000)


@contextmanager
def served(factory: str, port: int, settings: Settings) -> Iterator[subprocess.Popen[bytes]]:
    """One worker of a service, until it is no longer needed."""
    environment = {
        **os.environ,
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": settings.database_url,
        "ZORG_DEMO_KEY": settings.demo_key.get_secret_value(),
        "ZORG_TODAY": TODAY.isoformat(),
    }
    command = [sys.executable, "-m", "uvicorn", "--factory", factory, "--port", str(port), "--no-access-log"]
    process = subprocess.Popen(
        [*command, "--log-level", "warning"], cwd=CLONE, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _await(port)
        yield process
    finally:
        process.send_signal(signal.SIGCONT)
        process.terminate()
        process.wait(30)


def _await(port: int) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            httpx2.get(f"http://127.0.0.1:{port}/v1/me")  # any answer will do: not every peer has a board
        except httpx2.TransportError:
            assert time.monotonic() < deadline, "the service did not start"
            time.sleep(0.1)
        else:
            return


SERVICES = {
    "PUT capacity": "availability.cli.serve:create",
    "the route without a database": "tests.bench.writing_apps:without_database",
    "the route with rows of an ORM": "tests.bench.writing_apps:rows_of_an_orm",
}
PGBENCH = "pgbench, the same writes"


def measure(run: Run) -> Iterator[Table]:
    run.say("Opgaven schrijven over HTTP…")
    yield _table(take_turns(run.worlds.url(run.usual_size)))


def take_turns(url: str, *, rounds: int = 5, seconds: float = 2, port: int = 8170) -> dict[str, list[Turn]]:
    """Let everybody take turns in a world's database."""
    with ExitStack() as stack:
        settings = Settings(
            environment="demo", database_url=url, demo_key=SecretStr("a-key-for-the-bench-of-32-bytes!")
        )
        planners = _planners(settings)
        script = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "same.sql"
        script.write_text(SAME_TRANSACTION.format(each=OFFERS_EACH))
        ports = dict(zip(SERVICES, range(port, port + len(SERVICES)), strict=True))
        services = {
            name: stack.enter_context(served(factory, ports[name], settings)) for name, factory in SERVICES.items()
        }
        runs: dict[str, list[Turn]] = {name: [] for name in [*SERVICES, PGBENCH]}
        for number in range(rounds + 1):
            for name, taken in runs.items():
                with _only(services.get(name), services.values()):
                    run = put(ports[name], planners, seconds) if name in ports else pgbench(url, script, seconds)
                if number:  # the first round only warms up
                    taken.append(run)
        return runs


@contextmanager
def _only(active: subprocess.Popen[bytes] | None, everybody: Collection[subprocess.Popen[bytes]]) -> Iterator[None]:
    """The others stand still: a board that follows somebody else's writes would take its share of the machine."""
    for process in everybody:
        process.send_signal(signal.SIGCONT if process is active else signal.SIGSTOP)
    time.sleep(0.5 if active else 0)  # to catch up with what was written meanwhile
    yield


def _planners(settings: Settings) -> list[Planner]:
    """One provider per client. Their offers are numbered in a table for pgbench."""
    with psycopg.connect(settings.database_url, autocommit=True) as connection:
        found = connection.execute(
            """
            SELECT provider_agb, (array_agg(offer_id))[:%(each)s]
            FROM current_capacity JOIN offer ON offer.id = offer_id
            GROUP BY provider_agb HAVING count(*) >= %(each)s ORDER BY provider_agb LIMIT %(clients)s
            """,
            {"each": OFFERS_EACH, "clients": CLIENTS},
        ).fetchall()
        connection.execute("DROP TABLE IF EXISTS bench_offer")
        connection.execute("CREATE TABLE bench_offer (at integer PRIMARY KEY, offer_id bigint NOT NULL)")
        offers = [offer for _, offers in found for offer in offers]
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO bench_offer VALUES (%s, %s)", list(enumerate(offers, 1)))
    assert len(found) == CLIENTS
    now = datetime.now(UTC)
    return [Planner(mint_demo_token(settings, "provider", agb, now), offers) for agb, offers in found]


def _table(runs: dict[str, list[Turn]]) -> Table:
    ours = runs["PUT capacity"]
    rows: list[tuple[Cell, ...]] = []
    for name, taken in runs.items():
        ratio = statistics.median(mine.a_second / theirs.a_second for mine, theirs in zip(ours, taken, strict=True))
        p50, p99 = (statistics.median(each) for each in zip(*(turn.percentiles for turn in taken), strict=True))
        rows.append((name, statistics.median(turn.a_second for turn in taken), p50, p99, ratio))
    return Table(
        title=f"Stating capacity through HTTP, {CLIENTS} clients, one worker, fsync on",
        columns=("who", "a second", "p50 ms", "p99 ms", "PUT ÷ this"),
        rows=tuple(rows),
        notes=(
            f"medians of {len(ours)} turns after one to warm up; only one runs at a time, the others stand still",
            "the PUT checks token, precondition and statement, and writes history, current and audit; pgbench writes"
            " the same rows and checks nothing",
        ),
    )
