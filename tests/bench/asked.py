"""A question in plain numbers: what a peer needs to know, without a word of the vocabulary."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

import numpy as np
import numpy.typing as npt

from availability.board.areas import area_number
from availability.geography.atlas import Atlas
from availability.vocabulary.lexicon import Lexicon
from matcher.criteria import WEIGHTS, scale_of
from matcher.fit import USUAL_DURATION_DAYS, outgrown_on
from matcher.foresight import old_enough_on
from matcher.offers import day_number, unit_vector
from matcher.question import Gender, Month, Question, Setting
from matcher.ranking import tie_break
from tests.bench.sheet import care_type_numbers
from tests.bench.worlds import TODAY

OLDEST = 24
"""Offers end at 23 years."""

Days = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Asked:
    """Days are day numbers, masks are bits; -1 and infinity ask nothing."""

    care_types: list[int]
    """In order of preference."""
    areas: list[int]
    lon: float
    lat: float
    home: tuple[float, float, float]
    today: int
    wanted: int
    earliest: Days
    """Per lowest age, the first day that counts: the wanted day, or the birthday."""
    outgrown: Days
    """Per highest age, the day from which the child is too old."""
    needs: int
    genders: int
    setting: int
    furthest: float
    past_eighteen: bool
    together: int
    maxima: tuple[int, ...]
    start_half: int
    distance_half: int
    factor: int
    term: int


class Known(Protocol):
    """The map and the words: of a world, or of the API's state."""

    @property
    def atlas(self) -> Atlas: ...

    @property
    def lexicon(self) -> Lexicon: ...


def in_numbers(known: Known, question: Question) -> Asked:
    wanted_on = max(question.needed_from, TODAY)
    wanted = day_number(wanted_on)
    profile = WEIGHTS.of(question.urgency)
    factor, term = tie_break(question)
    numbers = care_type_numbers(known.lexicon)
    return Asked(
        care_types=[numbers[code] for code in question.care_types],
        areas=[area_number(code) for code in known.atlas.areas_of(question.municipality, wanted_on)],
        lon=question.home.lon,
        lat=question.home.lat,
        home=unit_vector(question.home.lon, question.home.lat),
        today=day_number(TODAY),
        wanted=wanted,
        earliest=_earliest(question.birth_month, wanted),
        outgrown=outgrown_on(question.birth_month)[:OLDEST],
        needs=question.needs,
        genders=7 if question.gender is None else 1 << list(Gender).index(question.gender),
        setting=-1 if question.setting is None else list(Setting).index(question.setting),
        furthest=float("inf") if question.max_distance_km is None else question.max_distance_km,
        past_eighteen=question.past_eighteen,
        together=question.siblings + 1,
        maxima=scale_of(profile, _how_much(question, wanted)).maxima,
        start_half=profile.start_half_days,
        distance_half=profile.distance_half_km,
        factor=factor,
        term=term,
    )


def _how_much(question: Question, wanted: int) -> tuple[int, ...]:
    """Per criterion how much is asked; 0 leaves it out."""
    several = len(question.care_types) if len(question.care_types) > 1 else 0
    together = question.siblings + 1 if question.siblings else 0
    grows_up = question.past_eighteen or bool(outgrown_on(question.birth_month)[17] <= wanted + USUAL_DURATION_DAYS)
    return (1, several, 1, 1, question.needs.bit_count(), together, int(grows_up), 1, 1)


@lru_cache(maxsize=8192)
def _earliest(birth_month: Month, wanted: int) -> Days:
    return np.maximum(old_enough_on(birth_month)[:OLDEST], np.int32(wanted))


def preferences(asked: Sequence[int]) -> dict[int, int]:
    return {care_type: preference for preference, care_type in enumerate(asked)}
