"""How long somebody who signs up waits, and how sure that is: from what a provider stated to a wait and its scale.

A wait rolls from today: who signs up today waits what was stated, however old the statement is. Age never moves the
expected day, it only widens the band, so the same numbers stated later never rank lower. Nothing here shrinks when the
stated wait grows, so a shorter one never gives a later day nor less certainty.

The constants are learnt from simulated queues whose truth is known (`queues`), by `python -m tests.matcher.tuning`.
Knows nothing of which offers fit, nor of points. Days are day numbers (see `offers`).
"""

from dataclasses import astuple, dataclass
from enum import IntFlag, StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.offers import OFFER, UNKNOWN, Rows
from matcher.turnover import PRIOR_DAYS, QUARTER_DAYS, USUAL_LEAVING

Days = npt.NDArray[np.int32]
Positions = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]


class Certainty(StrEnum):
    """How wide the band is, in a word; from sure to not knowable. A statement that should have been renewed makes
    nothing certain."""

    CERTAIN = "certain"
    FAIRLY = "fairly-certain"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What an expected start rests on, in the main."""

    NOTHING = "nothing"  # too little was said, or an admission stop without an end
    STATED_WAIT = "stated-wait"
    PROVEN_WAIT = "proven-wait"  # what starts with this provider really took, and what it states
    QUEUE_AND_FLOW = "queue-and-flow"
    OPEN_PLACE = "open-place"


FAIRLY_CERTAIN_ABOVE_DAYS = 28
UNCERTAIN_ABOVE_DAYS = 84
"""Width of the band. Four weeks is what a family can plan around; past a season the day itself says little."""

LONGEST_WAIT_DAYS = 3650
"""As long as a statement may say; a queue that hardly moves would give centuries."""

OLDEST_DAYS = 180
"""Past half a year a statement does not get worse."""


class Seen(IntFlag):
    """What there is to go by for one offer."""

    STATED = 1  # both waits were stated
    COUNTED = 2  # it is known how many wait and how many started
    PROVEN = 4  # children we referred have started
    FREE = 8  # a place is open and not held for another child
    STOPPED = 16  # an admission stop, and no day on which it ends


@dataclass(frozen=True, slots=True)
class Evidence:
    """How what is seen becomes a wait and a scale, both in days and both linear.

    wait  = queue x the queue's time + stated x the stated wait + realised x what starts really took + handling
    scale = doubt + of_wait x wait + of_queue x the queue's time + of_spread x the spread of what they took

    No weight is negative, so neither shrinks when a wait, a queue or a spread grows.
    """

    basis: Basis
    queue: float = 0.0
    stated: float = 0.0
    realised: float = 0.0
    handling: float = 0.0
    doubt: float = 0.0
    of_wait: float = 0.0
    of_queue: float = 0.0
    of_spread: float = 0.0


# LEARNT: printed by `python -m tests.matcher.tuning`, pasted here.
QUEUE_AHEAD, LEAVING_SEEN = 1.049, 1.524
"""To those who wait are added the newcomer and whom the list does not show; who can have a place that is open need not
wait for another to come free. To those who left a little is added too: a small unit may have seen none by chance."""

EVIDENCE: dict[Seen, Evidence] = {
    Seen.STATED: Evidence(Basis.STATED_WAIT, stated=0.793, handling=14.0, doubt=49.3, of_wait=0.296),
    Seen.STATED | Seen.PROVEN: Evidence(
        Basis.PROVEN_WAIT, stated=0.096, realised=0.845, handling=1.945, doubt=3.0, of_spread=1.16
    ),
    Seen.COUNTED: Evidence(Basis.QUEUE_AND_FLOW, queue=0.697, handling=10.64, doubt=3.558, of_wait=0.474),
    Seen.STATED | Seen.COUNTED: Evidence(
        Basis.QUEUE_AND_FLOW, queue=0.628, stated=0.151, handling=7.801, doubt=12.657, of_wait=0.085, of_queue=0.258
    ),
    Seen.STATED | Seen.COUNTED | Seen.PROVEN: Evidence(
        Basis.QUEUE_AND_FLOW,
        queue=0.628,
        stated=0.029,
        realised=0.129,
        handling=7.801,
        doubt=3.18,
        of_queue=0.237,
        of_spread=0.219,
    ),
    Seen.STATED | Seen.FREE: Evidence(Basis.OPEN_PLACE, stated=0.292, handling=9.611, doubt=3.06, of_wait=1.033),
    Seen.STATED | Seen.PROVEN | Seen.FREE: Evidence(
        Basis.OPEN_PLACE, stated=0.096, realised=0.493, handling=1.945, doubt=3.0, of_wait=0.693, of_spread=0.112
    ),
    Seen.COUNTED | Seen.FREE: Evidence(Basis.OPEN_PLACE, queue=0.697, handling=10.64, doubt=6.872, of_wait=0.541),
    Seen.STATED | Seen.COUNTED | Seen.FREE: Evidence(
        Basis.OPEN_PLACE, queue=0.628, stated=0.151, handling=7.801, doubt=6.346, of_wait=0.631
    ),
    Seen.STATED | Seen.COUNTED | Seen.PROVEN | Seen.FREE: Evidence(
        Basis.OPEN_PLACE,
        queue=0.628,
        stated=0.029,
        realised=0.129,
        handling=7.801,
        doubt=3.0,
        of_wait=0.319,
        of_spread=0.307,
    ),
}
"""What is seen and not named here is too little to go by."""

AGES = (0, 15, 30, 60, 90, 180)
"""Days since the statement; in between the quantiles run straight."""

QUANTILES: dict[Basis, tuple[tuple[float, ...], ...]] = {
    Basis.STATED_WAIT: (
        (-0.414, -0.487, -0.487, -0.591, -0.635, -0.635),
        (2.337, 2.337, 2.337, 2.337, 2.337, 3.17),
        (0.97, 0.97, 0.973, 0.973, 0.973, 1.159),
    ),
    Basis.PROVEN_WAIT: (
        (-0.835, -0.884, -0.928, -0.963, -0.991, -0.997),
        (1.773, 1.773, 1.773, 1.773, 1.773, 1.773),
        (0.779, 0.779, 0.779, 0.779, 0.779, 0.779),
    ),
    Basis.QUEUE_AND_FLOW: (
        (-1.039, -1.155, -1.256, -1.256, -1.539, -1.557),
        (1.667, 1.667, 1.667, 1.667, 2.08, 2.535),
        (0.676, 0.676, 0.676, 0.696, 0.713, 1.392),
    ),
    Basis.OPEN_PLACE: (
        (-0.614, -0.614, -0.614, -0.614, -0.614, -0.614),
        (1.588, 1.687, 1.687, 2.345, 2.412, 4.231),
        (0.612, 0.612, 0.699, 1.034, 1.034, 1.296),
    ),
}
"""How many scales early, late and pessimistic lie from the expected day, per age: one start in ten is sooner than
early, one in ten later than late, one in four later than pessimistic. No band narrows with age."""
# END OF LEARNT

EVIDENCE |= {seen | Seen.PROVEN: EVIDENCE[seen] for seen in (Seen.COUNTED, Seen.COUNTED | Seen.FREE)}
"""How late earlier waits were says nothing where no wait is stated now."""


OUTLOOK = np.dtype([("wait", "<f8"), ("scale", "<f8"), ("stated_wait", "<i4"), ("seen", "u1")], align=True)
"""What can be said of an offer's wait before anybody asks: a board may keep it beside the offer."""


