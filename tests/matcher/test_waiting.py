"""When help can start: examples at the borders, the properties of the design, and a slow scalar twin."""

import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.foresight import Expectation, expected_start
from matcher.offers import NEVER, UNKNOWN, Rows, day_number, day_of, empty_candidates
from matcher.question import Month
from matcher.turnover import PRIOR_DAYS, USUAL_LEAVING
from matcher.waiting import (
    AGES,
    EVIDENCE,
    FAIRLY_CERTAIN_ABOVE_DAYS,
    LEAVING_SEEN,
    LONGEST_WAIT_DAYS,
    OLDEST_DAYS,
    QUANTILES,
    QUEUE_AHEAD,
    UNCERTAIN_ABOVE_DAYS,
    Basis,
    Certainty,
    Evidence,
    Seen,
    outlooks,
)

TODAY = day_number(date(2026, 11, 23))
TEENAGER = Month(2012, 5)
UPDATE_TERM = 30


def an_offer(**said: Any) -> Rows:
    """One offer: full, a stated wait of four weeks, said today. Ages are given in days."""
    row = empty_candidates(1)
    plain: dict[str, Any] = {
        "statement_id": 1,
        "stated_day": TODAY - said.pop("age", 0),
        "total_places": 8,
        "open_places": 0,
        "intake_wait": 14,
        "treatment_wait": 14,
    }
    for name, value in (plain | said).items():
        row[name] = value
    return row


def start_of(row: Rows, needed_from: int = TODAY, birth_month: Month = TEENAGER) -> Expectation:
    return expected_start(row, needed_from, birth_month, TODAY)


def basis_of(expectation: Expectation) -> Basis:
    return list(Basis)[int(expectation.basis[0])]


def certainty_of(expectation: Expectation) -> Certainty:
    return list(Certainty)[int(expectation.certainty[0])]


def test_too_little_to_know_says_so() -> None:
    silent = start_of(empty_candidates(1))
    assert (silent.start[0], silent.early[0], silent.late[0], silent.pessimistic[0]) == (NEVER,) * 4
    assert certainty_of(silent) is Certainty.UNKNOWN
    assert basis_of(silent) is Basis.NOTHING
    assert silent.stated_wait[0] == UNKNOWN


@pytest.mark.parametrize("missing", ["intake_wait", "treatment_wait"])
def test_half_a_wait_is_no_stated_wait(missing: str) -> None:
    assert start_of(an_offer(**{missing: UNKNOWN})).stated_wait[0] == UNKNOWN


def test_the_stated_wait_is_both_waits_together() -> None:
    assert start_of(an_offer(intake_wait=14, treatment_wait=21)).stated_wait[0] == 35


@pytest.mark.parametrize(
    ("said", "basis"),
    [
        ({}, Basis.STATED_WAIT),
        ({"realised_wait": 50, "realised_spread": 10}, Basis.PROVEN_WAIT),
        ({"waiting": 4, "started_90": 3}, Basis.QUEUE_AND_FLOW),
        ({"waiting": 4, "started_90": 3, "intake_wait": UNKNOWN}, Basis.QUEUE_AND_FLOW),
        ({"waiting": 4}, Basis.STATED_WAIT),  # a queue without a flow tells nothing
        ({"open_places": 1}, Basis.OPEN_PLACE),
        ({"open_places": 1, "options_running": 1}, Basis.STATED_WAIT),  # held for another child
        ({"intake_wait": UNKNOWN}, Basis.NOTHING),
        ({"realised_wait": 50, "intake_wait": UNKNOWN}, Basis.NOTHING),
        ({"stop": 1}, Basis.NOTHING),
        ({"stop": 1, "available_from": TODAY + 30}, Basis.STATED_WAIT),  # the stop ends
    ],
)
def test_tells_what_the_day_rests_on(said: dict[str, Any], basis: Basis) -> None:
    assert basis_of(start_of(an_offer(**said))) is basis


def test_an_open_place_starts_sooner_than_a_full_house() -> None:
    assert start_of(an_offer(open_places=1)).start[0] < start_of(an_offer()).start[0]


