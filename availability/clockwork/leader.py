"""One leader among all processes: who holds an advisory lock of the database does what must happen by itself.

The lock goes with the connection, so a leader that dies or loses the database is succeeded within seconds. Two leaders
at once, for a moment, do no harm: everything they do is claimed or keyed in the database.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import psycopg

LOCK = 7_355_012_026
"""A number of our own; the same in each process."""

ASK_EVERY_SECONDS = 5.0

Connection = psycopg.AsyncConnection[Any]


async def _connect(url: str) -> Connection:
    """A direct line: a pool that hands out connections per transaction would lose the lock."""
    return await psycopg.AsyncConnection.connect(
        url.replace("postgresql+psycopg://", "postgresql://", 1),
        autocommit=True,
        options="-c application_name=zorg-clockwork -c statement_timeout=5000",
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )


@asynccontextmanager
async def leadership(url: str) -> AsyncIterator["Leadership"]:
    """Waits until this process leads. Raises psycopg.OperationalError when the database cannot be reached."""
    async with await _connect(url) as connection:
        while not await _locked(connection):
            await asyncio.sleep(ASK_EVERY_SECONDS)
        yield Leadership(connection)


async def _locked(connection: Connection) -> bool:
    row = await (await connection.execute("SELECT pg_try_advisory_lock(%s)", (LOCK,))).fetchone()
    return bool(row and row[0])


class Leadership:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def watch(self) -> None:
        """Returns never; raises psycopg.OperationalError when the line, and with it the lock, is lost."""
        while True:
            await asyncio.sleep(ASK_EVERY_SECONDS)
            await self._connection.execute("SELECT")
