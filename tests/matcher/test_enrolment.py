"""The life of a case: whose turn it is after what happened, and what may not be recorded."""

from typing import Any

import pytest

from matcher.case_words import REFUSALS
from matcher.enrolment import Actor, EventKind, Phase, Route, StepStatus, WorkerRole
from tests.matcher.histories import FIRST, SECOND, THIRD, Case, day, facts, told

MONDAY, TUESDAY, WEDNESDAY = "maandag 2026-03-02", "dinsdag 2026-03-03", "woensdag 2026-03-04"
THURSDAY, FRIDAY, LATER = "donderdag 2026-03-05", "vrijdag 2026-03-06", "maandag 2026-03-16"

R1, R2, N1 = {"referral": "r1"}, {"referral": "r2"}, {"referral": "n1"}
TO_FIRST, TO_SECOND = {"party": FIRST, **R1}, {"party": SECOND, **R2}
FULL = {"reason": "full"}
START = {"startDate": "2026-04-01"}
TOO_LATE = {"startDate": "2027-01-04"}


def referred(route: Route = Route.ACCESS, **changes: Any) -> Case:
    """Everything up to the form at the first provider."""
    talks = [("talked-with-local-team", MONDAY), ("talked-with-provider", MONDAY, {"party": FIRST})]
    case = told(*talks, ("determined", MONDAY), ("determination-sent", MONDAY), route=route, **changes)
    return case.tell("referral-sent", MONDAY, **TO_FIRST)


def refused(route: Route = Route.ACCESS, **changes: Any) -> Case:
    return referred(route, **changes).tell("referral-refused", TUESDAY, **R1, **FULL)


def proposed(route: Route = Route.ACCESS) -> Case:
    """Two of the network were asked, and both propose."""
    case = refused(route)
    for party in (SECOND, THIRD):
        case.tell("network-asked", TUESDAY, party=party, **N1)
        case.tell("network-proposed", WEDNESDAY, party=party, **N1, **START)
    return case


def no_view() -> Case:
    return refused().tell("ret-registered", TUESDAY).tell("ret-outcome", LATER, outcome="no-view")


# --- along the routes ----------------------------------------------------------------------------------------------


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
    steps = {step.code: (step.status, step.done_on) for step in case.state.steps}
    assert steps["1"] == steps["3"] == (StepStatus.DONE, day(MONDAY))
    assert steps["5B"] == (StepStatus.OPEN, None)
    assert steps["5A"] == steps["6"] == (StepStatus.WAITING, None)


# --- answers and refusals ------------------------------------------------------------------------------------------


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


# --- step 5 --------------------------------------------------------------------------------------------------------


def test_approaching_another_provider_directly_starts_no_overall_term_anew() -> None:
    before = refused().state.overall
    case = refused().tell("referral-sent", WEDNESDAY, **TO_SECOND)
    assert case.state.overall == before
    assert case.todo["answer-referral"].overall_due is None
    assert case.state.co_owner == FIRST  # the first one asked, not the last


def test_5a_and_5b_run_side_by_side() -> None:
    case = refused().tell("ret-registered", TUESDAY).tell("network-asked", TUESDAY, party=SECOND, **N1)
    assert set(case.todo) == {"discuss-in-ret", "answer-network"}


def test_5b_needs_no_failed_5a() -> None:
    assert set(refused().tell("ret-registered", TUESDAY).todo) == {"discuss-in-ret"}


def test_in_5a_an_acceptance_is_a_proposal_until_the_worker_confirms_one() -> None:
    case = proposed()
    assert {task.party for task in case.state.tasks if task.code == "confirm-proposal"} == {SECOND, THIRD}
    case.tell("network-confirmed", THURSDAY, party=THIRD, **N1, **START)
    assert {(task.code, task.party) for task in case.state.tasks} == {
        ("send-allocation", THIRD),
        ("report-start", THIRD),
    }
    assert case.refusal("network-confirmed", THURSDAY, party=SECOND, **N1, **START) == "place-found"
    assert case.refusal("network-proposed", THURSDAY, party=SECOND, **N1, **START) == "network-closed"


def test_who_of_the_network_did_not_answer_stays_visible() -> None:
    case = (
        refused().tell("network-asked", TUESDAY, party=SECOND, **N1).tell("network-asked", TUESDAY, party=THIRD, **N1)
    )
    case.tell("network-declined", WEDNESDAY, party=SECOND, **N1)
    assert [(task.code, task.organisation) for task in case.state.tasks] == [("answer-network", THIRD)]


def test_when_the_whole_network_says_no_the_worker_chooses_again() -> None:
    case = refused().tell("network-asked", TUESDAY, party=SECOND, **N1)
    case.tell("network-declined", WEDNESDAY, party=SECOND, **N1)
    assert set(case.todo) == {"choose-next-step"}


