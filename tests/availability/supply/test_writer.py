"""The group writer: many requests, one transaction, and everybody their own answer."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, date, datetime

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url
from sqlalchemy.orm import Session

from availability.access.demo import mint_demo_token
from availability.access.identity import Identity, Role
from availability.app import create_app
from availability.database import make_engine
from availability.preconditions import Expects, Precondition
from availability.refusals import Unavailable
from availability.supply.drafts import Draft
from availability.supply.entries import Author, Entry
from availability.supply.messages import Statement
from availability.supply.queries import Outcome, Stated
from availability.supply.writer import MOST_AT_ONCE, MOST_WAITING, Writer, writer_at_work
from tests.availability.builders import a_provider, a_statement, an_offer
from tests.availability.supply.test_capacity import STATEMENT
from tests.conftest import demo_settings, started

pytestmark = pytest.mark.slow

ADMIN = Identity("planner", Role.ADMIN, "-", 9e9)
TODAY = date(2026, 11, 23)  # a Monday


def an_entry(offer: int, *, expects: Expects = Expects.ANY, caller: Identity = ADMIN, **figures: int) -> Entry:
    said = Statement.model_validate({**STATEMENT, **figures})
    return Entry(Author.of(caller, "api"), Draft(offer, Precondition(expects), said))


class Notebook:
    """Stands in for the database: keeps each group, and does to it what the test says."""

    def __init__(self) -> None:
        self.groups: list[list[int]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.does: Callable[[Sequence[Entry]], Sequence[Outcome]] = lambda group: [Outcome.ACCEPTED] * len(group)

    async def record(self, group: Sequence[Entry]) -> list[Stated]:
        self.groups.append([entry.draft.offer_id for entry in group])
        await self.open.wait()
        return [Stated(outcome, None, None) for outcome in self.does(group)]


def at_work(scene: Callable[[Writer, Notebook], Awaitable[None]]) -> None:
    """Plays a scene with a writer that is at work, and lets it finish."""

    async def play() -> None:
        notebook = Notebook()
        writer = Writer(notebook.record)
        async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
            tasks.create_task(writer.work())
            await scene(writer, notebook)
            writer.close()

    asyncio.run(play())


async def waiting(writer: Writer, *offers: int) -> list[asyncio.Task[Stated]]:
    tasks = [asyncio.create_task(writer.state(an_entry(offer))) for offer in offers]
    await asyncio.sleep(0)
    return tasks


def test_what_arrives_while_a_group_is_recorded_forms_the_next() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        notebook.open.clear()
        first = await waiting(writer, 1)
        await asyncio.sleep(0.01)
        rest = await waiting(writer, 2, 3, 4)
        notebook.open.set()
        await asyncio.gather(*first, *rest)
        assert notebook.groups == [[1], [2, 3, 4]]

    at_work(scene)


def test_nobody_waits_for_who_comes_later() -> None:
    """While the first is on its way to disk, those who follow are read: that costs no time then."""

    async def scene(writer: Writer, notebook: Notebook) -> None:
        first = await waiting(writer, 1)
        while_it_is_written = await waiting(writer, 2, 3)  # a turn of the loop later
        await asyncio.gather(*first, *while_it_is_written)
        assert notebook.groups == [[1], [2, 3]]

    at_work(scene)


def test_two_statements_on_one_offer_are_judged_one_after_the_other() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        await asyncio.gather(*await waiting(writer, 1, 2, 1, 1, 3))
        assert notebook.groups == [[1, 2, 3], [1], [1]]

    at_work(scene)


def test_a_group_has_a_largest_size() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        await asyncio.gather(*await waiting(writer, *range(MOST_AT_ONCE + 1)))
        assert [len(group) for group in notebook.groups] == [MOST_AT_ONCE, 1]

    at_work(scene)


def test_who_comes_when_the_queue_is_full_hears_so_at_once() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        queue = await waiting(writer, *range(MOST_WAITING))
        with pytest.raises(Unavailable, match="te druk"):
            await writer.state(an_entry(0))
        await asyncio.gather(*queue)

    at_work(scene)


def test_what_waits_at_the_end_is_still_recorded_and_nothing_is_taken_after() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        queue = await waiting(writer, 1, 2)
        writer.close()
        with pytest.raises(Unavailable):
            await writer.state(an_entry(3))
        assert [(await each).outcome for each in queue] == [Outcome.ACCEPTED] * 2

    at_work(scene)


def test_who_was_overtaken_by_another_worker_is_judged_again() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        notebook.does = lambda group: [
            Outcome.RACED if each.draft.offer_id == 2 and len(notebook.groups) < 3 else Outcome.ACCEPTED
            for each in group
        ]
        outcomes = await asyncio.gather(*await waiting(writer, 1, 2))
        assert [stated.outcome for stated in outcomes] == [Outcome.ACCEPTED] * 2
        assert notebook.groups == [[1, 2], [2], [2]]

    at_work(scene)


def test_one_that_fails_does_not_fail_its_neighbours() -> None:
    def stumble(group: Sequence[Entry]) -> list[Outcome]:
        if any(entry.draft.offer_id == 2 for entry in group):
            raise psycopg.DataError("not this one")
        return [Outcome.ACCEPTED] * len(group)

    async def scene(writer: Writer, notebook: Notebook) -> None:
        notebook.does = stumble
        one, two, three = await asyncio.gather(*await waiting(writer, 1, 2, 3), return_exceptions=True)
        assert isinstance(one, Stated)
        assert isinstance(two, psycopg.DataError)
        assert isinstance(three, Stated)

    at_work(scene)


def test_without_a_database_everybody_hears_so_and_nobody_is_tried_again() -> None:
    def gone(group: Sequence[Entry]) -> list[Outcome]:
        raise Unavailable("weg")

    async def scene(writer: Writer, notebook: Notebook) -> None:
        notebook.does = gone
        answers = await asyncio.gather(*await waiting(writer, 1, 2, 3), return_exceptions=True)
        assert {type(answer) for answer in answers} == {Unavailable}
        assert notebook.groups == [[1, 2, 3]]

    at_work(scene)


def test_a_client_that_went_away_leaves_the_others_their_answers() -> None:
    async def scene(writer: Writer, notebook: Notebook) -> None:
        notebook.open.clear()
        one, two = await waiting(writer, 1, 2)
        await asyncio.sleep(0.01)
        one.cancel()
        notebook.open.set()
        assert (await two).outcome is Outcome.ACCEPTED
        assert notebook.groups == [[1, 2]]

    at_work(scene)


class TestOnTheDatabase:
    """One connection, one statement, one commit, one round trip."""

    @pytest.fixture
    def offers(self, own_database_url: str) -> list[int]:
        engine = make_engine(own_database_url)
        with Session(engine) as session, session.begin():
            offers = [an_offer(session, a_provider(session)) for _ in range(8)]
            for offer in offers[1:]:
                a_statement(session, offer)
        engine.dispose()
        return offers

    def test_a_group_is_one_transaction_in_which_each_has_its_own_outcome(
        self, own_database_url: str, offers: list[int]
    ) -> None:
        stranger = Identity("planner", Role.PROVIDER, "99999999", 9e9)
        asked = [
            an_entry(offers[0], expects=Expects.NONE),
            an_entry(offers[1]),
            an_entry(offers[2], expects=Expects.NONE),
            an_entry(offers[3], caller=stranger),
            an_entry(offers[4], totalPlaces=5000),
            an_entry(999_999_999),
        ]

        async def play() -> list[Stated]:
            async with writer_at_work(own_database_url, lambda: TODAY) as writer:
                return await asyncio.gather(*(writer.state(entry) for entry in asked))

        outcomes = [stated.outcome for stated in asyncio.run(play())]
        assert outcomes == ["accepted", "accepted", "stated-already", "not-yours", "unlikely-jump", "unknown-offer"]
        with psycopg.connect(own_database_url) as connection:
            query = "SELECT count(*), count(DISTINCT xmin::text) FROM capacity_statement WHERE stated_by = '-:planner'"
            assert connection.execute(query).fetchall() == [(2, 1)]
            audit = "SELECT count(*) FROM audit_entry JOIN capacity_statement said ON said.id::text = record_id"
            assert connection.execute(audit).fetchall() == [(2,)]

    def test_a_lost_connection_is_made_again(self, own_database_url: str, offers: list[int]) -> None:
        settings = demo_settings(own_database_url)
        authorization = "Bearer " + mint_demo_token(settings, "admin", "-", datetime.now(UTC))
        path, headers = f"/offers/{offers[1]}/capacity", {"Authorization": authorization, "If-Match": "*"}
        with started(create_app(settings)) as client:
            assert client.put(path, json=STATEMENT, headers=headers).status_code == 200
            hang_up_on_the_writer(own_database_url)
            answers = [client.put(path, json=STATEMENT, headers=headers) for _ in range(2)]
        assert answers[0].status_code in (200, 503)
        assert answers[0].headers["content-type"] in ("application/json", "application/problem+json")
        assert answers[1].status_code == 200

    def test_an_offer_that_somebody_holds_does_not_hold_up_the_others(
        self, own_database_url: str, offers: list[int]
    ) -> None:
        async def play() -> list[Stated | BaseException]:
            async with writer_at_work(own_database_url, lambda: TODAY) as writer:
                entries = [an_entry(offer) for offer in offers[1:4]]
                return await asyncio.gather(*(writer.state(entry) for entry in entries), return_exceptions=True)

        with psycopg.connect(own_database_url) as holder:
            holder.execute("SELECT 1 FROM current_capacity WHERE offer_id = %s FOR UPDATE", [offers[2]])
            before, held, after = asyncio.run(play())
            holder.rollback()
        assert isinstance(before, Stated)
        assert isinstance(held, Unavailable)
        assert isinstance(after, Stated)


def hang_up_on_the_writer(url: str) -> None:
    query = sql.SQL(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'zorg-writer' AND datname = {}"
    )
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(query.format(make_url(url).database))
