"""How fast lists move: earlier quarters and peers beside the newest counts."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.turnover import PRIOR_DAYS, REMEMBERED_DAYS, USUAL_LEAVING, Counts, Turnover, turnover

Row = tuple[int, float, float, float]
"""Offer, days ago, how many left, places."""


def learnt(*rows: Row, offers: int = 2, groups: tuple[int, ...] = (0, 0)) -> Turnover:
    offer = np.array([row[0] for row in rows], np.intp)
    days_ago, left, places = np.array([row[1:] for row in rows], np.float64).reshape(-1, 3).T
    return turnover(Counts(offer, np.array(groups, np.intp)[offer], days_ago, left, places), offers)


def per_quarter(known: Turnover, offer: int) -> float:
    return float(known.left_before[offer] / known.over_days[offer] * 90)


def test_an_offer_that_never_counted_stays_unknown() -> None:
    known = learnt((0, 5, 3, 10))
    assert np.isnan([known.left_before[1], known.over_days[1]]).all()


def test_nobody_counted_anything() -> None:
    assert np.isnan(learnt().left_before).all()


def test_one_statement_leans_on_what_peers_see_per_place() -> None:
    """The newest count itself is looked at apart: only what peers see is added."""
    known = learnt((0, 5, 0, 10), (1, 5, 200, 200))
    assert known.over_days[0] == PRIOR_DAYS
    assert per_quarter(known, 0) == pytest.approx(10 * 200 / 210, rel=0.05)


def test_earlier_quarters_are_added_as_they_were_counted() -> None:
    once = learnt((0, 5, 4, 10))
    twice = learnt((0, 5, 4, 10), (0, 100, 4, 10))
    assert twice.over_days[0] == once.over_days[0] + 90
    assert twice.left_before[0] == pytest.approx(once.left_before[0] + 4)


def test_days_that_overlap_are_not_counted_twice() -> None:
    """Who states every month counts the same start three times; of those only every third statement is added."""
    monthly = learnt(*[(0, 30 * month, 9, 10) for month in range(10)])
    assert monthly.over_days[0] == PRIOR_DAYS + 3 * 90


def test_what_is_longer_ago_than_a_year_is_left_out() -> None:
    assert learnt((0, 5, 4, 10), (0, REMEMBERED_DAYS + 1, 99, 10)).over_days[0] == PRIOR_DAYS


def test_another_group_is_another_measure() -> None:
    quick = [(0, 5, 400, 200)]
    slow = [(1, 5, 10, 200)]
    known = learnt(*quick, *slow, groups=(0, 1))
    assert per_quarter(known, 0) > 10 * per_quarter(known, 1)


def test_without_any_place_the_usual_is_taken() -> None:
    known = learnt((0, 5, 0, 0))
    assert known.left_before[0] == 0
    assert USUAL_LEAVING > 0


ROWS = st.tuples(st.integers(0, 3), st.floats(0, 1000), st.integers(0, 1000), st.integers(0, 1000))


@settings(max_examples=50)
@given(st.lists(ROWS, max_size=30))
def test_any_history_gives_sober_numbers_in_whatever_order(rows: list[Row]) -> None:
    groups = (0, 0, 1, 1)
    known = learnt(*rows, offers=4, groups=groups)
    counted = sorted({row[0] for row in rows})
    assert np.flatnonzero(~np.isnan(known.left_before)).tolist() == counted
    assert (known.left_before[counted] >= 0).all()
    assert ((known.over_days[counted] >= PRIOR_DAYS) & (known.over_days[counted] <= PRIOR_DAYS + 5 * 90)).all()
    turned = learnt(*reversed(rows), offers=4, groups=groups)
    if len({row[:2] for row in rows}) == len(rows):  # of two on the same day either may be taken
        np.testing.assert_allclose(known.left_before, turned.left_before)
