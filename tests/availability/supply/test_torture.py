"""Thirty-two writers on the same offers, while the API and the database are killed in the middle. For `make torture`.

Each writer adds one to the occupied places of an offer and marks its statement. It asks again, with the same key, until
it has an answer: so after the last answer the history must hold every mark that was answered with 200, once, and no
other. Beside them, under the same blows, naive writers do the same on offers of their own without the version they saw:
what the version prevents happens there.
"""

import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy.orm import Session

from availability.access.demo import mint_demo_token
from availability.cluster import Server, place_of
from availability.database import make_engine
from data.reference import load_reference
from tests.availability.builders import a_provider, a_statement, an_offer
from tests.conftest import demo_settings

pytestmark = [pytest.mark.torture, pytest.mark.timeout(1800)]

WRITERS, OFFERS, KILLS = 32, 8, 30
NAIVE_WRITERS, NAIVE_OFFERS = 8, 2
CAREFUL, NAIVE = "merk", "los"
"""How a statement's note begins, by who wrote it."""
SEED = 20261122
LETTERS = str.maketrans("0123456789", "ghijklmnop")
"""A note with many figures in a row would be refused: it may be somebody's number."""
DEFINITE = {200, 412}
"""Done, or not done since somebody else was first; after anything else the writer asks again."""


@dataclass
class Books:
    """What the writers were told; a list's append is safe among threads."""

    acknowledged: list[str] = field(default_factory=list)
    retried: list[str] = field(default_factory=list)
    outrun: list[str] = field(default_factory=list)
    odd: list[str] = field(default_factory=list)


