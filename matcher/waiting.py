"""When help can start, and how sure that is: from what a provider stated to an expected day with a band.

A wait rolls from today: who signs up today waits what was stated, however old the statement is. Age never moves the
expected day, it only widens the band, so the same numbers stated later never rank lower. Every step grows with the
stated wait and none shrinks, so a shorter stated wait is never a later day nor a less certain one.

Knows nothing of which offers fit, nor of points; days are day numbers (see `offers`).
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.offers import NEVER, UNKNOWN, Rows, day_number
from matcher.question import Month

Days = npt.NDArray[np.int32]
Positions = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]


class Certainty(StrEnum):
    """How wide the band is, in a word; from sure to not knowable."""

    CERTAIN = "certain"
    FAIRLY = "fairly-certain"
    UNCERTAIN = "uncertain"
    UNKNOWN = "unknown"


class Basis(StrEnum):
    """What an expected start rests on, in the main."""

    NOTHING = "nothing"  # too little was said, or an admission stop without an end
    STATED_WAIT = "stated-wait"
    PROVEN_WAIT = "proven-wait"  # the stated wait, corrected by how true earlier ones of this provider proved
    QUEUE_AND_FLOW = "queue-and-flow"
    OPEN_PLACE = "open-place"


@dataclass(frozen=True, slots=True)
class Expectation:
    """One value per candidate. Days are day numbers; NEVER where nothing can be said."""

    start: Days
    """The day that is as likely too early as too late."""
    early: Days
    late: Days
    """Four in five starts fall from `early` to `late`."""
    pessimistic: Days
    """Three in four starts are not later. The ranking uses it: not knowing is never a gain."""
    certainty: Positions
    """Position in Certainty."""
    stated_wait: Days
    """Intake and treatment together, as the provider stated them; -1 unknown."""
    basis: Positions
    """Position in Basis."""


FAIRLY_CERTAIN_ABOVE_DAYS = 21
UNCERTAIN_ABOVE_DAYS = 56
"""Width of the band. Three weeks is what a family can plan around; past eight weeks the day itself says little."""

LONGEST_WAIT_DAYS = 3650
"""As long as a statement may say; a queue that hardly moves would give centuries."""


def expected_start(candidates: Rows, needed_from: int, birth_month: Month, today: int) -> Expectation:
    """Expected start per candidate: never before today, the wanted day, the day a place comes free or the birthday."""
    intake, treatment = candidates["intake_wait"], candidates["treatment_wait"]
    waiting, started = candidates["waiting"], candidates["started_90"]
    stated_known = (intake >= 0) & (treatment >= 0)
    flow_known = (waiting >= 0) & (started >= 0)
    late_days = candidates["late_days"].astype(np.float64)
    proven = ~np.isnan(late_days) & stated_known
    stated = np.where(stated_known, intake + treatment, UNKNOWN)
    free = (candidates["open_places"] - np.maximum(candidates["options_running"], 0)) > 0
    stopped = (candidates["stop"] > 0) & (candidates["available_from"] <= today)

    flow = np.maximum(started, 0) + np.maximum(candidates["withdrawn_90"], 0)
    queue_wait = np.maximum(waiting, 0) * 90.0 / (flow + 0.5)
    weight = np.where(flow_known & ~free, np.where(stated_known, flow / (flow + 3.0), 1.0), 0.0)
    provider_wait = np.maximum(stated + np.where(proven, late_days, 0.15 * stated), 0.0)
    wait = np.minimum(weight * queue_wait + (1 - weight) * provider_wait, LONGEST_WAIT_DAYS)

    basis = np.zeros(len(candidates), np.uint8)
    basis[stated_known] = _position(Basis.STATED_WAIT)
    basis[proven] = _position(Basis.PROVEN_WAIT)
    basis[flow_known] = _position(Basis.QUEUE_AND_FLOW)
    basis[stated_known & free] = _position(Basis.OPEN_PLACE)
    basis[stopped] = _position(Basis.NOTHING)

    age = np.clip(today - candidates["stated_day"], 0, 365)
    spread = (7 + 0.4 * wait) * (1 + age / 90)
    floor = np.maximum(_birthdays(birth_month)[candidates["age_from"]], candidates["available_from"])
    floor = np.maximum(floor, max(today, needed_from))
    quantiles = np.array([-0.8, 0.0, 0.6, 1.3])[:, None]
    days = np.maximum(np.rint(today + np.maximum(wait + quantiles * spread, 0)), floor).astype(np.int32)
    width = days[3] - days[0]
    certainty = (width > FAIRLY_CERTAIN_ABOVE_DAYS).astype(np.uint8) + (width > UNCERTAIN_ABOVE_DAYS)
    unknown = basis == 0
    days[:, unknown] = NEVER
    certainty[unknown] = 3
    return Expectation(
        start=days[1],
        early=days[0],
        late=days[3],
        pessimistic=days[2],
        certainty=certainty,
        stated_wait=stated.astype(np.int32),
        basis=basis,
    )


def _position(basis: Basis) -> int:
    return list(Basis).index(basis)


@lru_cache(maxsize=512)
def _birthdays(birth_month: Month) -> Days:
    """Per age, the day on which a child of this birth month has surely reached it: the first of the next month."""
    year, month = divmod(birth_month.year * 12 + birth_month.month, 12)
    return np.array([day_number(date(year + age, month + 1, 1)) for age in range(100)], np.int32)
