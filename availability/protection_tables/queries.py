"""The SQL of youth-protection tables: what each said last, and which regions border on which."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity

_CURRENT = text("""
    SELECT DISTINCT ON (region_code) id, region_code, next_free_on, stated_at, stated_by
    FROM protection_table_statement ORDER BY region_code, id DESC
""")

_ONE = text("""
    SELECT id, region_code, next_free_on, stated_at, stated_by
    FROM protection_table_statement WHERE region_code = :region ORDER BY id DESC LIMIT 1
""")

# Who states of this region waits for who does so now: both would have seen the same last statement.
_HOLD = text("SELECT code FROM youth_region WHERE code = :region FOR NO KEY UPDATE")

_STATE = text("""
    INSERT INTO protection_table_statement (region_code, next_free_on, stated_at, stated_by)
    VALUES (:region, :next_free_on, clock_timestamp(), :by)
    RETURNING id, region_code, next_free_on, stated_at, stated_by
""")

_HISTORY = text("""
    SELECT id, region_code, next_free_on, stated_at, stated_by FROM protection_table_statement
    WHERE region_code = :region AND id < :before ORDER BY id DESC LIMIT :limit
""")

# Neighbours share a border: outlines that nearly touch, since those that we derived ourselves leave slits. How far they
# are is from centre to centre of where people live. OFFSET keeps the search beside each own outline, where the index
# serves it: a plan that compares all outlines with all takes seconds.
_NEIGHBOURS = text("""
    WITH member AS MATERIALIZED (
        SELECT region_code, municipality_code, municipality.centre
        FROM region_membership JOIN municipality ON municipality.code = municipality_code
        WHERE valid @> CAST(:today AS date)
    ), middle AS (
        SELECT region_code, ST_Centroid(ST_Collect(centre::geometry))::geography AS point FROM member GROUP BY 1
    ), bordering AS (
        SELECT DISTINCT other.region_code
        FROM member own
        JOIN area own_area ON own_area.municipality_code = own.municipality_code
        CROSS JOIN LATERAL (
            SELECT municipality_code FROM area WHERE ST_DWithin(own_area.outline, outline, :slit_metres) OFFSET 0
        ) other_area
        JOIN member other ON other.municipality_code = other_area.municipality_code
        WHERE own.region_code = :region AND other.region_code <> :region
    )
    SELECT bordering.region_code, ST_Distance(here.point, there.point, false) / 1000 AS km
    FROM bordering
    JOIN middle there ON there.region_code = bordering.region_code
    JOIN middle here ON here.region_code = :region
""")

_SLIT_METRES = 1_000


def current(session: Session) -> dict[str, Row[Any]]:
    """The newest statement of every table that ever made one, by region."""
    return {row.region_code: row for row in session.execute(_CURRENT)}


def hold(session: Session, region: str) -> Row[Any] | None:
    """The newest statement of a table; nobody states of it until the transaction ends."""
    session.execute(_HOLD, {"region": region})
    return session.execute(_ONE, {"region": region}).one_or_none()


def state(session: Session, caller: Identity, region: str, next_free_on: date) -> Row[Any]:
    by = f"{caller.organisation}:{caller.subject}"
    return session.execute(_STATE, {"region": region, "next_free_on": next_free_on, "by": by}).one()


def history(session: Session, region: str, before: int, limit: int) -> Sequence[Row[Any]]:
    """Newest first, below the statement `before`."""
    return session.execute(_HISTORY, {"region": region, "before": before, "limit": limit}).all()


def neighbours(session: Session, region: str, today: date) -> dict[str, float]:
    """How many kilometres each bordering region is away. 30 ms for the whole country."""
    values = {"region": region, "today": today, "slit_metres": _SLIT_METRES}
    return {row.region_code: row.km for row in session.execute(_NEIGHBOURS, values)}
