"""The SQL of the HSDS feed: what is published today, and nothing that only some may see."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.supply.catalogue import HELD
from availability.supply.running import runs_on

_AREAS = f"""ARRAY(
    SELECT DISTINCT line.area_code FROM contract JOIN contract_line line ON line.contract_id = contract.id
    WHERE contract.provider_agb = offer.provider_agb AND line.care_type_code = offer.care_type_code
      AND {runs_on(":today")}
    UNION SELECT municipality_code FROM served_area WHERE offer_id = offer.id
    ORDER BY 1
) AS areas"""  # noqa: S608 - ours


def _midnight(day: str) -> str:
    return f"CAST({day} AS timestamp) AT TIME ZONE 'Europe/Amsterdam'"


# What is told of an offer changes when somebody says so, and on a day that was named before. Few changes are looked for
# per offer, by an index; what the filter asks is looked for at once, for all offers.
_DESCRIBED = "entry.record_kind = 'offer' AND entry.action IN ('describe-offer', 'change-offer') AND NOT entry.denied"

_OF_CONTRACTS = f"""
    SELECT contract.provider_agb, change.changed_at AS moment
    FROM contract JOIN contract_change change ON change.contract_id = contract.id
    UNION ALL
    SELECT contract.provider_agb, {_midnight("day")}
    FROM contract
    CROSS JOIN LATERAL unnest(ARRAY[valid_from, valid_until + 1, suspended_from, suspended_until + 1]) AS day
    WHERE day <= :today
"""  # noqa: S608 - ours

_OF_ITS_ROOM = f"""
    greatest(said.stated_at, room.moment, CASE WHEN said.available_from <= :today
        THEN {_midnight("said.available_from")} END)"""

_OF_ITSELF = f"greatest(said.recorded_at, {_midnight('offer.published_from')}, {_OF_ITS_ROOM})"

_CHANGED_AT = f"""
    greatest({_OF_ITSELF},
        (SELECT max(entry.at) FROM audit_entry entry WHERE {_DESCRIBED} AND entry.record_id = offer.id::text),
        (SELECT max(moment) FROM ({_OF_CONTRACTS}) agreed WHERE agreed.provider_agb = offer.provider_agb)
    ) AS changed_at"""  # noqa: S608 - ours

_MINIMAL = f"offer.id, {_CHANGED_AT}"

_WHOLE = f"""
    offer.id, offer.name, offer.description, offer.age_from, offer.age_until, offer.location_id,
    care_type.name AS care_type_name, care_type.description AS care_type_description,
    provider.agb_code, provider.name AS provider_name, provider.website,
    location.name AS location_name, location.place, location.pc4,
    ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat,
    said.id AS statement_id, said.stated_at, said.total_places, said.open_places, said.admission_stop,
    CASE WHEN said.available_from > :today THEN said.available_from END AS opens_on, {HELD} AS held_places,
    {_OF_ITS_ROOM} AS room_changed_at, {_CHANGED_AT}, {_AREAS}
"""

_FROM = f"""
    FROM offer
    JOIN care_type ON care_type.code = offer.care_type_code
    JOIN provider ON provider.agb_code = offer.provider_agb
    JOIN location ON location.id = offer.location_id
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    LEFT JOIN (
        SELECT offer_id, max(greatest(held_at, ended_at,
            CASE WHEN last_day < :today THEN {_midnight("last_day + 1")} END)) AS moment
        FROM place_option GROUP BY offer_id
    ) room ON room.offer_id = offer.id
    WHERE offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
"""  # noqa: S608 - ours

_TOLD = """concat_ws(' ', offer.name, offer.description, care_type.name, array_to_string(care_type.synonyms, ' '),
    provider.name, location.place)"""

FILTERS: dict[str, str] = {
    "offer": "offer.id = :offer",
    "provider": "offer.provider_agb = :provider",
    "modified_after": f"""(
        {_OF_ITSELF} >= :modified_after
        OR offer.id::text IN (
            SELECT entry.record_id FROM audit_entry entry WHERE {_DESCRIBED} AND entry.at >= :modified_after)
        OR offer.provider_agb IN (
            SELECT agreed.provider_agb FROM ({_OF_CONTRACTS}) agreed WHERE agreed.moment >= :modified_after))""",  # noqa: S608 - ours
    "patterns": f"{_TOLD} ILIKE ALL (CAST(:patterns AS text[]))",
}
"""What narrows the list when it is asked; together they narrow it further (HSDS: cumulative)."""

_ORGANIZATIONS = """
    FROM provider
    WHERE (CAST(:provider AS text) IS NULL OR agb_code = :provider)
      AND (CAST(:patterns AS text[]) IS NULL OR name ILIKE ALL (CAST(:patterns AS text[])))
"""

_LOCATIONS = """
    SELECT location.id, location.name, location.place, location.pc4, location.provider_agb AS agb_code,
           ST_X(location.point::geometry) AS lon, ST_Y(location.point::geometry) AS lat
    FROM location WHERE provider_agb = :provider ORDER BY id
"""


@dataclass(frozen=True, slots=True)
class Sought:
    """Which services somebody wants; None does not narrow."""

    offer: int | None = None
    provider: str | None = None
    modified_after: datetime | None = None
    patterns: list[str] | None = None

    @property
    def named(self) -> dict[str, Any]:
        return {each.name: getattr(self, each.name) for each in fields(self) if getattr(self, each.name) is not None}


def services(
    session: Session, sought: Sought, today: date, *, limit: int, skip: int = 0, minimal: bool = False
) -> Sequence[Row[Any]]:
    """The offers of today, in a fixed order; minimal: only which, and when it last changed."""
    shown = _MINIMAL if minimal else _WHOLE
    asked = f"SELECT {shown} {_found(sought)} ORDER BY offer.id LIMIT :limit OFFSET :skip"
    return session.execute(text(asked), {**sought.named, "today": today, "limit": limit, "skip": skip}).all()


def count_services(session: Session, sought: Sought, today: date) -> int:
    asked = f"SELECT count(*) {_found(sought)}"
    found: int = session.execute(text(asked), {**sought.named, "today": today}).scalar_one()
    return found


def _found(sought: Sought) -> str:
    return " AND ".join((_FROM, *(FILTERS[name] for name in sought.named)))


def organizations(
    session: Session, *, limit: int, skip: int = 0, provider: str | None = None, patterns: list[str] | None = None
) -> Sequence[Row[Any]]:
    asked = {"provider": provider, "patterns": patterns, "limit": limit, "skip": skip}
    listed = f"SELECT agb_code, name, website {_ORGANIZATIONS} ORDER BY agb_code LIMIT :limit OFFSET :skip"
    return session.execute(text(listed), asked).all()


def count_organizations(session: Session, patterns: list[str] | None) -> int:
    asked = {"provider": None, "patterns": patterns}
    found: int = session.execute(text(f"SELECT count(*) {_ORGANIZATIONS}"), asked).scalar_one()
    return found


def locations(session: Session, provider: str) -> Sequence[Row[Any]]:
    return session.execute(text(_LOCATIONS), {"provider": provider}).all()
