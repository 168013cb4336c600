"""Which groups may be split further: none that is small, and what is left unsplit is not small either.

A total over all groups, split the same way, then tells no more than its parts: whoever subtracts the groups that were
split is left with nobody, or with at least five children.
"""

from collections.abc import Mapping
from typing import TypeVar

from matcher.suppression import SMALLEST_SHOWN

Group = TypeVar("Group")


def split_of(children: Mapping[Group, frozenset[object]]) -> frozenset[Group] | None:
    """The groups that may be split, given who is in each; None where not even all together may be."""
    if len(_all(children)) < SMALLEST_SHOWN:
        return None
    shown = {group for group, members in children.items() if len(members) >= SMALLEST_SHOWN}
    while shown and 0 < len(_rest(children, shown)) < SMALLEST_SHOWN:
        shown.remove(min(shown, key=lambda group: (len(children[group]), str(group))))
    return frozenset(shown)


def _all(children: Mapping[Group, frozenset[object]]) -> frozenset[object]:
    return frozenset[object]().union(*children.values())


def _rest(children: Mapping[Group, frozenset[object]], shown: set[Group]) -> frozenset[object]:
    return _all({group: members for group, members in children.items() if group not in shown})
