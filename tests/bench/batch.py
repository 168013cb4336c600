"""Ten thousand statements in one call, beside COPY of the same rows into a table of the same shape.

COPY is the limit: it checks nothing, knows no history of its own and tells nobody. The call checks token, versions and
every figure, writes history, current and audit, wakes the boards, and answers per item. What of the distance lies in
writing alone is told by a third: the same rows of all four tables, with their keys, copied and checked by nobody.
"""

import json
import statistics
import time
from collections.abc import Iterator
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


Seconds = tuple[float, float, float]
"""Of the call, of COPY, and of COPY into all that the call writes."""

SHAPES = """
    DROP TABLE IF EXISTS bench_shape, bench_current, bench_history, bench_audit, bench_change;
    CREATE TABLE bench_shape (LIKE capacity_statement INCLUDING ALL);
    CREATE TABLE bench_history (LIKE capacity_statement INCLUDING ALL, FOREIGN KEY (offer_id) REFERENCES offer);
    CREATE TABLE bench_current (
        LIKE current_capacity INCLUDING ALL,
        FOREIGN KEY (offer_id) REFERENCES offer, FOREIGN KEY (statement_id) REFERENCES bench_history
    );
    CREATE TABLE bench_audit (LIKE audit_entry INCLUDING ALL);
    CREATE TABLE bench_change (LIKE board_change INCLUDING ALL);
"""
GONE = "DROP TABLE bench_shape, bench_current, bench_history, bench_audit, bench_change"

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
    with (
        served("availability.cli.serve:create", port, settings),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}/v1/", timeout=60) as http,
        psycopg.connect(plain(url), autocommit=True) as connection,
    ):
        connection.execute(SHAPES)
        for _ in range(rounds + 1):
            call = _called(http, token, _body(connection, many))
            taken.append((call, _copied(connection, many), _all_copied(connection, many)))
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


def _copied(connection: psycopg.Connection[Any], many: int) -> float:
    """The newest rows, copied into the same shape and on disk."""
    rows = _newest(connection, "capacity_statement", many)
    connection.execute("TRUNCATE bench_shape")
    began = time.perf_counter()
    _copy(connection, "bench_shape", rows)
    return time.perf_counter() - began


def _all_copied(connection: psycopg.Connection[Any], many: int) -> float:
    """The same with its audit and its news, and every pointer moved; in one transaction, with the keys to what is
    referred to."""
    sources = {"bench_history": "capacity_statement", "bench_audit": "audit_entry", "bench_change": "board_change"}
    rows = {shape: _newest(connection, table, many) for shape, table in sources.items()}
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
    call, copy, all_of_it = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
    to_copy, to_all = (statistics.median(round_[0] / round_[peer] for round_ in taken) for peer in (1, 2))
    return Table(
        title=f"{MANY:,} statements in one call",
        columns=("who", "median ms", "call ÷ this"),
        rows=(
            ("POST capacity-statements", call, 1.0),
            ("COPY, the same rows and indexes", copy, to_copy),
            ("COPY of history, audit and news with their keys, pointers moved", all_of_it, to_all),
        ),
        notes=(
            f"medians of {len(taken)} rounds after one to warm up; all durable",
            "the third writes what the call must write, and nothing else: it knows beforehand what may be written",
        ),
    )
