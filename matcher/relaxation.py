"""When little fits: which single change a worker could make opens most, and how soon help could then start.

Every rule that a candidate breaks is known already, so a change is one rule that no longer counts for some of them.
Pairs of changes come only when no single one helps. A change is something to talk over with the family, the provider
or the municipality; none is made by itself.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import ceil

import numpy as np

from matcher.exclusion import ages_at_start
from matcher.explanation import LANGUAGES
from matcher.fit import Flags, Rule, failures
from matcher.language import Values
from matcher.offers import NEVER, Rows, day_of
from matcher.question import Question
from matcher.ranking import Ranking, rank


class Change(StrEnum):
    """What a worker could ask otherwise; the mildest first, which decides between equals."""

    DISTANCE = "distance"
    START_DATE = "start-date"
    SETTING = "setting"
    CARE_TYPE = "care-type"
    AGE = "age"
    GENDER = "gender"
    PAST_EIGHTEEN = "past-eighteen"
    NOT_CONTRACTED = "not-contracted"


BY_DEGREES = frozenset({Change.DISTANCE, Change.START_DATE})
"""Changes that can be made a little or a lot."""

ENOUGH = 3
"""Of a change by degrees, the least that opens so many: a family can choose from three."""

FURTHER = (1.25, 1.5, 2.0)
"""How many times as far we propose to look, rounded up to five kilometres; after that without a limit."""

LATER_DAYS = (14, 30, 60, 90)
"""How much later we propose to start, for a contract that is about to begin."""


@dataclass(frozen=True, slots=True)
class Step:
    """One change, and what it would become."""

    change: Change
    values: Values


@dataclass(frozen=True, slots=True)
class Relaxation:
    """One change, or a pair: how many more offers would fit, and when the first of them could start."""

    steps: tuple[Step, ...]
    opens: int
    soonest_start: date | None
    """None when nobody can say."""


@dataclass(frozen=True, slots=True)
class Option:
    """A step, the rule it takes away, and for which candidates."""

    step: Step
    rule: Rule
    eligible: Flags
    not_before: int = 0
    """The day before which nothing would start."""


def relaxations(question: Question, pool: Rows, today: date, related: Sequence[str] = ()) -> tuple[Relaxation, ...]:
    """The changes that help, those that open most first.

    The pool is wider than the candidates: offers of related care types (preference -1, -2 …, named by `related`) and
    offers without a contract (contract -1) count as far as the caller puts them in.
    """
    ranking = rank(question, pool, today)
    options = [option for propose in PROPOSALS.values() for option in propose(ranking, related)]
    single = _that_help(ranking, ((option,) for option in options))
    return single or _that_help(ranking, (pair for pair in combinations(options, 2) if pair[0].rule != pair[1].rule))


def relaxation_sentence(relaxation: Relaxation, language: str = "nl") -> str:
    """The words for a relaxation: what, how many, how soon."""
    words = LANGUAGES[language]
    first, *rest = (words.say(words.changes[_code(step)], step.values) for step in relaxation.steps)
    what = words.changes["and"].join([first, *(also[0].lower() + also[1:] for also in rest)])
    values: dict[str, object] = {"what": what, "opens": relaxation.opens}
    if relaxation.soonest_start is None:
        return words.say(words.changes["opens"], values)
    return words.say(words.changes["opens-from"], {**values, "start": relaxation.soonest_start})


def _that_help(ranking: Ranking, attempts: Iterable[tuple[Option, ...]]) -> tuple[Relaxation, ...]:
    """One relaxation per change that opens something, best first."""
    by_change: dict[tuple[object, ...], list[Relaxation]] = {}
    for attempt in attempts:
        relaxation = _with(ranking, attempt)
        if relaxation.opens:
            by_change.setdefault(tuple(map(_kind, relaxation.steps)), []).append(relaxation)
    found = [_mildest(degrees) for degrees in by_change.values()]
    return tuple(sorted(found, key=lambda one: (-one.opens, one.soonest_start or date.max)))


def _with(ranking: Ranking, attempt: tuple[Option, ...]) -> Relaxation:
    """What opens when all the options of an attempt are taken."""
    opened = ranking.broken == np.uint16(sum(option.rule.bit for option in attempt))
    for option in attempt:
        opened &= option.eligible
    steps = tuple(option.step for option in attempt)
    if not opened.any():
        return Relaxation(steps, 0, None)
    soonest = max(int(ranking.expectation.start[opened].min()), *(option.not_before for option in attempt), 0)
    return Relaxation(steps, int(np.count_nonzero(opened)), None if soonest == NEVER else day_of(soonest))


def _mildest(degrees: list[Relaxation]) -> Relaxation:
    """Of one change by degrees the least that opens enough; else the least that opens most."""
    return next((one for one in degrees if one.opens >= ENOUGH), max(degrees, key=lambda one: one.opens))


def _kind(step: Step) -> object:
    """Steps of one kind are degrees of the same change."""
    return step.change if step.change in BY_DEGREES else (step.change, *step.values.values())


def _code(step: Step) -> str:
    return "any-distance" if step.change is Change.DISTANCE and not step.values else step.change


# --- what can be proposed ------------------------------------------------------------------------------------------


def _further(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    maximum, journey = ranking.question.max_distance_km, ranking.inquiry.journey_km
    if maximum is None:
        return
    for further in dict.fromkeys(5 * ceil(maximum * times / 5) for times in FURTHER):
        if further > maximum:
            yield Option(Step(Change.DISTANCE, {"maxKm": further}), Rule.TOO_FAR, journey <= further)
    yield Option(Step(Change.DISTANCE, {}), Rule.TOO_FAR, _all(ranking))


def _later(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    """A contract that has begun by then; as long as the child does not grow too old, nor the offer end."""
    inquiry, expectation = ranking.inquiry, ranking.expectation
    waits = (ranking.broken & Rule.NOT_CONTRACTED.bit > 0) & (ranking.candidates["contract_id"] >= 0)
    if not waits.any():
        return
    for wanted in (inquiry.wanted + days for days in LATER_DAYS):
        starts = replace(expectation, start=np.maximum(expectation.start, wanted))
        broken_then = failures(replace(inquiry, wanted=wanted, expectation=starts))
        eligible = broken_then == ranking.broken & ~np.uint16(Rule.NOT_CONTRACTED.bit)
        yield Option(Step(Change.START_DATE, {"neededFrom": day_of(wanted)}), Rule.NOT_CONTRACTED, eligible, wanted)


def _any_setting(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    yield Option(Step(Change.SETTING, {}), Rule.SETTING, _all(ranking))


def _related_care_type(ranking: Ranking, related: Sequence[str]) -> Iterator[Option]:
    for position, name in enumerate(related, start=1):
        of_type = ranking.candidates["preference"] == -position
        yield Option(Step(Change.CARE_TYPE, {"careType": name}), Rule.OTHER_CARE_TYPE, of_type)


def _just_too_old(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    at_the_border = ages_at_start(ranking, np.arange(len(ranking.candidates))) <= ranking.candidates["age_until"] + 1
    yield Option(Step(Change.AGE, {}), Rule.TOO_OLD, at_the_border)


def _any_gender(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    yield Option(Step(Change.GENDER, {}), Rule.GENDER, _all(ranking))


def _until_eighteen(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    yield Option(Step(Change.PAST_EIGHTEEN, {}), Rule.ENDS_AT_EIGHTEEN, _all(ranking))


def _without_contract(ranking: Ranking, _: Sequence[str]) -> Iterator[Option]:
    """Beyond the contracts of the region; not an offer whose contract has ended or is suspended."""
    outsiders = ranking.candidates["contract_id"] < 0
    yield Option(Step(Change.NOT_CONTRACTED, {}), Rule.NOT_CONTRACTED, outsiders)


def _all(ranking: Ranking) -> Flags:
    return np.ones(len(ranking.candidates), np.bool_)


PROPOSALS: dict[Change, Callable[[Ranking, Sequence[str]], Iterator[Option]]] = {
    Change.DISTANCE: _further,
    Change.START_DATE: _later,
    Change.SETTING: _any_setting,
    Change.CARE_TYPE: _related_care_type,
    Change.AGE: _just_too_old,
    Change.GENDER: _any_gender,
    Change.PAST_EIGHTEEN: _until_eighteen,
    Change.NOT_CONTRACTED: _without_contract,
}
