"""What a region learns of a period, figure by figure, at the borders of what counts."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.case_events import EventKind, WorkerRole
from matcher.elapsed import Ending
from matcher.lessons import Case, Period, Referral, Share
from matcher.lessons_of_cases import contacts, escalations, of_age, step_times
from matcher.lessons_of_refusals import Refused, refusals, touched_by
from matcher.lessons_of_supply import Provider, Waited, by_size, later_than_stated
from matcher.question import Month
from tests.matcher import histories
from tests.matcher.histories import FIRST, FRIDAY, LATER, R1, START, TUESDAY, WEDNESDAY, no_view, refused, told

YEAR = Period(date(2026, 1, 1), date(2026, 12, 31))
SPRING = Period(date(2026, 4, 1), date(2026, 6, 30))
REFERRALS = {"r1": Referral("gezinshuis", FIRST), "n1": Referral("pleegzorg", FIRST, network=True)}

REFUSED = refused()

_numbers = count(1)


def a_case(case: histories.Case, care_type: str = "gezinshuis") -> Case:
    return Case(case.facts, tuple(case.events), care_type)


def turned_down(
    care_type: str, reason: str = "no-place", on: date = date(2026, 3, 3)
) -> tuple[Case, dict[str, Referral]]:
    """A case of which a referral for this care was refused that day, and that referral."""
    referral = f"r-{next(_numbers)}"
    events = [replace(event, referral=referral if event.referral else None) for event in REFUSED.events]
    said = replace(events[-1], occurred=on, values={"reason": reason})
    return Case(histories.facts(), (*events[:-1], said), care_type), {referral: Referral(care_type, FIRST)}


def of(many: Iterable[tuple[Case, dict[str, Referral]]], period: Period = YEAR) -> dict[str | None, Refused]:
    cases, referrals = [], {}
    for case, known in many:
        cases.append(case)
        referrals.update(known)
    return {row.care_type: row for row in refusals(cases, referrals, period)}


def test_the_year_before_is_the_same_quarters() -> None:
    assert YEAR.year_before() == Period(date(2025, 1, 1), date(2025, 12, 31))
    assert SPRING.year_before().last == date(2025, 6, 30)


def test_a_share_of_none_is_unknown_and_no_zero() -> None:
    assert Share(0, 0).percent is None
    assert Share(0, 3).percent == 0


# --- time per step -------------------------------------------------------------------------------------------------


def test_the_step_that_is_late_most_often_comes_first() -> None:
    cases = [a_case(told(("talked-with-local-team", on))) for on in (TUESDAY, LATER, LATER)]

    rows = step_times(turn for case in cases for turn in case.turns(YEAR))

    # the last day of the year: every determination is late by then
    assert [(row.code, row.late, row.in_time) for row in rows if row.code in {"determine", "talk-with-local-team"}] == [
        ("determine", 3, Share(0, 3)),
        ("talk-with-local-team", 2, Share(1, 3)),
    ]


def test_only_what_began_in_the_period_counts() -> None:
    case = a_case(told(("talked-with-local-team", TUESDAY)))

    assert case.turns(SPRING) == []
    assert {turn.code for turn in case.turns(Period(date(2026, 1, 1), date(2026, 3, 31)))} >= {"determine"}


def test_a_term_that_differs_from_case_to_case_is_not_named() -> None:
    (turn,) = (turn for turn in a_case(told()).turns(YEAR) if turn.code == "talk-with-local-team")

    (alike,) = step_times([turn, turn, replace(turn, allowed=9)])
    (different,) = step_times([turn, replace(turn, allowed=9), replace(turn, allowed=10)])

    assert alike.term_days == 3
    assert different.term_days is None


def test_what_is_open_is_counted_beside_what_is_done() -> None:
    (turn,) = (turn for turn in a_case(told()).turns(YEAR) if turn.code == "talk-with-local-team")

    (row,) = step_times([turn, replace(turn, ending=Ending.DONE, late=False)])

    assert (row.turns, row.done, row.open, row.in_time) == (2, 1, 1, Share(1, 2))


# --- refusals ------------------------------------------------------------------------------------------------------


def test_refusals_are_counted_of_all_answers() -> None:
    accepted = a_case(histories.referred().tell("referral-accepted", TUESDAY, **R1, **START))
    rows = of([(accepted, {"r1": Referral("gezinshuis", FIRST)}), turned_down("gezinshuis")])

    assert rows["gezinshuis"].share == rows[None].share == Share(1, 2)


def test_a_reason_is_shown_from_five_children_on() -> None:
    four, five = ([turned_down("gezinshuis", reason) for reason in ["no-place"] * n + ["other"]] for n in (3, 4))

    assert (of(four)["gezinshuis"].reasons, of(four)["gezinshuis"].unsplit) == ({}, 4)
    assert (of(five)["gezinshuis"].reasons, of(five)["gezinshuis"].unsplit) == ({"no-place": 4, "other": 1}, 0)


def test_the_quarters_are_judged_one_by_one() -> None:
    """Else the year without its first quarter would tell of the first quarter."""
    late = [turned_down("gezinshuis", on=date(2026, 3, 31)) for _ in range(5)]
    early = [turned_down("gezinshuis", "other", on=date(2026, 4, 1)) for _ in range(2)]

    row = of([*late, *early])["gezinshuis"]

    assert (row.refusals, row.reasons, row.unsplit) == (7, {"no-place": 5}, 2)


def test_a_small_care_type_is_not_found_by_subtraction() -> None:
    rows = of([turned_down("gezinshuis") for _ in range(9)] + [turned_down("pleegzorg", "other") for _ in range(2)])

    assert rows[None].reasons == {"no-place": 9, "other": 2}
    assert rows["gezinshuis"].reasons == rows["pleegzorg"].reasons == {}


def test_a_refusal_that_was_taken_back_was_none() -> None:
    case = refused()
    case.tell("corrected", WEDNESDAY, refers_to=len(case.events), what="void")

    assert touched_by([a_case(case)], REFERRALS, YEAR) == 0


def test_asking_the_network_is_no_referral() -> None:
    case = histories.proposed()
    providers = [Provider(FIRST, 1, 1)]

    assert refusals([a_case(case)], REFERRALS, YEAR)[0].answers == 1
    assert by_size([a_case(case)], REFERRALS, providers, YEAR)[0].referrals == Share(1, 1)


@given(st.lists(st.tuples(st.sampled_from(("a", "b", "c")), st.sampled_from(("no-place", "other")), st.integers(1, 4))))
@settings(max_examples=30, deadline=None)
def test_what_is_shown_sums_up(many: list[tuple[str, str, int]]) -> None:
    rows = of([turned_down(care, why, date(2026, quarter * 3, 15)) for care, why, quarter in many])
    everything = rows.pop(None)

    assert everything.refusals == sum(row.refusals for row in rows.values()) == len(many)
    for row in (everything, *rows.values()):
        assert sum(row.reasons.values()) + row.unsplit == row.refusals
        assert row.unsplit >= 0
    for reason in ("no-place", "other"):
        assert everything.reasons.get(reason, 0) >= sum(row.reasons.get(reason, 0) for row in rows.values())


@given(
    st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(("no-place", "other")), st.integers(1, 4)), max_size=40)
)
@settings(max_examples=30, deadline=None)
def test_a_year_tells_no_more_than_its_quarters(many: list[tuple[str, str, int]]) -> None:
    refused = [turned_down(care, why, date(2026, quarter * 3, 15)) for care, why, quarter in many]
    quarters = [Period(date(2026, first, 1), date(2026, first + 2, 28)) for first in (1, 4, 7, 10)]

    for care_type, row in of(refused).items():
        parts = [of(refused, quarter).get(care_type) for quarter in quarters]
        for reason in ("no-place", "other"):
            assert row.reasons.get(reason, 0) == sum(part.reasons.get(reason, 0) for part in parts if part)


# --- the expert team -----------------------------------------------------------------------------------------------


def test_the_cause_is_the_one_the_analysis_found() -> None:
    case = no_view().tell("escalation-reported", LATER).tell("escalation-analysed", LATER, cause="ret-too-late")

    found = escalations([a_case(case)], YEAR)

    assert (found.registered, found.outcomes, found.causes) == (1, {"no-view": 1}, {"ret-too-late": 1})


def test_without_an_analysis_the_expert_team_says_the_cause() -> None:
    case = refused().tell("ret-registered", TUESDAY)
    case.tell("ret-outcome", LATER, outcome="no-view", cause="waiting-times")

    assert escalations([a_case(case)], YEAR).causes == {"waiting-times": 1}


def test_a_cause_that_nobody_said_is_counted_as_such() -> None:
    assert escalations([a_case(no_view())], YEAR).causes == {"unsaid": 1}


def test_a_solution_has_no_cause() -> None:
    case = refused().tell("ret-registered", TUESDAY).tell("ret-outcome", LATER, outcome="found")

    found = escalations([a_case(case)], YEAR)

    assert (found.share, found.causes) == (Share(0, 1), {})


def test_an_outcome_after_the_period_is_of_another() -> None:
    assert escalations([a_case(no_view())], SPRING).share == Share(0, 0)


# --- contact -------------------------------------------------------------------------------------------------------


def test_contact_that_failed_is_counted_of_those_that_sought_it() -> None:
    failed = told(("contact-failed", FRIDAY, {"secondTried": True}), ("contact-made", LATER))
    cases = [a_case(failed), a_case(told(("talked-with-local-team", TUESDAY)))]

    found = contacts(cases, [case.turns(YEAR) for case in cases], YEAR)

    assert (found.failed, found.repaired, found.middle_days) == (Share(1, 2), 1, 6)


def test_a_local_teams_own_case_seeks_no_contact() -> None:
    own = a_case(told(worker_role=WorkerRole.LOCAL_TEAM, organisation="GM0202"))

    assert contacts([own], [own.turns(YEAR)], YEAR).failed == Share(0, 0)


# --- small and large providers -------------------------------------------------------------------------------------


def test_small_providers_are_seen_beside_their_share_of_the_supply() -> None:
    providers = [Provider(FIRST, 1, 1), Provider("2", 2, 2), Provider("3", 30, 7)]

    small, middle, large = by_size([a_case(refused())], REFERRALS, providers, YEAR)

    assert (small.providers, small.unasked, small.offers, small.referrals) == (2, 1, Share(3, 10), Share(1, 1))
    assert (middle.providers, middle.offers) == (0, Share(0, 10))
    assert (large.unasked, large.referrals) == (1, Share(0, 1))


def test_who_has_nothing_that_the_region_can_use_is_not_of_its_supply() -> None:
    assert by_size([], {}, [Provider(FIRST, 40, 0)], YEAR)[2].providers == 0


@given(st.lists(st.integers(1, 40), max_size=20))
@settings(max_examples=40, deadline=None)
def test_the_shares_of_the_sizes_sum_to_one(offers: list[int]) -> None:
    providers = [Provider(str(at), number, number) for at, number in enumerate(offers)]
    rows = by_size([], {}, providers, YEAR)

    assert sum(row.offers.part for row in rows) == sum(offers) == rows[0].offers.whole
    assert sum(row.providers for row in rows) == len(offers)


# --- turning eighteen ----------------------------------------------------------------------------------------------


def staying(until: date | None, began: date = date(2026, 3, 3)) -> Case:
    """A stay that began in March, of somebody who turns eighteen in May 2026."""
    case = histories.referred().tell("referral-accepted", TUESDAY, **R1, **START).tell("started", TUESDAY, **R1)
    started = replace(case.events[-1], occurred=began)
    ended = replace(case.events[-1], id=50, kind=EventKind.ENDED, occurred=until or began)
    events = (*case.events[:-1], started, *([ended] if until else []))
    return Case(replace(case.facts, birth_month=Month(2008, 5)), events, "gezinshuis")


def stayed(*cases: Case, period: Period = YEAR) -> Share:
    return of_age(cases, REFERRALS, {"gezinshuis"}.__contains__, period).stayed


def test_a_stay_that_goes_on_after_the_month_went_on() -> None:
    assert stayed(staying(None)) == stayed(staying(date(2026, 6, 1))) == Share(1, 1)
    assert stayed(staying(date(2026, 5, 31))) == stayed(staying(date(2026, 5, 1))) == Share(0, 1)


def test_a_stay_that_ended_before_the_month_is_not_counted() -> None:
    assert stayed(staying(date(2026, 4, 30))) == Share(0, 0)


def test_a_stay_that_began_in_the_month_itself_is_not_counted() -> None:
    assert stayed(staying(None, began=date(2026, 4, 30))) == Share(1, 1)
    assert stayed(staying(None, began=date(2026, 5, 1))) == Share(0, 0)


def test_the_whole_month_must_lie_in_the_period() -> None:
    may, june = (Period(date(2026, month, 1), date(2026, month, 28)) for month in (5, 6))

    assert stayed(staying(None), period=SPRING) == Share(1, 1)
    assert stayed(staying(None), period=may) == stayed(staying(None), period=june) == Share(0, 0)


def test_help_at_home_is_no_stay() -> None:
    assert of_age([staying(None)], REFERRALS, lambda _: False, YEAR).stayed == Share(0, 0)


# --- stated and real waits -----------------------------------------------------------------------------------------


def test_a_week_later_is_worth_a_word() -> None:
    rows = [Waited("a", 5, 30, 36), Waited("b", 7, 30, 37), Waited("c", 6, 30, 10)]

    assert later_than_stated(rows) == Share(7, 18)


def test_a_day_is_in_a_period_on_both_its_borders() -> None:
    assert SPRING.first in SPRING
    assert SPRING.last in SPRING
    assert SPRING.last + timedelta(days=1) not in SPRING
