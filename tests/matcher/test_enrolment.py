"""The life of a case along its route: whose turn it is after what happened."""

from typing import Any

import pytest

from matcher.enrolment import Actor, Phase, Route, StepStatus, WorkerRole
from tests.matcher.histories import (
    FIRST,
    FULL,
    LATER,
    MONDAY,
    N1,
    R1,
    R2,
    SECOND,
    START,
    THURSDAY,
    TO_FIRST,
    TO_SECOND,
    TOO_LATE,
    TUESDAY,
    WEDNESDAY,
    Case,
    day,
    facts,
    referred,
    refused,
)

# --- along the routes -------------------------------------------------------------------------------------------------


def test_301_from_question_to_place() -> None:
    case = Case()
    assert set(case.todo) == {"talk-with-local-team"}
    case.tell("talked-with-local-team", MONDAY)
    assert set(case.todo) == {"determine"}
    case.tell("determined", TUESDAY)
    assert set(case.todo) == {"send-determination", "send-referral"}
    case.tell("determination-sent", TUESDAY).tell("referral-sent", TUESDAY, **TO_FIRST)
    assert set(case.todo) == {"send-allocation", "answer-referral"}
    case.tell("allocation-sent", WEDNESDAY, **R1)
    assert set(case.todo) == {"acknowledge-allocation", "answer-referral"}
    case.tell("referral-accepted", THURSDAY, **R1, **START)
    assert set(case.todo) == {"acknowledge-allocation", "report-start"}
    case.tell("started", LATER)
    assert (case.todo, case.state.phase, case.state.closed_on) == ({}, Phase.HELP, day(LATER))


def test_315_from_question_to_place() -> None:
    case = Case(facts(route=Route.PROVIDER))
    assert set(case.todo) == {"talk-with-local-team", "talk-with-provider"}
    case.tell("talked-with-provider", MONDAY, party=FIRST).tell("talked-with-local-team", TUESDAY)
    case.tell("determined", TUESDAY).tell("referral-sent", TUESDAY, **TO_FIRST).tell("determination-sent", TUESDAY)
    assert set(case.todo) == {"answer-referral"}  # the 301 waits for the 315
    case.tell("referral-accepted", WEDNESDAY, **R1, **START)
    assert set(case.todo) == {"request-allocation", "report-start"}
    case.tell("allocation-requested", WEDNESDAY, **R1)
    assert set(case.todo) == {"acknowledge-request", "send-allocation", "report-start"}
    case.tell("allocation-sent", THURSDAY, **R1)
    assert set(case.todo) == {"acknowledge-allocation", "report-start"}


def test_each_task_is_at_one_desk() -> None:
    case = referred()
    desks = {code: (task.actor, task.organisation) for code, task in case.todo.items()}
    assert desks == {
        "send-allocation": (Actor.BACK_OFFICE, "GM0202"),
        "answer-referral": (Actor.PROVIDER, FIRST),
    }
    case.tell("referral-refused", TUESDAY, **R1, **FULL).tell("ret-registered", TUESDAY)
    case.tell("network-asked", TUESDAY, party=SECOND, **N1)
    desks = {code: (task.actor, task.organisation) for code, task in case.todo.items()}
    assert desks == {"discuss-in-ret": (Actor.RET, "JZ28"), "answer-network": (Actor.NETWORK, SECOND)}


def test_the_steps_tell_what_was_done_and_when() -> None:
    case = referred().tell("referral-refused", TUESDAY, **R1, **FULL).tell("ret-registered", WEDNESDAY)
    steps = {step.code: (step.status, step.done_on or step.opened_on) for step in case.state.steps}
    assert steps["1"] == steps["3"] == (StepStatus.DONE, day(MONDAY))
    assert steps["5B"] == (StepStatus.OPEN, day(WEDNESDAY))
    assert steps["5A"] == steps["6"] == (StepStatus.WAITING, None)


def test_a_skipped_step_keeps_the_day_on_which_it_was_skipped() -> None:
    case = Case().tell("step-skipped", TUESDAY, step="1", reason="agreed-before")
    step = case.state.steps[0]
    assert (step.status, step.skipped_on, step.done_on) == (StepStatus.SKIPPED, day(TUESDAY), None)


# --- answers and refusals ---------------------------------------------------------------------------------------------


def test_301_a_refusal_before_the_301_cancels_it() -> None:
    assert set(refused().todo) == {"choose-next-step"}


def test_301_a_refusal_after_the_301_is_the_same_refusal() -> None:
    case = referred().tell("allocation-sent", TUESDAY, **R1).tell("referral-refused", THURSDAY, **R1, **FULL)
    assert set(case.todo) == {"choose-next-step"}
    assert case.state.co_owner == FIRST


