"""The shortage radar: per care type and area the children who cannot be placed in time, and why.

A shortage is no ratio of two totals: a place that is contracted elsewhere, for another age or behind a stop does not
count. Cells are put in order by how much it hurts: the weeks that children without a place waited and will still wait,
together. It counts children and never ranks them.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.offers import NEVER
from matcher.shortage import NOWHERE, Placement
from matcher.shortage_causes import Cause, Remedies
from matcher.shortage_pairs import Counts, Demand, Flags, Positions, Supply, start_of
from matcher.shortage_reach import Reach, contracted_pairs, fitting_pairs, refused_pairs
from matcher.waiting import Certainty

LONGEST_FURTHER_WAIT = 365
"""Of whom nobody can say when help begins, a year is reckoned; nobody is reckoned to wait longer."""

OLD_AFTER_DAYS = {30: Certainty.CERTAIN, 60: Certainty.FAIRLY}
"""Up to this median age of the statements a picture is so sure; older is uncertain."""


@dataclass(frozen=True, slots=True)
class Fits:
    """What would fit each request, with room or without: the pairs and when each could start."""

    pairs: Reach
    soonest: npt.NDArray[np.int32]
    """Per request the first day; NEVER where nothing fits or nobody can say."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What taking one cause away would do here."""

    cause: Cause
    children: int
    places: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """One care type (or family) in one area. Waits are days."""

    kind: int
    area: int
    open_requests: int
    unplaced: int
    """Children who cannot be placed in time within reach; the shortage."""
    median_waited: int
    longest_waited: int
    expected_days: int | None
    """Until help can begin, for half of them; None if nobody can say."""
    offers: int
    """Contracted and fit for at least one of these children, full or not."""
    places: int
    """Open to at least one of these children, in time."""
    stated_days_ago: int | None
    """Median age of what the providers said; None if nobody said anything."""
    certainty: Certainty
    hurt: int
    """Weeks, of all unplaced together."""
    remedies: tuple[Remedy, ...]
    """Those that help somebody, best first."""

    @property
    def cause(self) -> Cause:
        """What stands in the way of most."""
        return self.remedies[0].cause if self.remedies else Cause.NO_PLACE


def what_fits(demand: Demand, supply: Supply, today: int) -> Fits:
    """Everything contracted that breaks no rule, however full and however late; not what refused this very child."""
    soonest = np.full(len(demand), NEVER, np.int32)
    refused = refused_pairs(demand, supply)
    everything = replace(supply, room=np.ones(len(supply), np.int32))
    found = []
    for pairs in contracted_pairs(demand, everything, today, NEVER):
        fitting = fitting_pairs(pairs)
        fitting = fitting.only(~np.isin(fitting.packed(len(supply)), refused))
        np.minimum.at(soonest, fitting.request, start_of(fitting))
        found.append(fitting.packed(len(supply)))
    return Fits(Reach.of(found, len(demand), len(supply)), soonest)


@dataclass(frozen=True, slots=True)
class Picture:
    """All that the radar looks at, on one day."""

    demand: Demand
    supply: Supply
    placement: Placement
    fits: Fits
    remedies: Remedies
    today: int

    def only(self, members: Flags) -> "Picture":
        """The same for some of the requests; positions stay as they are."""
        return replace(
            self,
            placement=replace(self.placement, reach=_of(self.placement.reach, members)),
            fits=replace(self.fits, pairs=_of(self.fits.pairs, members)),
            remedies=replace(
                self.remedies, opened={cause: _of(pairs, members) for cause, pairs in self.remedies.opened.items()}
            ),
        )


def _of(pairs: Reach, members: Flags) -> Reach:
    return pairs.only(members[pairs.request])


def radar(picture: Picture, kind: Positions, area: Positions, among: Flags) -> list[Shortage]:
    """The cells in which somebody of `among` asks, worst first. `kind` and `area` say where each request is counted."""
    cells = np.unique(np.stack([kind[among], area[among]], axis=1), axis=0)
    own = picture.only(among)
    found = [
        _cell(own, int(one_kind), int(one_area), among & (kind == one_kind) & (area == one_area))
        for one_kind, one_area in cells
    ]
    return sorted(found, key=lambda cell: (-cell.hurt, -cell.unplaced, -cell.open_requests, cell.kind, cell.area))


def first_wish(demand: Demand) -> Positions:
    """Per request the care type it would like best; there it is counted."""
    kind = np.full(len(demand), NOWHERE, np.int32)
    first = demand.wishes[demand.wishes["preference"] == 0]
    kind[first["request"]] = first["care_type"]
    return kind


def _cell(picture: Picture, kind: int, area: int, members: Flags) -> Shortage:
    unplaced = members & (picture.placement.at == NOWHERE)
    waited = np.maximum(picture.today - picture.demand.requests["opened"], 0)
    further = np.minimum(picture.fits.soonest - picture.today, LONGEST_FURTHER_WAIT)
    expected = int(np.median(picture.fits.soonest[members]))
    fitting = np.unique(_of(picture.fits.pairs, members).offer)
    in_time = _of(picture.placement.reach, members)
    said = picture.supply.offers["stated_day"][fitting][picture.supply.offers["statement_id"][fitting] > 0]
    age = int(np.median(picture.today - said)) if len(said) else None
    return Shortage(
        kind=kind,
        area=area,
        open_requests=int(np.count_nonzero(members)),
        unplaced=int(np.count_nonzero(unplaced)),
        median_waited=int(np.median(waited[members])),
        longest_waited=int(waited[members].max()),
        expected_days=expected - picture.today if expected < NEVER // 2 else None,
        offers=len(fitting),
        places=int(picture.supply.room[np.unique(in_time.offer)].sum()),
        stated_days_ago=age,
        certainty=certainty_of(age),
        hurt=int((waited + further)[unplaced].sum() // 7),
        remedies=tuple(_remedies(picture.remedies, unplaced)) if unplaced.any() else (),
    )


def certainty_of(stated_days_ago: int | None) -> Certainty:
    """How sure a picture is whose statements have this median age."""
    if stated_days_ago is None:
        return Certainty.UNKNOWN
    return next((sure for days, sure in OLD_AFTER_DAYS.items() if stated_days_ago <= days), Certainty.UNCERTAIN)


def _remedies(remedies: Remedies, unplaced: Flags) -> Iterator[Remedy]:
    """What helps most first; of equals what is nearest."""
    counted = [(cause, *remedies.helped(cause, unplaced)) for cause in remedies.opened]
    for cause, children, places in sorted(counted, key=lambda each: -each[1]):
        if children:
            yield Remedy(cause, children, places)


def picks_of_obvious_rules(cells: Reach, waited: Counts) -> dict[str, int]:
    """The cell that two rules of thumb would choose: where most is asked, and where is waited longest in all."""
    asked = np.bincount(cells.offer, minlength=cells.offers)
    days = np.bincount(cells.offer, weights=waited[cells.request], minlength=cells.offers)
    return {"most-asked": int(asked.argmax()), "longest-queue": int(days.argmax())}
