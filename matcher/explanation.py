"""Why an offer has its points: a code with values per criterion, and the sentence for it.

A reason is made from the case in which a criterion put the candidate, never from prose. Reasons come as values; and,
for what is shown, as JSON: equal reasons are equal bytes, so each is encoded once and kept.
"""

import json
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import repeat
from math import isnan
from typing import Any

import numpy as np

from matcher.criteria import START_UNKNOWN, Criterion
from matcher.dutch import NL
from matcher.english import EN
from matcher.language import Language, Values
from matcher.offers import UNKNOWN, day_of
from matcher.question import Setting
from matcher.ranking import Indices, Ranking
from matcher.waiting import Basis, Certainty, old_enough_on

LANGUAGES: dict[str, Language] = {language.code: language for language in (NL, EN)}

ON_TIME_WITHIN_DAYS = 4
"""Starts that came this near to what was stated are called on time: half a week."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one criterion gave its points."""

    code: str
    criterion: Criterion
    points: int
    maximum: int
    values: Values


def reasons(ranking: Ranking, index: int) -> tuple[Reason, ...]:
    """Every criterion the question asks about, with the points it gave to one candidate."""
    (parts,) = _parts(ranking, np.array([index]))
    return tuple(map(_reason, parts))


def reasons_json(ranking: Ranking, shown: Indices, language: str = "nl") -> list[bytes]:
    """Per shown candidate its reasons with their sentences, as a JSON array."""
    return [b"[" + b",".join([_fragment(language, part) for part in parts]) + b"]" for parts in _parts(ranking, shown)]


def sentence(reason: Reason, language: str = "nl") -> str:
    """The words for a reason."""
    words = LANGUAGES[language]
    return words.say(words.reasons[reason.code], reason.values)


# --- what is told of a case ----------------------------------------------------------------------------------------

Told = tuple[str, dict[str, object]]
"""A code and its values."""
Part = tuple[int, int, int, Hashable, int, int]
"""Position in Criterion, case, how much was asked, what else the sentence needs, points, maximum."""


def _parts(ranking: Ranking, shown: Indices) -> Iterator[tuple[Part, ...]]:
    """Per shown candidate what its reasons are made of: small values that are equal when the reasons are."""
    points: list[list[int]] = ranking.points[shown].T.tolist()
    asked = [at for at, maximum in enumerate(ranking.scale.maxima) if maximum]
    return zip(*(_column(ranking, shown, at, points[at]) for at in asked), strict=True)


def _column(ranking: Ranking, shown: Indices, at: int, points: list[int]) -> list[Part]:
    """One criterion, for all that are shown."""
    asked, maximum = ranking.scale.asked[at], ranking.scale.maxima[at]
    case = ranking.cases[at]
    assert case is not None
    details = DETAILS[at](ranking, shown) if at in DETAILS else repeat(None, len(shown))
    return [
        (at, case, asked, detail, gained, maximum)
        for case, detail, gained in zip(case[shown].tolist(), details, points, strict=True)
    ]


