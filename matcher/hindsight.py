"""How a provider's offers came out in a ranking that was made before: whether one of them could serve and at which
place, or why none could and for which needs; where points were lost, and what a fresh statement would have changed.

Judges the rows as they were kept; knows nothing of who may see it, nor of how many rankings there are.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.criteria import WEIGHTS, Criterion, Weights
from matcher.fit import Rule
from matcher.offers import Rows, day_number
from matcher.question import Question
from matcher.ranking import Indices, Ranking, rank

Ages = Mapping[int, int | None]
"""Offer → days since its statement; None: never stated."""


@dataclass(frozen=True, slots=True)
class Unserved:
    """Why none of the provider's offers could serve: the first rule that the nearest one breaks."""

    offer: int
    """The nearest."""
    rule: Rule
    needs: int
    """Mask of the needs asked for; where a need was the reason, only of those that the nearest offer cannot serve."""


@dataclass(frozen=True, slots=True)
class Hindsight:
    """One question in the provider's area, as it was then. It was served when there is a best place."""

    best: int | None
    unserved: Unserved | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where one offer stood, with a statement as old as it is now, and with one of that day."""

    offer: int
    rank: int
    of: int
    """How many offers fitted."""
    lost: Mapping[Criterion, int]
    """Points short of the maximum, for what the question asked about."""
    fresh_rank: int
    fresh_gain: int
    """Points more."""


def look_back(
    question: Question, candidates: Rows, today: date, offers: Collection[int], weights: Weights = WEIGHTS
) -> Hindsight | None:
    """What became of a question of that day at these offers; None when none of them was among the candidates."""
    own = _positions(candidates, offers)
    if not len(own):
        return None
    then = rank(question, candidates, today, weights)
    ranks = _ranks(then)
    best = min((ranks[index] for index in own.tolist() if index in ranks), default=None)
    return Hindsight(best, _unserved(then, own) if best is None else None)


def places(
    question: Question, candidates: Rows, today: date, ages: Ages, weights: Weights = WEIGHTS
) -> tuple[Place, ...]:
    """Where the offers in `ages` would have stood, had their statements been so old, and had they been of that day."""
    own = _positions(candidates, ages)
    if not len(own):
        return ()
    now, fresh = (
        rank(question, _stated(candidates, own, known, today), today, weights)
        for known in (ages, dict.fromkeys(ages, 0))
    )
    rank_now, rank_fresh = _ranks(now), _ranks(fresh)
    of = len(rank_now)
    return tuple(
        Place(
            offer=int(candidates["offer_id"][index]),
            rank=rank_now[index],
            of=of,
            lost=_lost(now, index),
            fresh_rank=rank_fresh[index],
            fresh_gain=int(fresh.score[index] - now.score[index]),
        )
        for index in own.tolist()
        if index in rank_now and index in rank_fresh
    )


def _positions(candidates: Rows, offers: Collection[int]) -> Indices:
    return np.flatnonzero(np.isin(candidates["offer_id"], list(offers)))


def _stated(candidates: Rows, own: Indices, ages: Ages, today: date) -> Rows:
    """The same offers, of which the own ones were stated so many days before; what was never stated stays so."""
    rows = candidates.copy()
    for index in own.tolist():
        age = ages[int(rows["offer_id"][index])]
        if age is not None and rows["statement_id"][index]:
            rows["stated_day"][index] = day_number(today) - age
    return rows


def _ranks(ranking: Ranking) -> dict[int, int]:
    return {index: position for position, index in enumerate(ranking.order.tolist(), start=1)}


def _lost(ranking: Ranking, index: int) -> dict[Criterion, int]:
    points = ranking.points[index].tolist()
    asked = zip(Criterion, ranking.scale.maxima, points, strict=True)
    return {criterion: maximum - gained for criterion, maximum, gained in asked if maximum}


def _unserved(ranking: Ranking, own: Indices) -> Unserved:
    """The nearest breaks the fewest rules; of equals the one that breaks the later rule."""
    broken = ranking.broken[own]
    nearest = int(own[np.lexsort((-ranking.failure[own].astype(int), np.bitwise_count(broken)))[0]])
    rule = tuple(Rule)[int(ranking.failure[nearest]) - 1]
    needs = ranking.question.needs
    excluded = int(ranking.candidates["excludes"][nearest]) & needs
    offer = int(ranking.candidates["offer_id"][nearest])
    return Unserved(offer, rule, excluded if rule is Rule.CONTRA_INDICATION else needs)
