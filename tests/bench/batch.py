"""Ten thousand statements in one call, beside COPY of the same rows into a table of the same shape.

COPY checks nothing but keys, knows no history of its own and tells nobody. The call checks token, versions and every
figure, writes history, current and audit, wakes the boards, and answers per item. The fair peer is the same route with
COPY behind it: it too is asked over HTTP by somebody with a token, reads ten thousand statements and answers each. COPY
from a file that lies ready is told beside it, in three sizes: the table with its indexes, with its key as well, and all
that the call must write.
"""

import json
import statistics
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import Any

import httpx2
import psycopg
from pydantic import SecretStr

from availability.access.demo import mint_demo_token
from availability.settings import Settings
from tests.bench.parts import Run
from tests.bench.report import Table
from tests.bench.worlds import plain
from tests.bench.writing import STATEMENT, served

MANY = 10_000
ROUNDS = 5


def measure(run: Run) -> Iterator[Table]:
    run.say("Tienduizend opgaven in één keer…")
    yield _table(take_turns(run.worlds.url(run.usual_size)))


CALL = "POST capacity-statements"
SAME_ROUTE = "the same route with COPY into a table of the same shape"
WITH_KEY = "COPY alone: the same rows, indexes and key"
WITHOUT_KEY = "COPY alone: the same rows and indexes"
ALL_OF_IT = "COPY alone: history, audit and news with their keys, pointers moved"

SERVICES = {CALL: "availability.cli.serve:create", SAME_ROUTE: "tests.bench.writing_apps:copying_many"}

Seconds = dict[str, float]
"""By contestant."""

SHAPES = """
    DROP TABLE IF EXISTS bench_shape, bench_copied, bench_current, bench_history, bench_audit, bench_change;
    CREATE TABLE bench_shape (LIKE capacity_statement INCLUDING ALL);
    CREATE TABLE bench_copied (LIKE capacity_statement INCLUDING ALL, FOREIGN KEY (offer_id) REFERENCES offer);
    CREATE TABLE bench_history (LIKE capacity_statement INCLUDING ALL, FOREIGN KEY (offer_id) REFERENCES offer);
    CREATE TABLE bench_current (LIKE current_capacity INCLUDING ALL) WITH (fillfactor = 50);
    CREATE TABLE bench_audit (LIKE audit_entry INCLUDING ALL);
    CREATE TABLE bench_change (LIKE board_change INCLUDING ALL);
"""
GONE = "DROP TABLE bench_shape, bench_copied, bench_current, bench_history, bench_audit, bench_change"

STATED_BEFORE = """
    UPDATE bench_history SET id = -id;
    INSERT INTO bench_current (offer_id, statement_id) SELECT offer_id, id FROM bench_history;
"""
MOVE = """
    UPDATE bench_current SET statement_id = said.id
    FROM bench_history said WHERE said.offer_id = bench_current.offer_id AND said.id > 0
"""


def take_turns(url: str, *, rounds: int = ROUNDS, many: int = MANY, port: int = 8180) -> list[Seconds]:
    """Seconds per round."""
    settings = Settings(environment="demo", database_url=url, demo_key=SecretStr("a-key-for-the-bench-of-32-bytes!"))
    token = mint_demo_token(settings, "admin", "-", datetime.now(UTC))
    taken = []
    with ExitStack() as stack:
        connection = stack.enter_context(psycopg.connect(plain(url), autocommit=True))
        connection.execute(SHAPES)
        callers = {}
        for at, (name, factory) in enumerate(SERVICES.items(), port):
            stack.enter_context(served(factory, at, settings))
            callers[name] = stack.enter_context(httpx2.Client(base_url=f"http://127.0.0.1:{at}/v1/", timeout=60))
        for _ in range(rounds + 1):
            round_: Seconds = {}
            for name, http in callers.items():
                connection.execute("TRUNCATE bench_copied")
                round_[name] = _called(http, token, _body(connection, many))
            for name, table in ((WITH_KEY, "bench_copied"), (WITHOUT_KEY, "bench_shape")):
                round_[name] = _copied(connection, table, many)
            round_[ALL_OF_IT] = _all_copied(connection, many)
            taken.append(round_)
        connection.execute(GONE)
    return taken[1:]


def _body(connection: psycopg.Connection[Any], many: int) -> bytes:
    rows = connection.execute("SELECT offer_id, statement_id FROM current_capacity ORDER BY offer_id LIMIT %s", [many])
    items = [{"offerId": offer, "ifMatch": f'"{seen}"', **STATEMENT} for offer, seen in rows]
    return json.dumps({"items": items}).encode()


def _called(http: httpx2.Client, token: str, body: bytes) -> float:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    began = time.perf_counter()
    answer = http.post("capacity-statements", content=body, headers=headers)
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text[:1000]
    assert {item["status"] for item in answer.json()["items"]} == {200}
    return took


def _copied(connection: psycopg.Connection[Any], table: str, many: int) -> float:
    """The newest rows, copied into the same shape and on disk."""
    rows = _newest(connection, "capacity_statement", many)
    connection.execute(f"TRUNCATE {table}".encode())
    began = time.perf_counter()
    _copy(connection, table, rows)
    return time.perf_counter() - began


def _all_copied(connection: psycopg.Connection[Any], many: int) -> float:
    """The same with its audit and its news, and every pointer moved; in one transaction, with the keys to what is
    referred to."""
    rows = {
        "bench_history": _newest(connection, "capacity_statement", many),
        "bench_audit": _newest(connection, "audit_entry", many),
        "bench_change": _newest(connection, "board_change", 1),
    }
    connection.execute("TRUNCATE bench_current, bench_history, bench_audit, bench_change")
    _copy(connection, "bench_history", rows["bench_history"])
    connection.execute(STATED_BEFORE)
    began = time.perf_counter()
    with connection.transaction():
        for shape, of_it in rows.items():
            _copy(connection, shape, of_it)
        moved = connection.execute(MOVE).rowcount
    took = time.perf_counter() - began
    assert moved == many
    return took


def _newest(connection: psycopg.Connection[Any], table: str, many: int) -> bytes:
    newest = f"COPY (SELECT * FROM {table} ORDER BY id DESC LIMIT {many}) TO STDOUT"
    with connection.cursor() as cursor, cursor.copy(newest.encode()) as out:
        return b"".join(bytes(piece) for piece in out)


def _copy(connection: psycopg.Connection[Any], table: str, rows: bytes) -> None:
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} FROM STDIN".encode()) as into:
        into.write(rows)


def _table(taken: list[Seconds]) -> Table:
    rows = tuple(
        (
            name,
            statistics.median(round_[name] for round_ in taken) * 1000,
            statistics.median(round_[CALL] / round_[name] for round_ in taken),
        )
        for name in taken[0]
    )
    return Table(
        title=f"{MANY:,} statements in one call",
        columns=("who", "median ms", "call ÷ this"),
        rows=rows,
        notes=(
            f"medians of {len(taken)} rounds after one to warm up; all durable",
            "the same route: token, JSON, every figure and the answers as in the service; nothing judged, kept current,"
            " audited or told to a board",
            "COPY alone: rows that lie ready as COPY reads them, nobody asks and nobody is answered",
        ),
    )
