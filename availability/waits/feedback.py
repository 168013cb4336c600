"""What a provider gets back for keeping its statements: how its offers come out, why, and what would change it.

Told of questions, never of a child: what is seldom asked is hidden, so that no question can be picked out.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from statistics import mean, median_low
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.matching.keeping import KNOWN_WEIGHTS, Kept, candidates_again
from availability.messages import CodeAndName
from availability.vocabulary.lexicon import Lexicon
from availability.waits import queries
from availability.waits.messages import (
    Feedback,
    Fresh,
    LostPoints,
    OfferFeedback,
    Places,
    Ranked,
    Start,
    Unserved,
    UnservedNeed,
    UnservedRule,
)
from matcher.criteria import Criterion
from matcher.dutch import NL
from matcher.fit import Rule
from matcher.hindsight import Hindsight, Place, look_back
from matcher.suppression import SMALLEST_SHOWN

LOOKED_BACK_DAYS = 90

MOST_QUESTIONS = 100
"""Judging one again, twice, takes some five milliseconds; the newest say most."""

MOST_STARTS = 20

LAST_OF_BAND = (1, 3, 10)
"""First, on the podium, on the first screen."""


def feedback_for(session: Session, provider: str, lexicon: Lexicon, today: date) -> Feedback:
    """Everything at once: a page shows it together."""
    offers = queries.offers_of(session, provider, today)
    ages = {row.id: row.age_days for row in offers}
    kept = queries.questions_around(session, provider, today, days=LOOKED_BACK_DAYS, most=MOST_QUESTIONS)
    questions = list(_looked_back(kept, ages))
    best = [min(place.rank for place in each.places) for each in questions if each.places]
    return Feedback(
        since=today - timedelta(days=LOOKED_BACK_DAYS),
        served=len(best) if enough(len(best)) else None,
        places=_places(best) if enough(len(best)) else None,
        unserved=_unserved(questions, lexicon),
        offers=list(_offers(offers, questions, queries.starts_of(session, provider, today), lexicon)),
    )


def enough(count: int) -> bool:
    """Whether a count says nothing of a single child: nobody at all, or five or more."""
    return count == 0 or count >= SMALLEST_SHOWN


def _looked_back(kept: Iterable[Row[Any]], ages: Mapping[int, int | None]) -> Iterator[Hindsight]:
    for row in kept:
        weights = KNOWN_WEIGHTS.get(row.weights_version)
        if weights is None:
            continue
        stored = Kept(row.question, row.candidates, row.today, row.as_of, row.weights_version, answer={})
        found = look_back(*candidates_again(stored), row.today, ages, weights)
        if found is not None:
            yield found


def _places(best: Sequence[int]) -> Places:
    bands = Counter(bisect_left(LAST_OF_BAND, rank) for rank in best)
    return Places(first=bands[0], top_three=bands[1], top_ten=bands[2], lower=bands[3])


def _unserved(questions: Iterable[Hindsight], lexicon: Lexicon) -> Unserved:
    why_not = [each.unserved for each in questions if each.unserved]
    rules, rest = shown(Counter(each.rule for each in why_not))
    needs = Counter(need.code for each in why_not for need in lexicon.needs.values() if each.needs & (1 << need.bit))
    return Unserved(
        count=len(why_not) if enough(len(why_not)) else None,
        by_rule=[UnservedRule(rule=rule, text=NL.rules[rule], count=count) for rule, count in rules.items()],
        other=rest,
        needs=[
            UnservedNeed(need=CodeAndName(code=code, name=lexicon.needs[code].name), count=count)
            for code, count in needs.most_common()
            if count >= SMALLEST_SHOWN
        ],
    )


def shown(counts: Counter[Rule]) -> tuple[dict[Rule, int], int | None]:
    """The counts that may be shown, most first, and what the others are together; None when that is too few.

    Who subtracts what is shown from the total finds nobody, or five or more.
    """
    frequent = {rule: count for rule, count in counts.most_common() if count >= SMALLEST_SHOWN}
    rest = counts.total() - sum(frequent.values())
    while frequent and not enough(rest):
        rest += frequent.popitem()[1]
    return frequent, rest if enough(rest) else None


def _offers(
    offers: Iterable[Row[Any]], questions: Iterable[Hindsight], starts: Iterable[Row[Any]], lexicon: Lexicon
) -> Iterator[OfferFeedback]:
    placed: dict[int, list[Place]] = defaultdict(list)
    for question in questions:
        for place in question.places:
            placed[place.offer].append(place)
    started: dict[int, list[Row[Any]]] = defaultdict(list)
    for start in starts:
        started[start.offer_id].append(start)
    for row in offers:
        yield OfferFeedback(
            offer_id=row.id,
            name=row.name,
            care_type=CodeAndName(code=row.care_type_code, name=lexicon.care_types[row.care_type_code].name),
            place=row.place,
            stated_at=row.stated_at,
            age_days=row.age_days,
            stated_wait_days=row.stated_wait_days,
            realised_wait_days=_whole(row.realised_wait_days),
            late_days=_whole(row.late_days),
            starts=[_start(start) for start in started[row.id][:MOST_STARTS]],
            ranked=_ranked(placed[row.id], row.age_days),
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


def _ranked(places: Sequence[Place], age_days: int | None) -> Ranked | None:
    if len(places) < SMALLEST_SHOWN:
        return None
    fresh = Fresh(
        points=_average(place.fresh_gain for place in places), rank=median_low(place.fresh_rank for place in places)
    )
    return Ranked(
        questions=len(places),
        rank=median_low(place.rank for place in places),
        of=median_low(place.of for place in places),
        lost=_lost(places),
        fresh=fresh if age_days else None,
    )


def _lost(places: Iterable[Place]) -> list[LostPoints]:
    points: dict[Criterion, list[int]] = defaultdict(list)
    for place in places:
        for criterion, lost in place.lost.items():
            points[criterion].append(lost)
    averages = {criterion: _average(lost) for criterion, lost in points.items()}
    most_first = sorted(averages.items(), key=lambda each: -each[1])
    return [LostPoints(criterion=criterion, points=lost) for criterion, lost in most_first if lost > 0]


def _average(points: Iterable[int]) -> float:
    return round(mean(points), 1)
