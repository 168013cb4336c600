"""The feed against a real database: late commits, rollbacks, lost connections, missed stretches, reloads."""

import asyncio
import random
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import psycopg
import pytest
from sqlalchemy import text

from availability.board.board import Board
from availability.board.feed import RELOADS, Feed, follow
from availability.board.loading import connect, load_board
from tests.availability.board.living import assert_current, committing, following, ids, open_places, until
from tests.availability.builders import a_contract, a_contracted_offer, a_provider, a_statement, an_offer

pytestmark = [pytest.mark.slow, pytest.mark.timeout(60)]


def reloads() -> float:
    return float(RELOADS._value.get())


def test_a_statement_is_on_the_board_of_every_worker_within_a_second(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            offer = a_contracted_offer(session)
        async with following(own_database_url, boards=2) as boards:
            with committing(own_database_url) as session:
                a_statement(session, offer, open_places=1)
            await until(lambda: all(open_places(board, offer) == 1 for board in boards), seconds=1)

    asyncio.run(story())


def test_a_silent_board_still_knows_that_it_is_current(own_database_url: str) -> None:
    async def story() -> None:
        async with following(own_database_url) as (board,):
            before = board.as_of
            await until(lambda: board.as_of > before, seconds=3)
            assert board.age_seconds(datetime.now(UTC)) < 2

    asyncio.run(story())


def test_finds_what_began_early_and_committed_late(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            early, late = a_contracted_offer(session), a_contracted_offer(session)
        async with following(own_database_url) as (board,):
            with committing(own_database_url) as slow:
                a_statement(slow, late, open_places=0)
                with committing(own_database_url) as quick:
                    a_statement(quick, early, open_places=1)
                await until(lambda: open_places(board, early) == 1)
                assert open_places(board, late) == 2
            await until(lambda: open_places(board, late) == 0)

    asyncio.run(story())


def test_never_shows_what_was_rolled_back(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            offer = a_contracted_offer(session)
        async with following(own_database_url) as (board,):
            with committing(own_database_url) as session:
                a_statement(session, offer, open_places=0)
                session.rollback()
            with committing(own_database_url) as session:
                other = a_contracted_offer(session)
            await until(lambda: other in ids(board))
            assert open_places(board, offer) == 2

    asyncio.run(story())


def test_a_transaction_arrives_as_a_whole(own_database_url: str) -> None:
    """Two offers that always change together are never seen apart."""

    async def story() -> None:
        with committing(own_database_url) as session:
            pair = [a_contracted_offer(session) for _ in range(2)]

        def change_together() -> None:
            for places in range(40):
                with committing(own_database_url) as session:
                    for offer in random.sample(pair, 2):
                        a_statement(session, offer, open_places=places % 3)

        async with following(own_database_url) as (board,):
            changing = asyncio.create_task(asyncio.to_thread(change_together))
            while not changing.done():
                assert open_places(board, pair[0]) == open_places(board, pair[1])
                await asyncio.sleep(0.001)
            await changing

    asyncio.run(story())


def test_a_lost_connection_is_made_again_and_nothing_is_missed(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            offer = a_contracted_offer(session)
        async with following(own_database_url) as (board,):
            before = reloads()
            for places in (1, 0, 2):
                with committing(own_database_url) as session:
                    cut_off_the_boards(own_database_url)
                    a_statement(session, offer, open_places=places)
                await until(partial(stands_at, board, offer, places))
            assert reloads() == before

    asyncio.run(story())


def test_a_short_absence_is_caught_up_without_reading_everything(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            offer = a_contracted_offer(session)
        feed = Feed(Board(), own_database_url)
        await followed(feed, lambda: feed.board.ready)
        before = reloads()
        with committing(own_database_url) as session:
            a_statement(session, offer, open_places=1)
        await followed(feed, lambda: open_places(feed.board, offer) == 1)
        assert reloads() == before

    asyncio.run(story())


def test_an_absence_longer_than_changes_are_kept_reads_everything(own_database_url: str) -> None:
    async def story() -> None:
        feed = Feed(Board(), own_database_url)
        await followed(feed, lambda: feed.board.ready)
        feed.board.as_of = datetime.now(UTC) - timedelta(hours=1)
        before = reloads()
        with committing(own_database_url) as session:
            offer = a_contracted_offer(session)
            session.execute(text("DELETE FROM board_change"))  # another worker has pruned meanwhile
        await followed(feed, lambda: offer in ids(feed.board))
        assert reloads() == before + 1

    asyncio.run(story())


def test_too_much_to_name_reads_everything(own_database_url: str) -> None:
    async def story() -> None:
        async with following(own_database_url) as (board,):
            before = reloads()
            with committing(own_database_url) as session:
                session.execute(text("UPDATE region_membership SET source = source || '.'"))
            await until(lambda: reloads() == before + 1)
            await assert_current(board, own_database_url)

    asyncio.run(story())


def test_what_commits_during_a_reload_is_on_the_new_board(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            offers = [a_contracted_offer(session) for _ in range(20)]

        def change() -> None:
            for turn in range(60):
                with committing(own_database_url) as session:
                    a_statement(session, random.choice(offers), open_places=turn % 3)
                    if turn % 15 == 0:
                        session.execute(text("INSERT INTO board_change (offer_ids) VALUES (NULL)"))

        async with following(own_database_url, boards=2) as boards:
            before = reloads()
            await asyncio.to_thread(change)
            last = datetime.now(UTC)
            await until(lambda: all(board.as_of > last for board in boards))
            assert reloads() > before
            for board in boards:
                await assert_current(board, own_database_url)

    asyncio.run(story())


def test_boards_converge_on_whatever_happens(own_database_url: str) -> None:
    """Offers and contracts come, change and go; both boards end up as one that is read anew."""

    async def story() -> None:
        with committing(own_database_url) as session:
            provider = a_provider(session)
            kept = a_contracted_offer(session, provider=provider)
            gone = a_contracted_offer(session, areas=("NL",))
        async with following(own_database_url, boards=2) as boards:
            with committing(own_database_url) as session:
                added = an_offer(session, provider, name='Huis "De Eik"')
                general = a_contracted_offer(session, ("JZ10",), care_type_code="pleegzorg")
                session.execute(text("UPDATE offer SET care_type_code = 'logeeropvang' WHERE id = :id"), {"id": kept})
            with committing(own_database_url) as session:
                a_contract(session, provider, ("JZ10", "GM0268"), ("logeeropvang",), scope="regional")
                session.execute(text("UPDATE provider SET name = 'Nieuwe naam' WHERE agb_code = :p"), {"p": provider})
                session.execute(text("DELETE FROM current_capacity WHERE offer_id = :id"), {"id": gone})
            with committing(own_database_url) as session:
                session.execute(text("UPDATE contract_line SET area_code = 'GM0363' WHERE area_code = 'GM0202'"))
                session.execute(
                    text("UPDATE contract SET valid_until = '2020-06-01' FROM offer o"
                         " WHERE contract.provider_agb = o.provider_agb AND o.id = :id"), {"id": general},
                )  # fmt: skip
            last = datetime.now(UTC)
            await until(lambda: all(board.as_of > last for board in boards))
            for board in boards:
                await assert_current(board, own_database_url)
                assert added not in ids(board)  # its contract now holds in Amsterdam
                assert kept in ids(board, "logeeropvang")

    asyncio.run(story())


def test_a_deleted_offer_leaves_the_board(own_database_url: str) -> None:
    async def story() -> None:
        with committing(own_database_url) as session:
            provider = a_provider(session)
            a_contract(session, provider)
            stays, goes = an_offer(session, provider), an_offer(session, provider)
        async with following(own_database_url) as (board,):
            assert ids(board) == {stays, goes}
            with committing(own_database_url) as session:
                session.execute(text("DELETE FROM offer WHERE id = :id"), {"id": goes})
            await until(lambda: ids(board) == {stays})

    asyncio.run(story())


def test_old_changes_are_forgotten_once_nobody_can_need_them(own_database_url: str) -> None:
    async def story() -> None:
        feed = Feed(Board(), own_database_url)
        with committing(own_database_url) as session:
            a_contracted_offer(session)
        await followed(feed, lambda: feed._horizon is not None)
        assert feed._horizon is not None
        feed._horizon.taken_at -= timedelta(hours=2)
        with committing(own_database_url) as session:
            a_contracted_offer(session)
        await followed(feed, lambda: changes_kept(own_database_url) == 3)  # offer, contract line, statement

    asyncio.run(story())


def test_a_database_that_is_away_is_called_again(own_database_url: str) -> None:
    async def story() -> None:
        board = Board()
        nowhere = own_database_url.replace("zorg_test", "zorg_nowhere")
        task = asyncio.create_task(follow(board, nowhere))
        await asyncio.sleep(0.3)
        assert not task.done()
        assert not board.ready
        task.cancel()

    asyncio.run(story())


def test_one_statement_notes_one_change(own_database_url: str) -> None:
    """The hot write reads nothing but the capacity, and wakes the boards once per transaction."""

    async def story() -> None:
        with committing(own_database_url) as session:
            offers = [a_contracted_offer(session) for _ in range(3)]
        async with await connect(own_database_url) as connection:
            before = (await load_board(own_database_url)).snapshot
            await connection.execute("LISTEN board")
            with committing(own_database_url) as session:
                for offer in offers:
                    a_statement(session, offer, open_places=0)
            heard = [each async for each in connection.notifies(timeout=0.5)]
            cursor = await connection.execute(
                "SELECT unnest(offer_ids), only_capacity FROM board_change"
                " WHERE NOT pg_visible_in_snapshot(xid, %s::pg_snapshot)",
                [before],
            )
            assert sorted(await cursor.fetchall()) == [(offer, True) for offer in sorted(offers)]
            assert len(heard) == 1

    asyncio.run(story())


def stands_at(board: Board, offer: int, places: int) -> bool:
    return open_places(board, offer) == places


async def followed(feed: Feed, holds: Callable[[], bool]) -> None:
    """Lets the feed follow until it holds, then stops it."""
    task = asyncio.create_task(feed.follow())
    try:
        await until(holds)
    finally:
        task.cancel()


def cut_off_the_boards(url: str) -> None:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'zorg-board' AND datname = current_database()"
        )


def changes_kept(url: str) -> int:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT count(*) FROM board_change").fetchone()
        return int(row[0]) if row else 0
