"""What was arranged where a case is: its youth region, the enrolment route that holds there, a care broker or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.geography.atlas import Atlas
from matcher.case_events import Route

NO_REGION = ""
"""A municipality that belongs to no region on the day."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    region: str
    route: Route


# The nearest area speaks, and of an area the newest day that has come.
_ROUTE = text("""
    SELECT route FROM enrolment_route
    WHERE area_code = ANY (:areas) AND valid_from <= :today
    ORDER BY array_position(:areas, area_code), valid_from DESC
    LIMIT 1
""")

_BROKER = text("""
    SELECT coalesce((
        SELECT present FROM care_broker WHERE region_code = :region AND valid_from <= :today
        ORDER BY valid_from DESC LIMIT 1
    ), false)
""")


def arrangement_of(session: Session, atlas: Atlas, municipality: str, today: date) -> Arrangement:
    """What a case of this municipality gets when it opens today."""
    areas = list(atlas.areas_of(municipality, today))
    route = session.execute(_ROUTE, {"areas": areas, "today": today}).scalar_one()
    return Arrangement(atlas.region_of(municipality, today) or NO_REGION, Route(route))


def has_broker(session: Session, region: str, today: date) -> bool:
    return bool(session.execute(_BROKER, {"region": region, "today": today}).scalar_one())


@dataclass(frozen=True, slots=True)
class Arranged:
    """Everything that was arranged in and for a region, by day."""

    routes: Sequence[Row[Any]]
    brokers: Sequence[Row[Any]]


# The country first, then the region, then its municipalities; of each in the order of days.
_ROUTES = text("""
    SELECT area_code, route, valid_from FROM enrolment_route
    WHERE area_code IN ('NL', :region) OR area_code IN (
        SELECT municipality_code FROM region_membership WHERE region_code = :region AND valid @> CAST(:today AS date)
    )
    ORDER BY area_code <> 'NL', area_code <> :region, area_code, valid_from
""")

_BROKERS = text("SELECT present, valid_from FROM care_broker WHERE region_code = :region ORDER BY valid_from")

_SET_ROUTE = text("""
    INSERT INTO enrolment_route (area_code, valid_from, route) VALUES (:area, :valid_from, :route)
    ON CONFLICT (area_code, valid_from) DO UPDATE SET route = excluded.route
""")

_SET_BROKER = text("""
    INSERT INTO care_broker (region_code, valid_from, present) VALUES (:region, :valid_from, :present)
    ON CONFLICT (region_code, valid_from) DO UPDATE SET present = excluded.present
""")


def arranged(session: Session, region: str, today: date) -> Arranged:
    routes = session.execute(_ROUTES, {"region": region, "today": today}).all()
    return Arranged(routes, session.execute(_BROKERS, {"region": region}).all())


def set_route(session: Session, area: str, route: Route, valid_from: date) -> None:
    session.execute(_SET_ROUTE, {"area": area, "route": route.value, "valid_from": valid_from})


def set_broker(session: Session, region: str, valid_from: date, *, present: bool) -> None:
    session.execute(_SET_BROKER, {"region": region, "valid_from": valid_from, "present": present})
