"""How long steps took: each turn against its own term, as it stood on a day, with what is not done counted as such."""

from collections.abc import Callable
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.case_events import Actor, Route, WorkerRole
from matcher.elapsed import DONE_BY, TIMED, Ending, Turn, done_within, turns_of
from tests.matcher.histories import (
    FRIDAY,
    LATER,
    MONDAY,
    R1,
    START,
    THURSDAY,
    TUESDAY,
    WEDNESDAY,
    Case,
    day,
    no_view,
    proposed,
    referred,
    refused,
    told,
)


def turns(case: Case, until: str = LATER) -> dict[str, Turn]:
    """By code; the last of each."""
    return {turn.code: turn for turn in turns_of(case.facts, case.events, day(until))}


def test_a_turn_takes_the_working_days_after_the_day_it_began() -> None:
    case = told(("talked-with-local-team", "vrijdag 2026-04-10"), opened=day("donderdag 2026-04-02"))

    talk = turns(case, "vrijdag 2026-04-10")["talk-with-local-team"]

    # Good Friday and Easter Monday between them are no working days
    assert (talk.days, talk.allowed, talk.late, talk.ending) == (4, 3, True, Ending.DONE)


@pytest.mark.parametrize(
    ("talked", "late"), [("donderdag 2026-03-05", False), ("vrijdag 2026-03-06", True)], ids=["last day", "day after"]
)
def test_the_last_day_of_a_term_is_in_time(talked: str, late: bool) -> None:
    assert turns(told(("talked-with-local-team", talked)))["talk-with-local-team"].late is late


def test_what_is_open_is_late_once_its_term_went_by() -> None:
    before, after = (turns(told(), until)["talk-with-local-team"] for until in (THURSDAY, FRIDAY))

    assert (before.ending, before.late, before.is_judged, before.days) == (Ending.OPEN, False, False, 3)
    assert (after.ending, after.late, after.is_judged, after.days) == (Ending.OPEN, True, True, 4)


def test_what_happened_after_the_day_is_not_known_yet() -> None:
    case = told(("talked-with-local-team", WEDNESDAY))

    assert turns(case, TUESDAY)["talk-with-local-team"].ending is Ending.OPEN
    assert turns(case, WEDNESDAY)["talk-with-local-team"].ending is Ending.DONE


def test_of_a_case_that_was_not_open_yet_nothing_is_told() -> None:
    assert turns(told(), "zondag 2026-03-01") == {}


def test_a_correction_counts_as_corrected() -> None:
    case = told(("talked-with-local-team", FRIDAY))
    case.tell("corrected", FRIDAY, refers_to=1, what="redate", occurred="2026-03-03")

    assert (turns(case)["talk-with-local-team"].days, turns(case)["talk-with-local-team"].late) == (1, False)


def test_the_order_in_which_events_are_handed_over_does_not_matter() -> None:
    case = no_view()
    shuffled = list(case.events)
    Random(7).shuffle(shuffled)

    assert list(turns_of(case.facts, shuffled, day(LATER))) == list(turns_of(case.facts, case.events, day(LATER)))


def test_a_refusal_is_an_answer_and_a_withdrawn_question_is_none() -> None:
    answered = refused()
    withdrawn = referred().tell("referral-withdrawn", TUESDAY, **R1)

    assert turns(answered)["answer-referral"].ending is Ending.DONE
    assert turns(withdrawn)["answer-referral"].ending is Ending.STOPPED


def test_what_was_never_done_ends_with_the_search() -> None:
    case = referred().tell("referral-accepted", TUESDAY, **R1, **START).tell("started", LATER)

    allocation = turns(case, "maandag 2026-06-01")["send-allocation"]

    assert (allocation.ending, allocation.days, allocation.late) == (Ending.STOPPED, 10, True)


def test_a_local_team_has_not_to_talk_with_itself() -> None:
    own = told(worker_role=WorkerRole.LOCAL_TEAM, organisation="GM0202")

    assert "talk-with-local-team" not in turns(own)


def test_each_time_that_the_worker_must_choose_is_a_turn_of_its_own() -> None:
    case = refused().tell("referral-sent", WEDNESDAY, party="23456789", referral="r2")
    case.tell("referral-refused", THURSDAY, referral="r2", reason="full")

    chosen = [turn for turn in turns_of(case.facts, case.events, day(LATER)) if turn.code == "choose-next-step"]

    assert [(turn.days, turn.ending) for turn in chosen] == [(1, Ending.DONE), (7, Ending.OPEN)]


