"""The SQL of the HSDS feed: what is published today, and nothing that only some may see."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_PUBLISHED = "offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today"

_AREAS = """ARRAY(
    SELECT DISTINCT line.area_code FROM contract JOIN contract_line line ON line.contract_id = contract.id
    WHERE contract.provider_agb = offer.provider_agb AND line.care_type_code = offer.care_type_code
      AND contract.valid_from <= :today AND coalesce(contract.valid_until, 'infinity') >= :today
    UNION SELECT municipality_code FROM served_area WHERE offer_id = offer.id
    ORDER BY 1
) AS areas"""

_SERVICES = f"""
    SELECT offer.id, offer.name, offer.description, offer.age_from, offer.age_until, offer.location_id,
           care_type.name AS care_type_name, care_type.description AS care_type_description,
           provider.agb_code, provider.name AS provider_name, provider.website,
           location.name AS location_name, location.place, location.pc4,
           ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat,
           said.id AS statement_id, said.stated_at, said.total_places, said.open_places, said.admission_stop,
           {_AREAS}
    FROM offer
    JOIN care_type ON care_type.code = offer.care_type_code
    JOIN provider ON provider.agb_code = offer.provider_agb
    JOIN location ON location.id = offer.location_id
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE {_PUBLISHED} AND (CAST(:provider AS text) IS NULL OR offer.provider_agb = :provider)
      AND (CAST(:offer AS bigint) IS NULL OR offer.id = :offer)
    ORDER BY offer.id LIMIT :limit OFFSET :skip
"""  # noqa: S608 - ours

_COUNT = f"""
    SELECT count(*) FROM offer
    WHERE {_PUBLISHED} AND (CAST(:provider AS text) IS NULL OR provider_agb = :provider)
"""  # noqa: S608 - ours

_ORGANIZATIONS = """
    SELECT agb_code, name, website FROM provider
    WHERE CAST(:provider AS text) IS NULL OR agb_code = :provider ORDER BY agb_code LIMIT :limit OFFSET :skip
"""

_LOCATIONS = """
    SELECT location.id, location.name, location.place, location.pc4, location.provider_agb AS agb_code,
           ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat
    FROM location WHERE provider_agb = :provider ORDER BY id
"""


def services(
    session: Session, today: date, *, limit: int, skip: int = 0, provider: str | None = None, offer: int | None = None
) -> Sequence[Row[Any]]:
    """The offers of today, in a fixed order."""
    values = {"today": today, "provider": provider, "offer": offer, "limit": limit, "skip": skip}
    return session.execute(text(_SERVICES), values).all()


def count_services(session: Session, today: date, provider: str | None) -> int:
    found: int = session.execute(text(_COUNT), {"today": today, "provider": provider}).scalar_one()
    return found


def organizations(session: Session, *, limit: int, skip: int = 0, provider: str | None = None) -> Sequence[Row[Any]]:
    return session.execute(text(_ORGANIZATIONS), {"provider": provider, "limit": limit, "skip": skip}).all()


def count_organizations(session: Session) -> int:
    found: int = session.execute(text("SELECT count(*) FROM provider")).scalar_one()
    return found


def locations(session: Session, provider: str) -> Sequence[Row[Any]]:
    return session.execute(text(_LOCATIONS), {"provider": provider}).all()
