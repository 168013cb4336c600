"""Every term at its borders: what opens it, on which day, and the day at whose close it ends.

Good Friday 3 April 2026, Easter Monday 6 April, King's Day Monday 27 April, Liberation Day Tuesday 5 May, Ascension
Thursday 14 May, Whit Monday 25 May, Christmas on Friday and Saturday; in 2028 a leap day.
"""

from typing import Any

import pytest

from matcher.enrolment import Route
from tests.matcher.histories import FIRST, SECOND, Case, day, facts, told

R1 = {"referral": "r1"}
SENT = {"party": FIRST, "referral": "r1"}
REFUSED = {"referral": "r1", "reason": "full"}
ASKED = {"party": SECOND, "referral": "r2"}


def referred(on: str, **changes: Any) -> Case:
    """Everything up to the form at the first provider, on one day."""
    changes = {"opened": day(on), **changes}
    case = told(("talked-with-local-team", on), ("talked-with-provider", on, {"party": FIRST}), **changes)
    return case.tell("determined", on).tell("determination-sent", on).tell("referral-sent", on, **SENT)


def refused(on: str, **changes: Any) -> Case:
    return referred(on, **changes).tell("referral-refused", on, **REFUSED)


@pytest.mark.parametrize(
    ("opened", "access", "provider"),
    [
        ("maandag 2026-03-02", "donderdag 2026-03-05", "maandag 2026-03-09"),
        ("woensdag 2026-04-01", "woensdag 2026-04-08", "vrijdag 2026-04-10"),  # Good Friday and Easter
        ("vrijdag 2026-04-24", "donderdag 2026-04-30", "maandag 2026-05-04"),  # King's Day on a Monday
        ("maandag 2026-05-04", "vrijdag 2026-05-08", "dinsdag 2026-05-12"),  # 5 May
        ("dinsdag 2026-05-12", "maandag 2026-05-18", "woensdag 2026-05-20"),  # Ascension
        ("woensdag 2026-12-23", "dinsdag 2026-12-29", "donderdag 2026-12-31"),  # Christmas against a weekend
        ("dinsdag 2026-12-29", "maandag 2027-01-04", "woensdag 2027-01-06"),  # year's end
        ("zaterdag 2028-02-26", "woensdag 2028-03-01", "vrijdag 2028-03-03"),  # leap day
    ],
)
def test_the_talk_with_the_local_team_is_due_in_three_or_in_five_working_days(
    opened: str, access: str, provider: str
) -> None:
    for route, due in ((Route.ACCESS, access), (Route.PROVIDER, provider)):
        case = Case(facts(opened=day(opened), route=route), today=day(opened))
        assert case.due("talk-with-local-team") == day(due)
    assert case.due("talk-with-provider") == day(provider)


def test_step_1_runs_from_the_recorded_intention() -> None:
    case = told(("intention-recorded", "donderdag 2026-03-05"), opened=day("maandag 2026-03-02"))
    assert case.due("talk-with-local-team") == day("dinsdag 2026-03-10")


@pytest.mark.parametrize(
    ("talked", "due"),
    [
        ("woensdag 2026-03-04", "woensdag 2026-03-11"),
        ("donderdag 2026-04-02", "maandag 2026-04-13"),  # Good Friday and Easter
        ("maandag 2026-04-20", "dinsdag 2026-04-28"),  # King's Day on a Monday
        ("woensdag 2026-05-13", "donderdag 2026-05-21"),  # Ascension
        ("donderdag 2026-12-24", "maandag 2027-01-04"),  # Christmas, New Year's Day
        ("dinsdag 2028-02-22", "dinsdag 2028-02-29"),
    ],
)
def test_determination_and_form_are_sent_within_five_working_days_after_the_talk(talked: str, due: str) -> None:
    case = told(("talked-with-local-team", talked), opened=day(talked))
    assert case.due("determine") == day(due)
    case.tell("determined", talked)
    assert case.due("send-determination") == case.due("send-referral") == day(due)