@pytest.mark.parametrize("route", Route)
def test_a_refusal_stops_the_overall_term(route: Route) -> None:
    overall = refused(route).state.overall
    assert overall is not None
    assert overall.stopped_on == day(TUESDAY)


def test_a_timely_acceptance_stops_the_overall_term_and_a_late_one_waits_for_the_worker() -> None:
    assert stopped(referred().tell("referral-accepted", TUESDAY, **R1, **START)) == day(TUESDAY)
    case = referred().tell("referral-accepted", TUESDAY, **R1, **TOO_LATE)
    assert stopped(case) is None
    assert case.todo["judge-start"].actor is Actor.WORKER
    case.tell("start-judged", WEDNESDAY, **R1, timely=True)
    assert stopped(case) == day(WEDNESDAY)
    assert "report-start" in case.todo


def stopped(case: Case) -> object:
    assert case.state.overall is not None
    return case.state.overall.stopped_on


def test_a_start_judged_too_late_is_a_refusal() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **TOO_LATE)
    case.tell("start-judged", WEDNESDAY, **R1, timely=False)
    assert set(case.todo) == {"choose-next-step"}
    assert case.state.co_owner == FIRST


def test_no_answer_can_be_recorded_only_after_the_term() -> None:
    case = referred().tell("allocation-sent", TUESDAY, **R1)
    assert case.refusal("no-answer", "dinsdag 2026-03-10", **TO_FIRST) == "term-runs"
    case.tell("no-answer", "woensdag 2026-03-11", **TO_FIRST)
    assert set(case.todo) == {"choose-next-step"}


def test_a_term_that_passes_moves_nothing() -> None:
    case = referred()
    before = case.state.tasks
    case.today = day("maandag 2026-06-01")
    assert case.state.tasks == before


def test_an_answer_after_no_answer_is_still_welcome() -> None:
    case = referred().tell("allocation-sent", TUESDAY, **R1).tell("no-answer", LATER, **TO_FIRST)
    case.tell("referral-accepted", LATER, **R1, **START)
    assert "report-start" in case.todo


def test_a_withdrawn_acceptance_puts_the_worker_to_work_at_once() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START)
    case.tell("acceptance-withdrawn", WEDNESDAY, **R1)
    assert set(case.todo) == {"choose-next-step"}


def test_a_withdrawn_referral_opens_no_step_5() -> None:
    case = referred().tell("referral-withdrawn", TUESDAY, **R1)
    assert "choose-next-step" in case.todo
    assert case.refusal("ret-registered", TUESDAY) == "step-5-closed"
    case.tell("referral-sent", TUESDAY, **TO_SECOND)
    assert case.state.co_owner is None


def test_a_question_is_answered_by_the_worker_and_stops_no_term() -> None:
    case = referred()
    due = case.due("answer-referral")
    case.tell("referral-question-asked", TUESDAY, **R1)
    assert (case.todo["answer-question"].actor, case.due("answer-referral")) == (Actor.WORKER, due)
    case.tell("referral-question-answered", TUESDAY, **R1)
    assert "answer-question" not in case.todo


def test_of_two_referrals_that_run_the_other_keeps_the_case_going() -> None:
    case = referred().tell("referral-sent", MONDAY, **TO_SECOND).tell("referral-refused", TUESDAY, **R1, **FULL)
    assert {task.referral for task in case.state.tasks} == {"r2"}
    case.tell("referral-accepted", WEDNESDAY, **R2, **START)
    assert set(case.todo) == {"send-allocation", "report-start"}


# --- a local team's own case ------------------------------------------------------------------------------------------


def own_case(**changes: Any) -> Case:
    return Case(facts(worker_role=WorkerRole.LOCAL_TEAM, organisation="GM0202", **changes))


def test_a_local_team_has_met_itself_on_opening_and_sends_itself_nothing() -> None:
    case = own_case()
    assert set(case.todo) == {"determine"}
    case.tell("determined", TUESDAY)
    assert set(case.todo) == {"send-referral", "send-allocation"}
    assert case.due("send-allocation") == day("dinsdag 2026-03-10")


def test_on_315_a_local_team_still_talks_with_the_provider() -> None:
    assert set(own_case(route=Route.PROVIDER).todo) == {"talk-with-provider"}


def test_a_local_teams_own_manager_opens_step_6() -> None:
    case = own_case().tell("determined", MONDAY).tell("referral-sent", MONDAY, **TO_FIRST)
    case.tell("referral-refused", TUESDAY, **R1, **FULL).tell("ret-registered", TUESDAY)
    case.tell("ret-outcome", LATER, outcome="no-view")
    assert (case.todo["report-escalation"].actor, case.todo["report-escalation"].organisation) == (
        Actor.TEAM_LEADER, "GM0202",
    )  # fmt: skip
