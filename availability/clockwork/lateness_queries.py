"""The SQL of the chase list: which contracts hold for some areas, how their offers are kept up to date, and whether the
provider was reached about it."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.geography.atlas import COUNTRY
from availability.outbox.telling import Notice
from matcher.reminding import BEFORE

_COVERED = """
WITH contracted AS (
    SELECT contract.id AS contract_id, contract.number, contract.provider_agb, contract.update_term_days,
        contract.valid_from, array_agg(DISTINCT contract_line.care_type_code) AS care_types,
        CASE WHEN bool_or(contract_line.area_code = :country) THEN 'country'
            WHEN bool_or(contract_line.area_code LIKE 'JZ%') THEN 'region' ELSE 'municipality' END AS contracted_for
    FROM contract JOIN contract_line ON contract_line.contract_id = contract.id
    WHERE contract.valid_from <= :today AND coalesce(contract.valid_until, 'infinity') >= :today
      AND NOT (contract.suspended_from <= :today AND coalesce(contract.suspended_until, 'infinity') >= :today) IS TRUE
      AND contract_line.area_code = ANY (:areas)
    GROUP BY contract.id
), covered AS (
    SELECT contracted.contract_id, contracted.provider_agb, contracted.update_term_days, offer.id AS offer_id,
        greatest(contracted.valid_from, offer.published_from) AS since
    FROM contracted JOIN offer ON offer.provider_agb = contracted.provider_agb
        AND offer.care_type_code = ANY (contracted.care_types)
    WHERE offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
), standing AS (
    SELECT covered.contract_id, covered.offer_id, held.stated_on,
        CAST(:today AS date) - (coalesce(held.stated_on, covered.since) + covered.update_term_days) AS days_late
    FROM covered LEFT JOIN LATERAL (
        SELECT CAST(statement.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS stated_on
        FROM current_capacity JOIN capacity_statement statement ON statement.id = current_capacity.statement_id
        WHERE current_capacity.offer_id = covered.offer_id
    ) AS held ON true
)"""
"""What the contracts that run today ask statements of, since when, and how each offer stands."""

_TIMES = """
, stated AS (
    SELECT covered.contract_id, covered.offer_id, covered.since, covered.update_term_days, statement.id,
        CAST(statement.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS stated_on,
        greatest(covered.since, CAST(CAST(:today AS date) - interval '1 year' AS date)) AS from_on
    FROM covered LEFT JOIN capacity_statement statement ON statement.offer_id = covered.offer_id
), counted AS (
    SELECT contract_id, offer_id, update_term_days, id, stated_on FROM stated WHERE stated_on > from_on
    UNION ALL
    SELECT contract_id, offer_id, update_term_days, 0,
        greatest(since, (array_agg(stated_on ORDER BY id DESC) FILTER (WHERE stated_on <= from_on))[1])
    FROM stated GROUP BY contract_id, offer_id, since, from_on, update_term_days
), said AS (
    -- by the day: what is stated again because a confirmation was taken back has the day of before
    SELECT *, lead(stated_on) OVER (PARTITION BY contract_id, offer_id ORDER BY stated_on, id) AS next_on FROM counted
), times AS (
    SELECT contract_id, count(*) AS times_late FROM said
    WHERE coalesce(next_on, :today) > stated_on + update_term_days GROUP BY contract_id
)"""
"""How often a statement came too late in the year behind us. It begins with what held then: the statement before it, or
none at all. Neither counts from before the contract, which could ask for nothing yet."""

_ABOUT = f"CASE WHEN reminder.statement_id = 0 THEN 'missing' WHEN reminder.step = {BEFORE} THEN 'due' ELSE 'stale' END"
"""A provider gets one message a day about each of these."""

_REACHED = f"""
, reminded AS (
    SELECT covered.contract_id, count(DISTINCT (reminder.reminded_on, {_ABOUT})) AS reminders
    FROM covered JOIN reminder ON reminder.offer_id = covered.offer_id
    WHERE reminder.reminded_on >= CAST(:today AS date) - interval '1 year' GROUP BY covered.contract_id
), mailed AS (
    SELECT notice.organisation AS provider_agb, notice.told_at,
        bool_or(delivery.state = 'sent') AS sent, bool_or(delivery.state = 'waiting') AS waiting,
        max(CAST(delivery.finished_at AT TIME ZONE 'Europe/Amsterdam' AS date)) FILTER (WHERE delivery.state = 'sent')
            AS sent_on
    FROM notice JOIN delivery ON delivery.notice_id = notice.id AND delivery.contact_address_id IS NOT NULL
    WHERE notice.role = 'provider' AND notice.kind = ANY (:kinds)
      AND notice.organisation IN (SELECT provider_agb FROM contracted)
    GROUP BY notice.id
), reached AS (
    SELECT provider_agb, max(sent_on) AS emailed_on,
        (array_agg(CASE WHEN sent THEN 'sent' WHEN waiting THEN 'waiting' ELSE 'failed' END ORDER BY told_at DESC))[1]
            AS by_email
    FROM mailed GROUP BY provider_agb
), addressed AS (
    SELECT DISTINCT organisation AS provider_agb FROM contact_address
    WHERE role = 'provider' AND (kinds = '{{}}' OR kinds && CAST(:kinds AS varchar[]))
)"""  # noqa: S608 - ours
"""How many messages told of the offers of a contract, however many offers each was about; and whether the provider got
the last of them by e-mail."""

_LATENESS = text(
    _COVERED
    + _TIMES
    + _REACHED
    + """
SELECT contracted.contract_id, contracted.number AS contract_number, contracted.contracted_for, contracted.provider_agb,
    provider.name AS provider_name, provider.phone, provider.email, contracted.update_term_days,
    count(*) AS offers, count(*) FILTER (WHERE days_late > 0) AS late,
    count(*) FILTER (WHERE stated_on IS NULL) AS never_stated, greatest(0, max(days_late)) AS days_late,
    coalesce(max(times.times_late), 0) AS times_late, coalesce(max(reminded.reminders), 0) AS reminders,
    CASE WHEN max(addressed.provider_agb) IS NULL THEN 'no-address' ELSE coalesce(max(reached.by_email), 'not-yet') END
        AS by_email,
    max(reached.emailed_on) AS emailed_on, max(stated_on) AS last_stated_on
FROM standing
JOIN contracted USING (contract_id)
JOIN provider ON provider.agb_code = contracted.provider_agb
LEFT JOIN times USING (contract_id)
LEFT JOIN reminded USING (contract_id)
LEFT JOIN reached ON reached.provider_agb = contracted.provider_agb
LEFT JOIN addressed ON addressed.provider_agb = contracted.provider_agb
GROUP BY contracted.contract_id, contracted.number, contracted.contracted_for, contracted.provider_agb, provider.name,
    provider.phone, provider.email, contracted.update_term_days
ORDER BY days_late DESC, late DESC, times_late DESC, provider.name, contracted.number
"""
)

_TOTALS = text(
    _COVERED
    + """
SELECT count(DISTINCT offer_id) AS offers, count(DISTINCT offer_id) FILTER (WHERE days_late > 0) AS late,
    count(DISTINCT offer_id) FILTER (WHERE stated_on IS NULL) AS never_stated
FROM standing
"""
)

REMINDERS = (Notice.CAPACITY_DUE, Notice.CAPACITY_STALE, Notice.CAPACITY_MISSING)


def lateness(session: Session, areas: Collection[str], today: date) -> list[Row[Any]]:
    """The contracts that run for one of the areas, the latest first."""
    values = _values(areas, today) | {"kinds": [str(kind) for kind in REMINDERS]}
    return list(session.execute(_LATENESS, values))


def totals(session: Session, areas: Collection[str], today: date) -> Row[Any]:
    """The offers under all those contracts, each counted once."""
    return session.execute(_TOTALS, _values(areas, today)).one()


def _values(areas: Collection[str], today: date) -> dict[str, Any]:
    return {"areas": sorted(areas), "country": COUNTRY, "today": today}
