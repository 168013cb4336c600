"""The clockwork: what must happen without anybody asking, each piece in its own rhythm, by whichever process leads.

Every piece asks the database what is to be done now, not what the clock did meanwhile. So a process that stood still, a
restart or a clock that was wrong lose nothing, and keys in the database keep each thing from being told twice.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

import psycopg
import structlog
from prometheus_client import Counter, Gauge
from sqlalchemy.exc import SQLAlchemyError

from availability.clockwork.leader import leadership
from availability.clockwork.surroundings import Surroundings
from availability.observability import tell_failure

LEADS = Gauge("zorg_clockwork_leads", "1 in the process that does what must happen by itself.")
DONE = Counter("zorg_clockwork_done_total", "Times a piece of work was done.", ("work", "outcome"))

LONGEST_PAUSE_SECONDS = 10.0
"""Between two attempts to reach the database."""

log = structlog.get_logger("zorg.clockwork")


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work, and how long it rests after each time."""

    name: str
    rest_seconds: float
    do: Callable[[Surroundings], Awaitable[Any]]


def in_thread(do: Callable[[Surroundings], Any]) -> Callable[[Surroundings], Awaitable[Any]]:
    """Work that waits for the database or a network, kept away from the event loop that answers requests."""
    return lambda surroundings: asyncio.to_thread(do, surroundings)


async def run(works: tuple[Work, ...], surroundings: Surroundings) -> None:
    """Until cancelled: lead when nobody else does, and work as long as we lead."""
    pause = 0.1
    while True:
        try:
            async with leadership(surroundings.settings.database_url) as leads:
                pause = 0.1
                await _lead(works, surroundings, leads.watch)
        except* (psycopg.Error, OSError) as lost:
            log.warning("clockwork-lost-the-database", errors=[type(error).__name__ for error in lost.exceptions])
        await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads processes, hides nothing
        pause = min(pause * 2, LONGEST_PAUSE_SECONDS)


async def _lead(works: tuple[Work, ...], surroundings: Surroundings, watch: Callable[[], Awaitable[None]]) -> None:
    LEADS.set(1)
    try:
        async with asyncio.TaskGroup() as together:
            for work in works:
                together.create_task(_repeat(work, surroundings))
            await watch()
    finally:
        LEADS.set(0)


async def _repeat(work: Work, surroundings: Surroundings) -> None:
    while True:
        await attempt(work, surroundings)
        await asyncio.sleep(work.rest_seconds)


async def attempt(work: Work, surroundings: Surroundings) -> None:
    """Do it once. What fails is told and tried again at the next turn; it keeps nothing else from its turn."""
    try:
        await work.do(surroundings)
    except SQLAlchemyError as error:
        DONE.labels(work.name, "failed").inc()
        log.warning("clockwork-failed", work=work.name, error=type(error).__name__)
    except Exception as error:
        DONE.labels(work.name, "failed").inc()
        tell_failure(error, f"clockwork-{work.name}")
    else:
        DONE.labels(work.name, "done").inc()


@asynccontextmanager
async def clockwork_at_work(works: tuple[Work, ...], surroundings: Surroundings) -> AsyncIterator[None]:
    """The clockwork for as long as it is needed; it is not waited for longer than a letter takes."""
    running = asyncio.create_task(run(works, surroundings))
    try:
        yield
    finally:
        surroundings.office.closing.set()
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running
