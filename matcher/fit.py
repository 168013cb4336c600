"""Hard criteria: which offers can take this child at all, and every rule that the others break.

A rule is a column of yes and no over all candidates. A candidate keeps all the rules it breaks, as bits, in the order
in which they are tried: the lowest is the first reason why not, and the set says which single change would open it.
What a provider did not say never excludes.
"""

from calendar import monthrange
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.candidates import Candidates
from matcher.foresight import Expectation, earliest_days, expectation
from matcher.offers import EARTH_RADIUS_KM, day_number, unit_vector
from matcher.question import Gender, Month, Place, Question, Setting

Flags = npt.NDArray[np.bool_]
Days = npt.NDArray[np.int32]
Kilometres = npt.NDArray[np.float64]
Masks = npt.NDArray[np.uint16]
Positions = npt.NDArray[np.uint8]


USUAL_DURATION_DAYS = 365
"""The question names no duration; most determinations hold for a year."""


class Rule(StrEnum):
    """Why an offer cannot be the one, in the order in which the rules are tried."""

    NOT_CONTRACTED = "not-contracted"
    OTHER_CARE_TYPE = "other-care-type"
    TOO_OLD = "too-old"
    TOO_YOUNG = "too-young"
    TARGET_GROUP = "target-group"
    CONTRA_INDICATION = "contra-indication"
    GENDER = "gender"
    SETTING = "setting"
    ADMISSION_STOP = "admission-stop"
    TOO_FAR = "too-far"
    OUTSIDE_SERVICE_AREA = "outside-service-area"
    ENDS_AT_EIGHTEEN = "ends-at-eighteen"
    REFUSED_BEFORE = "refused-before"
    UNPUBLISHED = "unpublished"

    @property
    def bit(self) -> int:
        return _BIT_OF[self]


_BIT_OF = {rule: 1 << position for position, rule in enumerate(Rule)}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One question put to its candidates on one day: all that a rule or a criterion may look at."""

    question: Question
    candidates: Candidates
    wanted: int
    """The day on which help should start and a contract must hold: the wanted day, or today when that is past."""
    earliest: Days
    """The first day on which each offer could take the child: the wanted day, or the birthday it waits for."""
    expectation: Expectation
    distance_km: Kilometres
    """From the child's home to the location of the offer."""
    journey_km: Kilometres
    """What the child has to travel: nothing where a team comes to the family, or where the help is online."""

    @property
    def today(self) -> int:
        return self.candidates.today

    def from_day(self, wanted: int) -> "Inquiry":
        """The same, but wanted later."""
        earliest = np.maximum(self.earliest, np.int32(wanted))
        return replace(self, wanted=wanted, earliest=earliest, expectation=_expected(self.candidates, earliest))


def put(question: Question, candidates: Candidates) -> Inquiry:
    """The question beside its candidates, with the days and the distances."""
    wanted = max(day_number(question.needed_from), candidates.today)
    earliest = earliest_days(question.birth_month, wanted).take(candidates["age_from"])
    distance_km = distance_from(question.home, candidates)
    return Inquiry(
        question=question,
        candidates=candidates,
        wanted=wanted,
        earliest=earliest,
        expectation=_expected(candidates, earliest),
        distance_km=distance_km,
        journey_km=distance_km * candidates["child_travels"],
    )


def _expected(candidates: Candidates, earliest: Days) -> Expectation:
    return expectation(candidates.foreseen, earliest, candidates["stated_wait"], candidates["basis"])


def distance_from(home: Place, candidates: Candidates) -> Kilometres:
    """Kilometres over the sphere, by the chord: exact at a few metres, where the dot product is not."""
    apart = candidates["place"] - _home_vector(home)
    apart *= apart
    half_chord = np.sqrt(apart[:, 0] + apart[:, 1] + apart[:, 2]) / 2
    arc: Kilometres = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(half_chord, 1.0))
    return arc


def failures(inquiry: Inquiry, waived: Collection[Rule] = ()) -> Masks:
    """All the rules that each candidate breaks, as bits in the order of Rule; 0 fits. Waived rules do not count."""
    broken = np.zeros((len(RULES), len(inquiry.candidates)), np.bool_)
    for of_rule, (name, rule) in zip(broken, RULES.items(), strict=True):
        column = None if name in waived else rule(inquiry)
        if column is not None:
            of_rule[:] = column
    masks: Masks = _BITS @ broken  # bit by bit would be two passes a rule
    return masks


def first_failure(broken: Masks) -> Positions:
    """The first rule each candidate breaks: 0 if it fits, else 1 + the position in Rule."""
    return _FIRST.take(broken)


@lru_cache(maxsize=512)
def outgrown_on(birth_month: Month) -> Days:
    """Per last welcome age, the day from which a child of this birth month is surely older.

    Only the month is known, so the child has the benefit of the doubt: the birthday is the last day of the month.
    """
    return np.array([_last_birthday(birth_month, age + 1) for age in range(100)], np.int32)


# --- the rules; None where the question does not ask ---------------------------------------------------------------


