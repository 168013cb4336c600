"""What a provider gets back for keeping its statements: how its offers come out, why, and what would change it.

Told of questions, never of a child. How many there were stands still for a quarter (`quarter_past`). How an offer comes
out is told per week and without their number, so that no question can be picked out of an average.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean, median_low
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.clock import dutch_day
from availability.matching.keeping import KNOWN_WEIGHTS, Kept, candidates_again
from availability.messages import CodeAndName
from availability.vocabulary.lexicon import Lexicon
from availability.waits import queries
from availability.waits.messages import Feedback, Fresh, LostPoints, OfferFeedback, Ranked, Start
from availability.waits.quarter_past import quarter_past
from matcher.criteria import Criterion
from matcher.freshness import due_on, freshness
from matcher.hindsight import Place, places
from matcher.suppression import SMALLEST_SHOWN

LOOKED_BACK_DAYS = 91
"""Whole weeks, up to the last Sunday."""

MOST_RANKED = 100
"""Judging one again, twice, takes some five milliseconds; the newest say most, and `rankedSince` says from when."""

MOST_STARTS = 20


def feedback_for(session: Session, provider: str, lexicon: Lexicon, today: date) -> Feedback:
    """Everything at once: a page shows it together."""
    offers = queries.offers_of(session, provider, today)
    past = quarter_past(session, provider, lexicon, today)
    monday = today - timedelta(days=today.weekday())
    since, placed = _placed(session, provider, {row.id: row.age_days for row in offers}, monday)
    starts = queries.starts_of(session, provider, today)
    return Feedback(
        since=past.since,
        until=past.until,
        served=past.served,
        places=past.places,
        unserved=past.unserved,
        ranked_since=since,
        ranked_until=monday - timedelta(days=1),
        offers=list(_offers(offers, placed, starts, lexicon, today)),
    )


def _placed(
    session: Session, provider: str, ages: Mapping[int, int | None], monday: date
) -> tuple[date, dict[int, list[Place]]]:
    """Per offer where it stood in the questions of the weeks before this Monday, and the first day of them."""
    since, found = monday - timedelta(days=LOOKED_BACK_DAYS), defaultdict(list)
    for row in queries.questions_around(session, provider, since, monday - timedelta(days=1), MOST_RANKED):
        since, weights = row.since, KNOWN_WEIGHTS.get(row.weights_version)
        if weights is None:
            continue
        stored = Kept(row.question, row.candidates, row.today, row.as_of, row.weights_version, answer={})
        for place in places(*candidates_again(stored), row.today, ages, weights):
            found[place.offer].append(place)
    return since, found


def _offers(
    offers: Iterable[Row[Any]],
    placed: Mapping[int, Sequence[Place]],
    starts: Iterable[Row[Any]],
    lexicon: Lexicon,
    today: date,
) -> Iterator[OfferFeedback]:
    started: dict[int, list[Row[Any]]] = defaultdict(list)
    for start in starts:
        started[start.offer_id].append(start)
    for row in offers:
        stated_on = dutch_day(row.stated_at) if row.stated_at else None
        yield OfferFeedback(
            offer_id=row.id,
            name=row.name,
            care_type=CodeAndName(code=row.care_type_code, name=lexicon.care_types[row.care_type_code].name),
            place=row.place,
            stated_at=row.stated_at,
            age_days=row.age_days,
            freshness=freshness(stated_on, row.update_term, today) if stated_on else None,
            due_on=due_on(stated_on, row.update_term) if stated_on else None,
            stated_wait_days=row.stated_wait_days,
            realised_wait_days=_whole(row.realised_wait_days),
            late_days=_whole(row.late_days),
            starts=[_start(start) for start in started[row.id][:MOST_STARTS]],
            ranked=_ranked(placed.get(row.id, ()), row.age_days),
        )


def _whole(days: float | None) -> int | None:
    return None if days is None else round(days)


def _start(row: Row[Any]) -> Start:
    return Start(
        started_on=row.started_on,
        waited_days=row.waited_days,
        stated_wait_days=row.stated_wait_days,
        after_allocation_days=row.after_allocation_days,
    )


def _ranked(stood: Sequence[Place], age_days: int | None) -> Ranked | None:
    if len(stood) < SMALLEST_SHOWN:
        return None
    fresh = Fresh(
        points=_average(place.fresh_gain for place in stood), rank=median_low(place.fresh_rank for place in stood)
    )
    return Ranked(
        rank=median_low(place.rank for place in stood),
        of=median_low(place.of for place in stood),
        lost=_lost(stood),
        fresh=fresh if age_days else None,
    )


def _lost(stood: Iterable[Place]) -> list[LostPoints]:
    """Only of what five or more asked for: the average of one is that one."""
    points: dict[Criterion, list[int]] = defaultdict(list)
    for place in stood:
        for criterion, lost in place.lost.items():
            points[criterion].append(lost)
    averages = {criterion: _average(lost) for criterion, lost in points.items() if len(lost) >= SMALLEST_SHOWN}
    most_first = sorted(averages.items(), key=lambda each: -each[1])
    return [LostPoints(criterion=criterion, points=lost) for criterion, lost in most_first if lost > 0]


def _average(points: Iterable[int]) -> float:
    return round(mean(points), 1)
