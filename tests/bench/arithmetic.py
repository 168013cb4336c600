"""The rules and the sums in numpy's words, without anything around them: for the bare kernel and for pandas.

Columns come by name, as arrays or as Series; what a provider did not say is -1, and no travelling distance is NaN.
"""

from typing import Any, Protocol

import numpy as np

from matcher.fit import USUAL_DURATION_DAYS
from matcher.offers import EARTH_RADIUS_KM, NEVER
from matcher.question import Setting
from matcher.ranking import HASH_MODULUS
from matcher.waiting import FAIRLY_CERTAIN_ABOVE_DAYS, UNCERTAIN_ABOVE_DAYS
from tests.bench.asked import Asked

ONLINE = list(Setting).index(Setting.ONLINE)
CERTAINTY_EIGHTHS = np.array([8, 6, 3, 1])
LATEST, FARTHEST = 2**14 - 1, 2**12 - 1
"""Where the tables of the criteria end: in days and in hectometres."""


class Columns(Protocol):
    """A frame, or a dict of arrays."""

    def __getitem__(self, name: str, /) -> Any: ...


def holds(c: Columns, asked: Asked) -> Any:
    """The contract holds on the wanted day."""
    suspended = (c["suspended_from"] <= asked.wanted) & (c["suspended_until"] >= asked.wanted)
    return (c["valid_from"] <= asked.wanted) & (c["valid_until"] >= asked.wanted) & ~suspended


def takes(c: Columns, asked: Asked) -> Any:
    """The rules that need no sum."""
    fits = (c["stop"] == 0) & (c["genders"] & asked.genders != 0)
    fits &= (c["only_for"] == 0) | (c["only_for"] & asked.needs != 0)
    fits &= c["published_from"] <= asked.today
    fits &= asked.earliest[c["age_from"]] <= asked.wanted + USUAL_DURATION_DAYS
    if asked.needs:
        fits &= c["excludes"] & asked.needs == 0
    if asked.setting >= 0:
        fits &= c["setting"] == asked.setting
    if asked.past_eighteen:
        fits &= c["past_eighteen"] != 0
    return fits


def best_first(c: Columns, asked: Asked) -> list[int]:
    """The offers that fit, of columns in which each stands once with its `preference`."""
    start, distance = _start(c, asked), _distance(c, asked)
    journey = np.where(np.isnan(c["travels_km"]) & (c["setting"] != ONLINE), distance, 0.0)
    fits = takes(c, asked) & ~(distance > c["travels_km"]) & (journey <= asked.furthest)
    could_start = np.where(start == NEVER, asked.earliest[c["age_from"]], start)
    fits &= (could_start < asked.outgrown[c["age_until"]]) & (could_start <= c["published_until"])
    score = _score(c, asked, journey)
    offer = np.asarray(c["offer_id"])
    shuffled = (offer % HASH_MODULUS * asked.factor + asked.term) % HASH_MODULUS
    days = np.minimum(start - asked.today, LATEST)
    packed = days * np.int64(2**25) + (distance * 1000).astype(np.int64) - score * np.int64(2**39)
    some = np.flatnonzero(fits)
    order = np.lexsort((shuffled[some], np.asarray(packed)[some]))
    best: list[int] = offer[some[order]].tolist()
    return best


def _start(c: Columns, asked: Asked) -> Any:
    return np.maximum(c["start"], asked.earliest[c["age_from"]])


def _distance(c: Columns, asked: Asked) -> Any:
    x, y, z = asked.home
    dx, dy, dz = c["x"] - x, c["y"] - y, c["z"] - z
    return 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(dx * dx + dy * dy + dz * dz) / 2, 1.0))


def _score(c: Columns, asked: Asked, journey: Any) -> Any:
    start, preference, distance, certainty, special, siblings, eighteen, scope, answers = asked.maxima
    earliest = asked.earliest[c["age_from"]]
    late = np.minimum(np.maximum(c["pessimistic"], earliest) - asked.wanted, LATEST)
    width = np.maximum(c["late"], earliest) - np.maximum(c["early"], earliest)
    unsure = ((width > FAIRLY_CERTAIN_ABOVE_DAYS) | (c["fresh_until"] < asked.today)) * 1
    unsure = unsure + (width > UNCERTAIN_ABOVE_DAYS) + (width > NEVER)
    far = 10 * asked.distance_half
    score = np.where(late == LATEST, start // 10, start * asked.start_half // (asked.start_half + late))
    score = score + distance * far // (far + np.minimum((journey * 10).astype(np.int64), FARTHEST))
    score += certainty * CERTAINTY_EIGHTHS[unsure] // 8 + answers // 2
    score += np.where(c["contract_id"] == 0, scope, scope * (4 - c["scope"]) // 4)
    if preference:
        score += preference // (c["preference"] + 1)
    if special:
        wanted = asked.needs.bit_count()
        served = np.bitwise_count(c["serves"] & asked.needs).astype(np.int64)
        score += special * (3 * wanted + 7 * served) // (10 * wanted)
    if siblings:
        some = np.clip(c["siblings"] - 1, 0, None)
        some = np.where(c["siblings"] >= asked.together, asked.together, some)
        score += np.where(c["siblings"] < 0, siblings * 3 // 10, siblings * some // asked.together)
    if eighteen:
        score += np.array([eighteen * 3 // 10, 0, eighteen])[c["past_eighteen"] + 1]
    return score