def test_315_step_3_runs_from_the_later_of_the_two_talks() -> None:
    talks = [("talked-with-local-team", {}), ("talked-with-provider", {"party": FIRST})]
    for first, second in (talks, talks[::-1]):
        case = Case(facts(route=Route.PROVIDER))
        case.tell(first[0], "dinsdag 2026-03-03", **first[1])
        assert "determine" not in case.todo
        case.tell(second[0], "vrijdag 2026-03-06", **second[1])
        assert case.due("determine") == day("vrijdag 2026-03-13")
        assert case.state.overall is not None
        assert case.state.overall.due == day("vrijdag 2026-03-20")


@pytest.mark.parametrize(
    ("talked", "three_weeks", "two_weeks"),
    [
        ("woensdag 2026-03-04", "woensdag 2026-03-25", "woensdag 2026-03-18"),
        ("vrijdag 2026-03-13", "dinsdag 2026-04-07", "vrijdag 2026-03-27"),  # three weeks on is Good Friday
        ("vrijdag 2026-03-20", "vrijdag 2026-04-10", "dinsdag 2026-04-07"),  # two weeks on is Good Friday
        ("maandag 2026-04-13", "maandag 2026-05-04", "dinsdag 2026-04-28"),  # two weeks on is King's Day
        ("dinsdag 2026-04-14", "woensdag 2026-05-06", "dinsdag 2026-04-28"),  # three weeks on is 5 May
        ("donderdag 2026-04-30", "donderdag 2026-05-21", "vrijdag 2026-05-15"),  # two weeks on is Ascension
        ("vrijdag 2026-12-04", "maandag 2026-12-28", "vrijdag 2026-12-18"),  # three weeks on is Christmas
        ("vrijdag 2026-12-18", "vrijdag 2027-01-08", "maandag 2027-01-04"),  # two weeks on is New Year's Day
        ("dinsdag 2028-02-08", "dinsdag 2028-02-29", "dinsdag 2028-02-22"),  # leap day
    ],
)
def test_the_overall_term_is_three_weeks_on_301_and_two_on_315(talked: str, three_weeks: str, two_weeks: str) -> None:
    for route, due in ((Route.ACCESS, three_weeks), (Route.PROVIDER, two_weeks)):
        case = told(("talked-with-local-team", talked), opened=day(talked), route=route)
        if route is Route.PROVIDER:
            case.tell("talked-with-provider", talked, party=FIRST)
        assert case.state.overall is not None
        assert case.state.overall.due == day(due)
        assert case.todo["determine"].overall_due == day(due)


def test_the_overall_term_starts_when_step_1_was_really_done_even_if_late() -> None:
    case = told(("talked-with-local-team", "maandag 2026-03-16"), opened=day("maandag 2026-03-02"))
    assert case.state.overall is not None
    assert case.state.overall.due == day("dinsdag 2026-04-07")  # three weeks on is Easter Monday


def test_of_step_term_and_overall_term_the_first_one_is_shown() -> None:
    case = told(("talked-with-local-team", "maandag 2026-03-02"), ("determined", "maandag 2026-03-02"))
    case.tell("determination-sent", "vrijdag 2026-03-20").tell("referral-sent", "vrijdag 2026-03-20", **SENT)
    allocation = case.todo["send-allocation"]
    assert allocation.overall_due == allocation.due == day("maandag 2026-03-23")  # not vrijdag 2026-03-27


def test_an_overall_term_that_was_over_before_a_task_began_is_no_term_for_who_must_do_it() -> None:
    """A provider that is asked today is not late today."""
    case = told(("talked-with-local-team", "maandag 2026-03-02"), ("determined", "maandag 2026-03-02"))
    case.tell("determination-sent", "maandag 2026-04-13").tell("referral-sent", "maandag 2026-04-13", **SENT)
    case.tell("allocation-sent", "dinsdag 2026-04-14", **R1)
    answer = case.todo["answer-referral"]
    assert answer.overall_due == day("maandag 2026-03-23")
    assert answer.due == day("dinsdag 2026-04-21")


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        ("vrijdag 2026-03-06", "vrijdag 2026-03-13"),
        ("woensdag 2026-04-01", "vrijdag 2026-04-10"),
        ("dinsdag 2026-05-12", "woensdag 2026-05-20"),
    ],
)
def test_301_goes_out_five_working_days_after_the_local_team_has_the_determination(sent: str, due: str) -> None:
    assert referred(sent).due("send-allocation") == day(due)


