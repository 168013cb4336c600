"""The ranking once more, as one SQL statement on the real tables: the board's twin.

Same offers through the same contract, same first reason why not, same points, same order. It reads the tables as they
are, knows nothing of columns or boards, and measures with PostGIS. The learnt numbers of the expected start and the
weights come in as data, because they are data; every rule and every sum is written out again.

Holds while nothing is learnt from finished cases and no offer has refused: SQL has no columns for these yet.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from sqlalchemy import BigInteger, Boolean, Date, Float, String, TextClause, bindparam, text
from sqlalchemy.orm import Session
from sqlalchemy.types import NullType

from matcher import waiting
from matcher.criteria import WEIGHTS, scale_of
from matcher.offers import day_number
from matcher.question import Gender, Question
from matcher.ranking import HASH_MODULUS, tie_break
from matcher.turnover import PRIOR_DAYS, QUARTER_DAYS, USUAL_LEAVING
from matcher.waiting import AGES, EVIDENCE, OLDEST_DAYS, QUANTILES, Basis


@dataclass(frozen=True, slots=True)
class Judged:
    """One contracted offer as SQL judges it."""

    offer_id: int
    contract_id: int
    failure: int
    distance_km: float
    points: tuple[int, ...]
    score: int


TWIN = """
WITH asked AS (
    SELECT code, place::int - 1 AS preference
    FROM unnest(CAST(:care_types AS text[])) WITH ORDINALITY AS a (code, place)
),
available AS (
    SELECT o.id AS offer_id, c.id AS contract_id, asked.preference, c.update_term_days AS update_term,
           array_position(ARRAY['local', 'regional', 'supraregional', 'national'], c.scope::text) - 1 AS scope
    FROM asked
    JOIN offer o ON o.care_type_code = asked.code
    JOIN contract c ON c.provider_agb = o.provider_agb
    JOIN contract_line line ON line.contract_id = c.id AND line.care_type_code = o.care_type_code
    WHERE line.area_code IN (:municipality, 'NL', (
              SELECT region_code FROM region_membership
              WHERE municipality_code = :municipality AND valid @> CAST(:wanted_on AS date)))
      AND :wanted_on BETWEEN c.valid_from AND coalesce(c.valid_until, 'infinity')
      AND (c.suspended_from IS NULL
           OR :wanted_on NOT BETWEEN c.suspended_from AND coalesce(c.suspended_until, 'infinity'))
    UNION ALL
    SELECT o.id, 0, asked.preference, 30, 0
    FROM asked JOIN offer o ON o.care_type_code = asked.code JOIN served_area served ON served.offer_id = o.id
    WHERE served.municipality_code = :municipality
),
contracted AS (
    SELECT DISTINCT ON (offer_id) * FROM available ORDER BY offer_id, scope, contract_id
),
evidence AS (
    SELECT * FROM unnest(
        CAST(:seen AS int[]), CAST(:basis AS int[]), CAST(:queue AS float8[]), CAST(:stated AS float8[]),
        CAST(:realised AS float8[]), CAST(:handling AS float8[]), CAST(:doubt AS float8[]), CAST(:of_wait AS float8[]),
        CAST(:of_queue AS float8[]), CAST(:of_spread AS float8[])
    ) AS e (seen, basis, queue, stated, realised, handling, doubt, of_wait, of_queue, of_spread)
),
quantile AS (
    SELECT * FROM unnest(
        CAST(:q_basis AS int[]), CAST(:q_age AS int[]),
        CAST(:q_early AS float8[]), CAST(:q_late AS float8[]), CAST(:q_pessimistic AS float8[])
    ) AS q (basis, age, early, late, pessimistic)
),
said AS (
    SELECT o.*, contracted.contract_id, contracted.scope, contracted.preference, s.id AS statement_id,
           :today_on > (s.stated_at AT TIME ZONE 'Europe/Amsterdam')::date + contracted.update_term AS stale,
           ST_Distance(l.point, ST_SetSRID(ST_MakePoint(:lon, :lat), 4326)::geography, false) / 1000 AS distance_km,
           coalesce(s.admission_stop, false) AS stopped,
           coalesce(s.available_from - DATE '1970-01-01', -1) AS available_from,
           coalesce(s.intake_wait_days + s.treatment_wait_days, -1) AS stated_wait,
           coalesce(s.total_places, 0) AS total_places, coalesce(s.open_places, 0) AS free,
           s.waiting_count, s.started_last_90_days AS started, s.withdrawn_last_90_days AS withdrawn,
           learnt.realised_wait::float8, learnt.realised_spread::float8,
           coalesce(learnt.left_before::float8, CAST(:usual_leaving AS float8) * coalesce(s.total_places, 0))
               AS left_before,
           coalesce(learnt.over_days::float8, :prior_days) AS over_days,
           least(greatest(:today - coalesce((s.stated_at AT TIME ZONE 'Europe/Amsterdam')::date - DATE '1970-01-01', 0),
                          0), :oldest) AS age,
           CASE WHEN o.age_from = 0 THEN 0
                ELSE (CAST(:born AS date) + make_interval(years => o.age_from, months => 1))::date - DATE '1970-01-01'
           END AS old_enough_on,
           (CAST(:born AS date) + make_interval(years => o.age_until + 1, months => 1))::date - DATE '1970-01-02'
               AS too_old_on
    FROM contracted
    JOIN offer o ON o.id = contracted.offer_id
    JOIN location l ON l.id = o.location_id
    LEFT JOIN current_capacity current ON current.offer_id = o.id
    LEFT JOIN capacity_statement s ON s.id = current.statement_id
    LEFT JOIN learnt_wait learnt ON learnt.offer_id = o.id
),
queued AS (
    SELECT *, greatest(coalesce(waiting_count, 0) + CAST(:queue_ahead AS float8) - free, 0)
              / ((coalesce(started, 0) + coalesce(withdrawn, 0) + CAST(:leaving_seen AS float8) + left_before)
                 / (90 + over_days)) AS queue_days,
           (stated_wait >= 0)::int + 2 * (waiting_count IS NOT NULL AND started IS NOT NULL)::int
               + 4 * (realised_wait IS NOT NULL)::int
               + 8 * (free > 0)::int + 16 * (stopped AND available_from <= :today)::int AS seen
    FROM said
),
waited AS (
    SELECT queued.*, e.basis, e.doubt, e.of_wait, e.of_queue, e.of_spread,
           least(greatest(e.queue * queue_days + e.stated * stated_wait
                          + e.realised * coalesce(realised_wait, 0) + e.handling, 0), 3650) AS wait
    FROM queued LEFT JOIN evidence e ON e.seen = queued.seen
),
scaled AS (
    SELECT *, least(doubt + of_wait * wait + of_queue * queue_days
                    + of_spread * coalesce(realised_spread, 0), 3650) AS scale,
           greatest(available_from, old_enough_on, :today, :needed_from) AS earliest
    FROM waited
),
dated AS (
    SELECT scaled.*, greatest(wait + :today, earliest) AS start_at,
           greatest(q.early * scale + wait + :today, earliest) AS early_at,
           greatest(q.late * scale + wait + :today, earliest) AS late_at,
           greatest(q.pessimistic * scale + wait + :today, earliest) AS pessimistic_at
    FROM scaled LEFT JOIN quantile q ON q.basis = scaled.basis AND q.age = scaled.age
),
expected AS (
    SELECT *, CASE WHEN basis IS NULL THEN 2147483647 ELSE round(start_at)::int END AS start,
           CASE WHEN basis IS NULL THEN NULL ELSE round(pessimistic_at)::int END AS pessimistic,
           CASE WHEN basis IS NULL THEN 3
                ELSE greatest((late_at - early_at > :fairly)::int + (late_at - early_at > :uncertain)::int,
                              stale::int) END AS certainty,
           CASE WHEN travels_km IS NULL AND setting <> 'online' THEN distance_km ELSE 0 END AS journey_km
    FROM dated
),
judged AS (
    SELECT *, CASE
        WHEN could_start >= too_old_on THEN 3
        WHEN old_enough_on > :wanted + 365 THEN 4
        WHEN only_for <> 0 AND only_for & :needs = 0 THEN 5
        WHEN excludes & :needs <> 0 THEN 6
        WHEN genders & :gender_bit = 0 THEN 7
        WHEN setting <> coalesce(CAST(:setting AS text), setting) THEN 8
        WHEN stopped THEN 9
        WHEN journey_km > :max_km THEN 10
        WHEN distance_km > travels_km::real THEN 11
        WHEN :past_eighteen AND NOT past_eighteen THEN 12
        WHEN published_from > CAST(:today_on AS date) OR published_until < DATE '1970-01-01' + could_start THEN 14
        ELSE 0 END AS failure,
        CAST(:maxima AS int[]) AS m
    FROM expected,
         LATERAL (SELECT coalesce(nullif(start, 2147483647), greatest(:wanted, old_enough_on))::int AS could_start) AS l
),
scored AS (
    SELECT *, ARRAY[
        CASE WHEN pessimistic IS NULL THEN m[1] / 10
             ELSE m[1] * :start_half / (:start_half + greatest(pessimistic - :wanted, 0)) END,
        m[2] / (preference + 1),
        m[3] * 10 * :distance_half / (10 * :distance_half + least(floor(journey_km * 10)::int, 4095)),
        m[4] * (ARRAY[8, 6, 3, 1])[certainty + 1] / 8,
        CASE WHEN :needs = 0 THEN 0 ELSE m[5] * (3 * bit_count(CAST(:needs AS bigint)::bit(64))
             + 7 * bit_count((serves & :needs)::bit(64))) / (10 * bit_count(CAST(:needs AS bigint)::bit(64))) END,
        CASE WHEN siblings IS NULL THEN m[6] * 3 / 10 WHEN siblings >= :together THEN m[6]
             ELSE m[6] * greatest(siblings - 1, 0) / :together END,
        CASE WHEN past_eighteen IS NULL THEN m[7] * 3 / 10 WHEN past_eighteen THEN m[7] ELSE 0 END,
        CASE WHEN contract_id = 0 THEN m[8] ELSE m[8] * (4 - scope) / 4 END,
        m[9] / 2
    ]::int[] AS points
    FROM judged
)
SELECT id AS offer_id, contract_id, failure, distance_km, points, total.score
FROM scored, LATERAL (SELECT sum(point)::int AS score FROM unnest(points) AS point) AS total
ORDER BY failure <> 0, total.score DESC, least(start - :today, 16383), floor(distance_km * 1000),
         (id % :modulus * :factor + :term) % :modulus
