"""What was said of offers, laid out over days and municipalities.

An offer counts for a municipality on the days on which it is published and agreed for it. On each of those days its
last statement speaks, and is relied on until the term of that agreement is over; before the first there is silence. A
place that is held for a child is not open to another.

Days are counted from the first that is looked at. Pure.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from matcher.freshness import DUE_BEFORE_DAYS


class Reach(StrEnum):
    """Within what a promised place must lie, seen from a municipality; the nearest first."""

    MUNICIPALITY = "municipality"
    REGION = "region"
    NEIGHBOURS = "neighbours"
    COUNTRY = "country"


REACHES = tuple(Reach)


@dataclass(frozen=True, slots=True)
class Statement:
    """What a provider said of an offer; it speaks until the next one."""

    on: date
    open_places: int
    wait_days: int
    stop: bool = False
    available_from: date | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """For which areas an offer may be used, and within how many days statements are renewed."""

    areas: tuple[int, ...]
    first: date
    last: date
    term_days: int


@dataclass(frozen=True, slots=True)
class Held:
    """A place that is kept for a child."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Offer:
    """One offer, and how it lies to each area."""

    care_type: str
    age_from: int
    age_until: int
    first: date
    last: date
    """The days on which it is published."""
    statements: tuple[Statement, ...]
    """In the order in which they were made."""
    agreements: tuple[Agreement, ...]
    within: tuple[Reach, ...]
    """Per area the nearest reach in which it lies; a team that comes there lies in the municipality itself."""
    km: tuple[float, ...]
    """Per area, from where its people live; 0 where nobody needs to travel, endless where a team does not come."""
    held: tuple[Held, ...] = ()


HEARD = np.dtype(
    [
        ("offer", "<i4"),
        ("first", "<i4"),
        ("last", "<i4"),
        ("relied_until", "<i4"),
        ("fresh_until", "<i4"),
        ("said", "?"),
        ("free", "<i4"),
        ("wait", "<i4"),
        ("stop", "?"),
        ("opens", "<i4"),
    ]
)
"""What is heard of an offer from one day up to another, for the areas of one agreement."""


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is heard of some offers, day by day."""

    first: date
    days: int
    areas: int
    rows: npt.NDArray[np.void]
    """HEARD, once for each area in `area`."""
    area: npt.NDArray[np.intp]
    care_type: npt.NDArray[np.str_]
    age_from: npt.NDArray[np.int64]
    age_until: npt.NDArray[np.int64]
    within: npt.NDArray[np.int8]
    """Offers x areas: positions in REACHES."""
    km: npt.NDArray[np.float64]


def hear(offers: Sequence[Offer], areas: int, first: date, today: date) -> Heard:
    """Lay out the offers over the days from `first` up to and including today."""
    parts = [part for at, offer in enumerate(offers) for part in _rows(at, offer, first, today)]
    position = {reach: at for at, reach in enumerate(REACHES)}
    lies = [[position[each] for each in offer.within] for offer in offers]
    return Heard(
        first=first,
        days=(today - first).days + 1,
        areas=areas,
        rows=np.array([row for row, _ in parts], HEARD).repeat([len(agreed) for _, agreed in parts]),
        area=np.array([area for _, agreed in parts for area in agreed], np.intp),
        care_type=np.array([offer.care_type for offer in offers], np.str_),
        age_from=np.array([offer.age_from for offer in offers], np.int64),
        age_until=np.array([offer.age_until for offer in offers], np.int64),
        within=np.array(lies, np.int8).reshape(len(offers), areas),
        km=np.array([offer.km for offer in offers], np.float64).reshape(len(offers), areas),
    )


NEVER = -(10**6)
"""A day before all days."""

DAY = timedelta(days=1)


def _rows(at: int, offer: Offer, first: date, today: date) -> Iterator[tuple[tuple[object, ...], tuple[int, ...]]]:
    """Rows of HEARD, each with the areas for which it counts."""
    spoken = [each for each in _spoken(offer, today) if each.last >= first]
    for agreed in settled(offer.agreements, today):
        for each in spoken:
            begin, end = max(each.first, agreed.first, first), min(each.last, agreed.last)
            if begin <= end:
                days = (begin - first).days, (end - first).days
                yield (at, *days, *_terms(each.said, agreed, first), *_figures(each, first)), agreed.areas


def _terms(said: Statement | None, agreed: Agreement, first: date) -> tuple[int, int]:
    """Until when a statement is relied on, and until when it is not even due."""
    if said is None:
        return NEVER, NEVER
    relied = (said.on - first).days + agreed.term_days
    return relied, relied - min(DUE_BEFORE_DAYS, agreed.term_days // 2)


def _figures(spoken: "Spoken", first: date) -> tuple[bool, int, int, bool, int]:
    said = spoken.said
    if said is None:
        return False, 0, 0, False, NEVER
    opens = NEVER if said.available_from is None else (said.available_from - first).days
    return True, max(0, said.open_places - spoken.held), said.wait_days, said.stop, opens


@dataclass(frozen=True, slots=True)
class Spoken:
    """Days on which one statement speaks, and so many places are held; no statement before the first."""

    first: date
    last: date
    said: Statement | None
    held: int


def _spoken(offer: Offer, today: date) -> Iterator[Spoken]:
    """What the offer says on each day on which it is published, up to today. The last statement of a day speaks."""
    end = min(offer.last, today)
    starts = [offer.first, *(said.on for said in offer.statements)]
    ends = [*(said.on - DAY for said in offer.statements), end]
    for since, until, said in zip(starts, ends, (None, *offer.statements), strict=True):
        yield from _cut(Spoken(max(since, offer.first), min(until, end), said, 0), offer.held)


def _cut(spoken: Spoken, held: tuple[Held, ...]) -> Iterator[Spoken]:
    """The same, cut where the number of places that are held changes; nothing of an empty span."""
    inside = [each for each in held if each.first <= spoken.last and spoken.first <= each.last]
    if not inside:
        if spoken.first <= spoken.last:
            yield spoken
        return
    cuts = {each.first for each in inside} | {min(each.last, spoken.last) + DAY for each in inside}
    starts = sorted({spoken.first} | {cut for cut in cuts if spoken.first < cut <= spoken.last})
    for first, after in pairwise([*starts, spoken.last + DAY]):
        if first < after:
            number = sum(each.first <= first <= each.last for each in inside)
            yield replace(spoken, first=first, last=after - DAY, held=number)


def settled(agreements: Iterable[Agreement], today: date) -> list[Agreement]:
    """The same agreements up to today, without overlap: where several hold for an area, the shortest term does."""
    given = [each for each in agreements if each.first <= today]
    if all(_apart(one, other) for at, one in enumerate(given) for other in given[:at]):
        return given
    given = [replace(each, last=min(each.last, today)) for each in given]
    cuts = sorted({each.first for each in given} | {each.last + DAY for each in given})
    return [each for first, after in pairwise(cuts) for each in _shortest(given, first, after - DAY)]


def _apart(one: Agreement, other: Agreement) -> bool:
    return one.last < other.first or other.last < one.first or not set(one.areas) & set(other.areas)


def _shortest(given: Sequence[Agreement], first: date, last: date) -> Iterator[Agreement]:
    """What holds on these days, on which nothing begins or ends: one agreement for each term."""
    terms: dict[int, int] = {}
    for each in given:
        if each.first <= first and last <= each.last:
            terms |= {area: min(each.term_days, terms.get(area, each.term_days)) for area in each.areas}
    for term in sorted(set(terms.values())):
        yield Agreement(tuple(area for area in sorted(terms) if terms[area] == term), first, last, term)