def test_the_recorded_receipt_counts_over_the_day_of_sending() -> None:
    case = referred("maandag 2026-03-02").tell("determination-received", "woensdag 2026-03-04")
    assert case.due("send-allocation") == day("woensdag 2026-03-11")


@pytest.mark.parametrize(
    ("allocated", "due"),
    [
        ("vrijdag 2026-03-06", "vrijdag 2026-03-13"),
        ("vrijdag 2026-03-13", "vrijdag 2026-03-20"),
        ("dinsdag 2026-03-17", "maandag 2026-03-23"),  # the three weeks come first
    ],
)
def test_301_a_provider_answers_within_five_working_days_after_the_301(allocated: str, due: str) -> None:
    case = referred("maandag 2026-03-02").tell("allocation-sent", allocated, **R1)
    assert case.due("answer-referral") == day(due)


def test_301_before_the_301_only_the_overall_term_bounds_the_answer() -> None:
    assert referred("maandag 2026-03-02").due("answer-referral") == day("maandag 2026-03-23")


def test_315_the_answer_is_bounded_by_the_two_weeks() -> None:
    assert referred("maandag 2026-03-02", route=Route.PROVIDER).due("answer-referral") == day("maandag 2026-03-16")


@pytest.mark.parametrize(("days", "due"), [(3, "donderdag 2026-03-05"), (30, "maandag 2026-03-16")])
def test_a_contract_shortens_the_term_for_an_answer_and_never_lengthens_it(days: int, due: str) -> None:
    on = "maandag 2026-03-02"
    case = told(("talked-with-local-team", on), ("talked-with-provider", on, {"party": FIRST}), route=Route.PROVIDER)
    case.tell("determined", on).tell("referral-sent", on, **SENT, answerDays=days)
    assert case.due("answer-referral") == day(due)


def test_315_request_and_allocation_are_each_five_working_days_with_a_receipt_in_three() -> None:
    case = referred("maandag 2026-03-30", route=Route.PROVIDER)
    case.tell("referral-accepted", "woensdag 2026-04-01", **R1, startDate="2026-05-01")
    assert case.due("request-allocation") == day("vrijdag 2026-04-10")
    case.tell("allocation-requested", "donderdag 2026-04-02", **R1)
    assert case.due("acknowledge-request") == day("donderdag 2026-04-09")
    assert case.due("send-allocation") == day("maandag 2026-04-13")
    case.tell("request-acknowledged", "dinsdag 2026-04-07", **R1, correct=False)
    assert "send-allocation" not in case.todo
    assert case.due("request-again") == day("dinsdag 2026-04-14")
    case.tell("allocation-requested", "woensdag 2026-04-08", **R1)
    assert case.due("send-allocation") == day("woensdag 2026-04-15")
    case.tell("allocation-sent", "woensdag 2026-04-08", **R1)
    assert case.due("acknowledge-allocation") == day("maandag 2026-04-13")


def test_the_start_is_reported_within_five_working_days_after_the_agreed_day() -> None:
    case = referred("maandag 2026-03-02").tell("referral-accepted", "dinsdag 2026-03-03", **R1, startDate="2026-04-24")
    assert case.due("report-start") == day("maandag 2026-05-04")  # vrijdag 24 april, over King's Day


def test_step_5_gives_each_a_term_too() -> None:
    case = refused("donderdag 2026-04-02")
    assert case.due("choose-next-step") == day("donderdag 2026-04-09")
    case.tell("network-asked", "donderdag 2026-04-02", **ASKED)
    assert case.due("answer-network") == day("maandag 2026-04-13")
    case.tell("network-proposed", "vrijdag 2026-04-10", **ASKED, startDate="2026-05-01")
    assert case.due("confirm-proposal") == day("woensdag 2026-04-15")


@pytest.mark.parametrize("route", Route)
def test_what_the_network_found_is_allocated_within_five_working_days(route: Route) -> None:
    case = refused("maandag 2026-04-20", route=route).tell("network-asked", "maandag 2026-04-20", **ASKED)
    case.tell("network-proposed", "woensdag 2026-04-22", **ASKED, startDate="2026-05-01")
    case.tell("network-confirmed", "vrijdag 2026-04-24", **ASKED, startDate="2026-05-01")
    code = {Route.ACCESS: "send-allocation", Route.PROVIDER: "request-allocation"}[route]
    assert case.due(code) == day("maandag 2026-05-04")


