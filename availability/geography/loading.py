"""Writing the map: whole files at once; loading the same facts again changes nothing."""

from collections.abc import Mapping

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.upserts import Rows, point, upsert, write

_REGIONS = upsert("youth_region", ("code",), dict.fromkeys(("code", "slug", "name", "also_known_as", "note"), "text"))

_MUNICIPALITIES = upsert(
    "municipality",
    ("code",),
    dict.fromkeys(("code", "name", "short_name", "province"), "text")
    | dict.fromkeys(("population", "population_year", "youth_population", "youth_population_year"), "int")
    | {"synonyms": "text[]", "youth_care_pct": "float8", "centre": "geography"},
)

_POSTCODES = upsert(
    "postcode",
    ("pc4",),
    {"pc4": "text", "municipality_code": "text", "place": "text", "population": "int", "centre": "geography"},
)

_GIVEN_MEMBERSHIPS = """
    SELECT municipality_code, region_code, daterange(valid_from, valid_until, '[]') AS valid, source
    FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS given (municipality_code text, region_code text, valid_from date, valid_until date, source text)
"""

_MEMBERSHIPS_THAT_NEVER_WERE = text(f"""
    DELETE FROM region_membership
    WHERE (municipality_code, region_code, valid, source) NOT IN ({_GIVEN_MEMBERSHIPS})
""")  # noqa: S608 - the text above

_NEW_MEMBERSHIPS = text(f"""
    INSERT INTO region_membership (municipality_code, region_code, valid, source)
    {_GIVEN_MEMBERSHIPS}
    EXCEPT SELECT municipality_code, region_code, valid, source FROM region_membership
""")  # noqa: S608 - the text above

DERIVED = "derived"
"""The source of an outline that we made ourselves; official ones name their file."""

_AREAS = text("""
    INSERT INTO area (municipality_code, source, outline)
    SELECT municipality_code, :source, ST_Multi(ST_GeomFromGeoJSON(outline))::geography
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (municipality_code text, outline jsonb)
    ON CONFLICT (municipality_code) DO UPDATE
    SET source = excluded.source, outline = excluded.outline, loaded_on = excluded.loaded_on
    WHERE (excluded.source <> :derived OR area.source = :derived)
      AND (area.source, area.outline) IS DISTINCT FROM (excluded.source, excluded.outline)
""")


def write_regions(session: Session, rows: Rows) -> None:
    write(session, _REGIONS, rows)


def write_municipalities(session: Session, rows: Rows) -> None:
    """`lon` and `lat` are the middle of the population."""
    write(session, _MUNICIPALITIES, _with_centre(rows))


def write_memberships(session: Session, rows: Rows) -> None:
    """The whole history at once, last days included: what is not among the rows was never so."""
    write(session, _MEMBERSHIPS_THAT_NEVER_WERE, rows)
    write(session, _NEW_MEMBERSHIPS, rows)


def write_postcodes(session: Session, rows: Rows) -> None:
    write(session, _POSTCODES, _with_centre(rows))


def write_areas(session: Session, outlines: Mapping[str, str], source: str) -> None:
    """Municipality → GeoJSON geometry in WGS84. Official outlines replace derived ones, never the other way round."""
    rows = ",".join(f'{{"municipality_code":"{code}","outline":{outline}}}' for code, outline in outlines.items())
    session.execute(_AREAS, {"rows": f"[{rows}]", "source": source, "derived": DERIVED})


def _with_centre(rows: Rows) -> Rows:
    return [{**row, "centre": point(row["lon"], row["lat"])} for row in rows]