def test_what_the_ret_found_is_for_the_worker_to_ask() -> None:
    case = refused().tell("ret-registered", TUESDAY).tell("ret-talked-before", TUESDAY)
    case.tell("ret-provider-asked", WEDNESDAY, party=SECOND).tell("ret-boeg-involved", WEDNESDAY)
    assert case.todo["support-breakthrough"].organisation == SECOND
    case.tell("ret-outcome", THURSDAY, outcome="found", cause="waiting-times")
    assert set(case.todo) == {"choose-next-step"}


# --- step 6 --------------------------------------------------------------------------------------------------------


def test_step_6_goes_from_team_leader_to_regional_contact_person() -> None:
    case = no_view()
    assert [(task.code, task.actor) for task in case.state.tasks] == [("report-escalation", Actor.TEAM_LEADER)]
    case.tell("escalation-reported", LATER)
    assert [(task.code, task.organisation) for task in case.state.tasks] == [("analyse-escalation", "JZ28")]
    case.tell("escalation-analysed", LATER, cause="ret-too-late").tell("escalation-decided", LATER, escalate=True)
    case.tell("escalation-talked", LATER)
    assert set(case.todo) == {"choose-next-step"}


def test_who_decides_not_to_escalate_gives_the_case_back_to_its_worker() -> None:
    case = no_view().tell("escalation-reported", LATER).tell("escalation-analysed", LATER, cause="difference-of-view")
    assert set(case.tell("escalation-decided", LATER, escalate=False).todo) == {"choose-next-step"}


# --- a local team's own case ---------------------------------------------------------------------------------------


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


# --- general provisions, non-contracted care, skipping -------------------------------------------------------------


def test_a_general_provision_needs_no_determination_and_no_301() -> None:
    case = told(("talked-with-local-team", MONDAY)).tell("referral-sent", MONDAY, **TO_FIRST, general=True)
    assert set(case.todo) == {"answer-referral"}
    case.tell("referral-accepted", TUESDAY, **R1, **START)
    assert set(case.todo) == {"report-start"}


def test_when_a_general_provision_cannot_help_the_determination_is_needed_again() -> None:
    case = told(("talked-with-local-team", MONDAY)).tell("referral-sent", MONDAY, **TO_FIRST, general=True)
    case.tell("referral-refused", TUESDAY, **R1, **FULL)
    assert set(case.todo) == {"choose-next-step", "determine"}


def test_other_care_is_asked_only_on_a_determination() -> None:
    assert told(("talked-with-local-team", MONDAY)).refusal("referral-sent", MONDAY, **TO_FIRST) == "not-determined"


def test_without_a_contract_the_official_is_asked_before_and_only_that_referral_waits() -> None:
    case = refused()
    sent = {**TO_SECOND, "nonContracted": True}
    assert case.refusal("referral-sent", WEDNESDAY, **sent) == "not-consulted"
    case.tell("official-asked", WEDNESDAY, party=SECOND, question="non-contracted")
    asked = case.events[-1].id
    assert case.todo["decide-question"].organisation == "GM0202"
    assert case.refusal("ret-registered", WEDNESDAY) is None
    case.tell("official-decided", THURSDAY, refers_to=asked, approved=True)
    assert case.refusal("referral-sent", THURSDAY, **sent) is None
    assert case.refusal("referral-sent", THURSDAY, **sent | {"party": THIRD}) == "not-consulted"


def test_a_no_of_the_official_stays_a_no() -> None:
    case = refused().tell("official-asked", WEDNESDAY, question="non-contracted")
    case.tell("official-decided", WEDNESDAY, refers_to=case.events[-1].id, approved=False)
    assert case.refusal("referral-sent", WEDNESDAY, **TO_SECOND, nonContracted=True) == "not-consulted"


def test_skipping_a_step_is_told_with_a_reason_and_counts_as_done_from_then() -> None:
    case = Case()
    assert case.refusal("step-skipped", TUESDAY, step="1") == "incomplete"
    case.tell("step-skipped", TUESDAY, step="1", reason="agreed-before")
    assert set(case.todo) == {"determine"}
    assert case.due("determine") == day("dinsdag 2026-03-10")


def test_who_has_nobody_to_ask_skips_step_3_and_goes_to_step_5() -> None:
    case = told(("talked-with-local-team", MONDAY), ("determined", MONDAY))
    case.tell("step-skipped", TUESDAY, step="3", reason="nothing-fits").tell("ret-registered", TUESDAY)
    assert set(case.todo) == {"discuss-in-ret"}


def test_step_3_is_not_skipped_under_a_referral_that_runs() -> None:
    assert referred().refusal("step-skipped", TUESDAY, step="3", reason="x") == "referral-runs"
    assert referred().refusal("step-skipped", TUESDAY, step="6", reason="x") == "step-not-open"


