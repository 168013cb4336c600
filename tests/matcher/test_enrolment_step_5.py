"""After a no: another provider, the network, the expert team, and the escalation of step 6."""

from matcher.enrolment import Actor
from tests.matcher.histories import (
    FIRST,
    FRIDAY,
    LATER,
    MONDAY,
    N1,
    R1,
    R2,
    SECOND,
    START,
    THIRD,
    THURSDAY,
    TO_SECOND,
    TUESDAY,
    WEDNESDAY,
    Case,
    no_view,
    proposed,
    referred,
    refused,
)

# --- step 5 -----------------------------------------------------------------------------------------------------------


def test_approaching_another_provider_directly_starts_no_overall_term_anew() -> None:
    before = refused().state.overall
    case = refused().tell("referral-sent", WEDNESDAY, **TO_SECOND)
    assert case.state.overall == before
    assert case.todo["answer-referral"].overall_due is None
    assert case.state.co_owner == FIRST  # the first one asked, not the last


def test_5a_and_5b_run_side_by_side() -> None:
    case = refused().tell("ret-registered", TUESDAY).tell("network-asked", TUESDAY, party=SECOND, **N1)
    assert set(case.todo) == {"discuss-in-ret", "answer-network"}


def test_step_5_is_open_from_the_day_of_the_refusal_also_for_what_is_told_later() -> None:
    case = refused()
    assert case.refusal("ret-registered", MONDAY, WEDNESDAY) == "step-5-closed"
    assert case.refusal("ret-registered", TUESDAY, WEDNESDAY) is None


def test_the_network_is_not_asked_under_the_number_of_a_referral() -> None:
    assert refused().refusal("network-asked", TUESDAY, party=SECOND, **R1) == "referral-known"


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


# --- one place --------------------------------------------------------------------------------------------------------


def two_asked() -> Case:
    return referred().tell("referral-sent", MONDAY, **TO_SECOND)


def test_the_first_acceptance_stands_and_nobody_else_need_answer() -> None:
    case = two_asked().tell("referral-accepted", TUESDAY, **R1, **START)
    assert "answer-referral" not in case.todo
    assert case.refusal("referral-accepted", TUESDAY, **R2, **START) == "place-promised"
    assert case.refusal("referral-sent", TUESDAY, party=THIRD, referral="r3") == "place-found"


def test_when_it_is_withdrawn_the_other_is_asked_again_with_the_term_it_had() -> None:
    before = two_asked().todo["answer-referral"].due
    case = two_asked().tell("referral-accepted", TUESDAY, **R1, **START).tell("acceptance-withdrawn", THURSDAY, **R1)
    assert (case.todo["answer-referral"].organisation, case.todo["answer-referral"].due) == (SECOND, before)
    assert case.refusal("referral-accepted", THURSDAY, **R2, **START) is None


def test_a_proposal_waits_as_long_as_a_place_stands() -> None:
    case = refused().tell("network-asked", TUESDAY, party=THIRD, **N1)
    case.tell("network-proposed", WEDNESDAY, party=THIRD, **N1, **START)
    case.tell("referral-sent", WEDNESDAY, **TO_SECOND).tell("referral-accepted", THURSDAY, **R2, **START)
    assert "confirm-proposal" not in case.todo
    case.tell("acceptance-withdrawn", FRIDAY, **R2)
    assert case.todo["confirm-proposal"].party == THIRD


# --- step 6 -----------------------------------------------------------------------------------------------------------


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
