"""What stands beside the routes: provisions and care of another kind, skipping, contact, crisis, worry, cooperation."""

from typing import Any

import pytest

from matcher.enrolment import EventKind
from tests.matcher.histories import (
    FRIDAY,
    FULL,
    LATER,
    MONDAY,
    R1,
    SECOND,
    START,
    THIRD,
    THURSDAY,
    TO_FIRST,
    TO_SECOND,
    TUESDAY,
    WEDNESDAY,
    Case,
    day,
    referred,
    refused,
    told,
)

# --- general provisions, non-contracted care, skipping ----------------------------------------------------------------


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


# --- beside the routes ------------------------------------------------------------------------------------------------


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