def test_a_home_with_one_place_that_is_free_need_not_wait_for_another_to_leave() -> None:
    """Who has one place sees few start and leave; that says nothing when the place is empty and nobody waits."""
    free = start_of(an_offer(total_places=1, open_places=1, waiting=0, started_90=0, intake_wait=0, treatment_wait=0))
    assert free.start[0] <= TODAY + 14
    assert free.late[0] <= TODAY + 42


def test_a_long_list_that_hardly_moves_starts_later_than_it_says() -> None:
    slow = start_of(an_offer(waiting=12, started_90=2, withdrawn_90=1))
    assert slow.start[0] > TODAY + 100
    assert slow.stated_wait[0] == 28


def test_a_provider_where_starts_took_longer_than_stated_is_expected_to_take_so_again() -> None:
    late = start_of(an_offer(realised_wait=70, realised_spread=10))
    true = start_of(an_offer(realised_wait=28, realised_spread=10))
    assert true.start[0] == pytest.approx(TODAY + 28, abs=3)
    assert late.start[0] == pytest.approx(TODAY + 63, abs=7)


def test_a_quarter_in_which_nobody_left_weighs_less_where_others_left_before() -> None:
    """Four wait and nobody started: with eight places and a busy year behind it that was chance."""
    quiet = {"waiting": 4, "started_90": 0, "withdrawn_90": 0}
    busy_before = start_of(an_offer(**quiet, left_before=60, over_days=635))
    slow_before = start_of(an_offer(**quiet, left_before=10, over_days=635))
    assert busy_before.start[0] + 60 < slow_before.start[0]


def test_never_before_the_day_a_place_comes_free() -> None:
    assert start_of(an_offer(available_from=TODAY + 400)).early[0] == TODAY + 400


def test_never_before_the_wanted_day_for_sooner_is_no_gain() -> None:
    later = start_of(an_offer(), needed_from=TODAY + 400)
    assert {int(later.start[0]), int(later.early[0]), int(later.late[0])} == {TODAY + 400}
    assert certainty_of(later) is Certainty.CERTAIN


@pytest.mark.parametrize(("age", "certainty"), [(30, Certainty.CERTAIN), (31, Certainty.FAIRLY)])
def test_nothing_is_certain_beside_a_statement_that_should_have_been_renewed(age: int, certainty: Certainty) -> None:
    wanted_much_later = start_of(an_offer(age=age, update_term=30), needed_from=TODAY + 400)
    assert certainty_of(wanted_much_later) is certainty


def test_never_before_today_though_wanted_long_ago() -> None:
    assert start_of(an_offer(open_places=1), needed_from=TODAY - 400).early[0] >= TODAY


@pytest.mark.parametrize(
    ("birth_month", "first_day"),
    [
        (Month(2014, 11), TODAY),  # twelve by the first of December at the latest: the wait takes longer
        (Month(2015, 3), day_number(date(2027, 4, 1))),  # only the month is known: the last day it can be
        (Month(2015, 12), day_number(date(2028, 1, 1))),
        (Month(2016, 2), day_number(date(2028, 3, 1))),
    ],
)
def test_too_young_only_delays_until_the_last_possible_birthday(birth_month: Month, first_day: int) -> None:
    young = start_of(an_offer(age_from=12, open_places=1), birth_month=birth_month)
    assert young.early[0] == pytest.approx(first_day, abs=8 if first_day == TODAY else 0)


def test_a_baby_of_this_month_is_not_too_young_for_an_offer_from_birth() -> None:
    baby = Month(2026, 11)
    assert start_of(an_offer(open_places=1), birth_month=baby).start[0] == start_of(an_offer(open_places=1)).start[0]


def test_a_child_of_any_age_is_answered() -> None:
    for birth_month in (Month(1, 1), Month(1900, 1), Month(2026, 11), Month(2100, 12), Month(9800, 12)):
        assert start_of(an_offer(age_from=4), birth_month=birth_month).start[0] >= TODAY


