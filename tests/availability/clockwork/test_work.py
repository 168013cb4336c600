"""One process leads the clockwork; when it is gone another does; what fails keeps nothing else from its turn."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

import psycopg
import pytest
from sqlalchemy.exc import OperationalError

from availability.clockwork import leader
from availability.clockwork.leader import leadership
from availability.clockwork.surroundings import Surroundings
from availability.clockwork.work import Work, clockwork_at_work, run
from availability.clockwork.works import WORKS
from availability.database import make_engine, make_sessions
from availability.outbox.sending import PostOffice
from tests.conftest import demo_settings

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(leader, "ASK_EVERY_SECONDS", 0.05)


@pytest.fixture
def surroundings(own_database_url: str) -> Surroundings:
    settings = demo_settings(own_database_url)
    sessions = make_sessions(make_engine(own_database_url))
    office = PostOffice.of(settings, sessions)

    def nothing() -> Any:
        raise AssertionError("no work here asks the board")

    return Surroundings(settings, sessions, lambda: pytest.fail("no clock"), office, nothing, nothing)


def within(seconds: float, test: Coroutine[Any, Any, None]) -> None:
    async def limited() -> None:
        async with asyncio.timeout(seconds):
            await test

    asyncio.run(limited())


async def until(holds: Callable[[], bool]) -> None:
    while not holds():
        await asyncio.sleep(0.01)


def counting(counts: dict[str, int], name: str) -> tuple[Work, ...]:
    async def count(_: Surroundings) -> None:
        counts[name] = counts.get(name, 0) + 1

    return (Work(name, 0.01, count),)


def test_only_one_leads_and_another_takes_over(surroundings: Surroundings) -> None:
    counts: dict[str, int] = {}

    async def test() -> None:
        first = asyncio.create_task(run(counting(counts, "first"), surroundings))
        await until(lambda: counts.get("first", 0) > 3)
        second = asyncio.create_task(run(counting(counts, "second"), surroundings))
        await asyncio.sleep(0.3)
        assert "second" not in counts
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
        await until(lambda: counts.get("second", 0) > 3)
        second.cancel()
        await asyncio.gather(second, return_exceptions=True)

    within(20, test())


def test_a_leader_that_loses_its_line_leads_again_later(surroundings: Surroundings, own_database_url: str) -> None:
    counts: dict[str, int] = {}

    async def test() -> None:
        running = asyncio.create_task(run(counting(counts, "only"), surroundings))
        await until(lambda: counts.get("only", 0) > 0)
        async with await psycopg.AsyncConnection.connect(own_database_url, autocommit=True) as connection:
            await connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zorg-clockwork'"
                " AND datname = current_database()"
            )
        await asyncio.sleep(0.2)
        before = counts["only"]
        await until(lambda: counts["only"] > before)
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)

    within(20, test())


def test_work_that_fails_is_tried_again_and_the_rest_goes_on(surroundings: Surroundings) -> None:
    counts: dict[str, int] = {}

    async def fails(_: Surroundings) -> None:
        counts["tried"] = counts.get("tried", 0) + 1
        raise OperationalError("", {}, Exception()) if counts["tried"] % 2 else ValueError

    async def test() -> None:
        works = (Work("broken", 0.01, fails), *counting(counts, "sound"))
        async with clockwork_at_work(works, surroundings):
            await until(lambda: counts.get("tried", 0) > 3 and counts.get("sound", 0) > 3)

    within(20, test())


def test_a_lock_is_free_as_soon_as_its_leader_is_gone(own_database_url: str) -> None:
    async def test() -> None:
        for _ in range(3):
            async with leadership(own_database_url):
                pass

    within(10, test())


def test_every_work_has_a_name_of_its_own_and_rests() -> None:
    assert len({work.name for work in WORKS}) == len(WORKS)
    assert all(work.rest_seconds >= 1 for work in WORKS)
