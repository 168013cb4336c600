"""A youth-protection table: its norm of two weeks, and the neighbours that have room when it is passed."""

from datetime import date, timedelta

import pytest

from matcher.freshness import Freshness
from matcher.protection_table import Table, looks_elsewhere, with_room

TODAY = date(2026, 11, 23)
"""A Monday."""


def a_table(free_in: int = 5, stated: int = 0, region: str = "JZ28", km: float = 10) -> Table:
    return Table(region, TODAY + timedelta(days=free_in), TODAY - timedelta(days=stated), km)


@pytest.mark.parametrize(("free_in", "past"), [(0, False), (14, False), (15, True)])
def test_the_norm_is_two_weeks(free_in: int, past: bool) -> None:
    assert a_table(free_in).is_past_norm(TODAY) is past


@pytest.mark.parametrize(
    ("free_in", "stated", "expected"),
    [
        (5, 0, Freshness.FRESH),
        (5, 7, Freshness.FRESH),
        (5, 8, Freshness.DUE),
        (5, 14, Freshness.DUE),
        (5, 15, Freshness.STALE),
        (-1, 2, Freshness.STALE),
        (0, 2, Freshness.FRESH),
    ],
)
def test_a_statement_counts_for_two_weeks_and_not_beyond_the_day_it_names(
    free_in: int, stated: int, expected: Freshness
) -> None:
    assert a_table(free_in, stated).freshness(TODAY) is expected


def test_one_looks_elsewhere_past_the_norm_or_when_nobody_knows() -> None:
    assert looks_elsewhere(None, TODAY)
    assert looks_elsewhere(a_table(15), TODAY)
    assert looks_elsewhere(a_table(5, stated=15), TODAY)
    assert not looks_elsewhere(a_table(14), TODAY)


def test_of_the_neighbours_with_room_the_soonest_comes_first_then_the_nearest() -> None:
    near, far, later = a_table(3, region="A", km=5), a_table(3, region="B", km=50), a_table(9, region="C", km=1)
    full, old = a_table(20, region="D"), a_table(2, stated=20, region="E")
    assert with_room([later, full, far, old, near], TODAY) == [near, far, later]
