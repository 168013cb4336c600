"""What a year says of its quarters, and how a wait compares with before."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.over_time import Between, Total, between, total, trend


@pytest.mark.parametrize(
    ("quarters", "found"),
    [
        ((6, 7, 8, 9), Total(30, 30)),
        ((6, None, 8, 9), Total(None, 23)),
        ((None, None), Total(None, None)),
    ],
)
def test_a_number_of_which_a_quarter_is_hidden_has_only_a_least(quarters: Sequence[int | None], found: Total) -> None:
    assert total(quarters) == found


@given(st.lists(st.one_of(st.none(), st.integers(5, 50)), min_size=1, max_size=4))
def test_a_year_is_a_function_of_what_its_quarters_show(quarters: list[int | None]) -> None:
    """What stands behind a hidden quarter cannot change it: it never comes in."""
    shown = [number for number in quarters if number is not None]

    found = total(quarters)

    assert (found.number is None) == (None in quarters)
    assert found.at_least == (sum(shown) or None)


def test_of_waits_the_shortest_and_the_longest_quarter() -> None:
    assert between((40, None, 61, 55)) == Between(40, 61)
    assert between((None, None)) is None


@pytest.mark.parametrize(
    ("days", "last_quarter", "last_year", "sentence"),
    [
        (42, 28, 84, "Dat is twee weken langer dan het kwartaal ervoor. Dat is zes weken korter dan een jaar eerder."),
        (42, 41, 44, "Dat is ongeveer even lang als het kwartaal ervoor en een jaar eerder."),
        (42, 36, None, "Dat is ongeveer even lang als het kwartaal ervoor."),
        (42, None, 35, "Dat is zeven dagen langer dan een jaar eerder."),
        (42, None, None, None),
        (None, 42, 42, None),
    ],
)
def test_a_wait_beside_the_same_one_before(
    days: int | None, last_quarter: int | None, last_year: int | None, sentence: str | None
) -> None:
    assert trend(days, last_quarter, last_year) == sentence
