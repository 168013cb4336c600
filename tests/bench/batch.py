"""Ten thousand statements in one call, beside COPY of the same rows into a table of the same shape.

COPY is the limit: it checks nothing, knows no history of its own and tells nobody. The call checks token, versions and
every figure, writes history, current and audit, wakes the boards, and answers per item.
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


def take_turns(url: str, *, rounds: int = ROUNDS, many: int = MANY, port: int = 8180) -> list[tuple[float, float]]:
    """Seconds per round: the call, and COPY."""
    settings = Settings(environment="demo", database_url=url, demo_key=SecretStr("a-key-for-the-bench-of-32-bytes!"))
    token = mint_demo_token(settings, "admin", "-", datetime.now(UTC))
    taken = []
    with (
        served("availability.cli.serve:create", port, settings),
        httpx2.Client(base_url=f"http://127.0.0.1:{port}/v1/", timeout=60) as http,
        psycopg.connect(plain(url), autocommit=True) as connection,
    ):
        connection.execute("DROP TABLE IF EXISTS bench_shape")
        connection.execute("CREATE TABLE bench_shape (LIKE capacity_statement INCLUDING ALL)")
        for _ in range(rounds + 1):
            call = _called(http, token, _body(connection, many))
            taken.append((call, _copied(connection, many)))
        connection.execute("DROP TABLE bench_shape")
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
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY (SELECT * FROM capacity_statement ORDER BY id DESC LIMIT {many}) TO STDOUT") as out:
            rows = b"".join(bytes(piece) for piece in out)
        connection.execute("TRUNCATE bench_shape")
        began = time.perf_counter()
        with cursor.copy("COPY bench_shape FROM STDIN") as into:
            into.write(rows)
        return time.perf_counter() - began


def _table(taken: list[tuple[float, float]]) -> Table:
    call, copy = (statistics.median(each) * 1000 for each in zip(*taken, strict=True))
    ratio = statistics.median(ours / theirs for ours, theirs in taken)
    return Table(
        title=f"{MANY:,} statements in one call",
        columns=("who", "median ms", "call ÷ this"),
        rows=(("POST capacity-statements", call, 1.0), ("COPY, the same rows and indexes", copy, ratio)),
        notes=(f"medians of {len(taken)} rounds after one to warm up; both durable",),
    )
