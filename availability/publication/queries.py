"""The SQL of publication: what is counted of a quarter, what was frozen, and what is read of it by everybody."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.standing import STANDING
from matcher.case_events import EventKind
from matcher.case_history import CLOSINGS
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS

_OPENED = "CROSS JOIN LATERAL (SELECT CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS day) AS opened"

# Of the talk that answers the request of a worker outside the local team. Another responsible municipality is asked
# anew; skipping the first step counts as neither. A local team's own case met its team on opening, and says nothing of
# how long others wait. Grouped once: looking up each case among the events that stand took seconds.
_TEAMS = f"""
WITH {STANDING}, course AS (
    SELECT care_request_id,
           min(day) FILTER (WHERE kind = '{EventKind.INTENTION_RECORDED}') AS intended_on,
           max(day) FILTER (WHERE kind = '{EventKind.MUNICIPALITY_CHANGED}') AS moved_on
    FROM happened
    GROUP BY care_request_id
), talk AS (
    SELECT care_request_id, min(day) FILTER (WHERE kind = '{EventKind.TALKED_WITH_LOCAL_TEAM}') AS talked_on,
           min(day) FILTER (WHERE kind = '{EventKind.STEP_SKIPPED}') AS skipped_on
    FROM happened
    JOIN course USING (care_request_id)
    WHERE (kind = '{EventKind.TALKED_WITH_LOCAL_TEAM}' OR kind = '{EventKind.STEP_SKIPPED}' AND values ->> 'step' = '1')
      AND day >= coalesce(moved_on, '-infinity')
    GROUP BY care_request_id
), request AS (
    SELECT care_request.*, care_type_codes[1] AS care_type_code, opened.day AS opened_on,
           organisation <> municipality_code AS asks_team, talked_on, skipped_on,
           least(greatest(coalesce(intended_on, opened.day), moved_on), talked_on) AS asked_on
    FROM care_request
    {_OPENED}
    LEFT JOIN course ON course.care_request_id = care_request.id
    LEFT JOIN talk ON talk.care_request_id = care_request.id
)
"""  # noqa: S608 - from constants

_CLOSINGS = ", ".join(f"'{kind}'" for kind in CLOSINGS)

# As it was at the end of that day, whatever happened since: a case waits from its opening until the search ended, and
# again from the first time that it was opened after that.
_WAITING = text(f"""
{_TEAMS}, ended AS (
    SELECT DISTINCT ON (care_request_id) care_request_id, day, id
    FROM happened
    WHERE kind IN ({_CLOSINGS}) AND day <= :last_day
    ORDER BY care_request_id, day DESC, id DESC
), reopened AS (
    SELECT care_request_id, min(happened.day) AS day
    FROM happened
    JOIN ended USING (care_request_id)
    WHERE kind = '{EventKind.REOPENED}' AND happened.day <= :last_day
      AND (happened.day, happened.id) > (ended.day, ended.id)
    GROUP BY care_request_id
)
SELECT municipality_code, care_type_code, :last_day - coalesce(reopened.day, opened_on) AS days,
       asks_team AND asked_on <= :last_day AND least(talked_on, skipped_on, 'infinity') > :last_day AS for_team
FROM request
LEFT JOIN ended ON ended.care_request_id = request.id
LEFT JOIN reopened ON reopened.care_request_id = request.id
WHERE opened_on <= :last_day AND (ended.day IS NULL OR reopened.day IS NOT NULL)
""")  # noqa: S608 - from constants

_STARTED = text(f"""
WITH {STANDING}
SELECT municipality_code, care_type_codes[1] AS care_type_code, started.day - opened.day AS days,
       started.day <= needed_from AS in_time
FROM care_request
JOIN (
    SELECT care_request_id, min(day) AS day FROM happened WHERE kind = '{EventKind.STARTED}' GROUP BY care_request_id
) AS started ON started.care_request_id = care_request.id
{_OPENED}
WHERE started.day BETWEEN :first_day AND :last_day
""")  # noqa: S608 - from constants

_TALKED = text(f"""
{_TEAMS}
SELECT municipality_code, care_type_code, asked_on, talked_on
FROM request
WHERE asks_team AND talked_on BETWEEN :first_day AND :last_day AND coalesce(skipped_on >= talked_on, true)
""")  # noqa: S608 - from constants

# A network's member that was asked and declined answered nobody's referral of its own. One child may be refused often.
_ANSWERED = text(f"""
WITH {STANDING}
SELECT care_request.municipality_code, count(*) AS answers, count(*) FILTER (WHERE no_room) AS refused,
       count(DISTINCT care_request.id) AS children,
       count(DISTINCT care_request.id) FILTER (WHERE no_room) AS refused_children,
       count(DISTINCT care_request.id) FILTER (WHERE NOT no_room) AS other_children
