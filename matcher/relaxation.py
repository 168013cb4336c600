"""When little fits: which single change a worker could make opens most, and how soon help could then start.

Every rule that a candidate breaks is known already, so a change is one rule that no longer counts for some of them.
Pairs of changes come only when no single one helps. A change is something to talk over with the family, the provider
or the municipality; none is made by itself.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from math import ceil
from typing import Any

import numpy as np

from matcher.candidates import candidates_of
from matcher.exclusion import ages_at_start
from matcher.explanation import LANGUAGES
from matcher.fit import Flags, Masks, Rule, failures, put
from matcher.language import Values
from matcher.offers import NEVER, day_of
from matcher.ranking import Indices, Ranking


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
class Near:
    """The candidates that break just so many rules: all that so many changes can open."""

    ranking: Ranking
    at: Indices
    broken: Masks
    related: Sequence[str]
    """The names of the care types that have preference -1, -2 …"""

    def column(self, name: str) -> Any:  # noqa: ANN401 - a column of any type
        return self.ranking.candidates[name][self.at]

    @property
    def preference(self) -> Any:  # noqa: ANN401
        return self.ranking.candidates.preference[self.at]


@dataclass(frozen=True, slots=True)
class Option:
    """A step, the rule it takes away, and for which of those that are near."""

    step: Step
    rule: Rule
    eligible: Flags
    not_before: int = 0
    """The day before which nothing would start."""


def relaxations(ranking: Ranking, related: Sequence[str] = (), pool: int | None = None) -> tuple[Relaxation, ...]:
    """The changes that help, those that open most first.

    The pool is wider than what was asked: offers of related care types (preference -1, -2 …, named by `related`) and
    offers without a contract (contract -1) count as far as the caller ranks them too. It is the first `pool` of the
    ranking's candidates; all of them when not given.
    """
    return _that_help(ranking, related, pool, together=1) or _that_help(ranking, related, pool, together=2)


def relaxation_sentence(relaxation: Relaxation, language: str = "nl") -> str:
    """The words for a relaxation: what, how many, how soon."""
    words = LANGUAGES[language]
    first, *rest = (words.say(words.changes[_code(step)], step.values) for step in relaxation.steps)
    what = words.changes["and"].join([first, *(also[0].lower() + also[1:] for also in rest)])
    values: dict[str, object] = {"what": what, "opens": relaxation.opens}
    if relaxation.soonest_start is None:
        return words.say(words.changes["opens"], values)
    return words.say(words.changes["opens-from"], {**values, "start": relaxation.soonest_start})


def _that_help(ranking: Ranking, related: Sequence[str], pool: int | None, together: int) -> tuple[Relaxation, ...]:
    """One relaxation per change, or pair of changes, that opens something; best first."""
    broken = ranking.broken[:pool]
    at = np.flatnonzero(np.bitwise_count(broken) == together)
    near = Near(ranking, at, broken[at], related)
    in_the_way = int(np.bitwise_or.reduce(near.broken))
    options = [each for rule, propose in PROPOSALS.values() if rule.bit & in_the_way for each in propose(near)]
    by_change: dict[tuple[object, ...], list[Relaxation]] = {}
    for relaxation in _opened(near, options, list(combinations(range(len(options)), together))):
        by_change.setdefault(tuple(map(_kind, relaxation.steps)), []).append(relaxation)
    found = [_mildest(degrees) for degrees in by_change.values()]
    return tuple(sorted(found, key=lambda one: (-one.opens, one.soonest_start or date.max)))


def _opened(near: Near, options: Sequence[Option], attempts: Sequence[tuple[int, ...]]) -> Iterator[Relaxation]:
    """Of the attempts, each to take some of the options together, those that open something; all tried at once."""
    if not attempts:
        return
    taken = np.array(attempts)
    bits = np.bitwise_or.reduce(np.array([option.rule.bit for option in options])[taken], axis=1)
    opened = np.array([option.eligible for option in options])[taken].all(axis=1) & (near.broken == bits[:, None])
    starts = np.where(opened, near.ranking.expectation.start[near.at], NEVER).min(axis=1)
    for attempt, opens, start in zip(attempts, opened.sum(axis=1).tolist(), starts.tolist(), strict=True):
        if opens:
            soonest = max(start, *(options[each].not_before for each in attempt), 0)
            steps = tuple(options[each].step for each in attempt)
            yield Relaxation(steps, opens, None if soonest == NEVER else day_of(soonest))


def _mildest(degrees: list[Relaxation]) -> Relaxation:
    """Of one change by degrees the least that opens enough; else the least that opens most."""
    return next((one for one in degrees if one.opens >= ENOUGH), max(degrees, key=lambda one: one.opens))


def _kind(step: Step) -> object:
    """Steps of one kind are degrees of the same change."""
    return step.change if step.change in BY_DEGREES else (step.change, *step.values.values())


def _code(step: Step) -> str:
    return "any-distance" if step.change is Change.DISTANCE and not step.values else step.change


# --- what can be proposed ------------------------------------------------------------------------------------------


def _further(near: Near) -> Iterator[Option]:
    maximum = near.ranking.question.max_distance_km
    if maximum is None:
        return
    journey = near.ranking.inquiry.journey_km[near.at]
    for further in dict.fromkeys(5 * ceil(maximum * times / 5) for times in FURTHER):
        if further > maximum:
            yield Option(Step(Change.DISTANCE, {"maxKm": further}), Rule.TOO_FAR, journey <= further)
    yield Option(Step(Change.DISTANCE, {}), Rule.TOO_FAR, _all(near))


def _later(near: Near) -> Iterator[Option]:
    """A contract that has begun by then; as long as the child does not grow too old, nor the offer end."""
    waits = np.flatnonzero((near.broken & Rule.NOT_CONTRACTED.bit > 0) & (near.column("contract_id") >= 0))
    if not len(waits):
        return
    inquiry, others = near.ranking.inquiry, near.broken[waits] & ~np.uint16(Rule.NOT_CONTRACTED.bit)
    waiting = put(inquiry.question, candidates_of(inquiry.candidates.rows_at(near.at[waits]), inquiry.today))
    for wanted in (inquiry.wanted + days for days in LATER_DAYS):
        eligible = np.zeros(len(near.at), np.bool_)
        eligible[waits] = failures(waiting.from_day(wanted)) == others
        yield Option(Step(Change.START_DATE, {"neededFrom": day_of(wanted)}), Rule.NOT_CONTRACTED, eligible, wanted)


def _any_setting(near: Near) -> Iterator[Option]:
    yield Option(Step(Change.SETTING, {}), Rule.SETTING, _all(near))


def _related_care_type(near: Near) -> Iterator[Option]:
    for position, name in enumerate(near.related, start=1):
        yield Option(Step(Change.CARE_TYPE, {"careType": name}), Rule.OTHER_CARE_TYPE, near.preference == -position)


def _just_too_old(near: Near) -> Iterator[Option]:
    at_the_border = ages_at_start(near.ranking, near.at) <= near.column("age_until") + 1
    yield Option(Step(Change.AGE, {}), Rule.TOO_OLD, at_the_border)


def _any_gender(near: Near) -> Iterator[Option]:
    yield Option(Step(Change.GENDER, {}), Rule.GENDER, _all(near))


def _until_eighteen(near: Near) -> Iterator[Option]:
    yield Option(Step(Change.PAST_EIGHTEEN, {}), Rule.ENDS_AT_EIGHTEEN, _all(near))


def _without_contract(near: Near) -> Iterator[Option]:
    """Beyond the contracts of the region; not an offer whose contract has ended or is suspended."""
    yield Option(Step(Change.NOT_CONTRACTED, {}), Rule.NOT_CONTRACTED, near.column("contract_id") < 0)


def _all(near: Near) -> Flags:
    return np.ones(len(near.at), np.bool_)


PROPOSALS: dict[Change, tuple[Rule, Callable[[Near], Iterator[Option]]]] = {
    Change.DISTANCE: (Rule.TOO_FAR, _further),
    Change.START_DATE: (Rule.NOT_CONTRACTED, _later),
    Change.SETTING: (Rule.SETTING, _any_setting),
    Change.CARE_TYPE: (Rule.OTHER_CARE_TYPE, _related_care_type),
    Change.AGE: (Rule.TOO_OLD, _just_too_old),
    Change.GENDER: (Rule.GENDER, _any_gender),
    Change.PAST_EIGHTEEN: (Rule.ENDS_AT_EIGHTEEN, _until_eighteen),
    Change.NOT_CONTRACTED: (Rule.NOT_CONTRACTED, _without_contract),
}
"""Per change the rule that no longer counts, and what can be proposed."""
