"""When a number of places rises so much that a person is asked whether it is meant."""

import pytest

from matcher.jumps import Jump, Places, is_unlikely, jumps


@pytest.mark.parametrize(
    ("before", "now", "unlikely"),
    [
        (3, 300, True),
        (4, 54, False),
        (4, 55, True),
        (12, 120, False),
        (12, 121, True),
        (0, 50, False),
        (0, 51, True),
        (300, 3, False),
        (300, 300, False),
    ],
)
def test_only_more_than_tenfold_and_more_than_fifty_up(before: int, now: int, unlikely: bool) -> None:
    assert is_unlikely(before, now) is unlikely


def test_every_figure_that_jumps_is_named_with_what_it_was_and_is() -> None:
    assert jumps(Places(12, 9, 1), Places(1200, 9, 300)) == [
        Jump("total_places", 12, 1200),
        Jump("reserved_places", 1, 300),
    ]


def test_what_stays_or_falls_is_no_jump() -> None:
    assert jumps(Places(1200, 900, 300), Places(12, 9, 300)) == []
