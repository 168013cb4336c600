"""Through HTTP: one worker, sixteen connections, the routes in turns."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import numpy as np
import orjson
from pydantic import SecretStr

from availability.access.demo import mint_demo_token
from availability.access.identity import Role
from availability.matching.search import FEW
from availability.settings import Settings
from matcher.question import Question
from tests.bench.client import Load, ask_once, keep_busy, request
from tests.bench.engines.project import Project
from tests.bench.parts import Run
from tests.bench.report import Cell, Table
from tests.bench.worlds import TODAY, World, open_world

CONNECTIONS = 16
ROUNDS, SECONDS = 3, 3.0
READY_SECONDS = 120

KEY = "a-key-for-the-bench-of-32-bytes-!"
CLONE = Path(__file__).parents[2]


@dataclass(slots=True)
class Route:
    """One line of the table."""

    name: str
    port: int
    requests: Sequence[bytes]
    loads: list[Load] = field(default_factory=list)

    @property
    def per_second(self) -> float:
        return float(np.median([load.per_second for load in self.loads]))


def measure(run: Run) -> Iterator[Table]:
    run.say("Dezelfde vraag over HTTP…")
    world = open_world(run.worlds.url(run.usual_size))
    asked = world.questions(run.questions)
    settings = Settings(environment="demo", database_url=world.url, demo_key=SecretStr(KEY))
    token = mint_demo_token(settings, Role.LOCAL_TEAM, "GM0202", datetime.now(UTC))
    bodies = [orjson.dumps(asked_over_http(world, question)) for question in asked]

    def posts(path: str) -> list[bytes]:
        return [request("POST", path, body, token) for body in bodies]

    with served("hello", world.url, "/hello") as plain, served("matches", world.url, "/v1/health") as ours:
        routes = [
            Route('FastAPI "hello"', plain, [request("GET", "/hello")]),
            Route("project, POST /v1/matches", ours, posts("/v1/matches")),
            Route("the same route on the best SQL", ours, posts("/v1/best-sql")),
            Route("the same route on ORM rows", ours, posts("/v1/orm-rows")),
        ]
        same = [_same_top(route, routes[1]) for route in routes[1:]]
        for chosen, which in groups(world, asked).items():
            for route in routes:
                route.loads = []
            for _ in range(ROUNDS):
                for route in routes:
                    some = [route.requests[at] for at in which] if len(route.requests) > 1 else route.requests
                    route.loads.append(keep_busy(route.port, some, connections=CONNECTIONS, seconds=SECONDS))
            yield _table(routes, [None, *same], world, f"{len(which)} {chosen}")


def groups(world: World, asked: Sequence[Question]) -> dict[str, list[int]]:
    """Where little fits, the project looks for near misses and relaxations, which no peer does: so both are told."""
    project = Project()
    project.build(world)
    enough = [at for at, question in enumerate(asked) if len(project.answer(question)) >= FEW]
    return {"questions for which enough fits": enough, "mixed questions": list(range(len(asked)))}


def asked_over_http(world: World, question: Question) -> dict[str, object]:
    """The question as a worker's screen sends it."""
    home = question.home
    pc4 = next(each.pc4 for each in world.atlas.postcodes.values() if (each.lon, each.lat) == (home.lon, home.lat))
    return {
        "municipality": question.municipality,
        "pc4": pc4,
        "birthMonth": str(question.birth_month),
        "careTypes": question.care_types,
        "neededFrom": question.needed_from,
        "urgency": question.urgency,
        "maxDistanceKm": question.max_distance_km,
        "needs": world.lexicon.need_codes(question.needs),
        "gender": question.gender,
        "siblings": question.siblings,
        "pastEighteen": question.past_eighteen,
        "setting": question.setting,
    }


@contextmanager
def served(factory: str, database_url: str, ready: str) -> Iterator[int]:
    """One worker in a process of its own, with uvicorn as `zorg serve` runs it; the port."""
    port = _free_port()
    surroundings = {
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": database_url,
        "ZORG_DEMO_KEY": KEY,
        "ZORG_TODAY": TODAY.isoformat(),
    }
    command = [sys.executable, "-m", "uvicorn", f"tests.bench.routes:{factory}", "--factory", "--port", str(port)]
    quiet = ["--no-access-log", "--no-server-header", "--log-level", "error"]
    process = subprocess.Popen([*command, *quiet], cwd=CLONE, env=os.environ | surroundings, stdout=subprocess.DEVNULL)
    try:
        _wait_for(f"http://127.0.0.1:{port}{ready}", process)
        yield port
    finally:
        process.terminate()
        process.wait()


def _same_top(route: Route, project: Route) -> str:
    """On how many questions the first twenty are the project's."""
    ours, theirs = (_tops(ask_once(each.port, each.requests)) for each in (project, route))
    return f"{sum(a == b for a, b in zip(ours, theirs, strict=True))} of {len(ours)}"


def _tops(bodies: Sequence[bytes]) -> list[list[int]]:
    answers = [orjson.loads(body) for body in bodies]
    return [[m["offerId"] for m in (each if isinstance(each, list) else each["matches"])] for each in answers]


def _table(routes: Sequence[Route], same: Sequence[str | None], world: World, questions: str) -> Table:
    hello, project = routes[0].per_second, routes[1].per_second
    return Table(
        title=f"Through HTTP, {world.board.offers:,} offers, {questions}, one worker, {CONNECTIONS} connections",
        columns=("route", "requests/s", "× hello", "project ÷ this", "p50 ms", "p99 ms", "refused", "same top 20"),
        rows=tuple(_row(route, hello, project, top) for route, top in zip(routes, same, strict=True)),
        notes=(
            f"round and round; {ROUNDS} turns of {SECONDS:.0f} s each, the median rate",
            "the project checks the token, validates, and tells reasons; when fewer than three fit also near misses,"
            " relaxations and offers without a contract; the peers check and validate just so, and tell the bare facts"
            " of twenty offers: in their favour",
            "best SQL: async psycopg, one prepared statement; ORM rows: SQLModel entities in a plain `def` route,"
            " judged by the project's own matcher",
            "client, server and database share the machine's cores: the SQL routes have the database's core as well",
        ),
    )


def _row(route: Route, hello: float, project: float, same: str | None) -> tuple[Cell, ...]:
    times = [each for load in route.loads for each in load.milliseconds]
    p50, p99 = np.percentile(times, [50, 99]).tolist()
    rate, refused = route.per_second, sum(load.refused for load in route.loads)
    return (route.name, rate, rate / hello, project / rate, p50, p99, refused, same)


def _wait_for(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with {process.returncode}")
        with suppress(URLError, OSError), urlopen(url) as answer:
            if answer.status == 200:
                return
        time.sleep(0.05)
    raise TimeoutError("the server did not get ready")


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port
