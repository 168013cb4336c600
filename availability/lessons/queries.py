"""The SQL of lessons: the histories of a region's cases, what they were put to, who could be asked, and the places."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.event_queries import HISTORY_COLUMNS

# Where something happened since, or where help may run that nobody tells anything of. A case is the region's when its
# responsible municipality is.
_OF_REGION = """
    SELECT care_request.* FROM care_request
    JOIN region_membership member USING (municipality_code)
    WHERE member.region_code = :region AND member.valid @> CAST(:until AS date)
      AND (status <> 'closed' OR EXISTS (
          SELECT FROM case_event WHERE care_request_id = care_request.id AND occurred_on >= :since))
"""

_HISTORIES = text(f"""
    SELECT {HISTORY_COLUMNS}, care_request.care_type_codes[1] AS care_type
    FROM ({_OF_REGION}) care_request JOIN case_event event ON event.care_request_id = care_request.id
    ORDER BY care_request.id, event.id
""")  # noqa: S608 - ours

_REFERRALS = text(f"""
    SELECT CAST(referral.id AS text) AS id, referral.provider_agb, referral.network_request_id IS NOT NULL AS network,
        coalesce(offer.care_type_code, care_request.care_type_codes[1]) AS care_type
    FROM ({_OF_REGION}) care_request
    JOIN referral ON referral.care_request_id = care_request.id
    LEFT JOIN offer ON offer.id = referral.offer_id
""")  # noqa: S608 - ours

# Contracted for the region, or a part of it, on a day. The general provisions are asked without a referral.
_PROVIDERS = text("""
    WITH contracted AS (
        SELECT DISTINCT provider_agb, line.care_type_code
        FROM contract_line line
        JOIN contract ON contract.id = line.contract_id
        WHERE line.area_code IN (
                SELECT unnest(ARRAY['NL', :region]) UNION ALL
                SELECT municipality_code FROM region_membership
                WHERE region_code = :region AND valid @> CAST(:day AS date))
          AND :day BETWEEN valid_from AND coalesce(valid_until, 'infinity')
          AND NOT coalesce(:day BETWEEN suspended_from AND coalesce(suspended_until, 'infinity'), false)
    ),
    published AS (
        SELECT provider_agb, care_type_code FROM offer
        WHERE :day BETWEEN published_from AND coalesce(published_until, 'infinity')
    )
    SELECT provider_agb, count(*) AS offers, count(*) FILTER (WHERE (provider_agb, care_type_code) IN (
        SELECT provider_agb, care_type_code FROM contracted)) AS usable
    FROM published
    WHERE provider_agb IN (SELECT provider_agb FROM contracted)
    GROUP BY provider_agb
""")

# Where the child stays, so each place counts in one region; contracted by somebody. What was last stated by then; of
# who had stated nothing yet, what it stated first: an overview that is being filled should not look like places made.
_PLACES = text("""
    WITH standing AS (
        SELECT day.day, offer.id, care_type.cbs_form IN ('11', '12') AS in_a_family
        FROM unnest(CAST(:days AS date[])) AS day
        JOIN region_membership member ON member.region_code = :region AND member.valid @> day.day
        JOIN location USING (municipality_code)
        JOIN offer ON offer.location_id = location.id
            AND day.day BETWEEN published_from AND coalesce(published_until, 'infinity')
        JOIN care_type ON care_type.code = offer.care_type_code AND care_type.stay AND NOT care_type.crisis
        WHERE EXISTS (
            SELECT FROM contract JOIN contract_line line ON line.contract_id = contract.id
            WHERE contract.provider_agb = offer.provider_agb AND line.care_type_code = offer.care_type_code
              AND day.day BETWEEN valid_from AND coalesce(valid_until, 'infinity'))
    )
    SELECT standing.day, coalesce(sum(places) FILTER (WHERE in_a_family), 0) AS in_families,
        coalesce(sum(places) FILTER (WHERE NOT in_a_family), 0) AS in_groups,
        count(*) FILTER (WHERE places IS NULL) AS unknown
    FROM standing
    CROSS JOIN LATERAL (
        SELECT coalesce(
            (SELECT total_places FROM capacity_statement
             WHERE offer_id = standing.id AND stated_at < (day + 1)::timestamp AT TIME ZONE 'Europe/Amsterdam'
             ORDER BY id DESC LIMIT 1),
            (SELECT total_places FROM capacity_statement WHERE offer_id = standing.id ORDER BY id LIMIT 1)) AS places
        OFFSET 0
    ) stated
    GROUP BY standing.day ORDER BY standing.day
""")
"""`OFFSET 0` has each offer looked up once, and not once for each sum."""


def histories(session: Session, region: str, since: date, until: date) -> Sequence[Row[Any]]:
    """Every event of the region's cases in which something happened since, in the order of recording per case."""
    return session.execute(_HISTORIES, {"region": region, "since": since, "until": until}).all()


def referrals(session: Session, region: str, since: date, until: date) -> Sequence[Row[Any]]:
    """What those cases were put to."""
    return session.execute(_REFERRALS, {"region": region, "since": since, "until": until}).all()


def providers(session: Session, region: str, day: date) -> Sequence[Row[Any]]:
    """Who has an offer that the region could use on a day, how many of those, and how many in all."""
    return session.execute(_PROVIDERS, {"region": region, "day": day}).all()


def places(session: Session, region: str, days: Sequence[date]) -> Sequence[Row[Any]]:
    """Places with a stay that stood in the region at the end of each day, in a family and in a group."""
    return session.execute(_PLACES, {"region": region, "days": list(days)}).all()
