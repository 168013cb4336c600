"""The ranking once more, slow and obvious: one offer at a time in plain Python, to be compared with the columns.

It shares the table of weights, the expected starts and the distances with the real one, and nothing else.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from hashlib import blake2b
from math import floor, isnan
from types import SimpleNamespace

from matcher.criteria import Criterion, Profile, Weights
from matcher.fit import Rule
from matcher.foresight import Expectation
from matcher.offers import NEVER, Rows, day_of
from matcher.question import Gender, Question, Setting
from matcher.waiting import Certainty


@dataclass(frozen=True)
class Judged:
    """One offer, judged."""

    offer_id: int
    broken: list[Rule]
    points: dict[Criterion, int]
    tie: tuple[int, int, int]

    @property
    def score(self) -> int:
        return sum(self.points.values())


def rank_slowly(
    question: Question,
    candidates: Rows,
    expectation: Expectation,
    distance_km: list[float],
    today: date,
    weights: Weights,
) -> list[Judged]:
    """Every offer, in the order given."""
    judged = []
    for at, km in enumerate(distance_km):
        offer = SimpleNamespace(**{name: candidates[name][at].item() for name in candidates.dtype.names or ()})
        offer.km = km
        offer.start = _day_or_none(int(expectation.start[at]))
        offer.cautious = _day_or_none(int(expectation.pessimistic[at]))
        offer.certainty = list(Certainty)[expectation.certainty[at]]
        judged.append(_judge(question, offer, today, weights))
    return judged


def best_first(judged: list[Judged]) -> list[int]:
    """The ids of those that fit."""
    fitting = [one for one in judged if not one.broken]
    return [one.offer_id for one in sorted(fitting, key=lambda one: (-one.score, one.tie))]


def _judge(question: Question, offer: SimpleNamespace, today: date, weights: Weights) -> Judged:
    profile = weights.urgent if question.urgency == "urgent" else weights.regular
    wanted = max(question.needed_from, today)
    offer.could_start = offer.start or max(wanted, _surely_turns_on(question, offer.age_from))
    maxima = _maxima(question, wanted, profile)
    worth = _worth(question, offer, wanted, profile)
    days = (offer.start - today).days if offer.start else 16383
    return Judged(
        offer.offer_id,
        [rule for rule, broken in _broken(question, offer, wanted, today).items() if broken],
        {criterion: floor(maxima[criterion] * worth[criterion]) for criterion in Criterion if maxima[criterion]},
        (min(days, 16383), floor(offer.km * 1000), _hash(question, offer.offer_id)),
    )


def _broken(question: Question, offer: SimpleNamespace, wanted: date, today: date) -> dict[Rule, bool]:
    comes_home = not isnan(offer.travels_km)
    online = list(Setting)[offer.setting] == Setting.ONLINE
    return {
        Rule.NOT_CONTRACTED: (
            offer.contract_id < 0
            or not _within(wanted, offer.valid_from, offer.valid_until)
            or _within(wanted, offer.suspended_from, offer.suspended_until)
        ),
        Rule.OTHER_CARE_TYPE: offer.preference < 0,
        Rule.TOO_OLD: _surely_turned(question, offer.age_until + 1, offer.could_start),
        Rule.TOO_YOUNG: (
            offer.age_from > 0 and not _surely_turned(question, offer.age_from, wanted + timedelta(days=364))
        ),
        Rule.TARGET_GROUP: offer.only_for != 0 and not offer.only_for & question.needs,
        Rule.CONTRA_INDICATION: bool(offer.excludes & question.needs),
        Rule.GENDER: question.gender is not None and not offer.genders >> list(Gender).index(question.gender) & 1,
        Rule.SETTING: question.setting is not None and list(Setting)[offer.setting] != question.setting,
        Rule.ADMISSION_STOP: offer.stop == 1,
        Rule.TOO_FAR: (
            question.max_distance_km is not None
            and not comes_home
            and not online
            and offer.km > question.max_distance_km
        ),
        Rule.OUTSIDE_SERVICE_AREA: comes_home and offer.km > offer.travels_km,
        Rule.ENDS_AT_EIGHTEEN: question.past_eighteen and offer.past_eighteen == 0,
        Rule.REFUSED_BEFORE: offer.refused == 1,
        Rule.UNPUBLISHED: day_of(offer.published_from) > today
        or not _within(offer.could_start, 0, offer.published_until),
    }


def _maxima(question: Question, wanted: date, profile: Profile) -> dict[Criterion, int]:
    """A hundred points over what is asked, by largest remainder; among equals the first criterion."""
    asked = {
        Criterion.PREFERENCE: len(question.care_types) > 1,
        Criterion.SPECIALISMS: question.needs != 0,
        Criterion.SIBLINGS: question.siblings > 0,
        Criterion.PAST_EIGHTEEN: question.past_eighteen or _surely_turned(question, 18, wanted + timedelta(days=365)),
    }
    weight = {c: w if asked.get(c, True) else 0 for c, w in zip(Criterion, profile.maxima, strict=True)}
    exact = {criterion: Fraction(100 * w, sum(weight.values())) for criterion, w in weight.items()}
    whole = {criterion: floor(share) for criterion, share in exact.items()}
    by_remainder = sorted(Criterion, key=lambda c: exact[c] - whole[c], reverse=True)
    for criterion in by_remainder[: 100 - sum(whole.values())]:
        whole[criterion] += 1
    return whole


def _worth(question: Question, offer: SimpleNamespace, wanted: date, profile: Profile) -> dict[Criterion, Fraction]:
    stays = isnan(offer.travels_km) and list(Setting)[offer.setting] != Setting.ONLINE
    needs = [bit for bit in range(63) if question.needs >> bit & 1]
    served = [bit for bit in needs if offer.serves >> bit & 1]
    unstated = Fraction(3, 10)
    children = question.siblings + 1
    return {
        Criterion.EXPECTED_START: Fraction(1, 10)
        if offer.cautious is None
        else _halving(max((offer.cautious - wanted).days, 0), profile.start_half_days),
        Criterion.PREFERENCE: Fraction(1, offer.preference + 1) if offer.preference >= 0 else Fraction(0),
        Criterion.DISTANCE: _halving(floor(offer.km * 10), profile.distance_half_km * 10) if stays else Fraction(1),
        Criterion.CERTAINTY: {
            Certainty.CERTAIN: Fraction(1),
            Certainty.FAIRLY: Fraction(6, 8),
            Certainty.UNCERTAIN: Fraction(3, 8),
            Certainty.UNKNOWN: Fraction(1, 8),
        }[offer.certainty],
        Criterion.SPECIALISMS: (len(served) + unstated * (len(needs) - len(served))) / max(len(needs), 1),
        Criterion.SIBLINGS: unstated if offer.siblings == -1 else _together(offer.siblings, children),
        Criterion.PAST_EIGHTEEN: {-1: unstated, 0: Fraction(0), 1: Fraction(1)}[offer.past_eighteen],
        Criterion.SCOPE: Fraction(0)
        if offer.contract_id < 0
        else Fraction(1)
        if offer.contract_id == 0
        else Fraction(4 - offer.scope, 4),
        Criterion.ANSWERS: Fraction(1, 2)
        if isnan(offer.answer_days)
        else Fraction(1 if offer.answer_days <= offer.answer_term else 0),
    }


def _halving(much: int, half: int) -> Fraction:
    return Fraction(half, half + much)


def _together(can_stay: int, children: int) -> Fraction:
    if can_stay >= children:
        return Fraction(1)
    return Fraction(max(can_stay - 1, 0), children)


def _surely_turned(question: Question, age: int, on: date) -> bool:
    year, month = question.birth_month.year + age, question.birth_month.month
    return on >= date(year, month, monthrange(year, month)[1])


def _surely_turns_on(question: Question, age: int) -> date:
    """The first of the month after the birthday; whoever is born has turned 0."""
    month_after = date(question.birth_month.year, question.birth_month.month, 28) + timedelta(days=4)
    return month_after.replace(year=month_after.year + age, day=1) if age else date.min


def _within(day: date, first: int, last: int) -> bool:
    return (first != NEVER and day_of(first) <= day) and (last == NEVER or day <= day_of(last))


def _day_or_none(number: int) -> date | None:
    return None if number == NEVER else day_of(number)


def _hash(question: Question, offer_id: int) -> int:
    said = (
        f"{question.municipality} {question.home.lon} {question.home.lat} {question.birth_month} {question.needed_from}"
    )
    digest = blake2b(said.encode(), digest_size=8).digest()
    prime = 2**31 - 1
    factor = 1 + int.from_bytes(digest[:4]) % (prime - 1)
    return (offer_id * factor + int.from_bytes(digest[4:]) % prime) % prime
