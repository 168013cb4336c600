"""Boards that follow a real database, for tests that commit."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from typing import Any

from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.board.feed import follow
from availability.board.loading import load_board
from availability.database import make_engine
from matcher.candidates import READY, Candidates
from matcher.offers import NEVER, Rows

AREAS = ("GM0202", "JZ10", "NL")
TODAY = 20_000


@contextmanager
def committing(url: str) -> Iterator[Session]:
    """A session whose changes stay."""
    engine = make_engine(url)
    try:
        with Session(engine) as session, session.begin():
            yield session
    finally:
        engine.dispose()


@asynccontextmanager
async def following(url: str, boards: int = 1) -> AsyncIterator[list[Board]]:
    """Boards as separate workers would have them, filled and followed until the end of the block."""
    made = [Board() for _ in range(boards)]
    tasks = [asyncio.create_task(follow(board, url)) for board in made]
    try:
        await until(lambda: all(board.ready for board in made))
        yield made
    finally:
        for task in tasks:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task


async def until(holds: Callable[[], bool], seconds: float = 10) -> None:
    """Waits until it holds; fails after so many seconds."""
    async with asyncio.timeout(seconds):
        while not holds():
            await asyncio.sleep(0.005)


def on_board(board: Board, care_type: str = "gezinshuis") -> Rows:
    return board.candidates([care_type], AREAS, TODAY, TODAY).rows


def ids(board: Board, care_type: str = "gezinshuis") -> set[int]:
    """The contracted offers."""
    return set(on_board(board, care_type)["offer_id"].tolist())


def open_places(board: Board, offer: int) -> int:
    rows = board.everything(["gezinshuis"])
    return int(rows["open_places"][rows["offer_id"] == offer][0])


def assert_same(board: Board, other: Board) -> None:
    """The same offers, contracts and cards for every care type, here and now."""
    assert board.care_types == other.care_types
    assert whole(board) == whole(other)


def whole(board: Board) -> list[str]:
    """All that a board says, written out, because unknown is NaN, which equals nothing."""
    return [
        str(part if isinstance(part, list) else part.tolist())
        for care_type in board.care_types
        for part in (
            board.everything([care_type]),
            *columns(board.candidates([care_type], AREAS, TODAY, TODAY)),
            *columns(board.candidates([care_type], AREAS, NEVER, TODAY)),
            board.cards([care_type], board.everything([care_type])),
        )
    ]


def columns(candidates: Candidates) -> list[Any]:
    """Candidates as rows, and what was made ready of them."""
    return [candidates.rows, *(candidates[name] for name in READY.names or ())]


async def assert_current(board: Board, url: str) -> None:
    """The board holds exactly what a board read anew would hold."""
    assert_same(board, await load_board(url))
