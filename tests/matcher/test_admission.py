"""What is told late, corrected or changed, what opens a case again, and what may not be recorded."""

from typing import Any

import pytest

from matcher.case_words import REFUSALS
from matcher.enrolment import EventKind, Phase
from tests.matcher.histories import (
    FIRST,
    FRIDAY,
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
    TUESDAY,
    WEDNESDAY,
    Case,
    day,
    referred,
    refused,
)

# --- later, corrected, changed, reopened ------------------------------------------------------------------------------


def test_what_is_recorded_later_counts_from_its_true_day() -> None:
    case = Case().tell("talked-with-local-team", TUESDAY, LATER)
    assert case.due("determine") == day("dinsdag 2026-03-10")


def test_what_happened_before_the_place_may_be_told_after_it() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START).tell("started", LATER)
    assert case.refusal("allocation-sent", WEDNESDAY, "dinsdag 2026-03-17", **R1) is None
    assert case.refusal("allocation-sent", "dinsdag 2026-03-17", **R1) == "help-started"


def test_a_late_answer_is_judged_by_what_was_open_on_its_day() -> None:
    case = referred().tell("allocation-sent", TUESDAY, **R1).tell("started", THURSDAY)
    assert case.refusal("allocation-acknowledged", WEDNESDAY, LATER, **R1) is None
    assert case.refusal("request-acknowledged", WEDNESDAY, LATER, **R1, correct=True) == "no-cause"


def test_a_void_event_did_not_happen_and_stays_in_the_history() -> None:
    case = Case().tell("talked-with-local-team", MONDAY)
    case.tell("corrected", TUESDAY, refers_to=1, what="void")
    assert set(case.todo) == {"talk-with-local-team"}
    assert len(case.events) == 2


def test_a_correction_can_be_corrected() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("corrected", TUESDAY, refers_to=1, what="void")
    case.tell("corrected", WEDNESDAY, refers_to=2, what="void")
    assert set(case.todo) == {"determine"}


@pytest.mark.parametrize("again", [{"what": "void"}, {"what": "redate", "occurred": "2026-03-02"}])
def test_what_is_void_has_nothing_left_to_correct(again: dict[str, str]) -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("corrected", TUESDAY, refers_to=1, what="void")
    assert case.refusal("corrected", WEDNESDAY, refers_to=1, **again) == "void-already"
    case.tell("corrected", WEDNESDAY, refers_to=2, what="void")
    assert case.refusal("corrected", WEDNESDAY, refers_to=1, **again) is None


def test_a_correction_is_taken_back_once_and_then_made_anew() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("corrected", TUESDAY, refers_to=1, what="void")
    case.tell("corrected", WEDNESDAY, refers_to=2, what="void")
    assert case.refusal("corrected", WEDNESDAY, refers_to=2, what="void") == "void-already"
    assert case.refusal("corrected", WEDNESDAY, refers_to=3, what="void") == "corrected-back"
    assert case.refusal("corrected", WEDNESDAY, refers_to=1, what="void") is None


def test_another_day_moves_the_terms_that_run_from_it() -> None:
    case = Case().tell("talked-with-local-team", MONDAY).tell("talked-with-provider", MONDAY, party=FIRST)
    case.tell("corrected", LATER, refers_to=1, what="redate", occurred="2026-03-05")
    assert case.due("determine") == day("donderdag 2026-03-12")


def test_the_opening_of_a_case_can_get_another_day_but_not_fall_away() -> None:
    case = Case().tell("opened", MONDAY)
    assert case.refusal("corrected", TUESDAY, refers_to=1, what="void", occurred="2026-03-01") == "opening-stays"
    case.tell("corrected", TUESDAY, refers_to=1, what="redate", occurred="2026-02-27")
    assert case.due("talk-with-local-team") == day("woensdag 2026-03-04")


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


# --- what may be recorded ---------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize(
    ("kind", "said"),
    [
        ("referral-sent", TO_SECOND | {"answerDays": 0}),
        ("referral-sent", TO_SECOND | {"answerDays": 1_000_000}),
        ("referral-sent", TO_SECOND | {"answerDays": True}),
        ("referral-accepted", R1 | {"startDate": "9999-12-31"}),
        ("referral-accepted", R1 | {"startDate": "20260401"}),
    ],
)
def test_no_number_or_day_can_stop_a_term_from_being_counted(kind: str, said: dict[str, Any]) -> None:
    assert referred().refusal(kind, TUESDAY, **said) == "incomplete"


def test_a_mistyped_year_is_noticed() -> None:
    case = Case().tell("talked-with-local-team", MONDAY)
    assert case.refusal("intention-recorded", "dinsdag 0202-03-02", TUESDAY) == "too-long-ago"
    assert case.refusal("corrected", TUESDAY, refers_to=1, what="redate", occurred="0202-03-02") == "too-long-ago"


def test_315_messages_do_not_belong_to_301() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START)
    assert case.refusal("allocation-requested", TUESDAY, **R1) == "other-route"


def test_what_happened_during_the_help_may_be_told_after_its_end_but_nothing_of_a_search() -> None:
    case = referred().tell("evaluation-agreed", MONDAY, on="2026-03-10").tell("started", TUESDAY)
    agreed = case.events[-2].id
    case.tell("ended", LATER, reason="31")
    assert case.refusal("evaluation-held", "dinsdag 2026-03-10", LATER, refers_to=agreed) is None
    assert case.refusal("crisis-reported", FRIDAY, LATER, safety=True) == "case-closed"
    assert case.refusal("crisis-reported", MONDAY, LATER, safety=True) is None


def test_before_the_determination_a_general_provision_can_be_asked() -> None:
    assert EventKind.REFERRAL_SENT in Case().state.possible


def test_possible_is_what_is_not_refused() -> None:
    possible = refused().state.possible
    assert {EventKind.NETWORK_ASKED, EventKind.RET_REGISTERED, EventKind.REFERRAL_SENT} <= possible
    assert not {EventKind.REFERRAL_ACCEPTED, EventKind.ENDED, EventKind.ESCALATION_REPORTED} & possible