"""


def rank_in_sql(session: Session, question: Question, today: date) -> list[Judged]:
    """Every contracted offer: those that fit first and in order, the others behind them."""
    return [
        Judged(row.offer_id, row.contract_id, row.failure, row.distance_km, tuple(row.points), row.score)
        for row in session.execute(twin_of(question, today))
    ]


def twin_of(question: Question, today: date) -> TextClause:
    """The statement for one question, with its values and their types."""
    values = {**_learnt(), **_asked(question, today)}
    return text(TWIN).bindparams(
        *(bindparam(name, value, _SQL_TYPES.get(type(value), NullType())) for name, value in values.items())
    )


_SQL_TYPES: dict[type, Any] = {str: String(), bool: Boolean(), int: BigInteger(), float: Float(), date: Date()}


def _asked(question: Question, today: date) -> dict[str, Any]:
    wanted_on = max(question.needed_from, today)
    profile = WEIGHTS.of(question.urgency)
    factor, term = tie_break(question)
    return {
        "care_types": list(question.care_types),
        "municipality": question.municipality,
        "lon": question.home.lon,
        "lat": question.home.lat,
        "born": date(question.birth_month.year, question.birth_month.month, 1),
        "today": day_number(today),
        "today_on": today,
        "wanted": day_number(wanted_on),
        "wanted_on": wanted_on,
        "needed_from": day_number(question.needed_from),
        "needs": question.needs,
        "gender_bit": 7 if question.gender is None else 1 << list(Gender).index(question.gender),
        "setting": question.setting,
        "max_km": question.max_distance_km if question.max_distance_km is not None else float("inf"),
        "past_eighteen": question.past_eighteen,
        "together": question.siblings + 1,
        "maxima": list(scale_of(profile, _how_much_is_asked(question, wanted_on)).maxima),
        "start_half": profile.start_half_days,
        "distance_half": profile.distance_half_km,
        "modulus": HASH_MODULUS,
        "factor": factor,
        "term": term,
    }


def _how_much_is_asked(question: Question, wanted_on: date) -> tuple[int, ...]:
    """Per criterion: 0 leaves it out."""
    care_types, needs = len(question.care_types), question.needs.bit_count()
    eighteen = date(
        question.birth_month.year + 18 + question.birth_month.month // 12, question.birth_month.month % 12 + 1, 1
    )
    grows_up = question.past_eighteen or (eighteen - wanted_on).days <= 366
    return (
        1,
        care_types if care_types > 1 else 0,
        1,
        1,
        needs,
        question.siblings and question.siblings + 1,
        grows_up,
        1,
        1,
    )


def _learnt() -> dict[str, Any]:
    """The tables of `waiting` as columns."""
    known = list(EVIDENCE.items())
    weights = {
        name: [float(getattr(evidence, name)) for _, evidence in known]
        for name in ("queue", "stated", "realised", "handling", "doubt", "of_wait", "of_queue", "of_spread")
    }
    days = range(OLDEST_DAYS + 1)
    quantiles = {basis: [np.interp(days, AGES, row).tolist() for row in rows] for basis, rows in QUANTILES.items()}
    return {
        **weights,
        "seen": [int(seen) for seen, _ in known],
        "basis": [list(Basis).index(evidence.basis) for _, evidence in known],
        "q_basis": [list(Basis).index(basis) for basis in quantiles for _ in days],
        "q_age": [age for _ in quantiles for age in days],
        **{
            f"q_{name}": [value for rows in quantiles.values() for value in rows[at]]
            for at, name in enumerate(("early", "late", "pessimistic"))
        },
        "queue_ahead": waiting.QUEUE_AHEAD,
        "leaving_seen": waiting.LEAVING_SEEN,
        "usual_leaving": USUAL_LEAVING * PRIOR_DAYS / QUARTER_DAYS,
        "prior_days": PRIOR_DAYS,
        "oldest": OLDEST_DAYS,
        "fairly": waiting.FAIRLY_CERTAIN_ABOVE_DAYS,
        "uncertain": waiting.UNCERTAIN_ABOVE_DAYS,
    }