FROM happened
JOIN care_request ON care_request.id = happened.care_request_id
LEFT JOIN refusal ON refusal.event_id = happened.id
CROSS JOIN LATERAL (SELECT coalesce(refusal.reason IN ('no-place', 'no-timely-place'), false) AS no_room) AS why
WHERE happened.kind IN ('{EventKind.REFERRAL_ACCEPTED}', '{EventKind.REFERRAL_REFUSED}')
  AND happened.day BETWEEN :first_day AND :last_day
GROUP BY care_request.municipality_code
""")  # noqa: S608 - from constants

_DISCUSSED = text(f"""
WITH {STANDING}
SELECT municipality_code, count(DISTINCT care_request.id) AS children
FROM happened
JOIN care_request ON care_request.id = happened.care_request_id
WHERE kind = '{EventKind.RET_DISCUSSED}' AND day BETWEEN :first_day AND :last_day
GROUP BY municipality_code
""")  # noqa: S608 - from constants

# The last statement of each offer before the period was over, for every region that could use the offer then. An offer
# counts once per region and once for the country, however many contracts lead there. An offer that admits nobody has
# no wait.
_USABLE = f"""
WITH said AS (
    SELECT DISTINCT ON (offer_id) offer_id, total_places,
           CASE WHEN NOT admission_stop THEN intake_wait_days + treatment_wait_days END AS wait_days,
           :last_day - CAST(stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS age_days
    FROM capacity_statement
    WHERE CAST(stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) <= :last_day
    ORDER BY offer_id, stated_at DESC, id DESC
), member AS (
    SELECT municipality_code, region_code FROM region_membership WHERE valid @> CAST(:last_day AS date)
), usable AS (
    SELECT offer.id, offer.care_type_code, line.area_code, contract.update_term_days
    FROM offer
    JOIN contract ON contract.provider_agb = offer.provider_agb
    JOIN contract_line line ON line.contract_id = contract.id AND line.care_type_code = offer.care_type_code
    WHERE :last_day BETWEEN contract.valid_from AND coalesce(contract.valid_until, 'infinity')
      AND NOT coalesce(
          :last_day BETWEEN contract.suspended_from AND coalesce(contract.suspended_until, 'infinity'), false)
      AND :last_day BETWEEN offer.published_from AND coalesce(offer.published_until, 'infinity')
    UNION
    SELECT offer.id, offer.care_type_code, served.municipality_code, {DEFAULT_UPDATE_TERM_DAYS}
    FROM offer
    JOIN served_area served ON served.offer_id = offer.id
    WHERE :last_day BETWEEN offer.published_from AND coalesce(offer.published_until, 'infinity')
), placed AS (
    SELECT usable.id, usable.care_type_code, region.code AS area_code, min(update_term_days) AS term_days
    FROM usable
    LEFT JOIN member ON member.municipality_code = usable.area_code
    JOIN youth_region region
      ON usable.area_code = 'NL' OR region.code = usable.area_code OR region.code = member.region_code
    GROUP BY usable.id, usable.care_type_code, region.code
    UNION ALL
    SELECT id, care_type_code, 'NL', min(update_term_days) FROM usable GROUP BY id, care_type_code
)
"""  # noqa: S608 - a number of our own

_STATED = text(f"""
{_USABLE}
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
""")  # noqa: S608 - from our own words

_KEPT = text(f"""
{_USABLE}
SELECT area_code, count(*) AS offers, count(*) FILTER (WHERE age_days <= term_days) AS on_time
FROM placed
LEFT JOIN said ON said.offer_id = placed.id
WHERE area_code <> 'NL'
GROUP BY area_code
""")  # noqa: S608 - from our own words

# Where the child stays, so each place counts in one region. CBS: 11 is foster care, 12 is family-like.
_PLACES = text(f"""
{_USABLE}
SELECT member.region_code AS area_code, sum(total_places) AS places,
       coalesce(sum(total_places) FILTER (WHERE care_type.cbs_form IN ('11', '12')), 0) AS family_places
FROM (SELECT DISTINCT id FROM usable) AS contracted
JOIN offer USING (id)
JOIN care_type ON care_type.code = offer.care_type_code AND care_type.stay AND NOT care_type.crisis
JOIN location ON location.id = offer.location_id
JOIN member ON member.municipality_code = location.municipality_code
JOIN said ON said.offer_id = offer.id
GROUP BY member.region_code
""")  # noqa: S608 - from our own words

_PERIODS = text("SELECT code, first_day, last_day, method, published_at FROM published_period ORDER BY code DESC")

_FIGURES = text("""
SELECT published_figure.*, method
FROM published_figure
JOIN published_period ON code = period_code
WHERE period_code = ANY (:periods) AND area_code = coalesce(:area, area_code)
  AND (CAST(:care_type AS text) IS NULL OR kind_level = 'care-type' AND kind = :care_type)
ORDER BY period_code, area_code, kind_level, kind
""")

_INDICATORS = text("""
SELECT period_code, indicator, part, whole, value
FROM published_indicator
WHERE period_code = ANY (:periods) AND area_code = :area
ORDER BY period_code, indicator
""")

_FREEZE = text(
    "INSERT INTO published_period (code, first_day, last_day, method) VALUES (:code, :first, :last, :method)"
)


def waiting(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """Who was waiting at the end of the day, for how many days, and whether for the local team."""
    return session.execute(_WAITING, {"last_day": last_day}).all()


def started(session: Session, first_day: date, last_day: date) -> Sequence[Row[Any]]:
    """Whose help started in the period, how many days after asking, and whether by the day it was needed."""
    return session.execute(_STARTED, {"first_day": first_day, "last_day": last_day}).all()


def talked(session: Session, first_day: date, last_day: date) -> Sequence[Row[Any]]:
    """First talks with a local team in the period, with the day that another worker asked for it."""
    return session.execute(_TALKED, {"first_day": first_day, "last_day": last_day}).all()


def answered(session: Session, first_day: date, last_day: date) -> Sequence[Row[Any]]:
    """Per municipality the answers of providers in the period, the refusals for want of room among them, and of how
    many children each are."""
    return session.execute(_ANSWERED, {"first_day": first_day, "last_day": last_day}).all()


def discussed(session: Session, first_day: date, last_day: date) -> Sequence[Row[Any]]:
    """Per municipality the children whom the expert team discussed in the period."""
    return session.execute(_DISCUSSED, {"first_day": first_day, "last_day": last_day}).all()


def stated(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """What providers stated last, per region and for the country: `level` 0 per care type, 1 per family, 3 in all."""
    return session.execute(_STATED, {"last_day": last_day}).all()


def kept(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """Per region the offers it could use that day, and those whose statement was within its term."""
    return session.execute(_KEPT, {"last_day": last_day}).all()


def places(session: Session, last_day: date) -> Sequence[Row[Any]]:
    """Per region the places to stay that are there, and those in foster families and family homes among them."""
    return session.execute(_PLACES, {"last_day": last_day}).all()


def freeze(session: Session, code: str, first_day: date, last_day: date, method: int) -> None:
    session.execute(_FREEZE, {"code": code, "first": first_day, "last": last_day, "method": method})


def periods(session: Session) -> Sequence[Row[Any]]:
    """The newest first."""
    return session.execute(_PERIODS).all()


def figures(session: Session, period: str, area: str | None, care_type: str | None) -> Sequence[Row[Any]]:
    return figures_of(session, [period], area, care_type)


def figures_of(session: Session, periods: Sequence[str], area: str | None, care_type: str | None) -> Sequence[Row[Any]]:
    """Of several periods, the oldest first."""
    return session.execute(_FIGURES, {"periods": list(periods), "area": area, "care_type": care_type}).all()


def indicators(session: Session, periods: Sequence[str], area: str) -> Sequence[Row[Any]]:
    """A region's indicators in these periods, the oldest first; none of a period that was published without."""
    return session.execute(_INDICATORS, {"periods": list(periods), "area": area}).all()
