"""Simulated waiting lists whose truth is known: who came, who started, who left, and what the provider said of it.

They are there to tune the constants of `waiting` and to prove it on other seeds, until real waits take over
(`realised`). First come, first served; demand drifts from quarter to quarter; children find help elsewhere and are
struck off late; providers look back at their last starts, are hopeful or gloomy in their own way, and round to what one
says aloud. Some never say how many wait. Of the children on a list a part, large or small, was referred through us: of
those, and of no others, we see when they came and started. The spreads are our assumptions, chosen so that half of the
statements are wrong by half, as is told of the field. Days are days since a simulation began, and day numbers in the
columns.
"""

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.offers import UNKNOWN, Rows, empty_candidates
from matcher.realised import Referrals, realised
from matcher.turnover import QUARTER_DAYS, REMEMBERED_DAYS, Counts, turnover

Numbers = npt.NDArray[np.float64]

TODAY = 1440
"""The day of the question: four years on, when a list has long forgotten that it began empty."""
PROVIDERS_PER_CARE_TYPE = 40
FUTURES = 65

SAID_ALOUD = 7 * np.array([0, 1, 2, 3, 4, 6, 8, 10, 12, 16, 20, 26, 39, 52, 78, 104, 156])
"""Waits come in round numbers of weeks, coarser as they get longer."""
FIRST_GUESS_DAYS = 56.0
"""What a provider says before anybody has started."""


@dataclass(frozen=True, slots=True)
class CareType:
    """What the providers of one kind of care have in common."""

    places: float  # median
    stay_days: float


@dataclass(frozen=True, slots=True)
class Manner:
    """What one offer is like, and how its provider speaks of it."""

    places: int
    stay_days: float
    load: float  # demand as a share of what the places can carry
    patience_days: float
    handling_days: float  # from referral to start when nobody is ahead
    hope: float  # log of stated over true; below zero is hopeful
    counts_queue: bool  # says how many wait and started
    empty_beds: int  # counted as open, but not to be had: no staff, or not in this group
    referred_by_us: float  # share of those who come
    rhythm_days: float  # between two statements

    @property
    def arrivals_per_day(self) -> float:
        return self.load * self.places / self.stay_days


@dataclass(frozen=True, slots=True)
class Course:
    """How a list really went, person by person, in order of arrival. Infinite: it did not happen."""

    manner: Manner
    came: Numbers
    ready: Numbers  # when the handling was done
    started: Numbers
    left: Numbers
    struck_off: Numbers  # when the provider noticed that they had left
    ended: Numbers  # when the place came free again
    probes: Numbers  # days on which we ask how long a newcomer would wait; the last one is TODAY
    newcomer_wait: Numbers  # the answer, for somebody who never gives up


@dataclass(frozen=True, slots=True)
class Statement:
    """What the provider said on a day."""

    day: float
    wait: int
    open_places: int
    waiting: int
    started_90: int
    withdrawn_90: int


@dataclass(frozen=True, slots=True)
class Sample:
    """Offers of which the same is asked today: the columns as a board would hold them, and the truth."""

    candidates: Rows
    realised: Numbers
    """Days until a child who asks today, and never gives up, did start."""
    expected: Numbers
    """The median of that over many futures from today's true state: all that anybody could have known."""


def draw_care_type(rng: np.random.Generator) -> CareType:
    """Six in ten are teams that come by or are visited, the others have beds: fewer places and longer stays."""
    if rng.random() < 0.6:
        return CareType(places=15, stay_days=float(rng.uniform(60, 200)))
    return CareType(places=5, stay_days=float(rng.uniform(100, 400)))


def draw_manner(care_type: CareType, rng: np.random.Generator) -> Manner:
    """From a family home with one place to a team of a hundred, from a fifth too little demand to a third too much."""
    return Manner(
        places=int(np.clip(rng.lognormal(np.log(care_type.places), 0.8), 1, 150)),
        stay_days=float(np.clip(rng.lognormal(np.log(care_type.stay_days), 0.3), 30, 600)),
        load=float(rng.uniform(0.8, 1.3)),
        patience_days=float(rng.uniform(100, 400)),
        handling_days=float(np.clip(rng.lognormal(np.log(14), 0.6), 3, 60)),
        hope=float(rng.normal(-0.2, 0.5)),
        counts_queue=bool(rng.random() < 0.8),
        empty_beds=int(rng.choice([0, 1, 2], p=[0.92, 0.06, 0.02])),
        referred_by_us=float(rng.uniform(0, 0.6)),  # doctors and courts refer beside us
        rhythm_days=float(rng.uniform(14, 120)),
    )