class Api:
    """`zorg serve` in a process group of its own, so that a kill takes all of it."""

    def __init__(self, url: str, log: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.base = f"http://127.0.0.1:{self.port}"
        self._url, self._log = url, log
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        settings = demo_settings(self._url)
        surroundings = {
            "ZORG_ENVIRONMENT": "demo",
            "ZORG_DATABASE_URL": self._url,
            "ZORG_DEMO_KEY": settings.demo_key.get_secret_value() if settings.demo_key else "",
        }
        line = [sys.executable, "-m", "availability.cli", "serve", "--port", str(self.port)]
        with self._log.open("ab") as said:
            self._process = subprocess.Popen(
                line, env={**os.environ, **surroundings}, stdout=said, stderr=said, start_new_session=True
            )

    def kill(self) -> None:
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()

    def until_ready(self) -> None:
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            with suppress(httpx2.TransportError):
                if httpx2.get(f"{self.base}/v1/health").status_code == 200:
                    return
            time.sleep(0.05)
        raise AssertionError(self._log.read_text()[-4000:])


@dataclass(frozen=True)
class Field:
    """A database server, an API on it, and offers of one provider; nothing of it is anybody else's."""

    server: Server
    api: Api
    offers: tuple[int, ...]
    control: tuple[int, ...]
    """The offers of the naive writers."""
    authorization: str
    url: str

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url) as connection:
            return connection.execute(query).fetchall()  # type: ignore[arg-type, unused-ignore]  # ours

    def kill_database(self) -> None:
        os.kill(int((self.server.place.data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)


@pytest.fixture
def battle(tmp_path: Path) -> Iterator[Field]:
    server = Server(place_of(tmp_path / "state"))
    with server.in_use() as administration:
        with psycopg.connect(administration, autocommit=True) as connection:
            connection.execute("CREATE DATABASE torture")
        url = server.url("torture")
        config = Config(toml_file="pyproject.toml")
        config.attributes["url"] = url
        command.upgrade(config, "head")
        engine = make_engine(url)
        with Session(engine) as session, session.begin():
            load_reference(session)
            provider = a_provider(session)
            offers = tuple(an_offer(session, provider) for _ in range(OFFERS + NAIVE_OFFERS))
            for offer in offers:
                a_statement(session, offer, total_places=100_000, occupied_places=0, reserved_places=0, open_places=0)
        engine.dispose()
        token = mint_demo_token(demo_settings(url), "provider", provider, datetime.now(UTC))
        api = Api(url, tmp_path / "api.txt")
        api.start()
        try:
            api.until_ready()
            yield Field(server, api, offers[:OFFERS], offers[OFFERS:], f"Bearer {token}", url)
        finally:
            api.kill()
    server.destroy()
    shutil.rmtree(server.place.home, ignore_errors=True)


def until_answered(http: httpx2.Client, method: str, path: str, definite: set[int], **sent: Any) -> tuple[Any, int]:
    """The first answer that says something, and how many times it was asked."""
    for asked in range(1, 100_000):
        with suppress(httpx2.TransportError):
            answer = http.request(method, path, **sent)
            if answer.status_code in definite:
                return answer, asked
            assert answer.status_code in {500, 502, 503}, answer.text
        time.sleep(0.02)
    raise AssertionError("never answered")


def add_one(http: httpx2.Client, offer: int, books: Books, *, careful: bool = True) -> None:
    """Read, add one, write. Who is not careful overwrites whatever is there."""
    path = f"offers/{offer}/capacity"
    seen, _ = until_answered(http, "GET", path, {200})
    occupied, mark = seen.json()["occupiedPlaces"] + 1, uuid4().hex.translate(LETTERS)
    statement = {
        "totalPlaces": 100_000,
        "occupiedPlaces": occupied,
        "reservedPlaces": 0,
        "openPlaces": 0,
        "intakeWaitDays": occupied % 3650,
        "treatmentWaitDays": occupied % 3650,
        "admissionStop": False,
        "note": f"{CAREFUL if careful else NAIVE} {mark}",
    }
    headers = {"If-Match": seen.headers["ETag"] if careful else "*", "Idempotency-Key": mark}
    answer, asked = until_answered(http, "PUT", path, DEFINITE, json=statement, headers=headers)
    (books.acknowledged if answer.status_code == 200 else books.outrun).append(mark)
    if asked > 1:
        books.retried.append(mark)


@contextmanager
def writers(battle: Field, books: Books, count: int, *, careful: bool = True) -> Iterator[None]:
    """So many at work; each finishes what it began."""
    enough, offers = threading.Event(), battle.offers if careful else battle.control

    def work(seed: int) -> None:
        chance = random.Random(seed)
        headers = {"Authorization": battle.authorization}
        try:
            with httpx2.Client(base_url=f"{battle.api.base}/v1/", headers=headers, timeout=10) as http:
                while not enough.is_set():
                    add_one(http, chance.choice(offers), books, careful=careful)
        except Exception as wrong:
            books.odd.append(repr(wrong))
            raise

    threads = [threading.Thread(target=work, args=(SEED + number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def kill_again_and_again(battle: Field, chance: random.Random) -> Counter[str]:
    """The API, the database, or both; each time both are at work again before the next blow."""
    kills: Counter[str] = Counter()
    for blow in range(KILLS):
        time.sleep(chance.uniform(0.2, 1.5))
        victim = ("api", "database", "both")[blow % 3]
        if victim != "api":
            battle.kill_database()
        if victim != "database":
            battle.api.kill()
        if victim != "api":
            battle.server.start()
        if victim != "database":
            battle.api.start()
        battle.api.until_ready()
        kills[victim] += 1
    return kills


HISTORY = """
    SELECT substring(note FROM 6), occupied_places, intake_wait_days, treatment_wait_days
    FROM capacity_statement WHERE note LIKE 'merk %'
"""
UNAUDITED = """
    SELECT said.id, count(audit_entry.id) FROM capacity_statement said
    LEFT JOIN audit_entry ON record_kind = 'capacity-statement' AND record_id = said.id::text
    WHERE note LIKE 'merk %' GROUP BY said.id HAVING count(audit_entry.id) <> 1
"""
NOT_THE_NEWEST = """
    SELECT offer_id FROM current_capacity
    WHERE statement_id <> (SELECT max(id) FROM capacity_statement said WHERE said.offer_id = current_capacity.offer_id)
"""
UPDATES = """
    SELECT coalesce(sum(accepted), 0)::int, coalesce(sum(accepted - occupied_places), 0)::int FROM current_capacity
    JOIN capacity_statement ON id = statement_id
    JOIN (SELECT offer_id, count(*) AS accepted FROM capacity_statement WHERE note LIKE '{} %' GROUP BY offer_id) said
      ON said.offer_id = current_capacity.offer_id
"""
"""How many were accepted, and how many of those the present number does not count: each added one."""


def test_what_was_answered_is_in_the_history_once_and_nothing_else_is(
    battle: Field, capsys: pytest.CaptureFixture[str]
) -> None:
    books, control = Books(), Books()
    with writers(battle, books, WRITERS), writers(battle, control, NAIVE_WRITERS, careful=False):
        kills = kill_again_and_again(battle, random.Random(SEED))
    assert books.odd == control.odd == []
    history = battle.rows(HISTORY)
    marks = Counter(mark for mark, *_ in history)
    acknowledged = Counter(books.acknowledged)
    figures = {
        "acknowledged": acknowledged.total(),
        "outrun (412)": len(books.outrun),
        "lost": len(acknowledged - marks),
        "never answered, yet there": len(marks - acknowledged),
        "doubled": sum(times > 1 for times in marks.values()),
        "torn": sum(not occupied % 3650 == intake == treatment for _, occupied, intake, treatment in history)
        + len(battle.rows(UNAUDITED))
        + len(battle.rows(NOT_THE_NEWEST)),
        "lost updates": battle.rows(UPDATES.format(CAREFUL))[0][1],
        "retried keys": len(books.retried),
        "retried keys doubled": sum(marks[mark] > 1 for mark in books.retried),
    }
    ((accepted, lost),) = battle.rows(UPDATES.format(NAIVE))
    with capsys.disabled():
        naive = f"naive control: {lost} updates lost of {accepted} accepted"
        print(f"\n{dict(kills)} {figures} {naive}")  # noqa: T201 - the figures are what this run is for
    assert figures["acknowledged"] > KILLS
    assert figures["retried keys"] > 0
    faults = ("lost", "never answered, yet there", "doubled", "torn", "lost updates", "retried keys doubled")
    assert {name: figures[name] for name in faults} == dict.fromkeys(faults, 0)
    assert 0 < lost < accepted
    assert accepted == len(control.acknowledged), "a naive writer loses what others wrote, and no answer"
