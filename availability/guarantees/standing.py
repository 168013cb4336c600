"""How the promises of a region stand: each judged over the last years by what was said and agreed on each day."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.geography.atlas import Atlas
from availability.guarantees import queries
from availability.guarantees.agreements import Ground
from availability.guarantees.supply import Wanted, heard
from availability.vocabulary.lexicon import Lexicon
from matcher.guarantee_days import Heard, Reach
from matcher.guarantee_room import Promise
from matcher.guarantees import Judged, judge

LOOKS_BACK = timedelta(days=730)
"""How far back it is told since when: what lasts longer is said to be longer. Our own choice."""


@dataclass(frozen=True, slots=True)
class Stands:
    """A promise in force, and how it stands."""

    row: Row[Any]
    promise: Promise
    judged: Judged


@dataclass(frozen=True, slots=True)
class Share:
    """Promises times days: how many there were, and on how many the promise was surely kept everywhere."""

    kept: int
    promised: int


def ground_of(region: str, atlas: Atlas, on: date) -> Ground:
    """The region with its municipalities of that day, by name."""
    members = [each for each in atlas.municipalities.values() if atlas.region_of(each.code, on) == region]
    return Ground(region, tuple(each.code for each in sorted(members, key=lambda each: each.name)))


def promise_of(row: Row[Any], lexicon: Lexicon) -> Promise:
    """A stored version as the rule takes it. A family is what its name covers today."""
    care_types = [each.code for each in lexicon.care_types.values() if each.family == row.family]
    return Promise(
        care_types=frozenset(care_types if row.care_type_code is None else [row.care_type_code]),
        places=row.places,
        within_days=row.within_days,
        ages=None if row.age_from is None else (row.age_from, row.age_until),
        reach=Reach(row.reach),
        max_km=row.max_km,
    )


def name_of(row: Row[Any], lexicon: Lexicon) -> str:
    """What the promise is about, as people call it."""
    care_type = lexicon.care_type(row.care_type_code) if row.care_type_code else None
    return care_type.name if care_type else str(row.family)


def standings(session: Session, region: str, on: date, atlas: Atlas, lexicon: Lexicon) -> list[Stands]:
    """Every promise that holds on a day, as it stood at the close of that day; none of a region that is no more."""
    ground = ground_of(region, atlas, on)
    if not ground.municipalities:
        return []
    rows = queries.in_force(session, region, on)
    promises = [promise_of(row, lexicon) for row in rows]
    said = _heard(session, ground, promises, (on - LOOKS_BACK, on), atlas)
    return [Stands(row, promise, judge(promise, said)) for row, promise in zip(rows, promises, strict=True)]


def kept_share(session: Session, region: str, days: tuple[date, date], atlas: Atlas, lexicon: Lexicon) -> Share:
    """Over a period, of all promises of a region together. What was uncertain on a day was not kept that day. A region
    that was no more at its end has none."""
    first, last = days
    ground = ground_of(region, atlas, last)
    if not ground.municipalities:
        return Share(0, 0)
    spans = list(_in_force(queries.versions(session, region, last), first, last))
    promises = [promise_of(row, lexicon) for row, _, _ in spans]
    said = _heard(session, ground, promises, days, atlas)
    kept = sum(
        judge(promise, said).kept_days(begin, end) for promise, (_, begin, end) in zip(promises, spans, strict=True)
    )
    return Share(kept, sum((end - begin).days + 1 for _, begin, end in spans))


def kept_shares(session: Session, days: tuple[date, date], atlas: Atlas, lexicon: Lexicon) -> dict[str, Share]:
    """The same for every region that promised anything in the period."""
    shares = {
        region: kept_share(session, region, days, atlas, lexicon) for region in queries.promising(session, days[1])
    }
    return {region: share for region, share in shares.items() if share.promised}


def _heard(
    session: Session, ground: Ground, promises: Sequence[Promise], days: tuple[date, date], atlas: Atlas
) -> Heard:
    care_types = tuple(sorted({code for promise in promises for code in promise.care_types}))
    far = any(promise.reach is Reach.NEIGHBOURS for promise in promises)
    return heard(session, ground, Wanted(care_types, *days, neighbours=far), atlas)


def _in_force(versions: Sequence[Row[Any]], first: date, last: date) -> Iterator[tuple[Row[Any], date, date]]:
    """Which version held from when until when, within the period: a later one takes over on its first day."""
    for _, group in groupby(versions, key=lambda row: row.guarantee_id):
        mine = list(group)
        for at, row in enumerate(mine):
            taken_over = min((each.valid_from for each in mine[at + 1 :]), default=date.max)
            end = min(last, row.valid_until or date.max, taken_over - timedelta(days=1))
            begin = max(first, row.valid_from)
            if begin <= end and not row.ended:
                yield row, begin, end
