"""What one more place would do, and two, and k, in every cell of care types and areas at once.

A cell is an offer that nobody has yet; it is told by the requests that could go there. One place there helps a child if
one of those could make room for a child without a place, possibly along a chain of moves. Places in the same cell are
alike, so each next one helps one more child until it helps none: the curve is straight up to its limit. The limit is
what a cell of endless room would add: take all who could go there out, and see who can move into what they leave.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.shortage import NOWHERE, MovingUp, Placement, moving_up
from matcher.shortage_pairs import Counts, Positions
from matcher.shortage_reach import Reach

MOST_PLACES = 10
"""Past this many places a cell's limit is not looked for; nobody opens more at once."""


@dataclass(frozen=True, slots=True)
class Worth:
    """What places in each cell would add. One value per cell."""

    limit: Counts
    """How many children they help at most, counted up to `most`."""
    most: int
    direct: Counts
    """How many children without a place could go there themselves."""
    steps: Counts
    """Moves in the shortest chain until the first place helps a child: 0 directly, NOWHERE never."""
    helped_by: Positions
    """The request that would take the first place: itself without one, or first in the shortest chain."""

    def children(self, places: int) -> Counts:
        """Per cell how many children more could be placed in time with so many places there; `places` up to `most`."""
        return np.minimum(self.limit, places)


def worth_of_places(placement: Placement, cells: Reach, most: int = MOST_PLACES) -> Worth:
    """The worth of places in cells; `cells` says which requests could go to each."""
    moves = moving_up(placement)
    order = np.argsort(cells.offer, kind="stable")
    request, cell = cells.request[order], cells.offer[order]
    steps, helped_by = _shortest(moves, request, cell, cells.offers)
    waiting = moves.steps[request] == 0
    direct = np.bincount(cell[waiting], minlength=cells.offers).astype(np.int32)
    limit = np.minimum(direct, most)
    gaining = moves.gains[request]
    request, cell = request[gaining], cell[gaining]
    chains = Chains(placement, moves)
    for at, members in _by_cell(request, cell):
        limit[at] += chains.beyond(members, most - int(limit[at]))
    return Worth(limit, most, direct, steps, helped_by)


def _shortest(moves: MovingUp, request: Positions, cell: Positions, cells: int) -> tuple[Counts, Positions]:
    """Per cell the request that is nearest to a child without a place; of equals the first."""
    steps = np.where(moves.gains, moves.steps, np.iinfo(np.int32).max)[request]
    order = np.lexsort((request, steps, cell))
    found, first = np.unique(cell[order], return_index=True)
    best = request[order[first]]
    helped_by, least = np.full((2, cells), NOWHERE, np.int32)
    helps = moves.gains[best]
    helped_by[found[helps]] = best[helps]
    least[found[helps]] = moves.steps[best[helps]]
    return least, helped_by


def _by_cell(request: Positions, cell: Positions) -> Iterator[tuple[int, Positions]]:
    borders = np.flatnonzero(np.diff(cell, prepend=NOWHERE))
    return zip(cell[borders].tolist(), np.split(request, borders[1:]), strict=False)  # of nothing, one empty piece


class Chains:
    """The part of a placement in which moves help somebody, ready to be searched again and again."""

    def __init__(self, placement: Placement, moves: MovingUp) -> None:
        reach, gains = placement.reach, moves.gains
        inside = gains[reach.request]
        self._could_go = _lists(reach.offer[inside], reach.request[inside])
        self._at: list[int] = placement.at.tolist()
        self._unplaced = set(placement.unplaced.tolist())

    def beyond(self, members: npt.NDArray[np.int32], most: int) -> int:
        """How many children outside the cell could come into what its members leave, up to `most`."""
        gone = set(members.tolist())
        places = [self._at[member] for member in gone if self._at[member] != NOWHERE]
        moved: dict[int, int] = {}
        dead: set[int] = set()
        helped = 0
        for place in places:
            if helped == most:
                break
            helped += place not in dead and self._comes_after(place, gone, moved, dead)
        return helped

    def _comes_after(self, place: int, gone: set[int], moved: dict[int, int], dead: set[int]) -> bool:
        """Whether the free place comes to a child without one; then it `moved`. What leads nowhere is `dead`."""
        arrived: dict[int, tuple[int, int]] = {}  # offer left → who left it, and for which offer
        waiting, seen = deque([place]), {place}
        while waiting:
            offer = waiting.popleft()
            for request in self._could_go.get(offer, ()):
                if request in gone:
                    continue
                left = moved.get(request, self._at[request])
                if left == NOWHERE:
                    self._move(request, offer, arrived, moved)
                    return True
                if left not in seen and left not in dead:
                    seen.add(left)
                    arrived[left] = request, offer
                    waiting.append(left)
        dead |= seen
        return False

    def _move(self, request: int, offer: int, arrived: dict[int, tuple[int, int]], moved: dict[int, int]) -> None:
        moved[request] = offer
        while offer in arrived:
            request, offer = arrived[offer]
            moved[request] = offer


def _lists(keys: Positions, values: Positions) -> dict[int, list[int]]:
    order = np.argsort(keys, kind="stable")
    sorted_keys = keys[order]
    borders = np.flatnonzero(np.diff(sorted_keys, prepend=NOWHERE))
    pieces = np.split(values[order], borders[1:])
    return {key: piece.tolist() for key, piece in zip(sorted_keys[borders].tolist(), pieces, strict=False)}
