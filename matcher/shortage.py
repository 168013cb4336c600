"""How many children could be placed in time at most, and who could move up for whom.

It counts what is possible and assigns nobody: which child goes where is for people. From a largest placement every
request is found that some child without a place could come after, by one search from all of them at once.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # ships no types
from scipy.sparse.csgraph import maximum_bipartite_matching  # type: ignore[import-untyped]

from matcher.shortage_pairs import Counts, Flags, Positions
from matcher.shortage_reach import Reach

NOWHERE = -1


@dataclass(frozen=True, slots=True)
class Placement:
    """A largest placement: where each request could go, one possibility of many."""

    reach: Reach
    room: Counts
    at: Positions
    """Per request the position of an offer, or NOWHERE."""

    @property
    def placed(self) -> int:
        return int(np.count_nonzero(self.at != NOWHERE))

    @property
    def unplaced(self) -> npt.NDArray[np.intp]:
        return np.flatnonzero(self.at == NOWHERE)


@dataclass(frozen=True, slots=True)
class MovingUp:
    """Per request, how a place that it left would come to a child without one."""

    steps: Positions
    """Moves until a child without a place has one: 0 is such a child itself, NOWHERE means that none would gain."""
    successor: Positions
    """The request that would come in its place; NOWHERE if none."""

    @property
    def gains(self) -> Flags:
        """Whether a place for this request would help a child."""
        helps: Flags = self.steps != NOWHERE
        return helps


def place(reach: Reach, room: Counts) -> Placement:
    """The largest number that can be placed: what is ample first, then Hopcroft-Karp over what is contested."""
    at, request, offer = _place_where_ample(reach, room)
    if len(request):
        who, contested = np.unique(request), np.unique(offer)
        left = Reach(
            *(len(who), len(contested)),
            *(np.searchsorted(who, request).astype(np.int32), np.searchsorted(contested, offer).astype(np.int32)),
        )
        found = _largest(left, room[contested])
        at[who] = np.append(contested, NOWHERE)[found]
    return Placement(reach, room, at)


def _place_where_ample(reach: Reach, room: Counts) -> tuple[Positions, Positions, Positions]:
    """An offer with room for all who could go there takes them, and nobody loses by it. Again, until there is none."""
    at = np.full(reach.requests, NOWHERE, np.int32)
    there = np.flatnonzero(room[reach.offer] > 0)
    request, offer = reach.request[there], reach.offer[there]
    while len(request):
        asked = np.bincount(offer, minlength=reach.offers)
        ample = (asked <= room)[offer]
        if not ample.any():
            break
        at[request[ample]] = offer[ample]
        left = at[request] == NOWHERE
        request, offer = request[left], offer[left]
    return at, request, offer


def _largest(reach: Reach, room: Counts) -> Positions:
    """A maximum matching in which an offer stands as many times as it has room."""
    seats = np.minimum(room, np.bincount(reach.offer, minlength=reach.offers))
    first = np.cumsum(seats) - seats
    copies = seats[reach.offer]
    seat = np.repeat(first[reach.offer] - (np.cumsum(copies) - copies), copies) + np.arange(copies.sum())
    pairs = (np.ones(len(seat), np.int8), (np.repeat(reach.request, copies), seat))
    graph = csr_array(pairs, shape=(reach.requests, int(seats.sum())))
    found = maximum_bipartite_matching(graph, perm_type="column")
    offer_of_seat = np.append(np.repeat(np.arange(reach.offers), seats), NOWHERE)  # the last, -1, is nowhere
    at: Positions = offer_of_seat[found].astype(np.int32)
    return at


def moving_up(placement: Placement) -> MovingUp:
    """Breadth first from all who have no place: through the offers they could go to, to those who are there."""
    reach, at = placement.reach, placement.at
    steps = np.full(reach.requests, NOWHERE, np.int32)
    successor = steps.copy()
    seen = np.zeros(reach.offers, np.bool_)
    pairs_of = np.searchsorted(reach.request, np.arange(reach.requests + 1))
    guests = np.argsort(at, kind="stable").astype(np.int32)
    guests_of = np.searchsorted(at[guests], np.arange(reach.offers + 1))
    wave, step = placement.unplaced.astype(np.int32), 0
    while len(wave):
        steps[wave] = step
        pairs, _ = spans(pairs_of, wave)
        pairs = pairs[~seen[reach.offer[pairs]]]
        fresh, first = np.unique(reach.offer[pairs], return_index=True)
        seen[fresh] = True
        inside, host = spans(guests_of, fresh)
        wave, step = guests[inside], step + 1
        successor[wave] = reach.request[pairs[first[host]]]
    return MovingUp(steps, successor)


def spans(begins: npt.NDArray[np.intp], of: Positions) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """All positions of some groups that lie side by side, and which of the groups each is in."""
    first, count = begins[of], begins[of + 1] - begins[of]
    group = np.repeat(np.arange(len(of)), count)
    within = np.arange(len(group)) - np.repeat(np.cumsum(count) - count, count)
    return first[group] + within, group


def chain(placement: Placement, moves: MovingUp, first: int) -> list[int]:
    """Who moves when `first` leaves its place for a new one: each next comes where the one before it was.

    Ends with a child that had no place. Nobody, if `first` is NOWHERE or its leaving helps no one.
    """
    if first == NOWHERE or not moves.gains[first]:
        return []
    walked = [first]
    while placement.at[walked[-1]] != NOWHERE:
        walked.append(int(moves.successor[walked[-1]]))
    return walked
