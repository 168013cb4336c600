"""Small numbers of parts: how many of a number did something. Both halves count children, the rest by subtraction.

A part is told per region, or per municipality too; then its municipalities add up to their region. Of regions together
it is not told. What nothing else is told of stands by itself, as a share.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.suppression import SMALLEST_SHOWN, UNSURE_BY, Counts, Flags, Lattice

Share = tuple[int | None, int | None]
"""A part and its whole; None is hidden."""

HIDDEN: Share = (None, None)


def share(part: int, whole: int, children: int, halves: tuple[int, int]) -> Share:
    """What may be shown of so many of so many, that were about so many children: in all, and in each of the halves."""
    if children < SMALLEST_SHOWN:
        return HIDDEN
    return (part if min(halves) >= SMALLEST_SHOWN else None), whole


@dataclass(frozen=True, slots=True)
class PerArea:
    """Counts, or whether they are shown, per region and per municipality."""

    region: npt.NDArray[Any]
    municipality: npt.NDArray[Any]


def per_area(totals: Counts, lattice: Lattice) -> PerArea:
    """A count per municipality, with its sums per region."""
    regions = np.zeros(lattice.regions, np.int64)
    np.add.at(regions, lattice.region_of, totals)
    return PerArea(regions, totals)


def parts_shown(part: PerArea, whole: PerArea, whole_shown: PerArea, lattice: Lattice) -> PerArea:
    """Where a part may be shown beside its whole, so that neither half can be worked out where it is hidden."""
    smallest = _smallest_half(part, whole)
    region: Flags = whole_shown.region & (smallest.region >= SMALLEST_SHOWN)
    visible: Flags = whole_shown.municipality & (smallest.municipality >= SMALLEST_SHOWN)
    for at, members, halves in _halves(part, whole, whole_shown, lattice):
        enough = halves.shown(visible[members]) if region[at] else None
        region[at] = enough is not None
        visible[members] = False if enough is None else enough
    return PerArea(region, visible)


def regions_parts_shown(part: PerArea, whole: PerArea, whole_shown: PerArea, lattice: Lattice) -> Flags:
    """The same for a part that is told of regions only. Its whole is told of municipalities: where most of a region
    live in one of them, the region's part could give away that one's. A region of one municipality gives away no more
    than its own halves."""
    region: Flags = whole_shown.region & (_smallest_half(part, whole).region >= SMALLEST_SHOWN)
    for at, members, halves in _halves(part, whole, whole_shown, lattice):
        region[at] &= len(members) == 1 or halves.unsure(np.ones(len(members), np.bool_))
    return region


def _smallest_half(part: PerArea, whole: PerArea) -> PerArea:
    return PerArea(
        np.minimum(part.region, whole.region - part.region),
        np.minimum(part.municipality, whole.municipality - part.municipality),
    )


@dataclass(frozen=True, slots=True)
class _Halves:
    """A region's municipalities: who did something, who did not, and where the two together are hidden as well."""

    did: Counts
    did_not: Counts
    loose: Flags
    """Between these, children could be otherwise without anybody seeing it."""

    def shown(self, visible: Flags) -> Flags | None:
        """Hides the smallest until all that is hidden is unsure enough; None if hiding all of them is not enough."""
        visible = visible.copy()
        smallest = np.minimum(self.did, self.did_not)
        candidates = np.flatnonzero(visible)[np.argsort(smallest[visible], kind="stable")]
        while not self.unsure(~visible):
            if not len(candidates):
                return None
            visible[candidates[0]] = False
            candidates = candidates[1:]
        return visible

    def unsure(self, hidden: Flags) -> bool:
        """Whether each hidden half could be from 0 to 4, or where it is larger is as unsure. In a municipality whose
        total is known one more is one less who did not, and elsewhere the other way round."""
        alone, loose = hidden & ~self.loose, hidden & self.loose
        did, did_not = (np.append(half[alone], half[loose].sum()) for half in (self.did, self.did_not))
        more, fewer = np.minimum(did_not, did.sum() - did), np.minimum(did, did_not.sum() - did_not)
        wide = more + fewer >= UNSURE_BY
        enough = [
            np.where(half < SMALLEST_SHOWN, (half <= down) & (half + up >= UNSURE_BY), wide)
            for half, up, down in ((did, more, fewer), (did_not, fewer, more))
        ]
        together = min(did[-1] + more[-1], did_not[-1] + fewer[-1]) >= UNSURE_BY or not loose.any()
        return bool(together and np.all([each[:-1] for each in enough]))


def _halves(
    part: PerArea, whole: PerArea, whole_shown: PerArea, lattice: Lattice
) -> Iterator[tuple[int, npt.NDArray[np.intp], _Halves]]:
    """Per region its municipalities and their halves."""
    did, did_not = part.municipality, whole.municipality - part.municipality
    for at in range(lattice.regions):
        members = np.flatnonzero(lattice.region_of == at)
        yield at, members, _Halves(did[members], did_not[members], ~whole_shown.municipality[members])
