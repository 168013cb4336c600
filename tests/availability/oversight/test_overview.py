"""How old a picture of the country may be: a minute, up to five while a new one is made, never longer."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any, cast

import pytest

from availability.oversight.country import Country, Overview

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


class Counting(Overview):
    """Makes pictures of nothing, and counts them."""

    def __init__(self) -> None:
        super().__init__()
        self.made = 0

    async def _make(self, app: Any) -> None:
        await asyncio.sleep(0)
        self.made += 1
        nothing = cast("Any", None)
        self._latest = Country(nothing, nothing, [], app.state.today(), app.state.board.as_of)


def asked_after(*waits: timedelta) -> tuple[int, list[timedelta]]:
    """Ask at once and then after each wait; how many pictures were made, and how old each answer was."""

    async def ask() -> tuple[int, list[timedelta]]:
        overview, ages = Counting(), []
        state = SimpleNamespace(board=SimpleNamespace(as_of=NOW), today=lambda: date(2026, 11, 23))
        for wait in (timedelta(), *waits):
            state.board.as_of += wait
            told = await overview.country(cast("Any", SimpleNamespace(state=state)))
            ages.append(state.board.as_of - told.as_of)
            await asyncio.sleep(0.001)  # what was begun in the background is done
        return overview.made, ages

    return asyncio.run(ask())


@pytest.mark.parametrize(
    ("wait", "made", "age"),
    [
        (timedelta(seconds=60), 1, timedelta(seconds=60)),
        (timedelta(seconds=61), 2, timedelta(seconds=61)),  # shown as it is, and made anew behind it
        (timedelta(minutes=5), 2, timedelta()),  # too old: waited for
    ],
)
def test_a_picture_ages(wait: timedelta, made: int, age: timedelta) -> None:
    pictures, (_, told) = asked_after(wait)

    assert (pictures, told) == (made, age)


def test_who_asks_next_sees_what_was_made_behind_the_last_answer() -> None:
    assert asked_after(timedelta(seconds=90), timedelta())[1] == [timedelta(), timedelta(seconds=90), timedelta()]
