"""Why an offer has its points: a code with values per criterion, and the sentence for it.

A reason is made from the case in which a criterion put the candidate, never from prose. Reasons come as values; and,
for what is shown, as JSON: equal reasons are equal bytes, so each is encoded once and kept.
"""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from itertools import groupby
from math import isnan
from typing import Any

import numpy as np

from matcher.criteria import START_UNKNOWN, Cases, Criterion, Scale
from matcher.dutch import NL
from matcher.encoded import Encoded
from matcher.english import EN
from matcher.foresight import old_enough_on
from matcher.language import Language, Values
from matcher.offers import Rows, day_of
from matcher.question import Setting
from matcher.ranking import Indices, Ranking
from matcher.waiting import Basis, Certainty

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
    of_groups = _said(ranking, np.array([index]))
    return tuple(reason for group, (said,) in of_groups for reason in _reasons(ranking.scale, group, said))


def reasons_json(ranking: Ranking, shown: Indices, language: str = "nl", rows: Rows | None = None) -> list[bytes]:
    """Per shown candidate its reasons with their sentences, as a JSON array; its rows save time if they are there."""
    scale = ranking.scale
    columns = [
        _ENCODED.each((language, scale, group), said, partial(_fragment, language, scale, group))
        for group, said in _said(ranking, shown, rows)
    ]
    return [b"[%b]" % b",".join(fragments) for fragments in zip(*columns, strict=True)]


def sentence(reason: Reason, language: str = "nl") -> str:
    """The words for a reason."""
    words = LANGUAGES[language]
    return words.say(words.reasons[reason.code], reason.values)


# --- what is told of a case ----------------------------------------------------------------------------------------

Told = tuple[str, dict[str, object]]
"""A code and its values."""
Detail = tuple[list[Any], ...]
"""Columns of what else a sentence needs, for those that are shown."""
Group = tuple[int, ...]
"""Positions in Criterion that are told together: those without a detail, which are much the same for many offers."""
Said = tuple[Any, ...]
"""What the reasons of one group are made of: the cases, and the detail. Equal when the reasons are."""


def _said(ranking: Ranking, shown: Indices, rows: Rows | None = None) -> Iterator[tuple[Group, list[Said]]]:
    """Per group, in the order of Criterion, what is said of each shown candidate."""
    rows = ranking.candidates.rows_at(shown) if rows is None else rows
    for group in _groups(ranking.scale.maxima):
        cases = [_case(ranking, at).take(shown).tolist() for at in group]
        detail = DETAILS[group[0]](ranking, shown, rows) if group[0] in DETAILS else ()
        yield group, list(zip(*cases, *detail, strict=True))


@lru_cache
def _groups(maxima: tuple[int, ...]) -> tuple[Group, ...]:
    asked = [at for at, maximum in enumerate(maxima) if maximum]
    by_detail = groupby(asked, lambda at: at if at in DETAILS else None)
    return tuple(tuple(group) for _, group in by_detail)


def _case(ranking: Ranking, at: int) -> Cases:
    case = ranking.cases[at]
    assert case is not None
    return case


_ENCODED = Encoded(most=32768)
"""Some 25 MB when full."""


def _fragment(language: str, scale: Scale, group: Group, said: Said) -> bytes:
    return b",".join([_encoded(reason, language) for reason in _reasons(scale, group, said)])


def _encoded(reason: Reason, language: str) -> bytes:
    fields = {
        "code": reason.code,
        "criterion": reason.criterion,
        "points": reason.points,
        "maximum": reason.maximum,
        "values": reason.values,
        "text": sentence(reason, language),
    }
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":"), default=date.isoformat).encode()


def _reasons(scale: Scale, group: Group, said: Said) -> Iterator[Reason]:
    detail = said[len(group) :]
    for at, case in zip(group, said, strict=False):
        criterion = list(Criterion)[at]
        code, values = ACCOUNTS[criterion](case, scale.asked[at], *detail)
        yield Reason(code, criterion, scale.worth(at, case), scale.maxima[at], values)


