"""Small numbers of kinds: of a total that is told, how many were of each kind, and what often came with them.

A thing is of one kind, so kinds add up to their total; it may have several traits, or none, so traits do not. Of kinds
the counts are told, of traits only which came often: who takes the one from the other finds nobody.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterable
from typing import TypeVar

from matcher.suppression import SMALLEST_SHOWN

Kind = TypeVar("Kind", bound=Hashable)


def enough(count: int) -> bool:
    """Whether a count says nothing of a single child: nobody at all, or five or more."""
    return count == 0 or count >= SMALLEST_SHOWN


def told(count: int) -> int | None:
    """The count, or None when it could point at a child."""
    return count if enough(count) else None


def kinds_shown(counts: Counter[Kind], never: Collection[Kind] = ()) -> tuple[dict[Kind, int], int | None]:
    """The counts that may be shown, most first, and what the others are together; None when that is too few.

    Who subtracts what is shown from the total finds nobody, or five or more.
    """
    often = [(kind, count) for kind, count in counts.most_common() if count >= SMALLEST_SHOWN and kind not in never]
    frequent = dict(often)
    rest = counts.total() - sum(frequent.values())
    while frequent and not enough(rest):
        rest += frequent.popitem()[1]
    return frequent, told(rest)


def frequent_traits(each: Iterable[Iterable[Kind]]) -> list[Kind]:
    """The traits that five or more had, most first. Without the number: whoever knows how many there were in all would
    see how few did not have it, and where there are two to choose from, how few had the other."""
    counts = Counter(trait for traits in each for trait in traits)
    return [trait for trait, count in counts.most_common() if count >= SMALLEST_SHOWN]
