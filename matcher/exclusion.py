"""Why an offer is not the one: the first rule it breaks, by how much, and which offers come near."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.explanation import LANGUAGES
from matcher.fit import USUAL_DURATION_DAYS, Days, Rule, outgrown_on
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
    broken = int(ranking.broken[index])
    if broken == 0:
        return None
    rule = _RULES[(broken & -broken).bit_length() - 1]
    code, values = _REFUSALS[rule](ranking, index)
    return WhyNot(rule, code, values, float(_excess(rule, ranking, np.array([index]))[0]))


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
    excess = np.empty(len(near))
    broken = ranking.broken[near]
    for rule in Rule:
        missed = broken == rule.bit
        if missed.any():
            excess[missed] = _excess(rule, ranking, near[missed])
    by_excess = np.argsort(excess, kind="stable")
    return [int(index) for index in near[by_excess[:limit]]]


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

Told = tuple[str, dict[str, object]]


def _contract(ranking: Ranking, index: int) -> Told:
    row, wanted = _row(ranking, index), ranking.inquiry.wanted
    if row["contract_id"] < 0:
        return "not-contracted", {}
    if row["valid_from"] > wanted:
        return "contract-begins-later", {"contractFrom": day_of(row["valid_from"])}
    if row["valid_until"] < wanted:
        return "contract-ended", {"contractUntil": day_of(row["valid_until"])}
    if row["suspended_until"] == NEVER:
        return "contract-suspended-open", {}
    return "contract-suspended", {"suspendedUntil": day_of(row["suspended_until"])}


def _too_old(ranking: Ranking, index: int) -> Told:
    age_until, age = int(ranking.candidates["age_until"][index]), int(ages_at_start(ranking, np.array([index]))[0])
    return "too-old", {"ageUntil": age_until, "age": age, "years": age - age_until}


def _too_young(ranking: Ranking, index: int) -> Told:
    age_from = int(ranking.candidates["age_from"][index])
    return "too-young", {"ageFrom": age_from, "oldEnoughOn": day_of(_old_enough_on(ranking, np.array([index]))[0])}


def _gender(ranking: Ranking, index: int) -> Told:
    return "gender", {"genders": int(ranking.candidates["genders"][index])}


def _setting(ranking: Ranking, index: int) -> Told:
    setting = list(Setting)[ranking.candidates["setting"][index]]
    return "setting", {"setting": setting, "wantedSetting": ranking.question.setting}


def _admission_stop(ranking: Ranking, index: int) -> Told:
    until = int(_row(ranking, index)["available_from"])
    if until <= ranking.inquiry.today:
        return "admission-stop", {}
    return "admission-stop-until", {"availableFrom": day_of(until)}


def _too_far(ranking: Ranking, index: int) -> Told:
    return "too-far", _over(ranking, index, "maxKm", ranking.question.max_distance_km or 0.0)


def _outside_service_area(ranking: Ranking, index: int) -> Told:
    return "outside-service-area", _over(ranking, index, "travelsKm", float(ranking.candidates["travels_km"][index]))


def _over(ranking: Ranking, index: int, name: str, allowed: float) -> dict[str, object]:
    """A distance past a limit, rounded up: never "40 km; the limit is 40 km"."""
    km = ceil(ranking.distance_km[index] * 10) / 10
    return {"km": km, name: round(allowed, 1), "overKm": round(km - allowed, 1)}


def _needs_not_served(ranking: Ranking, index: int) -> Told:
    return "contra-indication", {"needs": _bits(int(ranking.candidates["excludes"][index]) & ranking.question.needs)}


def _target_group(ranking: Ranking, index: int) -> Told:
    return "target-group", {"onlyFor": _bits(int(ranking.candidates["only_for"][index]))}


def _unpublished(ranking: Ranking, index: int) -> Told:
    row = _row(ranking, index)
    opens, closes = int(row["published_from"]), int(row["published_until"])
    if opens > ranking.inquiry.today:
        return "not-yet-published", {"publishedFrom": day_of(opens)}
    code = "unpublished" if closes >= ranking.inquiry.today else "unpublished-already"
    return code, {"publishedUntil": day_of(closes)}


def _row(ranking: Ranking, index: int) -> np.void:
    (row,) = ranking.candidates.rows_at(np.array([index]))
    return row  # type: ignore[no-any-return]  # a row of CANDIDATE


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


_REFUSALS: dict[Rule, Callable[[Ranking, int], Told]] = {
    Rule.NOT_CONTRACTED: _contract,
    Rule.OTHER_CARE_TYPE: lambda _, __: ("other-care-type", {}),
    Rule.TOO_OLD: _too_old,
    Rule.TOO_YOUNG: _too_young,
    Rule.TARGET_GROUP: _target_group,
    Rule.CONTRA_INDICATION: _needs_not_served,
    Rule.GENDER: _gender,
    Rule.SETTING: _setting,
    Rule.ADMISSION_STOP: _admission_stop,
    Rule.TOO_FAR: _too_far,
    Rule.OUTSIDE_SERVICE_AREA: _outside_service_area,
    Rule.ENDS_AT_EIGHTEEN: lambda _, __: ("ends-at-eighteen", {}),
    Rule.REFUSED_BEFORE: lambda _, __: ("refused-before", {}),
    Rule.UNPUBLISHED: _unpublished,
}