@pytest.mark.parametrize(
    ("registered", "due"),
    [
        ("maandag 2026-03-09", "maandag 2026-03-23"),
        ("vrijdag 2026-03-20", "dinsdag 2026-04-07"),  # Good Friday moves it over Easter
        ("maandag 2026-04-13", "dinsdag 2026-04-28"),  # King's Day on a Monday
        ("donderdag 2026-04-30", "vrijdag 2026-05-15"),  # Ascension
    ],
)
def test_the_ret_discusses_within_two_weeks_after_registration(registered: str, due: str) -> None:
    case = refused("maandag 2026-03-02").tell("ret-registered", registered)
    assert case.due("discuss-in-ret") == day(due)
    case.tell("ret-discussed", registered)
    assert case.due("conclude-in-ret") == day(due)


@pytest.mark.parametrize(
    ("outcome", "due"),
    [("vrijdag 2026-03-27", "dinsdag 2026-04-07"), ("maandag 2026-04-20", "dinsdag 2026-04-28")],
)
def test_all_of_step_6_is_done_in_the_week_after_the_ret_saw_no_fitting_help(outcome: str, due: str) -> None:
    case = refused("maandag 2026-03-02").tell("ret-registered", "maandag 2026-03-16")
    case.tell("ret-outcome", outcome, outcome="no-view")
    assert case.due("report-escalation") == day(due)
    case.tell("escalation-reported", outcome)
    assert case.due("analyse-escalation") == day(due)
    case.tell("escalation-analysed", outcome, cause="waiting-times")
    assert case.due("decide-escalation") == day(due)
    case.tell("escalation-decided", outcome, escalate=True)
    assert case.due("talk-escalation") == day(due)


def test_the_broker_answers_in_three_working_days_and_at_once_when_it_is_urgent() -> None:
    calm = told(("broker-asked", "donderdag 2026-04-02"))
    assert calm.due("answer-broker") == day("donderdag 2026-04-09")
    for on, due in (("donderdag 2026-04-02", "donderdag 2026-04-02"), ("vrijdag 2026-04-03", "dinsdag 2026-04-07")):
        assert told(("broker-asked", on, {"urgent": True})).due("answer-broker") == day(due)


def test_a_question_to_the_official_and_a_lost_contact_have_a_term_beside_the_route() -> None:
    case = told(("official-asked", "donderdag 2026-04-30", {"question": "transport"}))
    assert case.due("decide-question") == day("vrijdag 2026-05-08")  # over 5 May
    case.tell("contact-failed", "maandag 2026-05-11", secondTried=True)
    assert case.due("make-contact") == day("vrijdag 2026-05-15")  # over Ascension


def test_agreed_days_stay_as_people_agreed_on_them() -> None:
    case = told(("worry-marked", "maandag 2026-03-09", {"reviewOn": "2026-03-22"}))
    assert case.due("review-worry") == day("zondag 2026-03-22")
    case.tell("worry-reviewed", "maandag 2026-03-16", reviewOn="2026-04-06")
    assert case.due("review-worry") == day("maandag 2026-04-06")


def test_after_the_start_evaluations_and_the_end_are_watched() -> None:
    case = told(("talked-with-local-team", "maandag 2026-03-02"))
    case.tell("determined", "maandag 2026-03-02", until="2026-12-24").tell(
        "evaluation-agreed", "maandag 2026-03-02", on="2026-07-01"
    )
    assert "hold-evaluation" not in case.todo
    case.tell("started", "maandag 2026-03-16")
    assert case.due("hold-evaluation") == day("woensdag 2026-07-01")
    assert case.due("report-end") == day("maandag 2027-01-04")  # donderdag 24 december, over Christmas and New Year


def test_cooperation_is_talked_through_within_five_working_days_a_level() -> None:
    said = {"trigger": "difference-of-view", "level": 1, "openedBy": "professional", "familyTold": True}
    case = told(("cooperation-raised", "donderdag 2026-04-02", said))
    assert case.due("talk-among-scientists") == day("maandag 2026-04-13")
