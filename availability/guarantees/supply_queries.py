"""The SQL of what was there: which offers a region could use, and all that was said of them, over some years."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Rows = Sequence[Row[Any]]

PLAN_EACH_TIME = text("SET LOCAL plan_cache_mode = force_custom_plan")
"""For lists of any length one plan does not fit all: made once for all of them, that of the regions that border on ours
took 7 s where it takes 30 ms."""

_AGREED = text("""
    SELECT contract.id, contract.provider_agb, line.care_type_code, contract.valid_from, contract.valid_until,
        contract.suspended_from, contract.suspended_until, contract.update_term_days,
        array_agg(line.area_code) AS areas
    FROM contract_line line JOIN contract ON contract.id = line.contract_id
    WHERE line.care_type_code = ANY (:care_types) AND line.area_code = ANY (:areas)
    GROUP BY contract.id, line.care_type_code
""")

# What a contract was before it was changed: it held until then, whatever it says now.
_CHANGED = text("""
    SELECT contract_id, CAST(changed_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS changed_on, before, after
    FROM contract_change
    WHERE CAST(changed_at AT TIME ZONE 'Europe/Amsterdam' AS date) >= :first
      AND (jsonb_path_exists(before, CAST(:line AS jsonpath), CAST(:sought AS jsonb))
           OR jsonb_path_exists(after, CAST(:line AS jsonpath), CAST(:sought AS jsonb)))
    ORDER BY contract_id, version
""")

LINE = "$.lines[*] ? (@.careType == $careTypes[*] && @.area == $areas[*])"
"""A line of a contract, as the history of contracts writes it, that may be about us."""

_SERVED = text("""
    SELECT served.offer_id, array_agg(served.municipality_code) AS areas
    FROM served_area served JOIN offer ON offer.id = served.offer_id
    WHERE served.municipality_code = ANY (:areas) AND offer.care_type_code = ANY (:care_types)
    GROUP BY served.offer_id
""")

_OFFERS = text("""
    SELECT offer.id, offer.provider_agb, offer.care_type_code, offer.age_from, offer.age_until, offer.setting,
        offer.travels_km, offer.published_from, offer.published_until, location.municipality_code,
        ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat
    FROM offer JOIN location ON location.id = offer.location_id
    WHERE offer.published_from <= :last AND coalesce(offer.published_until, 'infinity') >= :first
      AND (offer.care_type_code = ANY (:care_types) AND offer.provider_agb = ANY (:providers)
           OR offer.id = ANY (:served))
    ORDER BY offer.id
""")

# What was said before the first day speaks on it only if nothing was said after that. By the day: what is stated again
# because a confirmation was taken back has the day of before.
_SAID = text("""
    SELECT said.offer_id, CAST(said.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS on_day, said.open_places,
        said.intake_wait_days + said.treatment_wait_days AS wait_days, said.admission_stop, said.available_from
    FROM unnest(CAST(:offers AS bigint[])) AS sought (offer_id)
    CROSS JOIN LATERAL (
        SELECT coalesce(max(id), 0) AS id FROM capacity_statement
        WHERE offer_id = sought.offer_id AND CAST(stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) < :first
    ) AS before
    JOIN capacity_statement said ON said.offer_id = sought.offer_id AND said.id >= before.id
    WHERE CAST(said.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date) <= :last
    ORDER BY said.offer_id, on_day, said.id
""")

# On the day on which it ended a place was not held any more.
_HELD = text("""
    SELECT offer_id, CAST(held_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS first,
        least(last_day, CAST(ended_at AT TIME ZONE 'Europe/Amsterdam' AS date) - 1) AS last
    FROM place_option WHERE offer_id = ANY (:offers) AND last_day >= :first
""")


def agreed(session: Session, care_types: Sequence[str], areas: Sequence[str]) -> Rows:
    """The contracts as they are now, per care type, for areas of the region."""
    return session.execute(_AGREED, {"care_types": list(care_types), "areas": list(areas)}).all()


def changed(session: Session, sought: str, first: date) -> Rows:
    """What contracts were and became since a day, by contract; `sought`: JSON with careTypes and areas."""
    return session.execute(_CHANGED, {"first": first, "line": LINE, "sought": sought}).all()


def served(session: Session, care_types: Sequence[str], municipalities: Sequence[str]) -> dict[int, list[str]]:
    """The general provisions of these municipalities, each with those it serves."""
    values = {"care_types": list(care_types), "areas": list(municipalities)}
    return {row.offer_id: row.areas for row in session.execute(_SERVED, values)}


def offers(
    session: Session,
    care_types: Sequence[str],
    providers: Sequence[str],
    general: Sequence[int],
    days: tuple[date, date],
) -> Rows:
    """What these providers offer of it, and these general provisions, if it was published on one of the days."""
    first, last = days
    values = {"care_types": list(care_types), "providers": list(providers), "served": list(general)}
    return session.execute(_OFFERS, values | {"first": first, "last": last}).all()


def said(session: Session, offers: Sequence[int], days: tuple[date, date]) -> Rows:
    """What was said of these offers up to the last of the days, in the order in which it was said: everything since the
    first of them, and the last thing before."""
    first, last = days
    return session.execute(_SAID, {"offers": list(offers), "first": first, "last": last}).all()


def held(session: Session, offers: Sequence[int], first: date) -> Rows:
    """The places that were held for a child on or after a day."""
    return session.execute(_HELD, {"offers": list(offers), "first": first}).all()
