"""The SQL of the network (step 5A): who is in it, who is asked, and what was asked of a case."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from availability.referrals.tables import NetworkRequest
from availability.supply.running import runs_on

_REQUESTS = NetworkRequest.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it

_IN_IT = "member.region_code = :region AND member.valid_from <= :on AND coalesce(member.valid_until, 'infinity') >= :on"

_MEMBERS = text(f"""
    SELECT provider.agb_code, provider.name, member.valid_from
    FROM network_member member JOIN provider ON provider.agb_code = member.provider_agb
    WHERE {_IN_IT} ORDER BY provider.name, provider.agb_code
""")  # noqa: S608 - from constants

_ASKED = text(f"""
    SELECT provider.agb_code, provider.name
    FROM network_member member JOIN provider ON provider.agb_code = member.provider_agb
    WHERE {_IN_IT} AND EXISTS (
        SELECT FROM contract JOIN contract_line line ON line.contract_id = contract.id
        WHERE contract.provider_agb = member.provider_agb
          AND line.care_type_code = ANY (:care_types) AND line.area_code = ANY (:areas)
          AND {runs_on(":wanted")}
    )
    ORDER BY provider.agb_code
""")  # noqa: S608 - from constants

_KNOWN = text("SELECT agb_code FROM provider WHERE agb_code = ANY (:providers)")

# One at a time describes a region's network.
_HOLD = text("SELECT code FROM youth_region WHERE code = :region FOR NO KEY UPDATE")

_LEAVE = text("""
    UPDATE network_member SET valid_until = CAST(:today AS date) - 1
    WHERE region_code = :region AND NOT provider_agb = ANY (:providers)
      AND coalesce(valid_until, 'infinity') >= :today AND valid_from < :today
""")
_NEVER_CAME = text("""
    DELETE FROM network_member
    WHERE region_code = :region AND NOT provider_agb = ANY (:providers) AND valid_from >= :today
""")
_ENTER = text("""
    INSERT INTO network_member (region_code, provider_agb, valid_from)
    SELECT CAST(:region AS varchar), wished.agb, :today FROM unnest(CAST(:providers AS text[])) AS wished (agb)
    WHERE NOT EXISTS (
        SELECT FROM network_member member
        WHERE member.region_code = CAST(:region AS varchar) AND member.provider_agb = wished.agb
          AND coalesce(member.valid_until, 'infinity') >= :today
    )
""")

_OF_CASE = text("""
    SELECT id, region_code, asked_on, due_on FROM network_request
    WHERE care_request_id = :case ORDER BY asked_at DESC, id
""")


def members(session: Session, region: str, on: date) -> Sequence[Row[Any]]:
    """Who is in the network of a region on a day."""
    return session.execute(_MEMBERS, {"region": region, "on": on}).all()


def contracted_members(
    session: Session, region: str, *, on: date, care_types: Sequence[str], areas: Sequence[str], wanted: date
) -> Sequence[Row[Any]]:
    """The members that have a contract for one of these care types on the wanted day."""
    values = {"region": region, "on": on, "care_types": list(care_types), "areas": list(areas), "wanted": wanted}
    return session.execute(_ASKED, values).all()


def known_providers(session: Session, providers: Sequence[str]) -> set[str]:
    return set(session.execute(_KNOWN, {"providers": list(providers)}).scalars())


def set_members(session: Session, region: str, providers: Sequence[str], today: date) -> None:
    """From today these are the members. Who was one stays on record until yesterday."""
    for step in (_HOLD, _LEAVE, _NEVER_CAME, _ENTER):
        session.execute(step, {"region": region, "providers": list(providers), "today": today})


def add_request(session: Session, **values: Any) -> UUID:  # noqa: ANN401 - one value per column
    made: UUID = session.execute(insert(_REQUESTS).values(values).returning(_REQUESTS.c.id)).scalar_one()
    return made


def requests_of(session: Session, case: UUID) -> Sequence[Row[Any]]:
    """What was put to the network for a case, newest first."""
    return session.execute(_OF_CASE, {"case": case}).all()