def outlooks(offers: Rows) -> Rows:
    """Per offer the wait from any today, its scale, and what they rest on; changes only with the offer's row."""
    said = _Said(offers)
    known = np.empty(len(offers), OUTLOOK)
    known["seen"] = seen = said.seen()
    known["stated_wait"] = said.stated_wait
    known["wait"], known["scale"] = said.wait_and_scale(_WEIGHTS.take(seen, axis=1))
    return known


class _Said:
    """The numbers a provider stated, as one float column each; below zero: not said."""

    def __init__(self, rows: Rows) -> None:
        """The nine counts lie side by side in a row: one strided copy takes them all."""
        counts = rows.view(_nine_counts(rows.dtype.itemsize))["counts"].T.astype(np.float64, order="C")
        self.total_places, open_places, options_running, _ = counts[:4]
        self.free_places = open_places - options_running
        intake, treatment, self.waiting, self.started_90, self.withdrawn_90 = counts[4:]
        self.stated_wait = np.where(np.minimum(intake, treatment) >= 0, intake + treatment, UNKNOWN)
        self.realised_wait, self.realised_spread = rows["realised_wait"], rows["realised_spread"]
        self.left_before, self.over_days = rows["left_before"], rows["over_days"]

    def seen(self) -> Positions:
        """Which of Seen there is, as one number per row; a stop is only one until the day it ends."""
        seen: Positions = (self.free_places > 0).view(np.uint8)
        for flag in (
            ~np.isnan(self.realised_wait),
            np.minimum(self.waiting, self.started_90) >= 0,
            self.stated_wait >= 0,
        ):
            seen += seen  # one bit up, as in Seen from the highest to the lowest
            seen |= flag
        return seen

    def wait_and_scale(self, weights: Numbers) -> tuple[Numbers, Numbers]:
        """Both in days; `weights` has a row for each weight of Evidence."""
        queue, stated, realised, handling, doubt, of_wait, of_queue, of_spread = weights
        ahead = np.maximum(self.waiting, 0) + QUEUE_AHEAD - np.maximum(self.free_places, 0)
        queue_days = np.maximum(ahead, 0) / self.leaving_per_day()
        real_wait = np.fmax(self.realised_wait, 0)  # of a NaN, which weighs nothing, a number
        spread = np.fmax(self.realised_spread, 0)
        wait = queue * queue_days + stated * self.stated_wait + realised * real_wait + handling
        wait = np.minimum(np.maximum(wait, 0), LONGEST_WAIT_DAYS)
        scale = doubt + of_wait * wait + of_queue * queue_days + of_spread * spread
        return wait, np.minimum(scale, LONGEST_WAIT_DAYS)

    def leaving_per_day(self) -> Numbers:
        """Who start or leave, over the last ninety days and what was learnt before; of what was not, the usual."""
        usual = USUAL_LEAVING * PRIOR_DAYS / QUARTER_DAYS * np.maximum(self.total_places, 0)
        left_before = np.where(np.isnan(self.left_before), usual, self.left_before)
        over_days = np.where(np.isnan(self.over_days), PRIOR_DAYS, self.over_days)
        lately = np.maximum(self.started_90, 0) + np.maximum(self.withdrawn_90, 0)
        return np.asarray((lately + LEAVING_SEEN + left_before) / (QUARTER_DAYS + over_days))


@lru_cache
def _nine_counts(row_bytes: int) -> np.dtype[np.void]:
    """A view on a row of OFFER or CANDIDATE that shows `total_places` to `withdrawn_90` as nine numbers."""
    begin = OFFER.fields["total_places"][1] if OFFER.fields else 0
    return np.dtype({"names": ["counts"], "formats": [("<i4", 9)], "offsets": [begin], "itemsize": row_bytes})


def _weights() -> Numbers:
    """Per weight of Evidence a row, per combination of Seen a column; nothing known: no wait, and a scale of one."""
    table = np.zeros((2 * Seen.STOPPED, 8))
    table[:, 4] = 1.0
    for seen, evidence in EVIDENCE.items():
        table[seen] = astuple(evidence)[1:]
    return np.ascontiguousarray(table.T)


_WEIGHTS = _weights()
