"""Filling a board: the whole of it aside, or only what changed; either at one moment of the database."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace

import psycopg
from psycopg import IsolationLevel

from availability.board import queries
from availability.board.board import Board, News
from availability.board.columns import Columns, OfferRows, no_agreements
from availability.board.queries import CareType, Changes, Connection

MOST_CHANGES = 50_000
"""Beyond this, reading everything anew is sooner than reading what changed."""

OFFERS_AT_ONCE = 100_000
"""40 MB on its way from the database."""

_SETTINGS = (
    "jit=off",
    "max_parallel_workers_per_gather=0",
    "work_mem=64MB",  # a full load joins a hundred thousand offers at once
    "timezone=UTC",
    "application_name=zorg-board",
)

FOR_NEWS = ("plan_cache_mode=force_generic_plan", "enable_seqscan=off")
"""What changed is asked hundreds of times a second, for a few offers: planning it anew took two thirds of the time.
Whole tables are never the way to a few, whatever a generic plan expects."""


async def connect(url: str, *settings: str) -> Connection:
    """A direct connection for the board: no pool, and no statement that waits for ever."""
    connection = await psycopg.AsyncConnection.connect(
        url.replace("postgresql+psycopg://", "postgresql://", 1),
        autocommit=True,
        options=" ".join(f"-c {setting}" for setting in (*_SETTINGS, *settings)),
        connect_timeout=5,
        keepalives_idle=5,
        keepalives_interval=2,
        keepalives_count=3,
    )
    await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
    return connection


async def load_board(url: str) -> Board:
    """A new board with everything there is. 100,000 offers take a second and a half."""
    async with await connect(url) as connection, _one_moment(connection):
        snapshot, as_of = await queries.moment(connection)
        care_types = await queries.care_types(connection)
        columns: dict[str, Columns] = {}
        for batch in _batches(care_types):
            offers = await queries.offers_of(connection, batch)
            agreements = await queries.agreements_of(connection, batch)
            for code in batch:
                rows = offers[code].read() if code in offers else OfferRows.none()
                columns[code] = Columns(rows, agreements.get(code, no_agreements()))
        providers = await queries.all_providers(connection)
        locations = await queries.all_locations(connection)
    return Board(
        columns=columns,
        care_types={each.code: each.name for each in care_types},
        providers=providers,
        locations=locations,
        snapshot=snapshot,
        as_of=as_of,
    )


def _batches(care_types: list[CareType]) -> Iterator[list[str]]:
    """Care types to be read together: few statements for a small board, bounded memory for a large one."""
    batch: list[str] = []
    offers = 0
    for care_type in care_types:
        if batch and offers + care_type.offers > OFFERS_AT_ONCE:
            yield batch
            batch, offers = [], 0
        batch.append(care_type.code)
        offers += care_type.offers
    if batch:
        yield batch


async def read_news(connection: Connection, last: str) -> News | None:
    """What committed since the snapshot `last`; None when that is too much to read piece by piece."""
    changes, rows = await queries.news_since(connection, last, MOST_CHANGES)
    if not changes.everything and not len(changes.contracts) and len(changes.offers) <= MOST_CHANGES:
        return News(changes.snapshot, changes.as_of, changes.offers, contracts=changes.contracts, rows=rows)
    async with _one_moment(connection):
        changes = await queries.changes_since(connection, last)
        if changes.everything or len(changes.offers) > MOST_CHANGES:
            return None
        return await _news(connection, changes)


async def _news(connection: Connection, changes: Changes) -> News:
    news = News(changes.snapshot, changes.as_of, changes.offers, contracts=changes.contracts)
    if len(changes.offers):
        news = replace(news, rows=await queries.offers_by_id(connection, changes.offers))
    if len(changes.contracts):
        news = replace(
            news,
            agreements=await queries.agreements_for(connection, changes.contracts),
            providers=await queries.providers_for(connection, changes.contracts),
            locations=await queries.locations_for(connection, changes.contracts),
        )
    return news


@asynccontextmanager
async def _one_moment(connection: Connection) -> AsyncIterator[None]:
    """A transaction in which every statement sees the same moment (see `connect`)."""
    async with connection.transaction():
        yield
