"""The group writer: statements of many requests, recorded by one SQL statement in one transaction.

The hot write of the service, and the only exception to "one request, one transaction" (ADR 0011). What arrives while a
group is on its way to disk forms the next. Each entry keeps its own author, checks, outcome and audit. Nobody waits for
who is not there yet: a lone statement is a group of one.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from availability.clock import Calendar
from availability.constraints import refusal_by
from availability.refusals import Unavailable
from availability.supply import queries
from availability.supply.entries import Entry
from availability.supply.queries import Outcome, Stated

MOST_WAITING = 1000
"""More than a disk takes in a second or so on a bad day; who comes then had better try again."""

MOST_AT_ONCE = 64
"""Larger groups gain little and make the first of them wait."""

IDLE_SECONDS = 1.0
"""A connection that was not used for longer is asked first whether it still lives."""

GONE = "De database is even niet bereikbaar. Probeer het zo opnieuw."
FULL = "Het is nu te druk om uw opgave te bewaren. Probeer het zo opnieuw."

_OPTIONS = " ".join(
    f"-c {setting}"
    for setting in (
        "jit=off",
        "timezone=UTC",
        "application_name=zorg-writer",
        "plan_cache_mode=force_generic_plan",  # planning takes as long as doing
        # A group is small: every row is looked up by its key, however few rows there are.
        "enable_seqscan=off",
        "enable_hashjoin=off",
        "enable_mergejoin=off",
        "lock_timeout=500",  # who states an offer that an import holds may wait, not those who come after
        "statement_timeout=5000",
    )
)

Record = Callable[[Sequence[Entry]], Awaitable[list[Stated]]]
"""Records entries on different offers, all or none; gives the outcome of each."""

Connection = psycopg.AsyncConnection[Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An entry, and where its request waits for the outcome."""

    entry: Entry
    outcome: asyncio.Future[Stated]

    def tell(self, stated: Stated) -> None:
        if not self.outcome.done():  # its client may have gone; what is recorded stays recorded
            self.outcome.set_result(stated)

    def fail(self, error: Exception) -> None:
        if not self.outcome.done():
            self.outcome.set_exception(error)


class Writer:
    """Takes entries of all requests of a worker. `record` is how a group reaches the database."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self._waiting: deque[Waiting] = deque()
        self._wake = asyncio.Event()
        self._closing = False

    async def state(self, entry: Entry) -> Stated:
        """What became of the entry, once that is on disk. Raises Unavailable."""
        if self._closing or len(self._waiting) >= MOST_WAITING:
            raise Unavailable(FULL)
        waiting = Waiting(entry, asyncio.get_running_loop().create_future())
        self._waiting.append(waiting)
        self._wake.set()
        return await waiting.outcome

    async def work(self) -> None:
        """Record group after group; once closed, until nobody waits."""
        while self._waiting or not self._closing:
            if self._waiting:
                await self._record_group(self._next_group())
            else:
                self._wake.clear()
                await self._wake.wait()

    def close(self) -> None:
        """Take no more; `work` ends when the queue is empty."""
        self._closing = True
        self._wake.set()

    def _next_group(self) -> list[Waiting]:
        """The longest waiting, one per offer: the second on an offer must be judged by what the first made of it."""
        group: dict[int, Waiting] = {}
        later: deque[Waiting] = deque()
        for waiting in self._waiting:
            offer = waiting.entry.draft.offer_id
            full = len(group) == MOST_AT_ONCE
            (later.append(waiting) if full or offer in group else group.update({offer: waiting}))
        self._waiting = later
        return list(group.values())

    async def _record_group(self, group: list[Waiting]) -> None:
        try:
            outcomes = await self.record([waiting.entry for waiting in group])
        except Exception as error:  # each request answers for itself: what went wrong is told to it, not lost here
            await self._separate(group, error)
            return
        for waiting, stated in zip(group, outcomes, strict=True):
            if stated.outcome is Outcome.RACED:
                self._waiting.appendleft(waiting)
            else:
                waiting.tell(stated)

    async def _separate(self, group: list[Waiting], error: Exception) -> None:
        """Nothing of the group was recorded. Only whoever is at fault may suffer: the others are tried one by one."""
        if len(group) == 1 or isinstance(error, Unavailable):
            for waiting in group:
                waiting.fail(_told(error))
            return
        for waiting in group:
            await self._record_group([waiting])


def _told(error: Exception) -> Exception:
    """The error as the request should hear it."""
    if isinstance(error, psycopg.IntegrityError):
        return refusal_by(error.diag.constraint_name or "") or error
    return Unavailable(GONE) if isinstance(error, psycopg.OperationalError) else error


class Line:
    """A direct line to the database, for groups only; made when needed and again when it was lost."""

    def __init__(self, url: str, today: Calendar) -> None:
        self._url = url.replace("postgresql+psycopg://", "postgresql://", 1)
        self._today = today
        self._connection: Connection | None = None
        self._used_at = 0.0

    async def record(self, entries: Sequence[Entry]) -> list[Stated]:
        """One statement, one commit, one round trip. Raises Unavailable when the database is gone: what it did with the
        group is then unknown, as with any lost answer, and a key tells when the request is repeated."""
        try:
            connection = await self._ready()
            cursor = await connection.execute(queries.STATE, queries.arguments(entries, self._today()), prepare=True)
            return [queries.stated(row) for row in await cursor.fetchall()]
        except psycopg.OperationalError:
            if self._connection is not None and not self._connection.broken:
                raise  # the database lives; it could not do this
            self._connection = None
            raise Unavailable(GONE) from None

    async def close(self) -> None:
        if self._connection is not None:
            await self._connection.close()

    async def _ready(self) -> Connection:
        now = asyncio.get_running_loop().time()
        rested, self._used_at = now - self._used_at > IDLE_SECONDS, now
        if self._connection is not None and rested and not await _alive(self._connection):
            self._connection = None
        if self._connection is None:
            self._connection = await psycopg.AsyncConnection.connect(
                self._url,
                autocommit=True,
                cursor_factory=psycopg.AsyncRawCursor,
                options=_OPTIONS,
                connect_timeout=3,
                keepalives_idle=5,  # a network that fell silent is noticed too
                keepalives_interval=2,
                keepalives_count=3,
            )
        return self._connection


async def _alive(connection: Connection) -> bool:
    try:
        await connection.execute("")
    except psycopg.OperationalError:
        return False
    return True


@asynccontextmanager
async def writer_at_work(url: str, today: Calendar) -> AsyncIterator[Writer]:
    """A writer for as long as it is needed; what waits at the end is still recorded."""
    line = Line(url, today)
    writer = Writer(line.record)
    work = asyncio.create_task(writer.work())
    try:
        yield writer
    finally:
        writer.close()
        await work
        await line.close()
