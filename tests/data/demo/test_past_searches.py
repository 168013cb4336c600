"""The searches of the past in the demo: each a history that the rules allow, over by now, and there to learn from."""

from datetime import date

import pytest

from data.demo.plan import SEED, WORLDS
from data.demo.world import World, make_world
from matcher.case_events import Event
from matcher.enrolment import Phase, refusal_of, state_of
from matcher.lessons import Case, Period, Referral
from matcher.lessons_of_cases import contacts, escalations, of_age
from matcher.lessons_of_refusals import refusals
from tests.data.demo.read_back import event_of, facts_of

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 23)
YEAR = Period(date(2025, 10, 1), date(2026, 9, 30))


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(WORLDS["region"].at(TODAY, SEED, 600))


@pytest.fixture(scope="module")
def cases(world: World) -> list[Case]:
    told: dict[str, list[Event]] = {}
    for row in world.searched_events.to_dict("records"):
        told.setdefault(row["care_request_id"], []).append(event_of(row))
    return [
        Case(facts_of(row), tuple(told[row["id"]]), row["care_type_codes"][0])
        for row in world.searched_cases.to_dict("records")
    ]


@pytest.fixture(scope="module")
def referrals(world: World) -> dict[str, Referral]:
    care = world.offers.set_index("id").care_type_code
    put = world.searched_referrals.to_dict("records")
    return {row["id"]: Referral(care[row["offer_id"]], row["provider_agb"]) for row in put}


def test_the_rules_allow_every_search(cases: list[Case]) -> None:
    for case in cases[::5]:  # each takes a second look at all that came before
        for position, event in enumerate(case.recorded):
            why_not = refusal_of(case.facts, case.recorded[:position], event, TODAY)
            assert why_not is None, f"{event.kind} after {[each.kind.value for each in case.recorded[:position]]}"


def test_none_of_it_stands_on_a_desk_today(world: World, cases: list[Case]) -> None:
    phases = {case.facts: state_of(case.facts, case.recorded, TODAY).phase for case in cases}
    assert Phase.SEARCH not in phases.values()
    assert set(world.searched_cases.status) == {"started", "closed"}
    assert max(event.occurred for case in cases for event in case.recorded) < TODAY


def test_there_is_something_to_learn_of_everything(cases: list[Case], referrals: dict[str, Referral]) -> None:
    stays = {"gezinshuis", "pleegzorg", "behandelgroep"}.__contains__
    for period in (YEAR, YEAR.year_before()):
        everything, *rows = refusals(cases, referrals, period)
        found = escalations(cases, period)

        assert len(rows) == 5
        assert len(everything.reasons) == 4
        assert set(found.outcomes) == {"found", "tailor-made", "no-view"}
        assert len(found.causes) >= 2
        assert contacts(cases, [case.turns(period) for case in cases], period).repaired >= 5
        assert of_age(cases, referrals, stays, period).stayed.whole >= 5


def test_a_world_without_a_home_has_none() -> None:
    world = make_world(WORLDS["national"].at(TODAY, SEED, 600))

    assert len(world.searched_cases) == len(world.searched_events) == len(world.past_steps) == 0
