"""Soft criteria: what makes one fitting offer better than another, and how much that weighs.

A criterion sees a candidate as one of a few numbered *cases*; a small table says what each case is worth. So points
are whole numbers by construction, a reason is the case in words, and SQL can do the same sum. Missing information is a
case of its own: worth something, never everything.

How the points come about, per criterion and with `half` and the maxima of the table below (all divisions round down):

| criterion      | asked when                     | points of the maximum                                              |
|----------------|--------------------------------|--------------------------------------------------------------------|
| expected-start | always                         | half / (half + days after the wanted day, seen pessimistically);   |
|                |                                | unknown 1/10                                                       |
| preference     | more than one care type        | first 1, second 1/2, third 1/3 …                                   |
| distance       | always                         | half / (half + distance), in steps of 100 m; all of it when a team |
|                |                                | comes to the family or the help is online                          |
| certainty      | always                         | certain 1, fairly 6/8, uncertain 3/8, unknown 1/8                  |
| specialisms    | there are needs                | per need: equipped for it 1, not stated 3/10                       |
| siblings       | they stay together             | all 1; some (how many − 1) / wanted; none 0; unknown 3/10          |
| past-eighteen  | asked, or 18 within a year     | goes on 1, ends 0, unknown 3/10                                    |
| scope          | always                         | local 1, regional 3/4, supraregional 2/4, national 1/4;            |
|                |                                | general provision 1; without contract 0                            |
| answers        | always                         | in time 1, late 0, unknown 1/2                                     |

What the question does not ask about is left out for everybody, and its points go to the others in proportion: the
maxima of a question always add up to a hundred.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.fit import USUAL_DURATION_DAYS, Inquiry, outgrown_on
from matcher.question import Urgency

Cases = npt.NDArray[np.integer[Any]]
"""Per candidate the case it is in: a position in the table of what each case is worth, cut off at both ends."""
Points = npt.NDArray[np.int16]
Numbers = npt.NDArray[np.int64]
Share = tuple[Numbers, Numbers]
"""What each case is worth, as a fraction of the maximum: numerators and denominators."""


class Criterion(StrEnum):
    """What is weighed, heaviest first."""

    EXPECTED_START = "expected-start"
    PREFERENCE = "preference"
    DISTANCE = "distance"
    CERTAINTY = "certainty"
    SPECIALISMS = "specialisms"
    SIBLINGS = "siblings"
    PAST_EIGHTEEN = "past-eighteen"
    SCOPE = "scope"
    ANSWERS = "answers"


@dataclass(frozen=True, slots=True)
class Profile:
    """What weighs how much in one kind of urgency."""

    maxima: tuple[int, ...]
    """Per Criterion; together 100."""
    start_half_days: int
    """Half of the points are left when help starts this many days after the wanted day."""
    distance_half_km: int
    """Half of the points are left at this distance."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The one table of weights. A stored ranking names the version it was made with."""

    version: str
    regular: Profile
    urgent: Profile

    def of(self, urgency: Urgency) -> Profile:
        return self.urgent if urgency is Urgency.URGENT else self.regular


WEIGHTS = Weights(
    version="2026-11-22",
    #                     start pref dist cert spec sibl 18+ scope answers
    regular=Profile(maxima=(36, 12, 14, 10, 10, 6, 4, 5, 3), start_half_days=42, distance_half_km=15),
    urgent=Profile(maxima=(47, 8, 9, 12, 8, 4, 4, 4, 4), start_half_days=14, distance_half_km=30),
)
"""Our own choice, to be settled with workers. Six weeks and a quarter of an hour's drive halve a regular offer; who
is in a hurry loses half in two weeks, and drives further."""


@dataclass(frozen=True, slots=True)
class Measure:
    """How one criterion looks at a candidate."""

    asked: Callable[[Inquiry], int]
    """How much the question asks: 0 leaves the criterion out; else the number of care types, needs, children, or 1."""
    case: Callable[[Inquiry], Cases]
    share: Callable[[Profile, int], Share]
    """What each case is worth, given how much was asked."""


