"""The picture of the country in one worker: made beside the questions, kept when it cannot be made, until too old."""

import asyncio
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from structlog.testing import capture_logs

from availability.oversight import country
from availability.oversight.country import AGES_AFTER, TOO_OLD_AFTER, Overview
from availability.refusals import Unavailable

BEGIN = datetime(2026, 11, 23, 9, tzinfo=UTC)
Made = Callable[[], Any]


class Broken(Exception):
    """With the reference of a child in its text, as an error may have."""


class World:
    """A worker whose board has a time, and whose pictures are the moments at which they were made."""

    def __init__(self) -> None:
        self.board = SimpleNamespace(as_of=BEGIN)
        self.day = date(2026, 11, 23)
        self.broken = False
        self.app: Any = SimpleNamespace(state=SimpleNamespace(board=self.board, lexicon=None, today=lambda: self.day))
        self.overview = Overview()

    def passes(self, time: timedelta) -> None:
        self.board.as_of += time

    def solved(self, *_: Any) -> Any:
        if self.broken:
            raise Broken("2026-0042")
        return SimpleNamespace(today=self.day, as_of=self.board.as_of)

    def asked(self) -> Any:
        """What somebody sees who asks, and what is made beside it."""

        async def ask() -> Any:
            seen = await self.overview.country(self.app)
            making = self.overview._making
            if making is not None:
                await making
            return seen.as_of

        return asyncio.run(ask())


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> World:
    world = World()

    async def board_read(*_: Any) -> None:
        return None

    async def in_thread(do: Made, *given: Any) -> Any:
        return do(*given)

    monkeypatch.setattr(country, "read_board", board_read)
    monkeypatch.setattr(country, "run_in_threadpool", in_thread)
    monkeypatch.setattr(country, "_solved", world.solved)
    monkeypatch.setattr(country, "AGAIN_AFTER_SECONDS", 0.0)
    return world


def test_a_picture_that_ages_is_shown_while_a_new_one_is_made(world: World) -> None:
    world.asked()
    world.passes(AGES_AFTER + timedelta(seconds=1))

    assert world.asked() == BEGIN
    assert world.asked() == BEGIN + AGES_AFTER + timedelta(seconds=1)


def test_a_new_picture_that_fails_is_told_and_the_old_one_stays(world: World) -> None:
    world.asked()
    world.broken = True
    world.passes(AGES_AFTER + timedelta(seconds=1))

    with capture_logs() as told:
        assert world.asked() == BEGIN
        assert world.asked() == BEGIN
    assert [(each["log_level"], each["request_id"], each["error"]) for each in told] == [
        ("error", "country", "Broken"),
        ("error", "country", "Broken"),
    ]
    assert "2026-0042" not in str(told)


def test_once_it_is_too_old_nobody_sees_it(world: World) -> None:
    world.asked()
    world.broken = True
    world.passes(TOO_OLD_AFTER)

    with capture_logs(), pytest.raises(Unavailable, match="nu niet te maken"):
        world.asked()


def test_yesterdays_is_too_old_and_so_is_none(world: World) -> None:
    world.asked()
    world.broken, world.day = True, date(2026, 11, 24)

    with capture_logs(), pytest.raises(Unavailable):
        world.asked()
    world.overview.forget()
    with capture_logs(), pytest.raises(Unavailable):
        world.asked()


def test_when_it_goes_again_everybody_sees_the_new_one(world: World) -> None:
    world.broken = True
    with capture_logs(), pytest.raises(Unavailable):
        world.asked()
    world.broken = False

    assert world.asked() == BEGIN


def test_shortly_after_a_failure_nobody_tries_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(country, "AGAIN_AFTER_SECONDS", 60.0)
    world.broken = True
    with capture_logs() as told:
        for _ in range(3):
            with pytest.raises(Unavailable):
                world.asked()

    assert len(told) == 1
