"""Additive counts as a network, in which it can be seen how far a hidden count could be from what it is.

A cell is an arc between the two sums it is part of; what flows in flows out. Hidden cells may be otherwise than they
are, but only round a ring: one more here is one less there. So a hidden cell is protected when there are rings
through it along hidden cells that carry enough, up and down; where there are none, the cheapest says what else to hide.
"""

from collections import defaultdict, deque
from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array  # type: ignore[import-untyped]  # ships no types
from scipy.sparse.csgraph import connected_components  # type: ignore[import-untyped]

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
        self._hidden_out: dict[int, list[tuple[int, Step]]] = defaultdict(list)

    @property
    def hidden(self) -> npt.NDArray[np.bool_]:
        return np.array(self._hidden, np.bool_)

    def add(self, cell: Cell) -> int:
        """Its number."""
        number = len(self._cells)
        self._cells.append(cell)
        self._hidden.append(False)
        begin, end = (self._numbers.setdefault(node, len(self._numbers)) for node in (cell.begin, cell.end))
        self._ends.append((begin, end))
        self._out[begin].append((end, (number, True)))
        self._out[end].append((begin, (number, False)))
        if cell.hidden:
            self._hide(number)
        return number

    def _hide(self, number: int) -> None:
        self._hidden[number] = True
        begin, end = self._ends[number]
        self._hidden_out[begin].append((end, (number, True)))
        self._hidden_out[end].append((begin, (number, False)))

    def protect(self, by: int) -> None:
        """Hide more, until each hidden cell could be 0 and could be `by`, or where it is larger be `by` less."""
        unsafe = [number for number, hidden in enumerate(self._hidden) if hidden]
        together = self._rings(by)
        while unsafe:
            number = unsafe.pop()
            value, (begin, end) = self._cells[number].value, self._ends[number]
            more = 0 if together[begin] == together[end] else max(by - value, 0)
            newly = self._free(number, True, more) + self._free(number, False, min(value, by))
            if newly:
                together = self._rings(by)
                unsafe += newly

    def _rings(self, by: int) -> npt.NDArray[np.int32]:
        """Per sum a label: two sums with the same are on a ring along which hidden cells carry so much.

        It settles at once that a small cell can become more; an empty one, of which there are many, can do no other.
        """
        arcs = [
            arc
            for (begin, end), cell, hidden in zip(self._ends, self._cells, self._hidden, strict=True)
            if hidden
            for arc in ((begin, end), (end, begin))[: 1 + (cell.value >= by)]
        ]
        begins, ends = np.array(arcs, np.int32).reshape(-1, 2).T
        graph = csr_array((np.ones(len(arcs), np.int8), (begins, ends)), shape=(len(self._numbers),) * 2)
        labels: npt.NDArray[np.int32] = connected_components(graph, connection="strong")[1]
        return labels

    def _free(self, number: int, more: bool, amount: int) -> list[int]:
        """See to it that a cell could be so much more, or less; answers the cells that had to be hidden for it."""
        newly = []
        end, begin = self._ends[number] if more else self._ends[number][::-1]
        shifted: dict[int, int] = defaultdict(int)
        while amount > 0:
            ring = self._along_hidden(begin, end, number, shifted) or self._cheapest(begin, end, number, shifted)
            carries = min([amount, *(self._spare(step, shifted) for step in ring)])
            for at, up in ring:
                shifted[at] += carries if up else -carries
                if not self._hidden[at]:
                    self._hide(at)
                    newly.append(at)
            amount -= carries
        return newly

    def _spare(self, step: Step, shifted: dict[int, int]) -> int:
        """How far a cell can go: up without end, down to nothing."""
        at, up = step
        return 2**31 if up else self._cells[at].value + shifted[at]

    def _along_hidden(self, begin: int, end: int, without: int, shifted: dict[int, int]) -> list[Step]:
        """The shortest way that costs nothing; no steps if there is none."""
        came: dict[int, tuple[int, Step]] = {}
        waiting = deque([begin])
        while waiting:
            node = waiting.popleft()
            for neighbour, step in self._hidden_out[node]:
                if neighbour in came or step[0] == without or self._spare(step, shifted) <= 0:
                    continue
                came[neighbour] = node, step
                if neighbour == end:
                    return _walked(came, begin, end)
                waiting.append(neighbour)
        return []

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
