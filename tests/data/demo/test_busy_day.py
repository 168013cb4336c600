"""The first screen of the demo: a busy day, and not one on which everything is late."""

from collections import Counter
from datetime import date

import pandas as pd
import pytest

from data.demo.accounts import make_institutions
from data.demo.cases import AGES_OF_INSTITUTION, AGES_OF_TEAM, make_cases
from data.demo.coming_of_age import make_ages
from data.demo.ground import read_ground
from data.demo.plan import WORLDS
from matcher.case_events import CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.enrolment import state_of
from matcher.question import Month

pytestmark = pytest.mark.slow

MONDAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def plain() -> pd.DataFrame:
    plan = WORLDS["region"].at(MONDAY, 2025, 300)
    return make_cases(read_ground(plan.today).within(plan.regions), make_institutions(), plan)


def facts(opened: date, organisation: str, birth_month: str) -> CaseFacts:
    role = WorkerRole.LOCAL_TEAM if organisation == "GM0202" else WorkerRole.YOUTH_PROTECTION
    born = Month.parse(birth_month)
    return CaseFacts(opened, role, organisation, "GM0202", "JZ28", Route.ACCESS, born, MONDAY)


@pytest.mark.slow
@pytest.mark.parametrize("organisation", ["GM0202", "00900001"])
def test_of_the_plain_cases_of_whom_one_can_be_few_are_due_and_hardly_any_late(
    plain: pd.DataFrame, organisation: str
) -> None:
    own = plain[plain.organisation == organisation]
    assert len(own) >= 5
    how: Counter[str] = Counter()
    for case in own.to_dict("records"):
        for task in state_of(facts(case["opened_at"].date(), organisation, case["birth_month"]), (), MONDAY).tasks:
            if task.step in {"1", "2"}:
                how["late" if task.due < MONDAY else "today" if task.due == MONDAY else "later"] += 1
    assert how["late"] <= 2
    assert how["today"] <= 3
    assert how["later"] > how["late"] + how["today"]


def test_of_a_dozen_some_are_due_today_and_one_is_late() -> None:
    assert (AGES_OF_TEAM.count(5), AGES_OF_TEAM.count(6)) == (1, 1)  # five working days to determine
    assert (AGES_OF_INSTITUTION.count(3), AGES_OF_INSTITUTION.count(4)) == (1, 1)  # three to talk


def test_hardly_anything_towards_eighteen_is_late() -> None:
    """Born from fourteen to eighteen years ago, in care since a year or a week."""
    born = [f"{year}-{month:02}" for year in range(2009, 2013) for month in range(1, 13)]
    opened = [pd.Timestamp(day, tz="UTC") for day in ("2025-11-24", "2026-11-16")]
    cases = pd.DataFrame(
        [(f"{month} {day}", month, day, "GM0202", "GM0202", "started") for month in born for day in opened],
        columns=["id", "birth_month", "opened_at", "organisation", "municipality_code", "status"],
    )
    told = pd.DataFrame([(cases.id[0], "perspective-plan-made")], columns=["care_request_id", "kind"])
    assert not (make_ages([cases], told, MONDAY)[told.columns] == told.iloc[0]).all(axis=1).any()
    events = make_ages([cases], told.head(0), MONDAY)
    assert events.recorded_at.is_monotonic_increasing
    late, left = 0, 0
    for case in cases.to_dict("records"):
        done = events[events.care_request_id == case["id"]].to_dict("records")
        happened = [
            Event(at, EventKind(row["kind"]), row["occurred_on"].date(), row["recorded_at"])
            for at, row in enumerate(done, start=1)
        ]
        assert all(event.occurred >= case["opened_at"].date() for event in happened)
        for task in state_of(facts(case["opened_at"].date(), "GM0202", case["birth_month"]), happened, MONDAY).tasks:
            if task.step == "age":
                left, late = left + 1, late + (task.due < MONDAY)
    assert (late, left > 0) == (0, True)
