"""Which shares may be shown: those that name nobody, not by the part and not by what is left."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.suppression import SMALLEST_SHOWN
from matcher.suppression_parts import Share, share


@pytest.mark.parametrize(
    ("part", "whole", "told"),
    [
        (0, 0, (None, None)),
        (4, 4, (None, None)),
        (0, 5, (None, 5)),
        (5, 5, (None, 5)),
        (4, 9, (None, 9)),
        (5, 9, (None, 9)),
        (5, 10, (5, 10)),
        (6, 10, (None, 10)),
        (15, 20, (15, 20)),
        (16, 20, (None, 20)),
    ],
)
def test_both_halves_are_five_or_more_or_the_part_is_hidden(part: int, whole: int, told: Share) -> None:
    assert share(part, whole) == told


def test_a_whole_that_is_hidden_elsewhere_is_hidden_here() -> None:
    assert share(20, 40, whole_shown=False) == (None, None)


@given(st.integers(0, 60), st.integers(0, 60))
def test_nothing_under_five_can_be_read_or_subtracted(one: int, other: int) -> None:
    part, whole = share(one, one + other)

    assert whole is None or whole >= SMALLEST_SHOWN
    assert part is None or (whole is not None and min(part, whole - part) >= SMALLEST_SHOWN)
