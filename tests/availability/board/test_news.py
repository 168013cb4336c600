"""News of capacity waits, packed, until somebody asks for its care type; then it is read together."""

import asyncio
from dataclasses import replace

import pytest
from sqlalchemy import text

from availability.board.board import MOST_HEARD, Board, News
from availability.board.loading import connect, load_board, read_news
from tests.availability.board.living import assert_current, committing, open_places
from tests.availability.builders import a_contracted_offer, a_statement

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


class World:
    """Two offers of one care type, a board that knows both, and all that was told since."""

    def __init__(self, url: str) -> None:
        self.url = url
        with committing(url) as session:
            self.one, self.other = (a_contracted_offer(session) for _ in range(2))
        self.board: Board = asyncio.run(load_board(url))

    def state(self, offer: int, places: int) -> None:
        with committing(self.url) as session:
            a_statement(session, offer, open_places=places)

    def news(self) -> News:
        async def read() -> News | None:
            async with await connect(self.url) as connection:
                return await read_news(connection, self.board.snapshot)

        news = asyncio.run(read())
        assert news is not None
        return news

    def hear(self) -> None:
        self.board.apply(self.news())


@pytest.fixture
def world(own_database_url: str) -> World:
    return World(own_database_url)


def test_of_what_was_said_more_than_once_the_last_holds(world: World) -> None:
    for places in (0, 1, 0):
        world.state(world.one, places)
        world.hear()
    world.state(world.other, 1)
    world.hear()
    assert (open_places(world.board, world.one), open_places(world.board, world.other)) == (0, 1)


def test_what_is_new_finds_what_was_heard_before(world: World) -> None:
    world.state(world.one, 0)
    world.hear()
    with committing(world.url) as session:
        another = a_contracted_offer(session)
        session.execute(text("UPDATE offer SET name = 'Nieuwe naam' WHERE id = :id"), {"id": world.other})
    world.hear()
    assert open_places(world.board, world.one) == 0
    assert open_places(world.board, another) == 2
    asyncio.run(assert_current(world.board, world.url))


def test_news_that_nobody_asks_for_does_not_pile_up(world: World) -> None:
    world.state(world.one, 0)
    news = world.news()
    for _ in range(MOST_HEARD + 1):
        world.board.apply(replace(news))
    assert sum(map(len, world.board._heard.values())) == 0
    assert open_places(world.board, world.one) == 0