# --- beside the routes ---------------------------------------------------------------------------------------------


def test_no_contact_is_reported_only_after_the_term_and_a_second_try() -> None:
    case = Case()
    assert case.refusal("contact-failed", "donderdag 2026-03-05", secondTried=True) == "term-runs"
    assert case.refusal("contact-failed", FRIDAY, secondTried=False) == "second-not-tried"
    case.tell("contact-failed", FRIDAY, secondTried=True)
    assert set(case.todo) == {"make-contact", "talk-with-local-team"}  # who helps takes over no tasks
    case.tell("contact-made", LATER)
    assert set(case.todo) == {"talk-with-local-team"}


def test_crisis_stands_beside_the_route_until_it_is_over() -> None:
    case = referred().tell("crisis-reported", TUESDAY, safety=True)
    assert case.state.in_crisis
    assert {"arrange-crisis-help", "answer-referral"} <= set(case.todo)
    assert not case.tell("crisis-ended", WEDNESDAY).state.in_crisis


def test_a_direct_placement_closes_everything() -> None:
    case = referred().tell("crisis-reported", TUESDAY, safety=False).tell("direct-placement", TUESDAY, party=THIRD)
    assert (case.todo, case.state.closed_by) == ({}, EventKind.DIRECT_PLACEMENT)


def test_worry_is_marked_reviewed_and_lifted_by_people() -> None:
    case = referred().tell("worry-marked", TUESDAY, reviewOn="2026-03-10")
    assert case.state.worrying
    assert case.refusal("worry-marked", TUESDAY, reviewOn="2026-03-11") == "marked-already"
    assert case.refusal("worry-reviewed", TUESDAY, reviewOn="2026-03-03") == "day-not-ahead"
    assert not case.tell("worry-lifted", LATER).state.worrying


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({}, None),
        ({"level": 4}, "unknown-level"),
        ({"trigger": "negligent-conduct"}, "level-not-for-trigger"),
        ({"openedBy": "manager"}, "level-not-opened-by"),
        ({"level": 2, "openedBy": "behavioural-scientist"}, None),
        ({"level": 2, "openedBy": "director"}, "level-not-opened-by"),
        ({"level": 3, "openedBy": "manager"}, "level-too-early"),
        ({"level": 3, "openedBy": "director", "policyFallsShort": True}, None),
        ({"familyTold": False}, "family-not-told"),
        ({"familyTold": False, "explained": True}, None),
    ],
)
def test_the_levels_of_the_escalation_model(changes: dict[str, Any], code: str | None) -> None:
    said = {"trigger": "difference-of-view", "level": 1, "openedBy": "professional", "familyTold": True} | changes
    assert Case().refusal("cooperation-raised", MONDAY, **said) == code


def test_level_3_opens_when_the_levels_before_it_failed() -> None:
    said = {"trigger": "agreements-not-kept", "openedBy": "professional", "familyTold": True}
    case = Case().tell("cooperation-raised", MONDAY, **said, level=2)
    case.tell("cooperation-talked", TUESDAY, refers_to=case.events[-1].id, settled=False)
    assert case.refusal("cooperation-raised", TUESDAY, **said | {"openedBy": "manager"}, level=3) is None


# --- later, corrected, changed, reopened ---------------------------------------------------------------------------


def test_what_is_recorded_later_counts_from_its_true_day() -> None:
    case = Case().tell("talked-with-local-team", TUESDAY, LATER)
    assert case.due("determine") == day("dinsdag 2026-03-10")


def test_what_happened_before_the_place_may_be_told_after_it() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START).tell("started", LATER)
    assert case.refusal("allocation-sent", WEDNESDAY, "dinsdag 2026-03-17", **R1) is None
    assert case.refusal("allocation-sent", "dinsdag 2026-03-17", **R1) == "help-started"


def test_a_void_event_did_not_happen_and_stays_in_the_history() -> None:
    case = Case().tell("talked-with-local-team", MONDAY)
    case.tell("corrected", TUESDAY, refers_to=1, what="void")
    assert set(case.todo) == {"talk-with-local-team"}
    assert len(case.events) == 2


def test_a_correction_can_be_corrected() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("corrected", TUESDAY, refers_to=1, what="void")
    case.tell("corrected", WEDNESDAY, refers_to=2, what="void")
    assert set(case.todo) == {"determine"}


def test_another_day_moves_the_terms_that_run_from_it() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("talked-with-provider", MONDAY, party=FIRST)
    case.tell("corrected", LATER, refers_to=1, what="redate", occurred="2026-03-05")
    assert case.due("determine") == day("donderdag 2026-03-12")


