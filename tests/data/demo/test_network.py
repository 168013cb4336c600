"""What lies with the network and the expert team in the demo: told by the rules, with documents and real rankings."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.board.loading import load_board
from availability.cases.history import facts_and_events
from availability.matching.keeping import Kept, told_again
from data.demo import load_world
from data.demo.expert_team import write_registrations
from data.demo.plan import SEED, WORLDS
from data.demo.world import World, make_world
from matcher.enrolment import refusal_of
from tests.availability.board.living import committing

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(WORLDS["region"].at(TODAY, SEED, None))


def test_of_each_case_some_members_answered_and_some_did_not(world: World) -> None:
    told = world.network_events.kind.value_counts()
    assert told["network-asked"] == len(world.network_referrals)
    assert told["network-proposed"] == told["network-declined"] == len(world.network_requests)
    assert told["network-asked"] > told["network-proposed"] + told["network-declined"]


def test_who_is_asked_is_a_member(world: World) -> None:
    assert set(world.network_referrals.provider_agb) <= set(world.network_members.provider_agb)


def test_some_places_are_held_and_none_twice(world: World) -> None:
    options = world.options
    assert len(options) > 1
    assert not options.duplicated(["offer_id"]).any()
    assert (options.last_day > TODAY).all()


@pytest.mark.parametrize("offers", [0, 120])
def test_a_small_world_has_what_it_can_have(offers: int) -> None:
    small = make_world(WORLDS["region"].at(TODAY, SEED, offers))
    assert set(small.network_referrals.network_request_id) <= set(small.network_requests.id)


def test_everything_that_is_told_could_be_recorded_then(session: Session) -> None:
    load_world(session, "region", today=TODAY)
    asked = session.execute(text("SELECT care_request_id FROM network_request")).scalars().all()
    assert len(asked) > 1
    for facts, events in facts_and_events(session, asked).values():
        for position, event in enumerate(events[1:], start=1):
            assert refusal_of(facts, events[:position], event, TODAY) is None, event.kind


def test_every_refusal_has_its_document(session: Session) -> None:
    load_world(session, "region", today=TODAY)
    told = (
        "SELECT count(DISTINCT referral_id) FROM case_event"
        " WHERE kind IN ('referral-refused', 'network-declined', 'acceptance-withdrawn')"
    )
    documents = session.execute(text(f"SELECT count(*), ({told}) FROM refusal")).one()
    assert documents[0] == documents[1] > 10


def test_the_expert_team_has_real_rankings_on_its_agenda(own_database_url: str) -> None:
    with committing(own_database_url) as session:
        load_world(session, "region", today=TODAY)
    board = asyncio.run(load_board(own_database_url))
    with committing(own_database_url) as session:
        assert write_registrations(session, board) > 1
        assert write_registrations(session, board) == 0
        kept = session.execute(text("SELECT ranking.* FROM ranking JOIN ret_registration ON ranking.id = ranking_id"))
        for row in kept:
            ranking = Kept(row.question, bytes(row.candidates), row.today, row.as_of, row.weights_version, row.answer)
            assert told_again(ranking) == row.answer
