"""The order of the offers for a question: who fits, best first, with every point accounted for.

Pure columns: the same function ranks one offer and twenty thousand. No candidate is cut off, and nothing is measured
against the other candidates, so leaving one out never changes the order of the rest. The order is total and does not
depend on that of the input: points, then expected start, then distance, then a hash of question and offer, so that
neither size nor name ever helps.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

from matcher.candidates import Candidates, candidates_of
from matcher.criteria import MEASURES, WEIGHTS, Cases, Points, Scale, Weights, scale_for
from matcher.fit import Inquiry, Kilometres, Masks, Positions, Rule, failures, first_failure, put
from matcher.foresight import Expectation
from matcher.offers import Rows, day_number
from matcher.question import Question

Indices = npt.NDArray[np.intp]

HASH_MODULUS = 2**31 - 1
"""A prime below 2³¹: the product of two residues fits an int64, here and in SQL."""


@dataclass(frozen=True)
class Ranking:
    """A question judged. One value per candidate, in the order in which the candidates came.

    What rules say is known at once; points are worked out when somebody asks for them.
    """

    inquiry: Inquiry
    scale: Scale
    weights_version: str
    broken: Masks
    """All the rules a candidate breaks, as bits in the order of Rule; 0 fits."""

    @cached_property
    def cases(self) -> tuple[Cases | None, ...]:
        """Per criterion, the case each candidate is in (see `criteria`); None where the question does not ask."""
        return tuple(
            [
                measure.case(self.inquiry) if maximum else None
                for measure, maximum in zip(MEASURES.values(), self.scale.maxima, strict=True)
            ]
        )

    @cached_property
    def points(self) -> Points:
        """Candidate × criterion. A case past either end of its table is worth what that end is worth."""
        points = np.zeros((len(self.cases), len(self.candidates)), np.int16)
        for case, table, gained in zip(self.cases, self.scale.points, points, strict=True):
            if case is not None:
                table.take(case, mode="clip", out=gained)
        return points.T

    @cached_property
    def score(self) -> Points:
        """The sum of the points, 0 to 100."""
        score: Points = self.points.sum(axis=1, dtype=np.int16)
        return score

    @cached_property
    def order(self) -> Indices:
        """The candidates that fit, best first."""
        return in_order(self, np.flatnonzero(self.broken == 0))

    @property
    def question(self) -> Question:
        return self.inquiry.question

    @property
    def candidates(self) -> Candidates:
        return self.inquiry.candidates

    @property
    def expectation(self) -> Expectation:
        return self.inquiry.expectation

    @property
    def distance_km(self) -> Kilometres:
        return self.inquiry.distance_km

    @property
    def failure(self) -> Positions:
        """The first rule each candidate breaks: 0 if it fits, else 1 + the position in Rule."""
        return first_failure(self.broken)

    def excluded(self) -> dict[Rule, int]:
        """How many candidates each rule was the first to exclude; rules that excluded none are left out."""
        counts = np.bincount(self.failure, minlength=len(Rule) + 1)[1:].tolist()
        return {rule: count for rule, count in zip(Rule, counts, strict=True) if count}


def rank(
    question: Question,
    candidates: Rows,
    today: date,
    weights: Weights = WEIGHTS,
    waived: Collection[Rule] = (),
) -> Ranking:
    """Judge rows (CANDIDATE) and put those that fit in order.

    `waived` rules do not count: NOT_CONTRACTED, to order the offers outside the contracts in a list of their own; or
    rules that no candidate breaks, because the candidates were chosen by them."""
    return judge(put(question, candidates_of(candidates, day_number(today))), weights, waived)


def judge(inquiry: Inquiry, weights: Weights = WEIGHTS, waived: Collection[Rule] = ()) -> Ranking:
    """Judge all candidates of an inquiry and put those that fit in order."""
    return Ranking(
        inquiry=inquiry,
        scale=scale_for(inquiry, weights),
        weights_version=weights.version,
        broken=failures(inquiry, waived),
    )


def in_order(ranking: Ranking, some: Indices) -> Indices:
    """Some of the candidates, best first by the same rules, whether they fit or not."""
    if not len(some):
        return some  # and no points need be worked out
    return _best_first(ranking.inquiry, ranking.score, some)


def tie_break(question: Question) -> tuple[int, int]:
    """The factor and the term of a question's hash: (offer × factor + term) mod HASH_MODULUS."""
    return _factor_and_term(
        f"{question.municipality} {question.home.lon} {question.home.lat} {question.birth_month} {question.needed_from}"
    )


@lru_cache(maxsize=8192)
def _factor_and_term(text: str) -> tuple[int, int]:
    digest = int.from_bytes(blake2b(text.encode(), digest_size=8).digest())
    return 1 + (digest >> 32) % (HASH_MODULUS - 1), (digest & 0xFFFFFFFF) % HASH_MODULUS


def _best_first(inquiry: Inquiry, score: Points, some: Indices) -> Indices:
    """Points, start and metres packed in one number; the hash is worked out only where that leaves equals."""
    days = np.minimum(inquiry.expectation.start[some] - inquiry.today, _LAST_DAY)
    metres = (inquiry.distance_km[some] * 1000).astype(np.int64)
    packed = days * _DAY + metres - score[some] * _POINT
    best = packed.argsort()
    in_turn = packed[best]
    if (in_turn[1:] == in_turn[:-1]).any():
        best = np.lexsort((_shuffled(inquiry.question, inquiry.candidates["offer_id"][some]), packed))
    return some[best]


def _shuffled(question: Question, offer: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    factor, term = tie_break(question)
    return (offer % HASH_MODULUS * factor + term) % HASH_MODULUS


_DAY = np.int64(2**25)
"""More metres than half way round the world."""
_LAST_DAY = 2**14 - 1
_POINT = np.int64(2**25 * 2**14)
