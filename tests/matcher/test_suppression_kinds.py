"""Of a total that is told: which counts of its kinds, and which traits, give away no child."""

from collections import Counter
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.fit import Rule
from matcher.suppression_kinds import enough, frequent_traits, kinds_shown, told


@pytest.mark.parametrize(
    ("counts", "shown", "rest"),
    [
        ({}, {}, 0),
        ({Rule.TOO_OLD: 4}, {}, None),
        ({Rule.TOO_OLD: 4, Rule.TOO_FAR: 3}, {}, 7),
        ({Rule.TOO_OLD: 9}, {Rule.TOO_OLD: 9}, 0),
        # two would be left: who subtracts finds them, so the smallest that is shown goes with them
        ({Rule.TOO_OLD: 9, Rule.TOO_FAR: 6, Rule.GENDER: 2}, {Rule.TOO_OLD: 9}, 8),
        ({Rule.TOO_OLD: 9, Rule.TOO_FAR: 3, Rule.GENDER: 2}, {Rule.TOO_OLD: 9}, 5),
        ({Rule.TOO_OLD: 9, Rule.GENDER: 2}, {}, 11),
    ],
)
def test_what_is_seldom_is_hidden_and_cannot_be_worked_out(
    counts: dict[Rule, int], shown: dict[Rule, int], rest: int | None
) -> None:
    assert kinds_shown(Counter(counts)) == (shown, rest)


def test_a_kind_that_may_never_be_told_goes_with_the_rest() -> None:
    assert kinds_shown(Counter(old=9, far=6), never={"far"}) == ({"old": 9}, 6)


@given(st.dictionaries(st.integers(0, 13), st.integers(1, 12)))
def test_no_subtraction_leaves_one_to_four(counts: dict[int, int]) -> None:
    shown, rest = kinds_shown(Counter(counts))
    left = sum(counts.values()) - sum(shown.values())
    assert enough(left) or not shown
    assert rest == told(left)
    assert all(count >= 5 for count in shown.values())


def test_traits_are_told_when_five_had_them_and_without_a_number() -> None:
    asked = [["agressie"]] * 5 + [["verslaving"]] + [["agressie", "autisme"]] * 2
    assert frequent_traits(asked) == ["agressie"]


def test_who_knows_the_total_and_that_each_had_one_of_two_cannot_tell_whether_anyone_had_the_seldom_one() -> None:
    """Six were refused for aggression or addiction. Told that aggression was asked for often: of the other there may be
    none, and there may be four."""
    worlds = [
        [["agressie"]] * often + [["agressie", "verslaving"]] * both + [["verslaving"]] * seldom
        for often, both, seldom in product(range(7), repeat=3)
        if often + both + seldom == 6
    ]
    seldom = {
        sum("verslaving" in needs for needs in world) for world in worlds if frequent_traits(world) == ["agressie"]
    }
    assert seldom == {0, 1, 2, 3, 4}
