"""Small groups stay whole, and what is left cannot be found by subtracting what was split."""

from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.splitting import split_of


def members(**numbers: int) -> dict[str, frozenset[object]]:
    """Different children in each group."""
    return {group: frozenset((group, at) for at in range(number)) for group, number in numbers.items()}


def test_five_children_may_be_split_and_four_may_not() -> None:
    assert split_of(members(gezinshuis=5, pleegzorg=6)) == frozenset({"gezinshuis", "pleegzorg"})
    assert split_of(members(gezinshuis=4)) is None
    assert split_of({}) is None


def test_a_small_group_hides_behind_the_smallest_other() -> None:
    assert split_of(members(gezinshuis=9, pleegzorg=6, dagbesteding=2)) == frozenset({"gezinshuis"})


def test_small_groups_that_are_five_together_hide_by_themselves() -> None:
    assert split_of(members(gezinshuis=9, pleegzorg=3, dagbesteding=2)) == frozenset({"gezinshuis"})


def test_all_of_them_may_be_split_only_together() -> None:
    assert split_of(members(gezinshuis=4, pleegzorg=4)) == frozenset()


def test_one_child_in_many_groups_is_one_child() -> None:
    child = frozenset([1])

    assert split_of({f"zorg-{at}": child for at in range(9)}) is None


GROUPS = st.dictionaries(st.sampled_from("abcdefgh"), st.frozensets(st.integers(0, 12), min_size=1), max_size=8)


@given(GROUPS)
@settings(deadline=None)
def test_who_subtracts_is_left_with_nobody_or_five(groups: dict[str, frozenset[object]]) -> None:
    shown = split_of(groups)

    if shown is None:
        assert len(frozenset[object]().union(*groups.values())) < 5
        return
    assert all(len(groups[group]) >= 5 for group in shown)
    rest = frozenset[object]().union(*(those for group, those in groups.items() if group not in shown))
    assert len(rest) == 0 or len(rest) >= 5
