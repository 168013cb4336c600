"""Why an offer is not the one: the first rule it breaks, by how much, and which offers come near."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.explanation import LANGUAGES
from matcher.fit import USUAL_DURATION_DAYS, Days, Rule, first_failure, outgrown_on
from matcher.foresight import old_enough_on
from matcher.language import Values
from matcher.offers import NEVER, day_of
from matcher.question import Setting
from matcher.ranking import Indices, Ranking, in_order

Excess = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class WhyNot:
    """The first rule an offer breaks, and by how much."""

    rule: Rule
    code: str
    values: Values
    by: float
    """By how much, as a share of what the rule allows; 1 where there is no more or less."""


_RULES = tuple(Rule)


def why_not(ranking: Ranking, index: int) -> WhyNot | None:
    """The first rule a candidate breaks and by how much; None if it fits."""
    return next(iter(whys_not(ranking, np.array([index]))), None) if ranking.broken[index] else None


def whys_not(ranking: Ranking, at: Indices) -> list[WhyNot]:
    """The same for some that fit not, in the order given."""
    whys: dict[int, WhyNot] = {}
    first = first_failure(ranking.broken.take(at))
    for failure in set(first.tolist()):
        rule, those = _RULES[failure - 1], at[first == failure]
        told = _REFUSALS[rule](ranking, those)
        for index, (code, values), by in zip(those.tolist(), told, _excess(rule, ranking, those).tolist(), strict=True):
            whys[index] = WhyNot(rule, code, values, by)
    return [whys[index] for index in at.tolist()]


def refusal_sentence(refusal: WhyNot, needs: Mapping[int, str], language: str = "nl") -> str:
    """The words for why not; `needs` gives the names of what was asked, by bit."""
    words = LANGUAGES[language]
    return words.say(words.refusals[refusal.code], {**refusal.values, **_named(refusal.values, needs)})


def _named(values: Values, needs: Mapping[int, str]) -> Values:
    """Bits say nothing to a reader."""
    bits: Any = values.get("needs", ())
    return {"needs": [needs[bit] for bit in bits]} if bits else {}


def ages_at_start(ranking: Ranking, at: Indices) -> Indices:
    """How old the child surely is at the expected start."""
    birthdays = outgrown_on(ranking.question.birth_month)
    return np.searchsorted(birthdays, ranking.expectation.could_start[at], side="right")


def _old_enough_on(ranking: Ranking, at: Indices) -> Days:
    """The day on which the child is surely old enough."""
    first_age: Any = ranking.candidates["age_from"][at]
    days: Days = old_enough_on(ranking.question.birth_month).take(first_age)
    return days


def near_misses(ranking: Ranking, limit: int) -> list[int]:
    """The candidates that break one rule only: least past it first, equals in the order of the ranking.

    What is not published, or no longer when help could start, is nobody's near miss: no talk would open it.
    """
    one_rule = (np.bitwise_count(ranking.broken) == 1) & (ranking.broken != Rule.UNPUBLISHED.bit)
    near = in_order(ranking, np.flatnonzero(one_rule))
    excess = np.ones(len(near))
    broken = ranking.broken.take(near)
    for rule in _EXCESS:
        missed = np.flatnonzero(broken == rule.bit)
        if len(missed):
            excess[missed] = _excess(rule, ranking, near.take(missed))
    nearest: list[int] = near.take(np.argsort(excess, kind="stable")[:limit]).tolist()
    return nearest


def _excess(rule: Rule, ranking: Ranking, at: Indices) -> Excess:
    measure = _EXCESS.get(rule)
    return measure(ranking, at) if measure else np.ones(len(at))


def _beyond(value: npt.NDArray[Any], allowed: npt.NDArray[Any]) -> Excess:
    """How far past what is allowed, as a share of it; the whole of it where nothing is allowed."""
    over: Excess = (value - allowed) / np.maximum(allowed, 1)
    return over


_EXCESS: dict[Rule, Callable[[Ranking, Indices], Excess]] = {
    Rule.TOO_OLD: lambda ranking, at: _beyond(ages_at_start(ranking, at), ranking.candidates["age_until"][at]),
    Rule.TOO_YOUNG: lambda ranking, at: _beyond(
        _old_enough_on(ranking, at) - ranking.inquiry.wanted, np.asarray(USUAL_DURATION_DAYS)
    ),
    Rule.TOO_FAR: lambda ranking, at: _beyond(ranking.distance_km[at], np.asarray(ranking.question.max_distance_km)),
    Rule.OUTSIDE_SERVICE_AREA: lambda ranking, at: _beyond(
        ranking.distance_km[at], ranking.candidates["travels_km"][at]
    ),
}
"""Rules that can be broken a little or a lot. The others are broken or not."""


# --- what is told --------------------------------------------------------------------------------------------------

Told = Iterable[tuple[str, dict[str, object]]]
"""Per candidate a code and its values."""


def _contract(ranking: Ranking, at: Indices) -> Told:
    wanted = ranking.inquiry.wanted
    for row in ranking.candidates.rows_at(at):
        if row["contract_id"] < 0:
            yield "not-contracted", {}
        elif row["valid_from"] > wanted:
            yield "contract-begins-later", {"contractFrom": day_of(row["valid_from"])}
        elif row["valid_until"] < wanted:
            yield "contract-ended", {"contractUntil": day_of(row["valid_until"])}
        elif row["suspended_until"] == NEVER:
            yield "contract-suspended-open", {}
        else:
            yield "contract-suspended", {"suspendedUntil": day_of(row["suspended_until"])}


def _too_old(ranking: Ranking, at: Indices) -> Told:
    ages = ages_at_start(ranking, at).tolist()
    for age_until, age in zip(_column(ranking, "age_until", at), ages, strict=True):
        yield "too-old", {"ageUntil": age_until, "age": age, "years": age - age_until}


def _too_young(ranking: Ranking, at: Indices) -> Told:
    days = _old_enough_on(ranking, at).tolist()
    for age_from, day in zip(_column(ranking, "age_from", at), days, strict=True):
        yield "too-young", {"ageFrom": age_from, "oldEnoughOn": day_of(day)}


def _gender(ranking: Ranking, at: Indices) -> Told:
    return (("gender", {"genders": genders}) for genders in _column(ranking, "genders", at))


def _setting(ranking: Ranking, at: Indices) -> Told:
    for setting in _column(ranking, "setting", at):
        yield "setting", {"setting": _SETTINGS[setting], "wantedSetting": ranking.question.setting}


_SETTINGS = tuple(Setting)


def _admission_stop(ranking: Ranking, at: Indices) -> Told:
    for until in ranking.candidates.rows_at(at)["available_from"].tolist():
        if until <= ranking.inquiry.today:
            yield "admission-stop", {}
        else:
            yield "admission-stop-until", {"availableFrom": day_of(until)}


def _too_far(ranking: Ranking, at: Indices) -> Told:
    allowed = ranking.question.max_distance_km or 0.0
    return (("too-far", _over(km, "maxKm", allowed)) for km in ranking.distance_km.take(at).tolist())


def _outside_service_area(ranking: Ranking, at: Indices) -> Told:
    for km, allowed in zip(ranking.distance_km.take(at).tolist(), _column(ranking, "travels_km", at), strict=True):
        yield "outside-service-area", _over(km, "travelsKm", allowed)


def _over(distance_km: float, name: str, allowed: float) -> dict[str, object]:
    """A distance past a limit, rounded up: never "40 km; the limit is 40 km"."""
    km = ceil(distance_km * 10) / 10
    return {"km": km, name: round(allowed, 1), "overKm": round(km - allowed, 1)}


def _needs_not_served(ranking: Ranking, at: Indices) -> Told:
    for excludes in _column(ranking, "excludes", at):
        yield "contra-indication", {"needs": _bits(excludes & ranking.question.needs)}


def _target_group(ranking: Ranking, at: Indices) -> Told:
    return (("target-group", {"onlyFor": _bits(only_for)}) for only_for in _column(ranking, "only_for", at))


def _unpublished(ranking: Ranking, at: Indices) -> Told:
    today = ranking.inquiry.today
    for opens, closes in ranking.candidates.rows_at(at)[["published_from", "published_until"]].tolist():
        if opens > today:
            yield "not-yet-published", {"publishedFrom": day_of(opens)}
        else:
            yield "unpublished" if closes >= today else "unpublished-already", {"publishedUntil": day_of(closes)}


def _of_itself(code: str) -> Callable[[Ranking, Indices], Told]:
    """A rule of which there is no more to tell."""
    return lambda _, at: ((code, {}) for _ in at)


def _column(ranking: Ranking, name: str, at: Indices) -> list[Any]:
    values: list[Any] = ranking.candidates[name].take(at).tolist()
    return values


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


_REFUSALS: dict[Rule, Callable[[Ranking, Indices], Told]] = {
    Rule.NOT_CONTRACTED: _contract,
    Rule.OTHER_CARE_TYPE: _of_itself("other-care-type"),
    Rule.TOO_OLD: _too_old,
    Rule.TOO_YOUNG: _too_young,
    Rule.TARGET_GROUP: _target_group,
    Rule.CONTRA_INDICATION: _needs_not_served,
    Rule.GENDER: _gender,
    Rule.SETTING: _setting,
    Rule.ADMISSION_STOP: _admission_stop,
    Rule.TOO_FAR: _too_far,
    Rule.OUTSIDE_SERVICE_AREA: _outside_service_area,
    Rule.ENDS_AT_EIGHTEEN: _of_itself("ends-at-eighteen"),
    Rule.REFUSED_BEFORE: _of_itself("refused-before"),
    Rule.UNPUBLISHED: _unpublished,
}