def _not_contracted(inquiry: Inquiry) -> Flags:
    """The contract must hold on the wanted day, which is when the care is allocated; not on the expected start."""
    rows, wanted = inquiry.candidates, inquiry.wanted
    suspended = (rows["suspended_from"] <= wanted) & (rows["suspended_until"] >= wanted)
    missing: Flags = (
        (rows["contract_id"] < 0) | (rows["valid_from"] > wanted) | (rows["valid_until"] < wanted) | suspended
    )
    return missing


def _other_care_type(inquiry: Inquiry) -> Flags:
    return inquiry.candidates.preference < 0


def _too_old(inquiry: Inquiry) -> Flags:
    last_age: Any = inquiry.candidates["age_until"]
    outgrown: Flags = inquiry.expectation.could_start >= outgrown_on(inquiry.question.birth_month).take(last_age)
    return outgrown


def _too_young(inquiry: Inquiry) -> Flags:
    """Too young only delays; but what begins past the time the help is meant for is no answer to the question."""
    late: Flags = inquiry.earliest > inquiry.wanted + USUAL_DURATION_DAYS
    return late


def _target_group(inquiry: Inquiry) -> Flags:
    only_for: Any = inquiry.candidates["only_for"]
    other: Flags = (only_for != 0) & (only_for & inquiry.question.needs == 0)
    return other


def _contra_indication(inquiry: Inquiry) -> Flags | None:
    if not inquiry.question.needs:
        return None
    excluded: Flags = inquiry.candidates["excludes"] & inquiry.question.needs != 0
    return excluded


def _gender(inquiry: Inquiry) -> Flags | None:
    if inquiry.question.gender is None:
        return None
    unwelcome: Flags = inquiry.candidates["genders"] & _GENDER_BITS[inquiry.question.gender] == 0
    return unwelcome


def _setting(inquiry: Inquiry) -> Flags | None:
    if inquiry.question.setting is None:
        return None
    elsewhere: Flags = inquiry.candidates["setting"] != _SETTING_POSITIONS[inquiry.question.setting]
    return elsewhere


def _admission_stop(inquiry: Inquiry) -> Flags:
    """A stop holds until the provider takes it back, also when it named the day on which it expects to."""
    stopped: Flags = inquiry.candidates["stop"] > 0
    return stopped


def _too_far(inquiry: Inquiry) -> Flags | None:
    """A child need not travel to a team that comes, nor to help online: there the maximum says nothing."""
    maximum = inquiry.question.max_distance_km
    return None if maximum is None else inquiry.journey_km > maximum


def _outside_service_area(inquiry: Inquiry) -> Flags:
    # nothing is greater than NaN: who does not travel has no area to be outside of
    outside: Flags = inquiry.distance_km > inquiry.candidates["travels_km"]
    return outside


def _ends_at_eighteen(inquiry: Inquiry) -> Flags | None:
    if not inquiry.question.past_eighteen:
        return None
    ends: Flags = inquiry.candidates["past_eighteen"] == 0
    return ends


def _refused_before(inquiry: Inquiry) -> Flags | None:
    refused = inquiry.candidates.refused
    return None if refused is None else refused != 0


def _unpublished(inquiry: Inquiry) -> Flags:
    """Not public today, or gone by the day on which help could start."""
    hidden: Flags = inquiry.candidates["open_until"] < inquiry.expectation.could_start
    return hidden


RULES: dict[Rule, Callable[[Inquiry], Flags | None]] = {
    Rule.NOT_CONTRACTED: _not_contracted,
    Rule.OTHER_CARE_TYPE: _other_care_type,
    Rule.TOO_OLD: _too_old,
    Rule.TOO_YOUNG: _too_young,
    Rule.TARGET_GROUP: _target_group,
    Rule.CONTRA_INDICATION: _contra_indication,
    Rule.GENDER: _gender,
    Rule.SETTING: _setting,
    Rule.ADMISSION_STOP: _admission_stop,
    Rule.TOO_FAR: _too_far,
    Rule.OUTSIDE_SERVICE_AREA: _outside_service_area,
    Rule.ENDS_AT_EIGHTEEN: _ends_at_eighteen,
    Rule.REFUSED_BEFORE: _refused_before,
    Rule.UNPUBLISHED: _unpublished,
}

_BITS = np.array([rule.bit for rule in Rule], np.uint16)
_FIRST = np.array([(mask & -mask).bit_length() for mask in range(1 << len(Rule))], np.uint8)
_GENDER_BITS = {gender: np.int8(1 << position) for position, gender in enumerate(Gender)}
_SETTING_POSITIONS = {setting: np.int8(position) for position, setting in enumerate(Setting)}


def _last_birthday(birth_month: Month, age: int) -> int:
    """The last day on which a child of this birth month can turn `age`."""
    year, month = birth_month.year + age, birth_month.month
    return day_number(date(year, month, monthrange(year, month)[1]))


@lru_cache(maxsize=8192)
def _home_vector(home: Place) -> Kilometres:
    return np.array(unit_vector(home.lon, home.lat))