@lru_cache(maxsize=32768)  # some 25 MB when full
def _fragment(language: str, part: Part) -> bytes:
    reason = _reason(part)
    fields = {
        "code": reason.code,
        "criterion": reason.criterion,
        "points": reason.points,
        "maximum": reason.maximum,
        "values": reason.values,
        "text": sentence(reason, language),
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode()


def _reason(part: Part) -> Reason:
    at, case, asked, detail, points, maximum = part
    criterion = list(Criterion)[at]
    code, values = ACCOUNTS[criterion](case, asked, detail)
    return Reason(code, criterion, points, maximum, values)


def _start_detail(ranking: Ranking, shown: Indices) -> list[Hashable]:
    """Start, wanted day, today, and the age that the start waits for (0: it does not)."""
    inquiry = ranking.inquiry
    starts = inquiry.expectation.start[shown]
    age_from = inquiry.candidates["age_from"][shown]
    birthdays = old_enough_on(inquiry.question.birth_month).take(age_from)
    waits_for = np.where((starts > inquiry.wanted) & (starts == birthdays), age_from, 0)
    return [
        (start, inquiry.wanted, inquiry.today, age)
        for start, age in zip(starts.tolist(), waits_for.tolist(), strict=True)
    ]


def _start(case: int, _: int, detail: tuple[int, int, int, int]) -> Told:
    """The day that is expected, and the cautious one that the points are for."""
    if case >= START_UNKNOWN:
        return "start-unknown", {}
    start, wanted, today, age = detail
    values: dict[str, object] = {"start": day_of(start), "cautious": day_of(wanted + case)}
    if age:
        return "start-at-age", {**values, "age": age}
    if start > wanted:
        return "start-later", {**values, "days": start - today}
    when = "on-the-day" if wanted > today else "now"
    return (f"start-{when}" if case <= 0 else f"start-{when}-perhaps"), values


def _choice(case: int, _: int, __: None) -> Told:
    return ("choice", {"choice": case}) if case > 0 else ("other-choice", {})


def _distance_detail(ranking: Ranking, shown: Indices) -> list[Hashable]:
    """Whether a team comes to the family, and whether the help is online."""
    comes = (~np.isnan(ranking.candidates["travels_km"][shown])).tolist()
    online = (ranking.candidates["setting"][shown] == list(Setting).index(Setting.ONLINE)).tolist()
    return list(zip(comes, online, strict=True))


def _distance(case: int, _: int, detail: tuple[bool, bool]) -> Told:
    comes, online = detail
    if comes or online:
        return ("comes-home" if comes else "online"), {}
    if case < 10:
        return "very-near", {"km": case / 10}
    return "distance", {"km": case / 10 if case < 100 else case // 10}


def _certainty_detail(ranking: Ranking, shown: Indices) -> list[Hashable]:
    """The age of the statement (None: never stated), what the start rests on, and by how many days starts came late
    (None: not known)."""
    inquiry = ranking.inquiry
    rows = inquiry.candidates
    days_ago = np.maximum(inquiry.today - rows["stated_day"][shown], 0)  # today may be frozen before the statement
    ages = np.where(rows["statement_id"][shown] > 0, days_ago, UNKNOWN).tolist()
    bases, late = inquiry.expectation.basis[shown].tolist(), rows["late_days"][shown].tolist()
    return [
        (age if age >= 0 else None, basis, None if isnan(days) else round(days))
        for age, basis, days in zip(ages, bases, late, strict=True)
    ]


def _certainty(case: int, _: int, detail: tuple[int | None, int, int | None]) -> Told:
    age, basis, late = detail
    values: dict[str, object] = {"certainty": list(Certainty)[case], "basis": list(Basis)[basis]}
    if age is None:
        return "never-stated", values
    if late is None:
        return "stated", {**values, "ageDays": age}
    code = "stated-on-time" if abs(late) < ON_TIME_WITHIN_DAYS else "stated-late" if late > 0 else "stated-early"
    return code, {**values, "ageDays": age, "lateDays": abs(late)}


def _specialisms(case: int, asked: int, _: None) -> Told:
    code = "all-needs" if case == asked else "some-needs" if case else "needs-unknown"
    return code, {"served": case, "asked": asked}


def _siblings(case: int, asked: int, _: None) -> Told:
    if case == 0:
        return "siblings-unknown", {"asked": asked}
    together = case - 1
    code = "together" if together >= asked else "some-together" if together > 1 else "apart"
    return code, {"together": together, "asked": asked}


def _one_of(*codes: str) -> Callable[[int, int, None], Told]:
    """Cases that need no values: a code each."""
    return lambda case, _, __: (codes[case], {})


ACCOUNTS: dict[Criterion, Callable[[int, int, Any], Told]] = {
    Criterion.EXPECTED_START: _start,
    Criterion.PREFERENCE: _choice,
    Criterion.DISTANCE: _distance,
    Criterion.CERTAINTY: _certainty,
    Criterion.SPECIALISMS: _specialisms,
    Criterion.SIBLINGS: _siblings,
    Criterion.PAST_EIGHTEEN: _one_of("past-eighteen-unknown", "ends-at-eighteen", "goes-on"),
    Criterion.SCOPE: _one_of("local", "regional", "supraregional", "national", "general-provision", "without-contract"),
    Criterion.ANSWERS: _one_of("answers-unknown", "answers-in-time", "answers-late"),
}
"""Criterion → what is told, from the case, how much was asked, and the detail."""

DETAILS: dict[int, Callable[[Ranking, Indices], list[Hashable]]] = {
    list(Criterion).index(Criterion.EXPECTED_START): _start_detail,
    list(Criterion).index(Criterion.DISTANCE): _distance_detail,
    list(Criterion).index(Criterion.CERTAINTY): _certainty_detail,
}
"""What a sentence needs beside the case. It never changes the points."""
