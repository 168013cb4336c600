"""How true statements proved: learnt from realised waits, those still running included."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.realised import SMALLEST_SPREAD, Lateness, Referrals, lateness

STILL_WAITING = False
STARTED = True


def learnt(*rows: tuple[int, float, float, bool], providers: int = 3, groups: tuple[int, ...] = (0, 0, 0)) -> Lateness:
    """Rows of provider, stated wait, days waited, and whether the child started."""
    provider = np.array([row[0] for row in rows], np.intp)
    return lateness(
        Referrals(
            provider=provider,
            group=np.array(groups, np.intp)[provider],
            stated=np.array([row[1] for row in rows], np.float64),
            waited=np.array([row[2] for row in rows], np.float64),
            started=np.array([row[3] for row in rows], np.bool_),
        ),
        providers,
    )


def test_without_referrals_nothing_is_known() -> None:
    nothing = learnt()
    assert np.isnan(nothing.days).all()
    assert np.isnan(nothing.spread).all()


def test_a_provider_without_a_start_of_its_own_stays_unknown() -> None:
    known = learnt((0, 30, 50, STARTED), (1, 30, 10, STILL_WAITING))
    assert not np.isnan(known.days[0])
    assert np.isnan(known.days[[1, 2]]).all()


def test_many_starts_three_weeks_late_are_three_weeks_late() -> None:
    late = learnt(*[(0, 30, 51, STARTED)] * 20, *[(1, 30, 30, STARTED)] * 20)
    assert late.days[0] == pytest.approx(21, abs=1)
    assert late.days[1] == pytest.approx(0, abs=1)


def test_one_late_start_says_less_than_ten() -> None:
    others = [(1, 30, 28 + n, STARTED) for n in range(5)] + [(2, 30, 25 + n, STARTED) for n in range(5)]
    once = learnt((0, 30, 90, STARTED), *others)
    often = learnt(*[(0, 30, 90, STARTED)] * 10, *others)
    assert 0 < once.days[0] < often.days[0] < 60.5


def test_those_still_waiting_past_their_stated_wait_count_as_late() -> None:
    rows = [(0, 30, 30, STARTED)] * 4 + [(1, 30, 32, STARTED)] * 4
    without = learnt(*rows)
    with_them = learnt(*rows, *[(0, 30, 120, STILL_WAITING)] * 4)
    assert with_them.days[0] > without.days[0] + 20


def test_those_who_only_just_began_to_wait_say_little() -> None:
    rows = [(0, 30, 30 + n, STARTED) for n in range(6)] + [(1, 30, 32 - n, STARTED) for n in range(6)]
    fresh = learnt(*rows, *[(0, 30, 1, STILL_WAITING)] * 6)
    assert fresh.days[0] == pytest.approx(learnt(*rows).days[0], abs=3)


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
    assert known.days[0] > known.days[2]


ROWS = st.tuples(st.integers(0, 4), st.floats(0, 3650), st.floats(0, 3650), st.booleans())


@settings(max_examples=50)
@given(st.lists(ROWS, min_size=1, max_size=30))
def test_any_history_gives_sober_numbers(rows: list[tuple[int, float, float, bool]]) -> None:
    known = learnt(*rows, providers=5, groups=(0, 0, 1, 1, 2))
    started = {row[0] for row in rows if row[3]}
    for provider in range(5):
        assert np.isnan(known.days[provider]) == (provider not in started)
        assert np.isnan(known.spread[provider]) == (provider not in started)
    assert (known.days[~np.isnan(known.days)] >= -180).all()
    assert (known.days[~np.isnan(known.days)] <= 365).all()
    assert (known.spread[~np.isnan(known.spread)] >= SMALLEST_SPREAD).all()


@settings(max_examples=30)
@given(st.lists(ROWS, min_size=2, max_size=20))
def test_the_order_of_the_referrals_does_not_matter(rows: list[tuple[int, float, float, bool]]) -> None:
    turned = learnt(*reversed(rows), providers=5, groups=(0, 0, 1, 1, 2))
    known = learnt(*rows, providers=5, groups=(0, 0, 1, 1, 2))
    np.testing.assert_allclose(known.days, turned.days, rtol=1e-6, atol=1e-6)


def test_the_true_lateness_of_many_providers_is_found_back() -> None:
    rng = np.random.default_rng(3)
    provider = rng.integers(0, 1000, 15_000)
    true = rng.normal(10, 20, 1000)
    stated = rng.uniform(0, 100, len(provider))
    waited = np.maximum(stated + true[provider] + rng.normal(0, 15, len(provider)), 0)
    seen = rng.uniform(0, 300, len(provider))
    known = lateness(
        Referrals(provider, provider % 40, stated, np.minimum(waited, seen), waited <= seen), providers=1000
    )
    told = ~np.isnan(known.days)
    assert np.abs(known.days - true)[told].mean() < 8
