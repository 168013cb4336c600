"""Small numbers: which counts of a fixed lattice may be shown, so that no hidden one can be worked out.

Areas (municipality, region, country) cross care types (care type, family, all). A count below five is hidden, and of
the others as few as it takes: whoever adds and subtracts all that is shown finds no hidden count within a range
narrower than from 0 to 4. Of a municipality only the total is on the lattice: its families are a handful at most.
A sum over periods is shown where all its parts are, so that it says nothing that they do not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.suppression_network import Cell, Network

Counts = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

SMALLEST_SHOWN = 5
"""Counts below this could point at a child."""

UNSURE_BY = SMALLEST_SHOWN - 1
"""What is hidden stays unsure by at least as much."""


@dataclass(frozen=True, slots=True)
class Lattice:
    """To which region each municipality and to which family each care type belongs, as positions.

    Made anew for every table: of a quarter as it was on the last day."""

    region_of: npt.NDArray[np.intp]
    family_of: npt.NDArray[np.intp]
    regions: int
    families: int


@dataclass(frozen=True, slots=True)
class Table:
    """One count in all cells of the lattice, or whether each is shown."""

    country: npt.NDArray[Any]
    """Of a single value."""
    country_family: npt.NDArray[Any]
    country_care_type: npt.NDArray[Any]
    region: npt.NDArray[Any]
    region_family: npt.NDArray[Any]
    """Region × family."""
    region_care_type: npt.NDArray[Any]
    """Region × care type."""
    municipality: npt.NDArray[Any]


LEVELS = ("country", "country_family", "country_care_type", "region", "region_family", "region_care_type")
"""From the top down, without the municipalities."""

DEAR = {
    "country": 1e6,
    "country_family": 1000.0,
    "region": 300.0,
    "country_care_type": 60.0,
    "region_family": 12.0,
    "region_care_type": 1.0,
}
"""How dear it is to hide a count for another's sake, per level: a region's total is worth hundreds of its details."""


def summed(counts: Counts, lattice: Lattice) -> Table:
    """All cells of the lattice, from a count per municipality and care type."""
    region_care_type = np.zeros((lattice.regions, counts.shape[1]), np.int64)
    np.add.at(region_care_type, lattice.region_of, counts)
    region_family = np.zeros((lattice.regions, lattice.families), np.int64)
    np.add.at(region_family.T, lattice.family_of, region_care_type.T)
    return Table(
        country=np.array([counts.sum()]),
        country_family=region_family.sum(axis=0),
        country_care_type=region_care_type.sum(axis=0),
        region=region_family.sum(axis=1),
        region_family=region_family,
        region_care_type=region_care_type,
        municipality=counts.sum(axis=1),
    )


def shown(counts: Table, lattice: Lattice) -> Table:
    """Which cells may be shown."""
    regions = _stand_ins(counts.region, np.zeros(lattice.regions, np.int64))
    care_types = _stand_ins(counts.country_care_type, lattice.family_of)
    some, standing_in = (np.unique(each, return_inverse=True) for each in (regions, care_types))
    network, cells = _network(_part(counts, some[0], standing_in[0]), lattice.family_of[standing_in[0]])
    network.protect(UNSURE_BY)
    part = {level: ~network.hidden[at] for level, at in cells.items()}
    by_family, by_care_type = (part[level].reshape(len(some[0]), -1) for level in ("region_family", "region_care_type"))
    region = part["region"][some[1]]
    return Table(
        country=part["country"],
        country_family=part["country_family"],
        country_care_type=part["country_care_type"][standing_in[1]],
        region=region,
        region_family=by_family[some[1]],
        region_care_type=by_care_type[np.ix_(some[1], standing_in[1])],
        municipality=municipalities_shown(counts.municipality, lattice, region),
    )


def _stand_ins(totals: Counts, group: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Itself, or of all that are empty in a group the first: what holds for one of them holds for all."""
    stand_in = np.arange(len(totals))
    for each in np.unique(group[totals == 0]):
        empty = np.flatnonzero((totals == 0) & (group == each))
        stand_in[empty] = empty[0]
    return stand_in


def _part(counts: Table, regions: npt.NDArray[np.intp], care_types: npt.NDArray[np.intp]) -> Table:
    return Table(
        counts.country,
        counts.country_family,
        counts.country_care_type[care_types],
        counts.region[regions],
        counts.region_family[regions],
        counts.region_care_type[np.ix_(regions, care_types)],
        counts.municipality,
    )


def shown_over(periods: Sequence[Table]) -> Table:
    """Which sums over the periods may be shown: those of which every part is."""
    return Table(
        *(np.logical_and.reduce([getattr(period, name) for period in periods]) for name in (*LEVELS, "municipality"))
    )


def _network(counts: Table, family_of: npt.NDArray[np.intp]) -> tuple[Network, dict[str, npt.NDArray[np.intp]]]:
    """Every sum is a node, every cell an arc between two: from the country down by area, then up by care type."""
    network, positions = Network(), {}
    for level, arcs in _arcs(len(counts.region), family_of.tolist(), len(counts.country_family)).items():
        values = getattr(counts, level).ravel().tolist()
        positions[level] = np.array(
            [
                network.add(Cell(begin, end, value, DEAR[level], hidden=value < SMALLEST_SHOWN))
                for (begin, end), value in zip(arcs, values, strict=True)
            ],
            np.intp,
        )
    return network, positions


Node = tuple[str | int, ...]


def _arcs(regions_there: int, family_of: list[int], families_there: int) -> dict[str, list[tuple[Node, Node]]]:
    """Per level its cells in order, each as the sums that it is part of."""
    top, bottom = ("all areas",), ("all care types",)
    regions, families = range(regions_there), range(families_there)
    care_types = list(enumerate(family_of))
    return {
        "country": [(bottom, top)],
        "country_family": [(("family", family), bottom) for family in families],
        "country_care_type": [(("care type", care_type), ("family", family)) for care_type, family in care_types],
        "region": [(top, ("region", region)) for region in regions],
        "region_family": [(("region", region), (region, family)) for region in regions for family in families],
        "region_care_type": [
            ((region, family), ("care type", care_type)) for region in regions for care_type, family in care_types
        ],
    }


def municipalities_shown(totals: Counts, lattice: Lattice, region_shown: Flags) -> Flags:
    """Under a hidden region nothing; else at least two are hidden, or none, and together they hide enough."""
    visible: Flags = (totals >= SMALLEST_SHOWN) & region_shown[lattice.region_of]
    for region in np.flatnonzero(region_shown):
        members = np.flatnonzero(lattice.region_of == region)
        by_size = members[np.argsort(totals[members], kind="stable")]
        hidden = np.count_nonzero(~visible[by_size])  # the smallest come first
        while 0 < hidden < len(by_size) and (hidden < 2 or totals[by_size[:hidden]].sum() < UNSURE_BY):
            visible[by_size[hidden]] = False
            hidden += 1
    return visible