@dataclass(frozen=True, slots=True, eq=False)
class Scale:
    """What each case of each criterion is worth for one kind of question. There is one of each: see `scale_of`."""

    asked: tuple[int, ...]
    maxima: tuple[int, ...]
    points: tuple[Points, ...]

    def worth(self, at: int, case: int) -> int:
        """The points for a case of the criterion at this position; past an end of its table, what that end is worth."""
        return int(self.points[at].take(case, mode="clip"))


def scale_for(inquiry: Inquiry, weights: Weights) -> Scale:
    """The scale of a question. It never looks at the candidates, so leaving one out changes nothing for the others."""
    asked = tuple([measure.asked(inquiry) for measure in MEASURES.values()])
    return scale_of(weights.of(inquiry.question.urgency), asked)


@lru_cache(maxsize=1024)
def scale_of(profile: Profile, asked: tuple[int, ...]) -> Scale:
    maxima = _divided([weight if ask else 0 for weight, ask in zip(profile.maxima, asked, strict=True)])
    tables = []
    for measure, maximum, ask in zip(MEASURES.values(), maxima, asked, strict=True):
        numerators, denominators = measure.share(profile, max(ask, 1))
        tables.append((maximum * numerators // denominators).astype(np.int16))
    return Scale(asked, maxima, tuple(tables))


def _divided(weights: list[int], total: int = 100) -> tuple[int, ...]:
    """`total` whole points over the weights, in proportion; the largest remainders get what rounding left over."""
    whole = [total * weight // sum(weights) for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: -(total * weights[at] % sum(weights)))
    for at in by_remainder[: total - sum(whole)]:
        whole[at] += 1
    return tuple(whole)


# --- expected start ------------------------------------------------------------------------------------------------

START_UNKNOWN = 2**14 - 1
"""The last case, where NEVER is cut off: past forty-four years, and no wait is taken to be longer than ten."""


def _start_case(inquiry: Inquiry) -> Cases:
    """The days after the wanted day. A start before it is no gain: it is cut off at 0."""
    return inquiry.expectation.pessimistic - inquiry.wanted


def _start_share(profile: Profile, _: int) -> Share:
    days = np.arange(START_UNKNOWN + 1)
    half = np.full_like(days, profile.start_half_days)
    return _with_unknown(half, half + days, START_UNKNOWN, (1, 10))


# --- preference ----------------------------------------------------------------------------------------------------


def _preference_case(inquiry: Inquiry) -> Cases:
    """0 a care type that was not asked for; else 1 for the first choice."""
    preference: Cases = inquiry.candidates.preference
    return preference + 1


def _preference_share(_: Profile, asked: int) -> Share:
    choice = np.arange(asked + 1)
    return np.minimum(choice, 1), np.maximum(choice, 1)


# --- distance ------------------------------------------------------------------------------------------------------

FARTHEST_HECTOMETRES = 2**12 - 1
"""Worth nothing long before."""


def _distance_case(inquiry: Inquiry) -> Cases:
    """Whole hectometres that the child travels."""
    return (inquiry.journey_km * 10).astype(np.intp)


def _distance_share(profile: Profile, _: int) -> Share:
    hectometres = np.arange(FARTHEST_HECTOMETRES + 1)
    half = np.full_like(hectometres, 10 * profile.distance_half_km)
    return half, half + hectometres


# --- the other criteria --------------------------------------------------------------------------------------------

UNSTATED = (3, 10)
"""What a provider did not say of needs, siblings or eighteen: better than a no, and worse than saying it."""


def _certainty_case(inquiry: Inquiry) -> Cases:
    return inquiry.expectation.certainty


def _certainty_share(_: Profile, __: int) -> Share:
    return np.array([8, 6, 3, 1]), np.full(4, 8)


def _specialisms_case(inquiry: Inquiry) -> Cases:
    """How many of the needs the offer is equipped for; of the others it said nothing, or it would not fit."""
    serves: Cases = inquiry.candidates["serves"]
    served: Cases = np.bitwise_count(serves & inquiry.question.needs)
    return served


def _specialisms_share(_: Profile, asked: int) -> Share:
    served, (unstated, out_of) = np.arange(asked + 1), UNSTATED
    return out_of * served + unstated * (asked - served), np.full(asked + 1, out_of * asked)


def _siblings_case(inquiry: Inquiry) -> Cases:
    """0 unknown; else 1 + how many children of one family can stay together."""
    together: Cases = inquiry.candidates["siblings"]
    return together + 1


def _siblings_share(_: Profile, asked: int) -> Share:
    together = np.arange(-1, asked + 1)
    some = np.where(together >= asked, asked, np.maximum(together - 1, 0))
    return _with_unknown(some, np.full_like(some, asked), 0, UNSTATED)


def _past_eighteen_asked(inquiry: Inquiry) -> int:
    """Whether the child turns eighteen while the help goes on."""
    eighteenth_birthday = outgrown_on(inquiry.question.birth_month)[17]
    return int(inquiry.question.past_eighteen or eighteenth_birthday <= inquiry.wanted + USUAL_DURATION_DAYS)


def _past_eighteen_case(inquiry: Inquiry) -> Cases:
    """0 unknown, 1 ends at eighteen, 2 goes on."""
    past_eighteen: Cases = inquiry.candidates["past_eighteen"]
    return past_eighteen + 1


def _past_eighteen_share(_: Profile, __: int) -> Share:
    return _with_unknown(np.array([0, 0, 1]), np.ones(3, np.int64), 0, UNSTATED)


def _scope_case(inquiry: Inquiry) -> Cases:
    """The position in Scope; past the last a general provision, and after it an offer without a contract."""
    case: Cases = inquiry.candidates["scope_case"]
    return case


def _scope_share(_: Profile, __: int) -> Share:
    return np.array([4, 3, 2, 1, 4, 0]), np.full(6, 4)


def _answers_case(inquiry: Inquiry) -> Cases:
    """0 unknown, 1 in time, 2 late. Not knowing (NaN) is neither more nor less."""
    days, term = inquiry.candidates["answer_days"], inquiry.candidates["answer_term"]
    case: Cases = np.add(days >= 0, days > term, dtype=np.uint8)
    return case


def _answers_share(_: Profile, __: int) -> Share:
    return _with_unknown(np.array([0, 1, 0]), np.ones(3, np.int64), 0, (1, 2))


def _always(_: Inquiry) -> int:
    return 1


def _with_unknown(numerators: Numbers, denominators: Numbers, case: int, worth: tuple[int, int]) -> Share:
    """The shares, with the case of not knowing set to what that is worth."""
    numerators[case], denominators[case] = worth
    return numerators, denominators


MEASURES: dict[Criterion, Measure] = {
    Criterion.EXPECTED_START: Measure(_always, _start_case, _start_share),
    Criterion.PREFERENCE: Measure(
        lambda inquiry: len(inquiry.question.care_types) if len(inquiry.question.care_types) > 1 else 0,
        _preference_case,
        _preference_share,
    ),
    Criterion.DISTANCE: Measure(_always, _distance_case, _distance_share),
    Criterion.CERTAINTY: Measure(_always, _certainty_case, _certainty_share),
    Criterion.SPECIALISMS: Measure(
        lambda inquiry: inquiry.question.needs.bit_count(), _specialisms_case, _specialisms_share
    ),
    Criterion.SIBLINGS: Measure(
        lambda inquiry: inquiry.question.siblings and inquiry.question.siblings + 1, _siblings_case, _siblings_share
    ),
    Criterion.PAST_EIGHTEEN: Measure(_past_eighteen_asked, _past_eighteen_case, _past_eighteen_share),
    Criterion.SCOPE: Measure(_always, _scope_case, _scope_share),
    Criterion.ANSWERS: Measure(_always, _answers_case, _answers_share),
}