def test_absurd_numbers_still_give_a_day() -> None:
    stuck = start_of(
        an_offer(waiting=100_000, started_90=0, withdrawn_90=0, total_places=0, realised_wait=1e9, realised_spread=1e9)
    )
    assert day_of(int(stuck.late[0])) < date(2200, 1, 1)


def test_nothing_to_judge_gives_nothing() -> None:
    assert len(start_of(empty_candidates(0)).start) == 0


def test_an_outlook_that_was_kept_gives_the_same_answer() -> None:
    rows = np.concatenate([an_offer(), an_offer(open_places=2), an_offer(waiting=3, started_90=1), an_offer(stop=1)])
    fresh = expected_start(rows, TODAY, TEENAGER, TODAY)
    kept = expected_start(rows, TODAY, TEENAGER, TODAY, outlooks(rows))
    assert all(np.array_equal(getattr(fresh, name), getattr(kept, name)) for name in Expectation.__slots__)


# The learnt table

WEIGHTS = [name for name in Evidence.__slots__ if name != "basis"]


@pytest.mark.parametrize("evidence", EVIDENCE.values())
def test_no_weight_is_negative(evidence: Evidence) -> None:
    assert all(getattr(evidence, name) >= 0 for name in WEIGHTS)


@pytest.mark.parametrize("evidence", EVIDENCE.values())
def test_the_early_day_does_not_come_sooner_when_the_wait_grows(evidence: Evidence) -> None:
    """early = wait + quantile x scale, and the scale grows with the wait by `of_wait`."""
    assert min(QUANTILES[evidence.basis][0]) * evidence.of_wait > -1


def test_every_basis_has_quantiles_for_every_age_and_no_band_narrows_with_age() -> None:
    assert set(QUANTILES) == set(Basis) - {Basis.NOTHING}
    for early, late, pessimistic in QUANTILES.values():
        assert len(early) == len(late) == len(pessimistic) == len(AGES)
        assert list(early) == sorted(early, reverse=True)
        assert list(late) == sorted(late)
        assert list(pessimistic) == sorted(pessimistic)
        assert max(early) <= 0 <= min(pessimistic)
        assert all(p <= q for p, q in zip(pessimistic, late, strict=True))


@pytest.mark.parametrize("full", [seen for seen in EVIDENCE if Seen.FREE not in seen])
def test_an_open_place_never_makes_the_expected_wait_longer(full: Seen) -> None:
    free, taken = EVIDENCE[full | Seen.FREE], EVIDENCE[full]
    assert all(getattr(free, name) <= getattr(taken, name) for name in ("queue", "stated", "realised", "handling"))


# Properties, on any offer

COUNTS = st.one_of(st.just(UNKNOWN), st.integers(0, 60), st.integers(0, 100_000))
WAITS = st.one_of(st.just(UNKNOWN), st.integers(0, 200), st.integers(0, 3650))
REALISED = st.one_of(st.just(math.nan), st.floats(0, 3650, width=32))
LEFT = st.one_of(st.just(math.nan), st.floats(0, 10_000, width=32))
SPREAD = st.one_of(st.just(math.nan), st.floats(3, 200, width=32))


@st.composite
def offers(draw: st.DrawFn) -> dict[str, Any]:
    realised, left = draw(REALISED), draw(LEFT)
    return {
        "age": draw(st.integers(0, 500)),
        "total_places": draw(COUNTS),
        "open_places": draw(st.integers(-1, 5)),
        "options_running": draw(st.integers(0, 3)),
        "available_from": draw(st.one_of(st.just(UNKNOWN), st.integers(TODAY - 200, TODAY + 400))),
        "intake_wait": draw(WAITS),
        "treatment_wait": draw(WAITS),
        "waiting": draw(COUNTS),
        "started_90": draw(COUNTS),
        "withdrawn_90": draw(COUNTS),
        "stop": draw(st.integers(0, 1)),
        "age_from": draw(st.integers(0, 23)),
        "realised_wait": realised,
        "realised_spread": math.nan if math.isnan(realised) else draw(SPREAD),
        "left_before": left,
        "over_days": math.nan if math.isnan(left) else draw(st.floats(365, 730, width=32)),
    }


