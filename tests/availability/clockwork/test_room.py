"""A place that opens and suits a waiting case tells its worker; nothing else does."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from fastapi import FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from availability.app import create_app
from availability.clockwork.room import tell_of_room
from availability.clockwork.surroundings import Surroundings
from tests.availability.builders import a_contract, a_contracted_offer, a_provider, a_statement, an_offer
from tests.availability.clockwork.builders import a_case
from tests.conftest import copied_database, demo_settings, started

pytestmark = pytest.mark.slow

FULL = {"open_places": 0, "occupied_places": 11}
ROOM = {"open_places": 1, "occupied_places": 10}


class World:
    """A running service with one full offer that a case waits for."""

    def __init__(self, sessions: sessionmaker[Session], look: Callable[[], None]) -> None:
        self.look, self.sessions = look, sessions
        with sessions.begin() as session:
            provider = a_provider(session)
            a_contract(session, provider)
            self.offer = an_offer(session, provider, name="De Wilgen")
            a_statement(session, self.offer, recorded_at=datetime.now(UTC) - timedelta(minutes=1), **FULL)
            self.case = self.open_case(session)
        look()
        self.forget()

    def forget(self) -> None:
        with self.sessions.begin() as session:
            session.execute(text("DELETE FROM notice"))

    def end(self) -> None:
        """Leave nothing that is found or waits, for the next test."""
        with self.sessions.begin() as session:
            session.execute(text("UPDATE offer SET published_until = '2025-01-01'"))
            session.execute(text("UPDATE care_request SET status = 'closed'"))

    def open_case(self, session: Session, **given: Any) -> UUID:
        return a_case(session, datetime.now(UTC).date(), **given)

    def state(self, *statements: dict[str, Any]) -> None:
        for each in statements:
            with self.sessions.begin() as session:
                a_statement(session, self.offer, **each)

    def told(self) -> list[Any]:
        with self.sessions() as session:
            return list(session.execute(text("SELECT kind, organisation, role, link, values::text FROM notice")))


@pytest.fixture(scope="module")
def app(server_url: str, template: str) -> Iterator[tuple[FastAPI, Callable[[], None]]]:
    """The service, and a way to let its clockwork look."""
    with copied_database(server_url, template, "room") as url:
        service = create_app(demo_settings(url))
        with started(service) as client:
            portal = client.portal
            assert portal is not None
            yield service, lambda: portal.call(tell_of_room, Surroundings.of(service.state))


@pytest.fixture
def world(app: tuple[FastAPI, Callable[[], None]]) -> Iterator[World]:
    service, look = app
    look()
    world = World(service.state.sessions, look)
    yield world
    world.end()


def test_the_worker_of_a_waiting_case_hears_of_room(world: World) -> None:
    world.state(ROOM)
    world.look()
    ((kind, organisation, role, link, values),) = world.told()
    assert (kind, organisation, role) == ("capacity-suits-case", "90000777", "youth-protection")
    assert link == f"casussen?casus={world.case}"
    assert "De Wilgen" in values
    for private in ("6811", "2013-05", "A-17"):
        assert private not in values + link


def test_it_is_told_once_a_day_however_often_it_is_stated_and_looked_at(world: World) -> None:
    for statement in (ROOM, FULL, ROOM, ROOM):
        world.state(statement)
        world.look()
        world.look()
    assert len(world.told()) == 1


def test_what_stays_or_gets_worse_is_no_news(world: World) -> None:
    for statement in (FULL, FULL | {"treatment_wait_days": 90}, FULL | {"admission_stop": True}):
        world.state(statement)
        world.look()
    assert world.told() == []


def test_room_that_was_confirmed_before_anybody_looked_is_still_news(world: World) -> None:
    world.state(ROOM, ROOM)
    world.look()
    assert len(world.told()) == 1


def test_nothing_is_lost_when_nobody_looked_for_longer_than_changes_are_kept(world: World) -> None:
    with world.sessions.begin() as session:
        session.execute(text("UPDATE clockwork_mark SET at = now() - interval '2 hours' WHERE work = 'room'"))
    world.state(ROOM)
    with world.sessions.begin() as session:
        session.execute(text("DELETE FROM board_change"))
    world.look()
    assert len(world.told()) == 1


def test_a_case_that_is_closed_or_asks_something_else_hears_nothing(world: World) -> None:
    with world.sessions.begin() as session:
        session.execute(text("UPDATE care_request SET status = 'closed'"))
        world.open_case(session, care_type_codes=["pleegzorg"])
        world.open_case(session, municipality_code="GM0363")
    world.state(ROOM)
    world.look()
    assert world.told() == []


def test_an_offer_far_down_the_ranking_is_no_news(world: World) -> None:
    with world.sessions.begin() as session:
        for _ in range(6):
            better = a_contracted_offer(session, provider=a_provider(session))
            a_statement(session, better, open_places=5, occupied_places=0, intake_wait_days=0, treatment_wait_days=0)
    world.look()
    world.forget()
    world.state(FULL | {"intake_wait_days": 0, "treatment_wait_days": 20})
    world.look()
    assert world.told() == []


def test_all_who_wait_hear_it_and_each_by_its_own_desk(world: World) -> None:
    with world.sessions.begin() as session:
        for number in range(20):
            world.open_case(session, organisation=f"800000{number:02}")
    world.state(ROOM)
    world.look()
    assert len({organisation for _, organisation, *_ in world.told()}) == 21


def test_a_look_that_broke_off_is_done_again(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("killed")

    world.state(ROOM)
    with monkeypatch.context() as killed:
        killed.setattr("availability.clockwork.room._tell_worker", broken)
        with pytest.raises(RuntimeError):
            world.look()
    assert world.told() == []
    world.look()
    assert len(world.told()) == 1
