"""Learns the constants of `matcher.waiting` from simulated queues and prints them: `python -m tests.matcher.tuning`.

The seeds here are for tuning only; `test_queues.py` validates on others. Waits are fitted by least absolute deviation
to what could be known of the day (the median over many futures), scales to how far the day that came lay from that fit,
quantiles to what came.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy.optimize import isotonic_regression, minimize, nnls  # type: ignore[import-untyped]  # ships no types

from matcher.queues import TODAY, sample
from matcher.turnover import QUARTER_DAYS
from matcher.waiting import AGES, Basis, Evidence, Seen

TUNING_SEEDS = range(100, 108)
CARE_TYPES = 40

MOST_HANDLING_DAYS = 14.0
"""Where only a wait was stated, least error would pull every wait to the mean of our simulated world. That mean is an
assumption; what a provider says is not. So no more than a fortnight comes on top without a reason of its own."""

EARLY, LATE, PESSIMISTIC = 0.1, 0.9, 0.75
"""Shares of the starts that are to fall before."""

Numbers = npt.NDArray[np.float64]
Truths = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Lesson:
    """The columns that are learnt from, and the truth."""

    stated: Numbers
    waiting: Numbers
    open_places: Numbers
    flow: Numbers
    places: Numbers
    left_before: Numbers
    over_days: Numbers
    real_wait: Numbers
    spread: Numbers
    age: Numbers
    counted: Truths
    proven: Truths
    free: Truths
    realised: Numbers
    expected: Numbers

    def part(self, rows: Truths) -> "Lesson":
        return Lesson(*(getattr(self, field.name)[rows] for field in fields(self)))


def lesson() -> Lesson:
    """Every offer twice: as it is, and as if no child of ours had started there yet. Else only the small would teach
    what it is to have no history, and a service that begins has none of anybody."""
    once = _seen()
    forgotten = replace(once, proven=np.zeros_like(once.proven))
    return Lesson(*(np.concatenate([getattr(once, f.name), getattr(forgotten, f.name)]) for f in fields(Lesson)))


def _seen() -> Lesson:
    samples = [sample(seed, CARE_TYPES) for seed in TUNING_SEEDS]
    rows = np.concatenate([one.candidates for one in samples])
    proven = ~np.isnan(rows["realised_wait"])
    moved = ~np.isnan(rows["left_before"])
    return Lesson(
        stated=(rows["intake_wait"] + rows["treatment_wait"]).astype(np.float64),
        waiting=np.maximum(rows["waiting"], 0).astype(np.float64),
        open_places=np.maximum(rows["open_places"], 0).astype(np.float64),
        flow=(np.maximum(rows["started_90"], 0) + np.maximum(rows["withdrawn_90"], 0)).astype(np.float64),
        places=rows["total_places"].astype(np.float64),
        left_before=np.where(moved, rows["left_before"], 0).astype(np.float64),
        over_days=np.where(moved, rows["over_days"], 1).astype(np.float64),
        real_wait=np.where(proven, rows["realised_wait"], 0).astype(np.float64),
        spread=np.where(proven, rows["realised_spread"], 0).astype(np.float64),
        age=(TODAY - rows["stated_day"]).astype(np.float64),
        counted=rows["waiting"] >= 0,
        proven=proven,
        free=rows["open_places"] > 0,
        realised=np.concatenate([one.realised for one in samples]),
        expected=np.concatenate([one.expected for one in samples]),
    )


Wait = Callable[[Numbers, Lesson], Numbers]


def learn_wait(wait: Wait, first_guess: list[float], seen: Lesson) -> Numbers:
    """The non-negative constants with which `wait` errs least."""
    best = np.array(first_guess)
    for _ in range(6):
        found = minimize(
            lambda guess: np.abs(wait(np.abs(guess), seen) - seen.expected).mean(),
            best,
            method="Nelder-Mead",
            options={"maxiter": 4000, "xatol": 1e-3, "fatol": 1e-4},
        )
        best = found.x
    return np.asarray(np.abs(best))


def positive(wait: Numbers) -> Numbers:
    return np.asarray(np.maximum(wait, 0))


def queue_days(constants: Numbers, seen: Lesson) -> Numbers:
    ahead, leaving_seen = constants
    rate = (seen.flow + leaving_seen + seen.left_before) / (QUARTER_DAYS + seen.over_days)
    return np.asarray(np.maximum(seen.waiting + ahead - seen.open_places, 0) / rate)


def counted_wait(c: Numbers, seen: Lesson) -> Numbers:
    """c: the two of the queue; queue full and free, stated unproven and proven, realised full and free, handling."""
    queue = np.where(seen.free, np.minimum(c[3], c[2]), c[2]) * queue_days(c[:2], seen)
    real = np.where(seen.free, np.minimum(c[7], c[6]), c[6]) * seen.real_wait * seen.proven
    return positive(queue + np.where(seen.proven, c[5], c[4]) * seen.stated + real + c[8])


def uncounted_wait(c: Numbers, seen: Lesson) -> Numbers:
    """c: stated and handling, unproven and proven when full, the same with a free place, realised full and free."""
    stated = np.where(seen.proven, c[2], c[0])
    handling = np.minimum(np.where(seen.proven, c[3], c[1]), MOST_HANDLING_DAYS)
    stated_free = np.minimum(np.where(seen.proven, c[6], c[4]), stated)
    handling_free = np.minimum(np.where(seen.proven, c[7], c[5]), handling)
    real = np.where(seen.free, np.minimum(c[9], c[8]), c[8]) * seen.real_wait * seen.proven
    full = stated * seen.stated + handling
    free = stated_free * seen.stated + handling_free
    return positive(np.where(seen.free, free, full) + real)


def wordless_wait(queue: Numbers) -> Wait:
    """c: queue full, queue free, handling; for those who count but name no wait."""

    def wait(c: Numbers, seen: Lesson) -> Numbers:
        return positive(np.where(seen.free, np.minimum(c[1], c[0]), c[0]) * queue_days(queue, seen) + c[2])

    return wait


def evidence(seen: Lesson) -> tuple[Numbers, dict[Seen, Evidence]]:
    """The constants of the queue, and the weights of the wait per combination of what is seen."""
    counted = seen.part(seen.counted)
    c = learn_wait(counted_wait, [1.0, 0.4, 0.6, 0.5, 0.15, 0.05, 0.3, 0.1, 6.0], counted)
    s = learn_wait(uncounted_wait, [0.8, 14.0, 0.1, 5.0, 0.5, 8.0, 0.1, 3.0, 0.8, 0.5], seen)
    s[[1, 3]] = np.minimum(s[[1, 3]], MOST_HANDLING_DAYS)
    w = learn_wait(wordless_wait(c[:2]), [0.8, 0.3, 8.0], counted)
    proven, free = Seen.STATED | Seen.PROVEN, Seen.FREE
    full = {
        Seen.STATED: Evidence(Basis.STATED_WAIT, stated=s[0], handling=s[1]),
        proven: Evidence(Basis.PROVEN_WAIT, stated=s[2], realised=s[8], handling=s[3]),
        Seen.COUNTED: Evidence(Basis.QUEUE_AND_FLOW, queue=w[0], handling=w[2]),
        Seen.COUNTED | Seen.STATED: Evidence(Basis.QUEUE_AND_FLOW, c[2], c[4], handling=c[8]),
        Seen.COUNTED | proven: Evidence(Basis.QUEUE_AND_FLOW, c[2], c[5], c[6], c[8]),
    }
    s[4:8], s[9] = np.minimum(s[4:8], s[:4]), min(s[9], s[8])
    queue_free, real_free = min(c[3], c[2]), min(c[7], c[6])
    open_place = {
        Seen.STATED: Evidence(Basis.OPEN_PLACE, stated=s[4], handling=s[5]),
        proven: Evidence(Basis.OPEN_PLACE, stated=s[6], realised=s[9], handling=s[7]),
        Seen.COUNTED: Evidence(Basis.OPEN_PLACE, queue=min(w[1], w[0]), handling=w[2]),
        Seen.COUNTED | Seen.STATED: Evidence(Basis.OPEN_PLACE, queue_free, c[4], handling=c[8]),
        Seen.COUNTED | proven: Evidence(Basis.OPEN_PLACE, queue_free, c[5], real_free, c[8]),
    }
    return c[:2], full | {kind | free: how for kind, how in open_place.items()}


def who(seen: Lesson, kind: Seen) -> Truths:
    """The rows that learn for a kind of evidence; those who count also learn what it is not to know that."""
    rows = seen.free if Seen.FREE in kind else ~seen.free
    if Seen.COUNTED in kind:
        rows = rows & seen.counted
    if Seen.STATED in kind:
        rows = rows & (seen.proven if Seen.PROVEN in kind else ~seen.proven)
    return rows


def wait_of(how: Evidence, queue: Numbers, seen: Lesson) -> Numbers:
    of_queue = how.queue * queue_days(queue, seen)
    return positive(of_queue + how.stated * seen.stated + how.realised * seen.real_wait + how.handling)


def with_scale(how: Evidence, queue: Numbers, seen: Lesson) -> Evidence:
    """How far what came lies from the wait, in terms of what is known."""
    wait = wait_of(how, queue, seen)
    known = [np.ones_like(wait), wait]
    known += [queue_days(queue, seen) if how.queue else np.zeros_like(wait)]
    known += [seen.spread if how.realised else np.zeros_like(wait)]
    weights, _ = nnls(np.stack(known, axis=1), np.abs(seen.realised - wait))
    doubt, of_wait, of_queue, of_spread = np.round(np.maximum(weights, [3, 0, 0, 0]), 3).tolist()
    of_what = (how.queue, how.stated, how.realised, how.handling)
    queue_, stated, real, handling = (round(float(weight), 3) for weight in of_what)
    return Evidence(how.basis, queue_, stated, real, handling, doubt, of_wait, of_queue, of_spread)


def quantiles(away: Numbers, age: Numbers) -> tuple[tuple[float, ...], ...]:
    """Early, late and pessimistic per age: kept monotone, smoothed by the neighbours of each age."""
    edges = [0, *((a + b) / 2 for a, b in pairwise(AGES)), np.inf]
    groups = [away[(age >= low) & (age < high)] for low, high in pairwise(edges)]
    weights = np.array([len(group) for group in groups], np.float64)

    def monotone(share: float, increasing: bool) -> tuple[float, ...]:
        seen = np.array([np.quantile(group, share) for group in groups])
        fitted = isotonic_regression(seen, weights=weights, increasing=increasing).x
        return tuple(round(float(value), 3) for value in fitted)

    return monotone(EARLY, increasing=False), monotone(LATE, increasing=True), monotone(PESSIMISTIC, increasing=True)


def learn() -> tuple[Numbers, Mapping[Seen, Evidence], Mapping[Basis, tuple[tuple[float, ...], ...]]]:
    seen = lesson()
    queue, weights = evidence(seen)
    queue = np.round(queue, 3)
    scaled = {kind: with_scale(how, queue, seen.part(who(seen, kind))) for kind, how in weights.items()}
    away: dict[Basis, list[tuple[Numbers, Numbers]]] = {how.basis: [] for how in scaled.values()}
    for kind, how in scaled.items():
        part = seen.part(who(seen, kind))
        wait = wait_of(how, queue, part)
        scale = how.doubt + how.of_wait * wait + how.of_queue * queue_days(queue, part) + how.of_spread * part.spread
        away[how.basis].append(((part.realised - wait) / scale, part.age))
    bands = {
        basis: quantiles(np.concatenate([a for a, _ in pairs]), np.concatenate([age for _, age in pairs]))
        for basis, pairs in away.items()
    }
    return queue, scaled, bands


if __name__ == "__main__":
    queue, weights, bands = learn()
    print("QUEUE_AHEAD, LEAVING_SEEN =", queue.tolist())  # noqa: T201
    for kind, how in weights.items():
        print(f"    {kind!r}: {how},")  # noqa: T201
    for basis, rows in bands.items():
        print(f"    {basis!r}: {rows},")  # noqa: T201
