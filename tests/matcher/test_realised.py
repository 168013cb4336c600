"""How true statements proved: learnt from realised waits, those still running included."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.realised import SMALLEST_SPREAD, Realised, Referrals, realised

STILL_WAITING = False
STARTED = True


Row = tuple[int, float, float, bool]
"""Offer, stated wait, days waited, and whether the child started."""


def learnt(*rows: Row, providers: int = 3, groups: tuple[int, ...] = (0, 0, 0), ago: float = 0) -> Realised:
    """What these say, all of them ended so many days ago."""
    return realised(referrals(rows, groups, ago), providers)


def referrals(rows: Sequence[Row], groups: tuple[int, ...] = (0, 0, 0), ago: float = 0) -> Referrals:
    provider = np.array([row[0] for row in rows], np.intp)
    return Referrals(
        provider=provider,
        group=np.array(groups, np.intp)[provider],
        stated=np.array([row[1] for row in rows], np.float64),
        waited=np.array([row[2] for row in rows], np.float64),
        started=np.array([row[3] for row in rows], np.bool_),
        ended_days_ago=np.full(len(rows), ago, np.float64),
    )


def test_without_referrals_nothing_is_known() -> None:
    nothing = learnt()
    assert np.isnan(nothing.late_days).all()
    assert np.isnan(nothing.spread).all()


def test_a_provider_without_a_start_of_its_own_stays_unknown() -> None:
    known = learnt((0, 30, 50, STARTED), (1, 30, 10, STILL_WAITING))
    assert not np.isnan(known.late_days[0])
    assert np.isnan(known.late_days[[1, 2]]).all()


def test_many_starts_three_weeks_late_are_three_weeks_late() -> None:
    late = learnt(*[(0, 30, 51, STARTED)] * 20, *[(1, 30, 30, STARTED)] * 20)
    assert late.late_days[0] == pytest.approx(21, abs=1)
    assert late.late_days[1] == pytest.approx(0, abs=1)


def test_one_late_start_says_less_than_ten() -> None:
    others = [(1, 30, 28 + n, STARTED) for n in range(5)] + [(2, 30, 25 + n, STARTED) for n in range(5)]
    once = learnt((0, 30, 90, STARTED), *others)
    often = learnt(*[(0, 30, 90, STARTED)] * 10, *others)
    assert 0 < once.late_days[0] < often.late_days[0] < 60.5


def test_those_still_waiting_past_their_stated_wait_count_as_late() -> None:
    rows = [(0, 30, 30, STARTED)] * 4 + [(1, 30, 32, STARTED)] * 4
    without = learnt(*rows)
    with_them = learnt(*rows, *[(0, 30, 120, STILL_WAITING)] * 4)
    assert with_them.late_days[0] > without.late_days[0] + 20


def test_those_who_only_just_began_to_wait_say_little() -> None:
    rows = [(0, 30, 30 + n, STARTED) for n in range(6)] + [(1, 30, 32 - n, STARTED) for n in range(6)]
    fresh = learnt(*rows, *[(0, 30, 1, STILL_WAITING)] * 6)
    assert fresh.late_days[0] == pytest.approx(learnt(*rows).late_days[0], abs=3)


def test_a_scattered_provider_has_a_wider_spread() -> None:
    steady = [(0, 30, 30 + n % 3, STARTED) for n in range(12)]
    wild = [(1, 30, 30 + 60 * (n % 3 - 1), STARTED) for n in range(12)]
    both = learnt(*steady, *wild)
    assert both.spread[0] < both.spread[1]


def test_few_referrals_lean_on_their_own_group() -> None:
    slow = [(1, 30, 88 + n, STARTED) for n in range(6)]
    prompt = [(3, 30, 28 + n, STARTED) for n in range(6)]
    rows = [(0, 30, 60, STARTED), (2, 30, 60, STARTED), *slow, *prompt]
    known = learnt(*rows, providers=4, groups=(0, 0, 1, 1))
    assert known.late_days[0] > known.late_days[2]


def test_what_starts_really_took_is_found_whatever_was_stated() -> None:
    known = learnt(
        *[(0, 30, 50 + n % 3, STARTED) for n in range(20)], *[(1, 200, 50 + n % 3, STARTED) for n in range(20)]
    )
    assert known.wait[0] == pytest.approx(51, abs=2)
    assert known.wait[1] == pytest.approx(51, abs=2)


def test_what_ended_lately_counts_for_more_than_what_ended_long_ago() -> None:
    """The list grew: half a year ago a start took a month, now it takes three."""
    rows = [(0, 30, 30 + n % 3, STARTED) for n in range(10)] + [(0, 30, 90 + n % 3, STARTED) for n in range(10)]
    mixed = referrals(rows)
    days_ago = np.repeat([180.0, 10.0], 10)
    lately = realised(replace(mixed, ended_days_ago=days_ago), 3)
    long_ago = realised(replace(mixed, ended_days_ago=days_ago[::-1].copy()), 3)
    assert lately.wait[0] > 75
    assert long_ago.wait[0] < 40
    assert lately.late_days[0] > 45


def test_who_still_waits_makes_the_real_wait_longer() -> None:
    rows = [(0, 30, 30 + n % 3, STARTED) for n in range(5)]
    assert learnt(*rows, *[(0, 30, 120, STILL_WAITING)] * 5).wait[0] > learnt(*rows).wait[0] + 15


ROWS = st.tuples(st.integers(0, 4), st.floats(0, 3650), st.floats(0, 3650), st.booleans())
AGO = st.floats(0, 3650)


@settings(max_examples=50, deadline=None)  # a busy machine is no wrong number
@given(st.lists(ROWS, min_size=1, max_size=30), AGO)
def test_any_history_gives_sober_numbers(rows: list[Row], ago: float) -> None:
    known = learnt(*rows, providers=5, groups=(0, 0, 1, 1, 2), ago=ago)
    some = sorted({row[0] for row in rows if row[3]})
    for values in (known.wait, known.spread, known.late_days):
        assert np.flatnonzero(~np.isnan(values)).tolist() == some
    assert ((known.wait[some] >= 0) & (known.wait[some] <= 3650.001)).all()
    assert ((known.late_days[some] >= -180) & (known.late_days[some] <= 365)).all()
    assert ((known.spread[some] >= SMALLEST_SPREAD) & (known.spread[some] <= 3650)).all()


@settings(max_examples=30, deadline=None)
@given(st.lists(ROWS, min_size=2, max_size=20))
def test_the_order_of_the_referrals_does_not_matter(rows: list[Row]) -> None:
    turned = learnt(*reversed(rows), providers=5, groups=(0, 0, 1, 1, 2))
    known = learnt(*rows, providers=5, groups=(0, 0, 1, 1, 2))
    for name in Realised.__slots__:
        np.testing.assert_allclose(getattr(known, name), getattr(turned, name), rtol=1e-6, atol=1e-6)


def test_the_true_lateness_and_wait_of_many_offers_are_found_back() -> None:
    rng = np.random.default_rng(3)
    offer = rng.integers(0, 1000, 15_000)
    true = rng.normal(10, 20, 1000)
    stated = rng.uniform(0, 100, 1000)[offer]
    waited = np.maximum(stated + true[offer] + rng.normal(0, 15, len(offer)), 0)
    seen = rng.uniform(0, 300, len(offer))
    at_once = np.zeros(len(offer))
    known = realised(
        Referrals(offer, offer % 40, stated, np.minimum(waited, seen), waited <= seen, at_once), offers=1000
    )
    told = ~np.isnan(known.late_days)
    really = np.array([waited[offer == position].mean() for position in range(1000)])
    assert np.abs(known.late_days - true)[told].mean() < 8
    assert np.abs(known.wait - really)[told].mean() < 8
