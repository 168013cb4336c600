"""polars: a frame per care type and area, cut beforehand, and the sums as expressions."""

import time
from typing import ClassVar

import polars as pl

from matcher.fit import USUAL_DURATION_DAYS
from matcher.offers import EARTH_RADIUS_KM, NEVER
from matcher.question import Question
from matcher.ranking import HASH_MODULUS
from matcher.waiting import FAIRLY_CERTAIN_ABOVE_DAYS, UNCERTAIN_ABOVE_DAYS
from tests.bench.arithmetic import FARTHEST, LATEST, ONLINE
from tests.bench.asked import Asked, in_numbers
from tests.bench.engines.engine import Engine
from tests.bench.worlds import World

col, lit, when = pl.col, pl.lit, pl.when


class Polar(Engine):
    """One lazy plan per question, optimised and run by polars."""

    name: ClassVar[str] = "polars"
    note: ClassVar[str] = "a frame per care type and area, cut beforehand; one lazy plan per question"

    def build(self, world: World) -> float:
        self._world = world
        began = time.perf_counter()
        sheet = pl.from_pandas(world.sheet)
        self._frames = sheet.partition_by("care_type", "area", as_dict=True)
        self._empty = sheet.clear()
        return time.perf_counter() - began

    def answer(self, question: Question) -> list[int]:
        asked = in_numbers(self._world, question)
        pieces = [
            self._frames.get((care_type, area), self._empty).lazy().with_columns(preference=lit(preference))
            for preference, care_type in enumerate(asked.care_types)
            for area in asked.areas
        ]
        plan = (
            pl.concat(pieces)
            .filter(*_holds(asked), *_takes(asked))
            .sort("scope", "contract_id")
            .unique("offer_id", keep="first", maintain_order=True)
            .with_columns(distance=_distance(asked), earliest=_of_age("age_from", asked.earliest.tolist()))
            .with_columns(
                start=pl.max_horizontal("start", "earliest"),
                journey=when(col("travels_km").is_null() & (col("setting") != ONLINE)).then("distance").otherwise(0.0),
            )
            .filter(*_reaches(asked))
            .sort(-_score(asked), *_ties(asked))
            .select("offer_id")
        )
        return plan.collect().to_series().to_list()

    @property
    def nbytes(self) -> int:
        return int(sum(frame.estimated_size() for frame in self._frames.values()))


def _holds(asked: Asked) -> list[pl.Expr]:
    suspended = (col("suspended_from") <= asked.wanted) & (col("suspended_until") >= asked.wanted)
    return [col("valid_from") <= asked.wanted, col("valid_until") >= asked.wanted, ~suspended]


def _takes(asked: Asked) -> list[pl.Expr]:
    fits = [
        col("stop") == 0,
        col("genders") & asked.genders != 0,
        (col("only_for") == 0) | (col("only_for") & asked.needs != 0),
        col("excludes") & asked.needs == 0,
        col("published_from") <= asked.today,
        _of_age("age_from", asked.earliest.tolist()) <= asked.wanted + USUAL_DURATION_DAYS,
    ]
    if asked.setting >= 0:
        fits.append(col("setting") == asked.setting)
    if asked.past_eighteen:
        fits.append(col("past_eighteen") != 0)
    return fits


def _reaches(asked: Asked) -> list[pl.Expr]:
    could_start = when(col("start") == NEVER).then("earliest").otherwise("start")
    return [
        could_start <= col("published_until"),
        could_start < _of_age("age_until", asked.outgrown.tolist()),
        col("journey") <= asked.furthest,
        col("travels_km").is_null() | (col("distance") <= col("travels_km")),
    ]


def _of_age(column: str, days: list[int]) -> pl.Expr:
    return lit(pl.Series(days, dtype=pl.Int32)).gather(col(column))


def _distance(asked: Asked) -> pl.Expr:
    x, y, z = ((col(axis) - home) * (col(axis) - home) for axis, home in zip("xyz", asked.home, strict=True))
    return 2 * EARTH_RADIUS_KM * ((x + y + z).sqrt() / 2).clip(upper_bound=1.0).arcsin()


def _score(asked: Asked) -> pl.Expr:
    start, preference, distance, certainty, special, siblings, eighteen, scope, answers = asked.maxima
    late = (pl.max_horizontal("pessimistic", "earliest") - asked.wanted).clip(upper_bound=LATEST)
    width = pl.max_horizontal("late", "earliest") - pl.max_horizontal("early", "earliest")
    sure = (width <= FAIRLY_CERTAIN_ABOVE_DAYS) & (col("fresh_until") >= asked.today)
    far, wanted = 10 * asked.distance_half, asked.needs.bit_count()
    eighths = (
        when(sure).then(8).when(width <= UNCERTAIN_ABOVE_DAYS).then(6)
        .when(width <= NEVER).then(3).otherwise(1)
    )  # fmt: skip
    score = when(late == LATEST).then(start // 10).otherwise(start * asked.start_half // (late + asked.start_half))
    score += distance * far // ((col("journey") * 10).cast(pl.Int64).clip(upper_bound=FARTHEST) + far)
    score += certainty * eighths // 8 + preference // (col("preference") + 1) + answers // 2
    score += when(col("contract_id") == 0).then(scope).otherwise(scope * (4 - col("scope")) // 4)
    if special:
        served = (col("serves") & asked.needs).bitwise_count_ones().cast(pl.Int64)
        score += special * (3 * wanted + 7 * served) // (10 * wanted)
    if siblings:
        some = siblings * (col("siblings") - 1).clip(lower_bound=0) // asked.together
        many = when(col("siblings") >= asked.together).then(siblings).otherwise(some)
        score += when(col("siblings") < 0).then(siblings * 3 // 10).otherwise(many)
    if eighteen:
        known = when(col("past_eighteen") == 1).then(eighteen).otherwise(0)
        score += when(col("past_eighteen") < 0).then(eighteen * 3 // 10).otherwise(known)
    return score


def _ties(asked: Asked) -> list[pl.Expr]:
    return [
        (col("start") - asked.today).clip(upper_bound=LATEST),
        (col("distance") * 1000).floor(),
        (col("offer_id") % HASH_MODULUS * asked.factor + asked.term) % HASH_MODULUS,
    ]
