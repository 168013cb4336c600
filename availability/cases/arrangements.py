"""What was arranged where a case is: its youth region, the enrolment route that holds there, a care broker or none."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import text
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
