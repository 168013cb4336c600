"""Additive counts as a network, in which it can be seen how far a hidden count could be from what it is.

A cell is an arc between the two sums it is part of; what flows in flows out. Hidden cells may be otherwise than they
are, but only round a ring: one more here is one less there. So a hidden cell is protected when there are rings
through it along hidden cells that carry enough, up and down; where there are none, the cheapest says what else to hide.
"""

from collections import defaultdict
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

import numpy as np
import numpy.typing as npt

Node = tuple[str | int, ...]
Step = tuple[int, bool]
"""A cell on a ring, and whether it becomes more."""

NEARLY_FREE = 1e-6
"""The price of a hidden cell on a ring: short rings come first."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, as an arc from one sum to another."""

    begin: Node
    end: Node
    value: int
    price: float
    """What it costs to hide it for another's sake."""
    hidden: bool


class Network:
    """Cells that add up, some of them hidden."""

    def __init__(self) -> None:
        self._cells: list[Cell] = []
        self._hidden: list[bool] = []
        self._numbers: dict[Node, int] = {}
        self._ends: list[tuple[int, int]] = []
        self._out: dict[int, list[tuple[int, Step]]] = defaultdict(list)

    @property
    def hidden(self) -> npt.NDArray[np.bool_]:
        return np.array(self._hidden, np.bool_)

    def add(self, cell: Cell) -> int:
        """Its number."""
        number = len(self._cells)
        self._cells.append(cell)
        self._hidden.append(cell.hidden)
        begin, end = (self._numbers.setdefault(node, len(self._numbers)) for node in (cell.begin, cell.end))
        self._ends.append((begin, end))
        self._out[begin].append((end, (number, True)))
        self._out[end].append((begin, (number, False)))
        return number

    def protect(self, by: int) -> None:
        """Hide more, until each hidden cell could be 0 and could be `by`, or where it is larger be `by` less."""
        unsafe = [number for number, hidden in enumerate(self._hidden) if hidden]
        while unsafe:
            number = unsafe.pop()
            value = self._cells[number].value
            unsafe += self._free(number, True, max(by - value, 0))
            unsafe += self._free(number, False, min(value, by))

    def _free(self, number: int, more: bool, amount: int) -> list[int]:
        """See to it that a cell could be so much more, or less; answers the cells that had to be hidden for it."""
        newly = []
        end, begin = self._ends[number] if more else self._ends[number][::-1]
        shifted: dict[int, int] = defaultdict(int)
        while amount > 0:
            ring = self._cheapest(begin, end, number, shifted)
            carries = min([amount, *(self._spare(step, shifted) for step in ring)])
            for at, up in ring:
                shifted[at] += carries if up else -carries
                if not self._hidden[at]:
                    self._hidden[at] = True
                    newly.append(at)
            amount -= carries
        return newly

    def _spare(self, step: Step, shifted: dict[int, int]) -> int:
        """How far a cell can go: up without end, down to nothing."""
        at, up = step
        return 2**31 if up else self._cells[at].value + shifted[at]

    def _cheapest(self, begin: int, end: int, without: int, shifted: dict[int, int]) -> list[Step]:
        """The steps from one sum to another that cost least to hide. There are some: all can move together."""
        came: dict[int, tuple[int, Step]] = {}
        cost, node = {begin: 0.0}, begin
        heap: list[tuple[float, int]] = [(0.0, begin)]
        while node != end:
            paid, node = heappop(heap)
            if paid > cost[node]:
                continue
            for neighbour, step in self._out[node]:
                price = paid + self._price(step[0])
                if price < cost.get(neighbour, inf) and step[0] != without and self._spare(step, shifted) > 0:
                    cost[neighbour], came[neighbour] = price, (node, step)
                    heappush(heap, (price, neighbour))
        return _walked(came, begin, end)

    def _price(self, number: int) -> float:
        return NEARLY_FREE if self._hidden[number] else self._cells[number].price


def _walked(came: dict[int, tuple[int, Step]], begin: int, end: int) -> list[Step]:
    steps = []
    while end != begin:
        end, step = came[end]
        steps.append(step)
    return steps
