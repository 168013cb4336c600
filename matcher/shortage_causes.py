"""Why a child finds no place in time: what stands between it and the places that are free, one obstacle at a time.

Only obstacles that somebody can take away alone are named: a contract that does not reach, a stop, a distance, an age.
A place that two rules keep away opens for nobody. What a remedy is worth is the number of children that the free places
behind it could take, directly; so it is never more than would really be helped.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np

from matcher.fit import Rule
from matcher.shortage import NOWHERE, Placement, place
from matcher.shortage_pairs import PAIR_RULES, Counts, Demand, Flags, Packed, Pairs, Supply, is_late
from matcher.shortage_reach import IN_TIME_WITHIN_DAYS, Reach, all_pairs, contracted_pairs, only_of, refused_pairs

REACH_KM = 50.0
"""Places further from home than this are not called near, whatever the contract: a setting."""


class Cause(StrEnum):
    """What keeps free places away from a child, nearest remedy first."""

    CONTRACT_GAP = "contract-gap"  # stands in the region, but no contract reaches the child's municipality
    NEXT_DOOR = "next-door"  # the same, but it stands in another region
    STOP = "admission-stop"
    TOO_FAR = "too-far"
    AGE = "age"
    GROUP = "group"
    LATE = "late"
    NO_PLACE = "no-place"


CAUSE_OF: dict[Rule, Cause] = {
    Rule.ADMISSION_STOP: Cause.STOP,
    Rule.TOO_FAR: Cause.TOO_FAR,
    Rule.OUTSIDE_SERVICE_AREA: Cause.TOO_FAR,
    Rule.TOO_OLD: Cause.AGE,
    Rule.TOO_YOUNG: Cause.AGE,
    Rule.TARGET_GROUP: Cause.GROUP,
    Rule.CONTRA_INDICATION: Cause.GROUP,
    Rule.GENDER: Cause.GROUP,
    Rule.SETTING: Cause.GROUP,
    Rule.ENDS_AT_EIGHTEEN: Cause.GROUP,
}
"""A contract is told apart by where the offer stands. What is not published is not there."""


@dataclass(frozen=True, slots=True)
class Remedies:
    """Per cause, which children without a place could go where, if only that cause were gone; and the room there."""

    opened: dict[Cause, Reach]
    room: Counts
    """What is left at each offer after the placement; behind a stop, what its end would open."""

    def helped(self, cause: Cause, members: Flags) -> tuple[int, int]:
        """How many of these children the end of the cause would help, and how many places are free behind it."""
        reach = self.opened[cause]
        open_to = reach.only(members[reach.request])
        if not len(open_to.request):
            return 0, 0
        return place(open_to, self.room).placed, int(self.room[np.unique(open_to.offer)].sum())


def remedies(demand: Demand, supply: Supply, placement: Placement, *, unstopped: Counts, today: int) -> Remedies:
    """What keeps the unplaced from what is free. `unstopped` is the room that offers would have without their stop."""
    taken = np.bincount(placement.at[placement.at != NOWHERE], minlength=len(supply))
    there = np.where(supply.offers["stop"] > 0, unstopped, supply.room)
    room = np.maximum(there - taken, 0).astype(np.int32)
    free, seeking = replace(supply, room=room), only_of(demand, placement.at == NOWHERE)
    contracted = [_agreed(pairs, len(supply)) for pairs in contracted_pairs(seeking, free, today, IN_TIME_WITHIN_DAYS)]
    known = np.concatenate([np.empty(0, np.int64), *contracted])
    refused = refused_pairs(demand, supply)
    found: dict[Cause, list[Packed]] = {cause: [] for cause in Cause}
    for pairs in all_pairs(seeking, free, today, IN_TIME_WITHIN_DAYS):
        near = pairs.only(pairs.kilometres() <= REACH_KM)
        near = near.only(~np.isin(near.packed(len(supply)), refused))
        for cause, only_that in _one_obstacle(near, supply, np.isin(near.packed(len(supply)), known)):
            found[cause].append(near.only(only_that).packed(len(supply)))
    opened = {cause: Reach.of(packed, len(demand), len(supply)) for cause, packed in found.items()}
    return Remedies(opened, room)


def _agreed(pairs: Pairs, offers: int) -> Packed:
    return pairs.only(~PAIR_RULES[Rule.NOT_CONTRACTED](pairs)).packed(offers)


def _one_obstacle(pairs: Pairs, supply: Supply, contracted: Flags) -> Iterator[tuple[Cause, Flags]]:
    """Per cause the pairs that nothing else keeps apart."""
    own = supply.stands_in[pairs.offer] == pairs.request_has("region")
    broken = {
        Cause.CONTRACT_GAP: ~contracted & own,
        Cause.NEXT_DOOR: ~contracted & ~own,
        Cause.LATE: is_late(pairs) & ~PAIR_RULES[Rule.TOO_YOUNG](pairs),  # who must grow first is late for that
    }
    for rule, cause in CAUSE_OF.items():
        broken[cause] = broken.get(cause, False) | PAIR_RULES[rule](pairs)
    obstacles = np.sum([*broken.values(), PAIR_RULES[Rule.UNPUBLISHED](pairs)], axis=0)
    for cause, column in broken.items():
        yield cause, column & (obstacles == 1)