def live(manner: Manner, probes: Numbers, rng: np.random.Generator) -> Course:
    """Let a list run until TODAY; `probes` rise and end there."""
    came = _arrivals(manner, rng)
    n = len(came)
    ready = came + rng.gamma(4, manner.handling_days / 4, n)
    tired = came + rng.exponential(manner.patience_days, n)
    stay = rng.gamma(2, manner.stay_days / 2, n)
    started, place_free = _first_come_first_served(manner.places, (came, ready, tired, stay), probes)
    left = np.where(np.isinf(started), tired, np.inf)
    handled = rng.gamma(4, manner.handling_days / 4, len(probes))
    return Course(
        manner=manner,
        came=came,
        ready=ready,
        started=started,
        left=left,
        struck_off=left + rng.exponential(14, n),
        ended=started + stay,
        probes=probes,
        newcomer_wait=np.maximum(handled, place_free - probes),
    )


def _arrivals(manner: Manner, rng: np.random.Generator) -> Numbers:
    """Referrals at random moments, at a rate that drifts from quarter to quarter."""
    quarters = np.arange(0, TODAY, QUARTER_DAYS)
    drift = np.exp(np.cumsum(rng.normal(0, 0.12, len(quarters))))
    counts = rng.poisson(manner.arrivals_per_day * QUARTER_DAYS * drift / drift.mean())
    return np.asarray(np.sort(np.repeat(quarters, counts) + rng.uniform(0, QUARTER_DAYS, counts.sum())))


def _first_come_first_served(
    places: int, people: tuple[Numbers, Numbers, Numbers, Numbers], probes: Numbers
) -> tuple[Numbers, Numbers]:
    """When each starts (infinite: gave up before), and per probe when a place comes free for the next newcomer.

    In order of arrival it is one walk: who is next gets the place that comes free first.
    """
    came, ready, tired, stay = people
    free = [0.0] * places
    started = np.full(len(came), np.inf)
    asked = np.split(np.arange(len(probes)), np.searchsorted(probes, came))
    place_free = np.empty(len(probes))
    for person, (r, t, s) in enumerate(zip(ready.tolist(), tired.tolist(), stay.tolist(), strict=True)):
        place_free[asked[person]] = free[0]
        start = max(r, free[0])
        if start <= t:
            started[person] = start
            heapq.heapreplace(free, start + s)
    place_free[asked[-1]] = free[0]
    return started, place_free


def futures(course: Course, rng: np.random.Generator) -> Numbers:
    """How long a newcomer of TODAY would wait, in many futures that all begin with today's true state."""
    manner = course.manner
    inside = (course.started <= TODAY) & (course.ended > TODAY)
    ahead = np.flatnonzero((course.started > TODAY) & (course.left > TODAY))
    free = np.zeros((FUTURES, manner.places))
    free[:, : np.count_nonzero(inside)] = _stays_left(manner, TODAY - course.started[inside], rng)
    rows = np.arange(FUTURES)
    for ready in course.ready[ahead] - TODAY:
        first = free.argmin(axis=1)
        start = np.maximum(ready, free[rows, first])
        gives_up = start > rng.exponential(manner.patience_days, FUTURES)
        stay = rng.gamma(2, manner.stay_days / 2, FUTURES)
        free[rows, first] = np.where(gives_up, free[rows, first], start + stay)
    return np.asarray(np.maximum(rng.gamma(4, manner.handling_days / 4, FUTURES), free.min(axis=1)))


def _stays_left(manner: Manner, so_far: Numbers, rng: np.random.Generator) -> Numbers:
    """Per future and person inside: how long the stay still lasts, given how long it lasted so far."""
    stays = np.sort(rng.gamma(2, manner.stay_days / 2, 2000))
    longer = np.minimum(np.searchsorted(stays, so_far), len(stays) - 1)
    drawn = stays[rng.integers(longer, len(stays), (FUTURES, len(so_far)))]
    return np.asarray(np.maximum(drawn - so_far, 0.0))


def state(course: Course, day: float, rng: np.random.Generator) -> Statement:
    """What the provider says on this day, counted from its own administration."""
    manner = course.manner
    on_list = (course.came <= day) & (course.started > day) & (course.struck_off > day)
    inside = int(np.count_nonzero((course.started <= day) & (course.ended > day)))
    waiting = int(np.count_nonzero(on_list))
    return Statement(
        day=day,
        wait=_stated_wait(course, day, rng),
        open_places=max(0, manner.places - inside - waiting) + manner.empty_beds,
        waiting=waiting if manner.counts_queue else UNKNOWN,
        started_90=_lately(course.started, day) if manner.counts_queue else UNKNOWN,
        withdrawn_90=_lately(course.struck_off, day) if manner.counts_queue else UNKNOWN,
    )


def _lately(happened: Numbers, day: float) -> int:
    return int(np.count_nonzero((happened <= day) & (happened > day - QUARTER_DAYS)))


