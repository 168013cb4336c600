"""What must always be there: whether a promise of a region is kept in each of its municipalities, and since when.

    kept       so many places as promised are there, by statements that may be relied on
    uncertain  not so many, but there would be if statements hold that are too old, or that were never made
    not-kept   not so many, whatever old statements still say

A statement is relied on until its term is over. One that is older is no room that anybody can count on; nor is it no
room, when room is what it said. What an old statement said was full, nobody counts on: then the promise is not kept,
only less surely so. A day is judged by what stood at its close.

Pure. `guarantee_days` lays out what was said over the days, `guarantee_room` counts the room in it.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from matcher.guarantee_days import Heard
from matcher.guarantee_room import Meant, Promise, Rooms, Seen, rooms, seen_on
from matcher.waiting import Certainty

Verdicts = npt.NDArray[np.int8]
"""Positions in VERDICTS: per area (and day), so that the worst is the highest."""


class Verdict(StrEnum):
    KEPT = "kept"
    UNCERTAIN = "uncertain"
    NOT_KEPT = "not-kept"


VERDICTS = tuple(Verdict)
KEPT, UNCERTAIN, NOT_KEPT = range(len(VERDICTS))


class Why(StrEnum):
    """Why a promise is not surely kept; the first that holds."""

    NONE_CONTRACTED = "none-contracted"
    OTHER_AGE = "other-age"
    OLD_STATEMENTS = "old-statements"
    TOO_FEW = "too-few"
    TOO_FAR = "too-far"
    ALL_STOPPED = "all-stopped"
    TOO_LATE = "too-late"
    ALL_FULL = "all-full"


WHY: Mapping[Why, Callable[[Seen, Promise, Verdict], bool]] = {
    Why.NONE_CONTRACTED: lambda seen, promise, verdict: seen.contracted == 0,
    Why.OTHER_AGE: lambda seen, promise, verdict: seen.welcoming == 0,
    Why.OLD_STATEMENTS: lambda seen, promise, verdict: verdict is Verdict.UNCERTAIN,
    Why.TOO_FEW: lambda seen, promise, verdict: seen.room > 0,
    Why.TOO_FAR: lambda seen, promise, verdict: seen.near == 0 or seen.far_room >= promise.places,
    Why.ALL_STOPPED: lambda seen, promise, verdict: seen.stopped == seen.near,
    Why.TOO_LATE: lambda seen, promise, verdict: seen.late > 0,
    Why.ALL_FULL: lambda seen, promise, verdict: True,
}
"""What tells each reason, of a municipality on the day that is asked of."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a promise stands in one municipality."""

    verdict: Verdict
    since: date
    or_earlier: bool
    """It was so already on the first day that was looked at."""
    certainty: Certainty
    why: Why | None
    """None when it is kept."""
    places: int
    """That may be relied on; where ages are named, for those that are worst off."""
    soonest_start: date | None
    """By what providers state; None when none of them can be relied on or all have a stop."""
    ages: tuple[int, ...]
    """Which of the ages that were named are worst off; all others are better."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A promise on each day from `first`, in each area."""

    first: date
    verdicts: Verdicts
    """Areas x days."""
    standings: tuple[Standing, ...]
    """One per area, on the last day."""

    def overall(self) -> Verdicts:
        """Per day as in the area that is worst off: a promise is kept where it is kept everywhere."""
        worst: Verdicts = self.verdicts.max(axis=0)
        return worst

    def spell(self) -> tuple[Verdict, date, bool]:
        """How the promise as a whole stands on the last day, since when, and whether it may be longer ago."""
        overall = self.overall()
        return VERDICTS[overall[-1]], *_since(overall, self.first)

    def kept_days(self, first: date, last: date) -> int:
        """On how many of these days it was surely kept everywhere."""
        begin, end = (first - self.first).days, (last - self.first).days + 1
        return int((self.overall()[max(begin, 0) : max(end, 0)] == KEPT).sum())


def judge(promise: Promise, heard: Heard) -> Judged:
    """How the promise stands on every day that was heard of. Every age that it names is judged by itself."""
    groups, meant = list(_by_age(promise, heard)), Meant.by(promise, heard)
    verdicts = np.stack([_verdicts(rooms(meant, welcome), promise.places) for _, welcome in groups])
    seen = [seen_on(heard.days - 1, meant, welcome) for _, welcome in groups]
    worst: Verdicts = verdicts.max(axis=0)
    standings = []
    for area, days in enumerate(worst):
        worst_off = np.flatnonzero(verdicts[:, area, -1] == days[-1]).tolist()
        ages = sorted(age for group in worst_off for age in groups[group][0])
        standings.append(_standing(promise, days, seen[worst_off[0]][area], heard.first, tuple(ages)))
    return Judged(heard.first, worst, tuple(standings))


def _by_age(promise: Promise, heard: Heard) -> Iterator[tuple[tuple[int, ...], npt.NDArray[np.bool_]]]:
    """Which offers welcome whom: ages that are welcome at the same offers are judged together."""
    if promise.ages is None:
        yield (), np.ones(len(heard.age_from), np.bool_)
        return
    ages = np.arange(promise.ages[0], promise.ages[1] + 1)[:, None]
    welcome = (heard.age_from <= ages) & (ages <= heard.age_until) & np.isin(heard.care_type, list(promise.care_types))
    groups, group_of = np.unique(welcome, axis=0, return_inverse=True)
    for number, group in enumerate(groups):
        yield tuple((ages[group_of.ravel() == number, 0]).tolist()), group


def _verdicts(room: Rooms, places: int) -> Verdicts:
    """Unknown is not zero: what may be there makes it uncertain."""
    perhaps = room.sure + room.old + places * room.silent >= places
    verdicts: Verdicts = np.where(room.sure >= places, KEPT, np.where(perhaps, UNCERTAIN, NOT_KEPT)).astype(np.int8)
    return verdicts


def _standing(promise: Promise, days: Verdicts, seen: Seen, first: date, ages: tuple[int, ...]) -> Standing:
    verdict = VERDICTS[days[-1]]
    since, or_earlier = _since(days, first)
    return Standing(
        verdict=verdict,
        since=since,
        or_earlier=or_earlier,
        certainty=_certainty(verdict, seen, promise),
        why=None if verdict is Verdict.KEPT else next(why for why, told in WHY.items() if told(seen, promise, verdict)),
        places=seen.room,
        soonest_start=None if seen.soonest is None else first + timedelta(days=seen.soonest),
        ages=() if verdict is Verdict.KEPT else ages,
    )


def _since(verdicts: Verdicts, first: date) -> tuple[date, bool]:
    """The first day of the spell that lasts on the last day; and whether it is all that was looked at."""
    others = np.flatnonzero(verdicts != verdicts[-1])
    begun = int(others[-1]) + 1 if len(others) else 0
    return first + timedelta(days=begun), not len(others)


def _certainty(verdict: Verdict, seen: Seen, promise: Promise) -> Certainty:
    """Sure while fresh statements say so; less so when it hangs on what is due, or when old ones are among them."""
    if verdict is Verdict.UNCERTAIN:
        return Certainty.UNCERTAIN
    sure = seen.fresh_room >= promise.places if verdict is Verdict.KEPT else seen.old == 0
    return Certainty.CERTAIN if sure else Certainty.FAIRLY
