"""Writing the map: whole files at once, each as one statement; loading the same facts again changes nothing."""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

Rows = Sequence[Mapping[str, object]]
"""The columns are those that each statement names and types."""

_REGIONS = text("""
    INSERT INTO youth_region (code, slug, name, also_known_as, note)
    SELECT code, slug, name, also_known_as, note
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (code text, slug text, name text, also_known_as text, note text)
    ON CONFLICT (code) DO UPDATE
    SET slug = excluded.slug, name = excluded.name, also_known_as = excluded.also_known_as, note = excluded.note
""")

_MUNICIPALITIES = text("""
    INSERT INTO municipality (code, name, short_name, synonyms, province, population, population_year,
                              youth_population, youth_population_year, youth_care_pct, centre)
    SELECT code, name, short_name, synonyms, province, population, population_year,
           youth_population, youth_population_year, youth_care_pct, ST_MakePoint(lon, lat)::geography
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (code text, name text, short_name text, synonyms text[], province text, lon float8, lat float8,
                  population int, population_year int, youth_population int, youth_population_year int,
                  youth_care_pct float8)
    ON CONFLICT (code) DO UPDATE
    SET name = excluded.name, short_name = excluded.short_name, synonyms = excluded.synonyms,
        province = excluded.province, population = excluded.population, population_year = excluded.population_year,
        youth_population = excluded.youth_population, youth_population_year = excluded.youth_population_year,
        youth_care_pct = excluded.youth_care_pct, centre = excluded.centre
""")

_FORGET_MEMBERSHIPS = text("DELETE FROM region_membership")

_MEMBERSHIPS = text("""
    INSERT INTO region_membership (municipality_code, region_code, valid, source)
    SELECT municipality_code, region_code, daterange(valid_from, valid_until, '[]'), source
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (municipality_code text, region_code text, valid_from date, valid_until date, source text)
""")

_POSTCODES = text("""
    INSERT INTO postcode (pc4, municipality_code, place, population, centre)
    SELECT pc4, municipality_code, place, population, ST_MakePoint(lon, lat)::geography
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (pc4 text, municipality_code text, place text, lon float8, lat float8, population int)
    ON CONFLICT (pc4) DO UPDATE
    SET municipality_code = excluded.municipality_code, place = excluded.place, population = excluded.population,
        centre = excluded.centre
""")

DERIVED = "derived"
"""The source of an outline that we made ourselves; official ones name their file."""

_AREAS = text("""
    INSERT INTO area (municipality_code, source, outline)
    SELECT municipality_code, :source, ST_Multi(ST_GeomFromGeoJSON(outline))::geography
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (municipality_code text, outline jsonb)
    ON CONFLICT (municipality_code) DO UPDATE
    SET source = excluded.source, outline = excluded.outline, loaded_on = excluded.loaded_on
    WHERE excluded.source <> :derived OR area.source = :derived
""")


def write_regions(session: Session, rows: Rows) -> None:
    _write(session, _REGIONS, rows)


def write_municipalities(session: Session, rows: Rows) -> None:
    _write(session, _MUNICIPALITIES, rows)


def write_memberships(session: Session, rows: Rows) -> None:
    """The whole history at once: what is not among the rows was never so."""
    session.execute(_FORGET_MEMBERSHIPS)
    _write(session, _MEMBERSHIPS, rows)


def write_postcodes(session: Session, rows: Rows) -> None:
    _write(session, _POSTCODES, rows)


def write_areas(session: Session, outlines: Mapping[str, str], source: str) -> None:
    """Municipality → GeoJSON geometry in WGS84. Official outlines replace derived ones, never the other way round."""
    rows = ",".join(f'{{"municipality_code":"{code}","outline":{outline}}}' for code, outline in outlines.items())
    session.execute(_AREAS, {"rows": f"[{rows}]", "source": source, "derived": DERIVED})


def _write(session: Session, statement: TextClause, rows: Rows) -> None:
    session.execute(statement, {"rows": json.dumps(rows, default=str)})
