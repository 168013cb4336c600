"""The SQL of the map. Membership is always asked as of a day."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Rows = Sequence[Row[Any]]

_POSTCODES = text("""
    SELECT pc4, place, municipality_code, ST_X(centre::geometry) AS lon, ST_Y(centre::geometry) AS lat
    FROM postcode
""")

_MUNICIPALITIES = text("""
    SELECT code, name, short_name, synonyms, ST_X(centre::geometry) AS lon, ST_Y(centre::geometry) AS lat
    FROM municipality
""")

_MEMBERSHIPS = text("""
    SELECT municipality_code, region_code, lower(valid) AS first, upper(valid) - 1 AS last
    FROM region_membership ORDER BY municipality_code, valid
""")

_REGION_NAMES = text("SELECT code, name FROM youth_region")

_REGIONS_ON = text("""
    SELECT region.code, region.name, region.also_known_as,
           array_agg(municipality.code ORDER BY municipality.code) AS municipalities,
           sum(municipality.population) AS population, sum(municipality.youth_population) AS youth_population
    FROM youth_region region
    JOIN region_membership membership ON membership.region_code = region.code AND membership.valid @> CAST(:on AS date)
    JOIN municipality ON municipality.code = membership.municipality_code
    GROUP BY region.code
    ORDER BY region.code
""")

_MUNICIPALITIES_ON = text("""
    SELECT municipality.code, municipality.name, municipality.province, municipality.population,
           municipality.population_year, municipality.youth_population, municipality.youth_care_pct,
           ST_X(municipality.centre::geometry) AS lon, ST_Y(municipality.centre::geometry) AS lat,
           region.code AS region_code, region.name AS region_name
    FROM municipality
    JOIN region_membership membership
        ON membership.municipality_code = municipality.code AND membership.valid @> CAST(:on AS date)
    JOIN youth_region region ON region.code = membership.region_code
    WHERE CAST(:region AS text) IS NULL OR region.code = :region
    ORDER BY municipality.name, municipality.code
""")

_AREAS_ON = text("""
    SELECT json_build_object('type', 'FeatureCollection', 'features', coalesce(json_agg(json_build_object(
               'type', 'Feature',
               'id', municipality.code,
               'properties', json_build_object('name', municipality.name, 'youthRegion', membership.region_code),
               'geometry', ST_AsGeoJSON(area.outline::geometry, 4)::json
           ) ORDER BY municipality.code), '[]'))::text
    FROM area
    JOIN municipality ON municipality.code = area.municipality_code
    JOIN region_membership membership
        ON membership.municipality_code = municipality.code AND membership.valid @> CAST(:on AS date)
    WHERE CAST(:region AS text) IS NULL OR membership.region_code = :region
""")


def postcodes(session: Session) -> Rows:
    return session.execute(_POSTCODES).all()


def municipalities(session: Session) -> Rows:
    return session.execute(_MUNICIPALITIES).all()


def memberships(session: Session) -> Rows:
    """Every membership there ever was; None on either side means open."""
    return session.execute(_MEMBERSHIPS).all()


def region_names(session: Session) -> Rows:
    return session.execute(_REGION_NAMES).all()


def regions_on(session: Session, on: date) -> Rows:
    """The youth regions of that day with their members; the sizes are the sums of today's counts."""
    return session.execute(_REGIONS_ON, {"on": on}).all()


def municipalities_on(session: Session, on: date, region: str | None) -> Rows:
    """The municipalities of that day, of one region if it is given, by name."""
    return session.execute(_MUNICIPALITIES_ON, {"on": on, "region": region}).all()


def areas_on(session: Session, on: date, region: str | None) -> str:
    """The outlines as one GeoJSON FeatureCollection in WGS84, to some ten metres."""
    return str(session.execute(_AREAS_ON, {"on": on, "region": region}).scalar_one())