def test_what_others_build_on_is_corrected_last() -> None:
    case = refused()
    sent = next(event.id for event in case.events if event.kind is EventKind.REFERRAL_SENT)
    assert case.refusal("corrected", WEDNESDAY, refers_to=sent, what="void") == "others-build-on-it"
    assert case.refusal("corrected", WEDNESDAY, refers_to=sent, what="redate", occurred="2026-03-04") == (
        "others-build-on-it"
    )
    case.tell("corrected", WEDNESDAY, refers_to=case.events[-1].id, what="void")
    assert case.refusal("corrected", WEDNESDAY, refers_to=sent, what="void") is None


def test_a_change_of_route_keeps_what_was_done_and_starts_no_term_before_itself() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("route-changed", LATER, route="315")
    assert set(case.todo) == {"talk-with-provider"}
    assert case.due("talk-with-provider") == day("maandag 2026-03-23")


def test_another_municipality_starts_with_a_talk_with_its_local_team() -> None:
    case = referred().tell("allocation-sent", TUESDAY, **R1)
    case.tell("municipality-changed", LATER, municipality="GM0268", region="JZ28")
    assert case.state.municipality == "GM0268"
    assert case.due("talk-with-local-team") == day("donderdag 2026-03-19")
    case.tell("talked-with-local-team", LATER).tell("determination-sent", LATER)
    assert case.todo["send-allocation"].organisation == "GM0268"
    assert "send-referral" not in case.todo


def test_another_region_has_another_ret() -> None:
    case = refused().tell("ret-registered", TUESDAY)
    case.tell("municipality-changed", LATER, municipality="GM0363", region="JZ01")
    assert "discuss-in-ret" not in case.todo
    assert "choose-next-step" in case.todo
    case.tell("ret-registered", LATER)
    assert case.todo["discuss-in-ret"].organisation == "JZ01"


def test_a_withdrawn_case_has_no_tasks_and_can_be_reopened() -> None:
    case = referred().tell("withdrawn", TUESDAY, reason="family")
    assert (case.todo, case.state.phase) == ({}, Phase.CLOSED)
    assert case.refusal("referral-sent", WEDNESDAY, **TO_SECOND) == "case-closed"
    case.tell("reopened", LATER, reason="family")
    assert case.due("talk-with-local-team") == day("donderdag 2026-03-19")
    assert case.refusal("referral-accepted", LATER, **R1, **START) == "no-cause"
    assert len(case.events) == 7


def test_help_that_breaks_down_opens_a_new_search() -> None:
    case = referred().tell("started", TUESDAY).tell("reopened", LATER, reason="breakdown")
    assert (case.state.phase, set(case.todo)) == (Phase.SEARCH, {"talk-with-local-team"})


def test_the_end_closes_the_case() -> None:
    case = referred().tell("started", TUESDAY).tell("ended", LATER, reason="31")
    assert (case.state.phase, case.state.closed_by) == (Phase.CLOSED, EventKind.ENDED)


# --- what may be recorded ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "said", "code"),
    [
        ("referral-refused", R2 | FULL, "no-cause"),
        ("referral-sent", TO_FIRST, "referral-known"),
        ("allocation-requested", R1, "no-cause"),
        ("network-asked", {"party": SECOND, **N1}, "step-5-closed"),
        ("ret-outcome", {"outcome": "found"}, "no-cause"),
        ("ended", {"reason": "31"}, "help-not-started"),
        ("reopened", {"reason": "x"}, "not-reopened"),
        ("route-changed", {"route": "301"}, "no-change"),
        ("referral-accepted", R1 | {"startDate": "soon"}, "incomplete"),
        ("referral-accepted", R1 | START | {"name": "x"}, "incomplete"),
        ("corrected", {"refers_to": 99, "what": "void"}, "no-such-event"),
        ("corrected", {"refers_to": 1, "what": "redate"}, "incomplete"),
    ],
)
def test_refuses_with_a_code_that_has_a_sentence(kind: str, said: dict[str, Any], code: str) -> None:
    assert referred().refusal(kind, TUESDAY, **said) == code
    assert code in REFUSALS


def test_what_has_yet_to_happen_is_not_recorded() -> None:
    case = Case()
    assert case.refusal("talked-with-local-team", TUESDAY, MONDAY) == "in-the-future"


def test_315_messages_do_not_belong_to_301() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START)
    assert case.refusal("allocation-requested", TUESDAY, **R1) == "other-route"


def test_possible_is_what_is_not_refused() -> None:
    possible = refused().state.possible
    assert {EventKind.NETWORK_ASKED, EventKind.RET_REGISTERED, EventKind.REFERRAL_SENT} <= possible
    assert not {EventKind.REFERRAL_ACCEPTED, EventKind.ENDED, EventKind.ESCALATION_REPORTED} & possible