def test_a_case_that_was_opened_again_keeps_what_it_took_before() -> None:
    case = told(("talked-with-local-team", TUESDAY), ("withdrawn", WEDNESDAY, {"reason": "other"}))
    case.tell("reopened", FRIDAY, reason="again")

    talks = [turn for turn in turns_of(case.facts, case.events, day(LATER)) if turn.code == "talk-with-local-team"]

    assert [(turn.began, turn.ending) for turn in talks] == [
        (day(MONDAY), Ending.DONE),
        (day(FRIDAY), Ending.OPEN),
    ]


def test_another_municipality_has_its_own_time() -> None:
    case = told(("municipality-changed", FRIDAY, {"municipality": "GM0268", "region": "JZ32"}))

    talk = turns(case)["talk-with-local-team"]

    assert (talk.began, talk.days, talk.allowed) == (day(FRIDAY), 6, 3)


@pytest.mark.parametrize(("route", "weeks"), [(Route.ACCESS, 15), (Route.PROVIDER, 10)])
def test_the_overall_term_is_a_turn_of_its_own(route: Route, weeks: int) -> None:
    clear = turns(refused(route))["be-clear"]

    assert (clear.days, clear.allowed, clear.late, clear.ending) == (1, weeks, False, Ending.DONE)


@pytest.mark.parametrize("route", list(Route))
@pytest.mark.parametrize("make", [referred, refused, proposed, lambda _: no_view(), lambda route: told(route=route)])
def test_what_is_still_open_is_what_a_desk_has_open(make: Callable[[Route], Case], route: Route) -> None:
    case = make(route)
    last = max(event.occurred for event in case.events) if case.events else case.today
    timed = {duty.code for duty in TIMED}

    still = {(turn.code, turn.actor) for turn in turns_of(case.facts, case.events, last) if turn.ending is Ending.OPEN}

    assert still - {("be-clear", Actor.WORKER)} == {
        (task.code, task.actor) for task in case.state.tasks if task.code in timed
    }


def test_what_counts_as_done_closes_the_duty() -> None:
    for code, moments in DONE_BY.items():
        duties = [duty for duty in TIMED if duty.code == code]
        assert duties
        assert all(set(moments) <= set(duty.closes) for duty in duties)


# --- how long they took --------------------------------------------------------------------------------------------


def a_turn(days: int, ending: Ending = Ending.DONE) -> Turn:
    return Turn(Route.ACCESS, "1", "talk-with-local-team", Actor.WORKER, date(2026, 3, 2), days, 3, ending, days > 3)


def test_half_is_done_within_the_middle_one() -> None:
    assert done_within([a_turn(days) for days in (1, 2, 9)], 0.5) == 2
    assert done_within([a_turn(days) for days in range(1, 11)], 0.9) == 9


def test_what_is_open_makes_it_longer_and_is_not_left_out() -> None:
    done = [a_turn(days) for days in (1, 2, 3)]

    assert done_within(done, 0.5) == 2
    assert done_within([*done, *(a_turn(5, Ending.OPEN) for _ in range(2))], 0.5) == 3
    assert done_within([*done, *(a_turn(5, Ending.OPEN) for _ in range(4))], 0.5) is None


def test_nothing_is_known_of_nothing() -> None:
    assert done_within([], 0.5) is None


TURNS = st.lists(st.builds(a_turn, st.integers(0, 40), st.sampled_from(Ending)), min_size=1, max_size=30)


@given(TURNS, st.randoms(use_true_random=False))
@settings(max_examples=50, deadline=None)
def test_the_order_of_turns_does_not_matter(turns: list[Turn], chance: Random) -> None:
    shuffled = list(turns)
    chance.shuffle(shuffled)

    assert done_within(shuffled, 0.5) == done_within(turns, 0.5)


@given(TURNS)
@settings(max_examples=50, deadline=None)
def test_nine_in_ten_take_at_least_as_long_as_half(turns: list[Turn]) -> None:
    half, most = done_within(turns, 0.5), done_within(turns, 0.9)

    assert most is None or (half is not None and half <= most)


@given(st.lists(st.integers(0, 40), min_size=1, max_size=30))
@settings(max_examples=50, deadline=None)
def test_when_all_are_done_it_is_the_one_in_the_middle(days: list[int]) -> None:
    assert done_within([a_turn(each) for each in days], 0.5) == sorted(days)[(len(days) - 1) // 2]


@given(TURNS, st.integers(0, 40))
@settings(max_examples=50, deadline=None)
def test_one_that_is_still_open_never_makes_it_shorter(turns: list[Turn], days: int) -> None:
    before, after = done_within(turns, 0.5), done_within([*turns, a_turn(days, Ending.OPEN)], 0.5)

    assert after is None or (before is not None and before <= after)
