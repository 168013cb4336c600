"""Offers and questions to judge: a builder that shows only what matters, and random worlds full of unknowns."""

import random
from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
from hypothesis import strategies as st

from matcher.offers import EARTH_RADIUS_KM, NEVER, UNKNOWN, Rows, day_number, empty_candidates, unit_vector
from matcher.question import Gender, Month, Place, Question, Setting, Urgency

TODAY = date(2026, 11, 23)  # a Monday
HOME = Place(lon=5.91, lat=51.98)
A_QUESTION = Question(
    municipality="GM0202",
    home=HOME,
    birth_month=Month(2013, 5),
    care_types=("family-home",),
    needed_from=TODAY,
)


def a_question(**overrides: Any) -> Question:
    """A girl or boy of thirteen in Arnhem who can start today, with nothing special asked."""
    return replace(A_QUESTION, **overrides)


def an_offer(**overrides: Any) -> dict[str, Any]:
    """An offer that suits `a_question`, five kilometres away, with a place; `km` and dates are understood."""
    return {
        "offer_id": 1,
        "km": 5.0,
        "setting": Setting.LOCATION,
        "contract_id": 1,
        "scope": 1,
        "statement_id": 1,
        "stated_day": TODAY,
        "total_places": 10,
        "open_places": 1,
        "intake_wait": 14,
        "treatment_wait": 28,
        **overrides,
    }


def offers(*described: dict[str, Any]) -> Rows:
    """The described offers as candidates; numbered from 1 unless they say otherwise."""
    rows = empty_candidates(len(described))
    for at, offer in enumerate(described):
        for name, value in offer.items():
            if name == "km":
                rows["x"][at], rows["y"][at], rows["z"][at] = unit_vector(HOME.lon, HOME.lat + _degrees(value))
            else:
                rows[name][at] = _number(value)
    if len(set(rows["offer_id"])) < len(rows):
        rows["offer_id"] = np.arange(1, len(rows) + 1)
    return rows


def _degrees(km: float) -> float:
    return float(np.degrees(km / EARTH_RADIUS_KM))


def _number(value: Any) -> Any:
    if isinstance(value, date):
        return day_number(value)
    return list(Setting).index(value) if isinstance(value, Setting) else value


_NOW = day_number(TODAY)
_NEAR_TODAY = [_NOW - 400, _NOW - 1, _NOW, _NOW + 1, _NOW + 30, _NOW + 31, _NOW + 300]
_WAITS = [UNKNOWN, 0, 1, 7, 30, 90, 400, 3650]
_COUNTS = [UNKNOWN, 0, 1, 3, 12, 100]
_MAY_SAY: dict[str, list[Any]] = {
    "km": [0.0, 0.05, 0.3, 4.9, 5.0, 14.9, 15.0, 40.0, 40.2, 180.0],
    "travels_km": [np.nan, 0.0, 5.0, 40.0],
    "serves": [0, 1, 3, 7],
    "excludes": [0, 8, 16],
    "only_for": [0, 1, 6, 32],
    "age_from": [0, 4, 12, 13, 14, 18],
    "age_until": [12, 13, 14, 17, 23],
    "genders": [7, 1, 2, 6],
    "setting": list(range(len(Setting))),
    "siblings": [UNKNOWN, 0, 1, 2, 3, 5],
    "past_eighteen": [UNKNOWN, 0, 1],
    "published_from": [0, _NOW, _NOW + 1],
    "published_until": [NEVER, _NOW - 1, _NOW, _NOW + 30],
    "statement_id": [0, 1, 2],
    "stated_day": [_NOW, _NOW - 1, _NOW - 34, _NOW - 200],
    "stop": [0, 1],
    "open_places": [UNKNOWN, 0, 1, 4],
    "options_running": [0, 1],
    "available_from": [UNKNOWN, *_NEAR_TODAY],
    "intake_wait": _WAITS,
    "treatment_wait": _WAITS,
    "waiting": _COUNTS,
    "started_90": _COUNTS,
    "withdrawn_90": _COUNTS,
    "late_days": [np.nan, -10.0, 0.0, 21.0],
    "realised_wait": [np.nan, 0.0, 50.0, 400.0],
    "realised_spread": [np.nan, 5.0, 40.0],
    "left_before": [np.nan, 0.0, 12.5],
    "over_days": [np.nan, 365.0, 635.0],
    "answer_days": [np.nan, 0.0, 5.0, 5.5],
    "contract_id": [-1, 0, 1, 2, 3, 4],
    "valid_from": [0, *_NEAR_TODAY],
    "valid_until": [NEVER, *_NEAR_TODAY],
    "suspended_from": [NEVER, *_NEAR_TODAY],
    "suspended_until": [NEVER, *_NEAR_TODAY],
    "scope": [0, 1, 2, 3],
    "answer_term": [3, 5],
    "preference": [-1, 0, 1, 2],
    "refused": [0, 1],
}

_SAYINGS = [(name, value) for name, values in _MAY_SAY.items() for value in values]
_HARMLESS = [
    (name, value)
    for name, value in _SAYINGS
    if name in {"km", "serves", "siblings", "past_eighteen", "statement_id", "stated_day", "open_places"}
    or name in {"options_running", "available_from", "intake_wait", "treatment_wait", "waiting", "started_90"}
    or name in {"withdrawn_90", "late_days", "realised_wait", "realised_spread", "left_before", "over_days"}
    or name in {"answer_days", "answer_term", "scope"}
]


def _described(sayings: list[tuple[str, Any]]) -> dict[str, Any]:
    return an_offer() | dict(sayings)


def _numbered(described: list[dict[str, Any]], ids: list[int]) -> Rows:
    rows = offers(*described)
    rows["offer_id"] = ids[: len(rows)]
    return rows


def many_offers(count: int, seed: int) -> Rows:
    """A world too large for Hypothesis; the same for the same seed."""
    chance = random.Random(seed)
    described = [_described(chance.choices(_SAYINGS, k=chance.randint(0, 8))) for _ in range(count)]
    return _numbered(described, chance.sample(range(1, 2**40), count))


an_offer_at_random = st.lists(st.sampled_from(_SAYINGS), max_size=12).map(_described)
a_fitting_offer_at_random = st.lists(st.sampled_from(_HARMLESS), max_size=10).map(_described)
some_offers = st.builds(
    _numbered,
    st.lists(an_offer_at_random | a_fitting_offer_at_random, max_size=7),
    st.lists(st.integers(1, 2**40), min_size=7, max_size=7, unique=True),
)
some_questions = st.builds(
    Question,
    municipality=st.just("GM0202"),
    home=st.just(HOME),
    birth_month=st.sampled_from([Month(2013, 5), Month(2013, 11), Month(2013, 12), Month(2009, 1), Month(2024, 2)]),
    care_types=st.sampled_from([("a",), ("a", "b", "c")]),
    needed_from=st.sampled_from([date(2020, 1, 1), TODAY, date(2026, 12, 23), date(2027, 9, 1)]),
    urgency=st.sampled_from(Urgency),
    max_distance_km=st.sampled_from([None, None, 5.0, 40.0]),
    needs=st.sampled_from([0, 0, 1, 7, 9]),
    gender=st.sampled_from([None, None, *Gender]),
    siblings=st.sampled_from([0, 0, 1, 2]),
    past_eighteen=st.booleans(),
    setting=st.sampled_from([None, None, None, *Setting]),
)