def _stated_wait(course: Course, day: float, rng: np.random.Generator) -> int:
    """The last three starts, seen through hope and haste, in a round number of weeks."""
    done = np.flatnonzero(course.started <= day)
    last = done[np.argsort(course.started[done])[-3:]]
    looked_back = float((course.started[last] - course.came[last]).mean()) if len(last) else FIRST_GUESS_DAYS
    said = looked_back * np.exp(course.manner.hope + rng.normal(0, 0.2))
    return int(SAID_ALOUD[np.abs(SAID_ALOUD - said).argmin()])


def sample(seed: int, care_types: int) -> Sample:
    """Care types with their providers, in that order, all asked today."""
    rng = np.random.default_rng(seed)
    kinds = [draw_care_type(rng) for _ in range(care_types)]
    manners = [draw_manner(kind, rng) for kind in kinds for _ in range(PROVIDERS_PER_CARE_TYPE)]
    courses = [live(manner, _probes(manner, rng), rng) for manner in manners]
    said = [state(course, TODAY - _age(rng), rng) for course in courses]
    candidates = empty_candidates(len(courses))
    for row, course, statement in zip(candidates, courses, said, strict=True):
        _write(row, course.manner, statement)
    learnt = realised(past_referrals(courses, rng), len(courses))
    moved = turnover(past_counts(courses, said, rng), len(courses))
    candidates["realised_wait"], candidates["realised_spread"] = learnt.wait, learnt.spread
    candidates["late_days"] = learnt.late_days
    candidates["left_before"], candidates["over_days"] = moved.left_before, moved.over_days
    return Sample(
        candidates,
        realised=np.array([course.newcomer_wait[-1] for course in courses]),
        expected=np.array([np.median(futures(course, rng)) for course in courses]),
    )


def _probes(manner: Manner, rng: np.random.Generator) -> Numbers:
    """The days of the past year on which a referral of ours came, and TODAY."""
    ours = rng.poisson(manner.referred_by_us * manner.arrivals_per_day * REMEMBERED_DAYS)
    return np.append(np.sort(rng.uniform(TODAY - REMEMBERED_DAYS, TODAY, ours)), TODAY)


def _age(rng: np.random.Generator) -> float:
    """Seven in ten keep to the month; the others forget, some for half a year."""
    return float(rng.uniform(0, 30) if rng.random() < 0.7 else min(rng.exponential(60), 180))


def _write(row: np.void, manner: Manner, said: Statement) -> None:
    row["statement_id"] = 1
    row["stated_day"] = int(said.day)
    row["total_places"] = manner.places + manner.empty_beds
    row["intake_wait"] = said.wait // 3
    row["treatment_wait"] = said.wait - said.wait // 3
    row["open_places"] = said.open_places
    row["waiting"] = said.waiting
    row["started_90"] = said.started_90
    row["withdrawn_90"] = said.withdrawn_90


def past_referrals(courses: list[Course], rng: np.random.Generator) -> Referrals:
    """What our own referrals of the past year showed until TODAY; some still wait, some gave up."""
    provider = np.repeat(np.arange(len(courses)), [len(course.probes) - 1 for course in courses])
    came = np.concatenate([course.probes[:-1] for course in courses])
    wait = np.concatenate([course.newcomer_wait[:-1] for course in courses])
    patience = rng.exponential([courses[position].manner.patience_days for position in provider])
    seen_for = np.minimum(patience, TODAY - came)
    waited = np.minimum(wait, seen_for)
    days = zip(provider.tolist(), came.tolist(), strict=True)
    return Referrals(
        provider=provider,
        group=provider // PROVIDERS_PER_CARE_TYPE,
        stated=np.array([state(courses[position], day - _age(rng), rng).wait for position, day in days], np.float64),
        waited=waited,
        started=wait <= seen_for,
        ended_days_ago=TODAY - came - waited,
    )


def past_counts(courses: list[Course], newest: list[Statement], rng: np.random.Generator) -> Counts:
    """The counts of a year's statements, each offer's newest and what it said before in its own rhythm."""
    said = [
        (position, statement)
        for position, (course, last) in enumerate(zip(courses, newest, strict=True))
        if course.manner.counts_queue
        for statement in (last, *_earlier(course, last, rng))
    ]
    offer = np.array([position for position, _ in said], np.intp)
    return Counts(
        offer=offer,
        group=offer // PROVIDERS_PER_CARE_TYPE,
        days_ago=np.array([TODAY - statement.day for _, statement in said]),
        left=np.array([statement.started_90 + statement.withdrawn_90 for _, statement in said], np.float64),
        places=np.array([courses[p].manner.places + courses[p].manner.empty_beds for p, _ in said], np.float64),
    )


def _earlier(course: Course, last: Statement, rng: np.random.Generator) -> list[Statement]:
    days = np.arange(last.day, TODAY - REMEMBERED_DAYS, -course.manner.rhythm_days)[1:]
    return [state(course, day, rng) for day in days.tolist()]