def _start_detail(ranking: Ranking, shown: Indices, rows: Rows) -> Detail:
    """Start, wanted day, today, and the age that the start waits for (0: it does not)."""
    inquiry = ranking.inquiry
    starts, age_from = inquiry.expectation.start.take(shown), rows["age_from"]
    birthdays = old_enough_on(inquiry.question.birth_month).take(age_from)
    waits_for = np.where((starts > inquiry.wanted) & (starts == birthdays), age_from, 0)
    return starts.tolist(), [inquiry.wanted] * len(rows), [inquiry.today] * len(rows), waits_for.tolist()


def _start(case: int, _: int, start: int, wanted: int, today: int, age: int) -> Told:
    """The day that is expected, and the cautious one that the points are for."""
    if case >= START_UNKNOWN:
        return "start-unknown", {}
    values: dict[str, object] = {"start": day_of(start), "cautious": day_of(wanted + case)}
    if age:
        return "start-at-age", {**values, "age": age}
    if start > wanted:
        return "start-later", {**values, "days": start - today}
    when = "on-the-day" if wanted > today else "now"
    return (f"start-{when}" if case <= 0 else f"start-{when}-perhaps"), values


def _choice(case: int, _: int) -> Told:
    return ("choice", {"choice": case}) if case > 0 else ("other-choice", {})


def _distance_detail(_: Ranking, __: Indices, rows: Rows) -> Detail:
    """Whether a team comes to the family, and whether the help is online."""
    return (~np.isnan(rows["travels_km"])).tolist(), (rows["setting"] == _ONLINE).tolist()


_ONLINE = list(Setting).index(Setting.ONLINE)


def _distance(case: int, _: int, comes: bool, online: bool) -> Told:
    if comes or online:
        return ("comes-home" if comes else "online"), {}
    if case < 10:
        return "very-near", {"km": case / 10}
    return "distance", {"km": case / 10 if case < 100 else (case + 5) // 10}


def _certainty_detail(ranking: Ranking, shown: Indices, rows: Rows) -> Detail:
    """The age of the statement (None: never stated), what the start rests on, and by how many days starts came late
    (None: not known)."""
    days_ago = np.maximum(ranking.inquiry.today - rows["stated_day"], 0)  # today may be frozen before the statement
    ages = [
        days if stated else None for days, stated in zip(days_ago.tolist(), rows["statement_id"].tolist(), strict=True)
    ]
    late = [None if isnan(days) else round(days) for days in rows["late_days"].tolist()]
    return ages, ranking.expectation.basis.take(shown).tolist(), late


def _certainty(case: int, _: int, age: int | None, basis: int, late: int | None) -> Told:
    values: dict[str, object] = {"certainty": list(Certainty)[case], "basis": list(Basis)[basis]}
    if age is None:
        return "never-stated", values
    if late is None:
        return "stated", {**values, "ageDays": age}
    code = "stated-on-time" if abs(late) < ON_TIME_WITHIN_DAYS else "stated-late" if late > 0 else "stated-early"
    return code, {**values, "ageDays": age, "lateDays": abs(late)}


def _specialisms(case: int, asked: int) -> Told:
    code = "all-needs" if case == asked else "some-needs" if case else "needs-unknown"
    return code, {"served": case, "asked": asked}


def _siblings(case: int, asked: int) -> Told:
    if case == 0:
        return "siblings-unknown", {"asked": asked}
    together = case - 1
    code = "together" if together >= asked else "some-together" if together > 1 else "apart"
    return code, {"together": together, "asked": asked}


def _one_of(*codes: str) -> Callable[[int, int], Told]:
    """Cases that need no values: a code each."""
    return lambda case, _: (codes[case], {})


ACCOUNTS: dict[Criterion, Callable[..., Told]] = {
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

DETAILS: dict[int, Callable[[Ranking, Indices, Rows], Detail]] = {
    list(Criterion).index(Criterion.EXPECTED_START): _start_detail,
    list(Criterion).index(Criterion.DISTANCE): _distance_detail,
    list(Criterion).index(Criterion.CERTAINTY): _certainty_detail,
}
"""What a sentence needs beside the case. It never changes the points."""