MONTHS = st.builds(Month, st.integers(2000, 2026), st.integers(1, 12))
NEEDED = st.integers(TODAY - 100, TODAY + 300)


def birthday(said: dict[str, Any], born: Month) -> int:
    """The day on which the child is surely old enough; who is born is old enough for 0."""
    year, month = divmod(born.year * 12 + born.month, 12)
    return day_number(date(year + said["age_from"], month + 1, 1)) if said["age_from"] else 0


@given(offers(), NEEDED, MONTHS)
def test_never_before_any_of_the_days_it_cannot_be_before(said: dict[str, Any], needed: int, born: Month) -> None:
    got = start_of(an_offer(**said), needed, born)
    assert got.early[0] >= max(TODAY, needed, said["available_from"], birthday(said, born))
    assert got.early[0] <= got.start[0] <= got.pessimistic[0] <= got.late[0]


@given(offers(), NEEDED, MONTHS)
def test_the_same_numbers_stated_later_never_give_a_later_day(said: dict[str, Any], needed: int, born: Month) -> None:
    older = start_of(an_offer(**said), needed, born)
    newer = start_of(an_offer(**said | {"age": said["age"] // 2}), needed, born)
    assert newer.start[0] == older.start[0]
    assert newer.pessimistic[0] <= older.pessimistic[0]
    assert newer.late[0] <= older.late[0]
    assert newer.early[0] >= older.early[0]
    assert newer.certainty[0] <= older.certainty[0]


@given(offers(), NEEDED, MONTHS, st.integers(0, 3650))
def test_a_shorter_stated_wait_is_never_later_nor_less_certain(
    said: dict[str, Any], needed: int, born: Month, shorter: int
) -> None:
    longer = max(shorter, said["treatment_wait"])
    short = start_of(an_offer(**said | {"treatment_wait": min(shorter, longer)}), needed, born)
    long = start_of(an_offer(**said | {"treatment_wait": longer}), needed, born)
    for name in ("early", "start", "late", "pessimistic", "certainty"):
        assert getattr(short, name)[0] <= getattr(long, name)[0], name


@given(offers(), NEEDED, st.sampled_from(["waiting", "realised_wait", "realised_spread", "available_from"]), st.data())
def test_a_longer_list_or_worse_history_is_never_sooner(
    said: dict[str, Any], needed: int, worse: str, data: st.DataObject
) -> None:
    if said[worse] == UNKNOWN or math.isnan(said[worse]):
        return
    more = start_of(an_offer(**said | {worse: said[worse] + data.draw(st.integers(0, 300))}), needed)
    less = start_of(an_offer(**said), needed)
    if less.start[0] == NEVER:  # a stop that gets an end
        return
    assert less.start[0] <= more.start[0]
    assert less.pessimistic[0] <= more.pessimistic[0]


@given(offers(), NEEDED, st.integers(1, 5))
def test_more_open_places_are_never_later(said: dict[str, Any], needed: int, more: int) -> None:
    some = said | {"open_places": max(said["open_places"], said["options_running"] + 1)}
    assert (
        start_of(an_offer(**some | {"open_places": some["open_places"] + more}), needed).pessimistic[0]
        <= start_of(an_offer(**some), needed).pessimistic[0]
    )


@given(
    offers(),
    NEEDED,
    st.sampled_from(["started_90", "withdrawn_90", "total_places", "left_before"]),
    st.integers(0, 300),
)
def test_a_list_that_moves_faster_is_never_later(said: dict[str, Any], needed: int, sooner: str, more: int) -> None:
    if said["started_90"] == UNKNOWN or math.isnan(said[sooner]):
        return
    slow, fast = said[sooner], max(said[sooner], 0) + more
    assert (
        start_of(an_offer(**said | {sooner: fast}), needed).pessimistic[0]
        <= start_of(an_offer(**said | {sooner: slow}), needed).pessimistic[0]
    )


@given(st.lists(offers(), min_size=1, max_size=8), NEEDED, MONTHS)
def test_an_offer_is_judged_alone(many: list[dict[str, Any]], needed: int, born: Month) -> None:
    together = start_of(np.concatenate([an_offer(**said) for said in many]), needed, born)
    alone = [start_of(an_offer(**said), needed, born) for said in many]
    for name in Expectation.__slots__:
        assert getattr(together, name).tolist() == [getattr(one, name)[0] for one in alone], name


# The twin: the same in plain words, one offer at a time


def told(said: dict[str, Any]) -> Evidence | None:
    """What there is to go by."""
    stated = min(said["intake_wait"], said["treatment_wait"]) >= 0
    seen = Seen(0)
    if stated:
        seen |= Seen.STATED
    if said["waiting"] >= 0 and said["started_90"] >= 0:
        seen |= Seen.COUNTED
    if not math.isnan(said["realised_wait"]) and stated:
        seen |= Seen.PROVEN
    if said["open_places"] - said["options_running"] > 0:
        seen |= Seen.FREE
    if said["stop"] and said["available_from"] <= TODAY:
        return None
    return EVIDENCE.get(seen)


def known(number: float) -> float:
    return 0.0 if math.isnan(number) else max(number, 0.0)


def twin(said: dict[str, Any], needed: int, born: Month) -> tuple[int, ...]:
    """Start, early, late, pessimistic, position of the certainty, position of the basis."""
    evidence = told(said)
    if evidence is None:
        return NEVER, NEVER, NEVER, NEVER, 3, 0
    stated = said["intake_wait"] + said["treatment_wait"]
    left = known(said["started_90"]) + known(said["withdrawn_90"]) + LEAVING_SEEN
    if math.isnan(said["left_before"]):
        per_day = (left + USUAL_LEAVING * PRIOR_DAYS / 90 * known(said["total_places"])) / (90 + PRIOR_DAYS)
    else:
        per_day = (left + said["left_before"]) / (90 + said["over_days"])
    free = max(said["open_places"] - said["options_running"], 0)
    queue = max(known(said["waiting"]) + QUEUE_AHEAD - free, 0) / per_day
    real = evidence.realised * known(said["realised_wait"])
    wait = evidence.queue * queue + evidence.stated * stated + real + evidence.handling
    wait = min(max(wait, 0), LONGEST_WAIT_DAYS)
    scale = evidence.doubt + evidence.of_wait * wait + evidence.of_queue * queue
    scale = min(scale + evidence.of_spread * known(said["realised_spread"]), LONGEST_WAIT_DAYS)
    age = min(max(said["age"], 0), OLDEST_DAYS)
    early, late, pessimistic = (np.interp(age, AGES, row) for row in QUANTILES[evidence.basis])
    first = max(TODAY, needed, said["available_from"], birthday(said, born))
    days = [max(TODAY + wait + away * scale, first) for away in (0.0, early, late, pessimistic)]
    width = days[2] - days[1]
    certainty = int(width > FAIRLY_CERTAIN_ABOVE_DAYS) + int(width > UNCERTAIN_ABOVE_DAYS)
    certainty = max(certainty, int(said["age"] > UPDATE_TERM))
    return *(round(day) for day in days), certainty, list(Basis).index(evidence.basis)


@given(offers(), NEEDED, MONTHS)
def test_agrees_with_the_twin(said: dict[str, Any], needed: int, born: Month) -> None:
    got = start_of(an_offer(**said), needed, born)
    columns = (got.start, got.early, got.late, got.pessimistic, got.certainty, got.basis)
    expected = twin(said, needed, born)
    # the last bit of a sum may fall on either side of a half day
    assert [int(column[0]) for column in columns] == pytest.approx(expected, abs=1, rel=0)
    assert columns[-1][0] == expected[-1]


def test_a_wait_rolls_from_today() -> None:
    """Said a month ago or said today: who signs up tomorrow starts a day later than who signs up today."""
    tomorrow = expected_start(an_offer(age=30), TODAY, TEENAGER, TODAY + 1)
    assert tomorrow.start[0] == start_of(an_offer(age=30)).start[0] + 1
    assert day_of(int(tomorrow.start[0])) > day_of(TODAY) + timedelta(days=28)
