"""The cases that live in the demo: every history is one that the rules allow, and every page has something to show."""

from datetime import date

import pytest

from availability.cases.history import STATUS_OF
from data.demo.accounts import make_institutions
from data.demo.contracts import make_contracts
from data.demo.ground import read_ground
from data.demo.lives import Lives, make_lives, working_day_ago
from data.demo.locations import make_locations
from data.demo.offers import make_offers
from data.demo.plan import WORLDS
from data.demo.providers import make_providers
from matcher.case_events import CaseFacts, Event
from matcher.enrolment import Actor, refusal_of, state_of
from tests.data.demo.read_back import event_of, facts_of

pytestmark = pytest.mark.slow

TODAYS = (date(2026, 11, 23), date(2026, 12, 28), date(2027, 5, 6))
"""A Monday; between Christmas and New Year; the day after Liberation Day, Ascension Day."""


@pytest.fixture(scope="module", params=TODAYS, ids=str)
def lived(request: pytest.FixtureRequest) -> tuple[Lives, date]:
    plan = WORLDS["region"].at(request.param, 2025, 300)
    country = read_ground(plan.today)
    ground = country.within(plan.regions)
    providers = make_providers(ground, country, plan)
    offers = make_offers(providers, make_locations(providers, country, plan), ground, plan)
    agreed = make_contracts(providers, offers, country, plan)
    return make_lives(ground, offers, agreed, make_institutions(), plan), plan.today


def histories(lives: Lives) -> dict[str, tuple[CaseFacts, list[Event]]]:
    events: dict[str, list[Event]] = {}
    for row in lives.events.to_dict("records"):
        events.setdefault(row["care_request_id"], []).append(event_of(row))
    return {case["id"]: (facts_of(case), events.get(case["id"], [])) for case in lives.cases.to_dict("records")}


def test_the_rules_allow_every_history(lived: tuple[Lives, date]) -> None:
    lives, today = lived
    for facts, events in histories(lives).values():
        for position, event in enumerate(events):
            why_not = refusal_of(facts, events[:position], event, today)
            assert why_not is None, f"{event.kind} after {[each.kind.value for each in events[:position]]}: {why_not}"


def test_a_case_says_of_itself_what_its_history_says(lived: tuple[Lives, date]) -> None:
    lives, today = lived
    status = {case["id"]: case["status"] for case in lives.cases.to_dict("records")}
    for case, history in histories(lives).items():
        assert status[case] == STATUS_OF[state_of(*history, today).phase]


def test_every_desk_has_something_to_do_and_something_is_late(lived: tuple[Lives, date]) -> None:
    lives, today = lived
    tasks = [task for history in histories(lives).values() for task in state_of(*history, today).tasks]
    assert {task.actor for task in tasks} >= set(Actor) - {Actor.NETWORK, Actor.TEAM_LEADER, Actor.LOCAL_TEAM}
    late = {task.actor for task in tasks if task.due < today}
    assert {Actor.WORKER, Actor.BACK_OFFICE, Actor.PROVIDER, Actor.OFFICIAL} <= late


def test_the_local_team_and_the_planner_of_the_demo_have_work(lived: tuple[Lives, date]) -> None:
    lives, today = lived
    tasks = [task for history in histories(lives).values() for task in state_of(*history, today).tasks]
    assert sum(task.organisation == "GM0202" and task.actor is Actor.WORKER for task in tasks) >= 10


@pytest.mark.parametrize(
    ("today", "days", "before"),
    [
        ("maandag 2026-11-23", 0, "maandag 2026-11-23"),
        ("maandag 2026-11-23", 1, "vrijdag 2026-11-20"),
        ("zondag 2026-11-22", 0, "vrijdag 2026-11-20"),
        ("dinsdag 2026-12-29", 2, "donderdag 2026-12-24"),  # both days of Christmas were skipped
    ],
)
def test_nobody_worked_on_a_holiday(today: str, days: int, before: str) -> None:
    day, expected = (date.fromisoformat(said.split()[1]) for said in (today, before))
    assert working_day_ago(day, days) == expected
