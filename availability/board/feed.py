"""Keeping a board live: NOTIFY wakes, the transaction snapshot decides what is new, and when in doubt all is read anew.

A heartbeat asks every second even when nobody calls, so the board's `as_of` is never much older than that while the
database can be reached, and a connection that died is noticed. LISTEN wants a direct connection to the primary: not a
pool that hands out connections per transaction, and not a replica.
"""

import asyncio
import gc
import random
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
import structlog
from prometheus_client import Counter, Gauge

from availability.board import queries
from availability.board.board import Board
from availability.board.loading import FOR_NEWS, connect, load_board, read_news
from availability.board.queries import Connection

HEARTBEAT_SECONDS = 1.0

SILENCE_SECONDS = 5.0
"""A database that takes longer to say what changed is given up, and called again."""

SHORTEST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 0.05, 5.0
"""Between two attempts to reach the database; the first comes at once, for a connection may just have been cut."""

RETENTION = timedelta(minutes=30)
"""How long changes are kept at least. A board that was away longer is loaded anew."""

OFFERS = Gauge("zorg_board_offers", "Offers on the board.")
AS_OF = Gauge("zorg_board_as_of_seconds", "Moment up to which the board is complete, in seconds since 1970.")
RELOADS = Counter("zorg_board_reloads_total", "Times the whole board was read.")

log = structlog.get_logger("zorg.board")

Reloaded = Callable[[], Awaitable[None]]


async def _nothing() -> None: ...


@dataclass(slots=True)
class _Horizon:
    """A snapshot that gets old: once it is older than any board may be, what it saw can be forgotten."""

    snapshot: str
    taken_at: datetime


class Feed:
    """Follows the database on behalf of one board."""

    def __init__(self, board: Board, url: str, reloaded: Reloaded = _nothing) -> None:
        self.board = board
        self._url = url
        self._reloaded = reloaded
        self._database = ""
        self._horizon: _Horizon | None = None

    async def follow(self) -> None:
        """Until cancelled: connect, catch up, listen; when that failed at once, wait a little longer each time."""
        pause = 0.0
        while True:
            try:
                async with await connect(self._url, *FOR_NEWS) as connection:
                    await self._catch_up(connection)
                    pause = 0.0
                    await self._listen(connection)
            except (psycopg.Error, OSError, TimeoutError) as error:
                log.warning("board-connection-lost", error=type(error).__name__)
            await asyncio.sleep(pause * random.uniform(0.5, 1))  # noqa: S311 - spreads workers, hides nothing
            pause = min(max(pause * 2, SHORTEST_PAUSE_SECONDS), LONGEST_PAUSE_SECONDS)

    async def _listen(self, connection: Connection) -> None:
        while True:
            with suppress(StopAsyncIteration):
                await anext(connection.notifies(timeout=HEARTBEAT_SECONDS, stop_after=1))
            await self._advance(connection)

    async def _catch_up(self, connection: Connection) -> None:
        """After (re)connecting: what was missed, or everything when that cannot be told."""
        async with asyncio.timeout(SILENCE_SECONDS):
            await connection.execute("LISTEN board")
            database = await queries.database(connection)
        if database != self._database or datetime.now(UTC) - self.board.as_of > RETENTION:
            await self._reload()
            self._database = database
        await self._advance(connection)

    async def _advance(self, connection: Connection) -> None:
        async with asyncio.timeout(SILENCE_SECONDS):
            news = await read_news(connection, self.board.snapshot)
        if news is None:
            await self._reload()
            return
        self.board.apply(news)
        AS_OF.set(self.board.as_of.timestamp())
        await self._prune(connection)

    async def _reload(self) -> None:
        """Read everything aside, in a thread with its own loop, so that questions go on meanwhile; then swap."""
        began = asyncio.get_running_loop().time()
        fresh = await asyncio.to_thread(asyncio.run, load_board(self._url))
        await self._reloaded()
        self.board.become(fresh)
        gc.freeze()  # a million names would hold up every request while the collector walks them
        RELOADS.inc()
        OFFERS.set(self.board.offers)
        seconds = round(asyncio.get_running_loop().time() - began, 3)
        log.info("board-loaded", offers=self.board.offers, seconds=seconds)

    async def _prune(self, connection: Connection) -> None:
        """Forget changes that even the most absent board has seen or will not ask for."""
        now = datetime.now(UTC)
        if self._horizon is None:
            self._horizon = _Horizon(self.board.snapshot, now)
        elif now - self._horizon.taken_at > 2 * RETENTION:
            await queries.prune(connection, self._horizon.snapshot)
            self._horizon = _Horizon(self.board.snapshot, now)


async def follow(board: Board, url: str, reloaded: Reloaded = _nothing) -> None:
    """Keep the board live until cancelled. `reloaded` is awaited before a newly loaded board takes over."""
    await Feed(board, url, reloaded).follow()
