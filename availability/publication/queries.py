"""The SQL of publication: what is counted of a quarter, what was frozen, and what is read of it by everybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

# A case waits until help started, or else until the last thing that happened to it; a start is a case's first.
_WAITING = text("""
SELECT municipality_code, care_type_codes[1] AS care_type_code, :last_day - opened.day AS days
FROM care_request
CROSS JOIN LATERAL (SELECT CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day) AS opened
LEFT JOIN LATERAL (
    SELECT coalesce(min(occurred_on) FILTER (WHERE kind = 'started'), max(occurred_on)) AS day
    FROM case_event WHERE status <> 'open' AND care_request_id = care_request.id
) AS ended ON true
WHERE opened.day <= :last_day AND (status = 'open' OR ended.day > :last_day)
""")

_STARTED = text("""
SELECT municipality_code, care_type_codes[1] AS care_type_code, started.day - opened.day AS days
FROM care_request
JOIN (
    SELECT care_request_id, min(occurred_on) AS day FROM case_event WHERE kind = 'started' GROUP BY care_request_id
) AS started ON started.care_request_id = care_request.id
CROSS JOIN LATERAL (SELECT CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day) AS opened
WHERE started.day BETWEEN :first_day AND :last_day
""")

# The last statement of each offer before the period was over, for every region that could use the offer then. An offer
# counts once per region and once for the country, however many contracts lead there.
_STATED = text("""
WITH said AS (
    SELECT DISTINCT ON (offer_id) offer_id, intake_wait_days + treatment_wait_days AS wait_days,
           :last_day - CAST(stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS age_days
    FROM capacity_statement
    WHERE CAST(stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) <= :last_day
    ORDER BY offer_id, stated_at DESC, id DESC
), member AS (
    SELECT municipality_code, region_code FROM region_membership WHERE valid @> CAST(:last_day AS date)
), usable AS (
    SELECT offer.id, offer.care_type_code, line.area_code
    FROM offer
    JOIN contract ON contract.provider_agb = offer.provider_agb
    JOIN contract_line line ON line.contract_id = contract.id AND line.care_type_code = offer.care_type_code
    WHERE :last_day BETWEEN contract.valid_from AND coalesce(contract.valid_until, 'infinity')
      AND :last_day BETWEEN offer.published_from AND coalesce(offer.published_until, 'infinity')
    UNION
    SELECT offer.id, offer.care_type_code, served.municipality_code
    FROM offer
    JOIN served_area served ON served.offer_id = offer.id
    WHERE :last_day BETWEEN offer.published_from AND coalesce(offer.published_until, 'infinity')
), placed AS (
    SELECT DISTINCT usable.id, usable.care_type_code, region.code AS area_code
    FROM usable
    LEFT JOIN member ON member.municipality_code = usable.area_code
    JOIN youth_region region
      ON usable.area_code = 'NL' OR region.code = usable.area_code OR region.code = member.region_code
    UNION ALL
    SELECT DISTINCT id, care_type_code, 'NL' FROM usable
)
SELECT area_code, care_type.family, placed.care_type_code,
       GROUPING(care_type.family, placed.care_type_code) AS level, count(*) AS offers,
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_days))::int AS wait_days,
       round(percentile_cont(0.9) WITHIN GROUP (ORDER BY wait_days))::int AS long_days,
       round(percentile_cont(0.5) WITHIN GROUP (ORDER BY age_days))::int AS age_days
FROM placed
JOIN care_type ON care_type.code = placed.care_type_code AND NOT care_type.crisis
LEFT JOIN said ON said.offer_id = placed.id
GROUP BY GROUPING SETS (
    (area_code), (area_code, care_type.family), (area_code, care_type.family, placed.care_type_code)
)
""")

_PERIODS = text("SELECT code, first_day, last_day, method, published_at FROM published_period ORDER BY code DESC")

_FIGURES = text("""
SELECT * FROM published_figure
WHERE period_code = :period AND area_code = coalesce(:area, area_code)
  AND (CAST(:care_type AS text) IS NULL OR kind_level = 'care-type' AND kind = :care_type)
ORDER BY area_code, kind_level, kind
""")

_FREEZE = text(
    "INSERT INTO published_period (code, first_day, last_day, method) VALUES (:code, :first, :last, :method)"
)


def waiting(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """Who was waiting at the end of the day, and for how many days."""
    return session.execute(_WAITING, {"last_day": last_day}).all()


def started(session: Session, first_day: date, last_day: date) -> Sequence[Row[Any]]:
    """Whose help started in the period, and how many days after asking."""
    return session.execute(_STARTED, {"first_day": first_day, "last_day": last_day}).all()


def stated(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """What providers stated last, per region and for the country: `level` 0 per care type, 1 per family, 3 in all."""
    return session.execute(_STATED, {"last_day": last_day}).all()


def freeze(session: Session, code: str, first_day: date, last_day: date, method: int) -> None:
    session.execute(_FREEZE, {"code": code, "first": first_day, "last": last_day, "method": method})


def periods(session: Session) -> Sequence[Row[Any]]:
    """The newest first."""
    return session.execute(_PERIODS).all()


def figures(session: Session, period: str, area: str | None, care_type: str | None) -> Sequence[Row[Any]]:
    return session.execute(_FIGURES, {"period": period, "area": area, "care_type": care_type}).all()
