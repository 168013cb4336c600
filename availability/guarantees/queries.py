"""The SQL of promises: what a region promises on a day, and every version that led to it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity

TERMS = (
    "care_type_code",
    "family",
    "age_from",
    "age_until",
    "reach",
    "max_km",
    "places",
    "within_days",
    "valid_from",
    "valid_until",
)
"""What a version says, in the table's own names."""

_NEWEST = """
    SELECT DISTINCT ON (guarantee_id) * FROM guarantee_version
    WHERE region_code = :region AND valid_from <= :by ORDER BY guarantee_id, version DESC
"""

_IN_FORCE = text(f"""
    SELECT * FROM ({_NEWEST}) AS newest
    WHERE NOT ended AND coalesce(valid_until, 'infinity') >= :since
    ORDER BY coalesce(care_type_code, family), age_from NULLS FIRST, guarantee_id
""")  # noqa: S608 - ours

_EVER = text("""
    SELECT * FROM guarantee_version WHERE region_code = :region AND valid_from <= :last
    ORDER BY guarantee_id, version
""")

# Who changes a promise holds the region's row until the end, so that two writers meet there; naming a region as a
# foreign key still goes on beside it.
_HOLD = text("SELECT code FROM youth_region WHERE code = :region FOR NO KEY UPDATE")

_ONE = text("""
    SELECT * FROM guarantee_version WHERE region_code = :region AND guarantee_id = :guarantee
    ORDER BY version DESC LIMIT 1
""")

_APPEND = text(f"""
    INSERT INTO guarantee_version (guarantee_id, version, region_code, ended, stated_by, {", ".join(TERMS)})
    VALUES (:guarantee_id, :version, :region, :ended, :by, {", ".join(f":{name}" for name in TERMS)})
    RETURNING *
""")  # noqa: S608 - only names of our own columns

_PROMISING = text("""
    SELECT DISTINCT region_code FROM guarantee_version WHERE valid_from <= :today ORDER BY region_code
""")

# Nothing is told of a promise that is kept from the start; after that every turn is.
_TURN = text("""
    INSERT INTO guarantee_told (guarantee_id, kept, times, on_day) VALUES (:guarantee, :kept, 0, :today)
    ON CONFLICT (guarantee_id) DO UPDATE SET kept = excluded.kept, times = guarantee_told.times + 1, on_day = :today
    WHERE guarantee_told.kept <> excluded.kept
    RETURNING times
""")


def in_force(session: Session, region: str, on: date) -> Sequence[Row[Any]]:
    """The promises that hold on a day, in a fixed order."""
    return session.execute(_IN_FORCE, {"region": region, "by": on, "since": on}).all()


def standing(session: Session, region: str, today: date) -> Sequence[Row[Any]]:
    """The newest version of each promise that holds, or that will."""
    return session.execute(_IN_FORCE, {"region": region, "by": date.max, "since": today}).all()


def versions(session: Session, region: str, last: date) -> Sequence[Row[Any]]:
    """Every version that began by a day, by promise and then by version."""
    return session.execute(_EVER, {"region": region, "last": last}).all()


def hold(session: Session, region: str) -> None:
    """Nobody else changes what the region promises until the transaction ends."""
    session.execute(_HOLD, {"region": region})


def newest(session: Session, region: str, guarantee: UUID) -> Row[Any] | None:
    return session.execute(_ONE, {"region": region, "guarantee": guarantee}).one_or_none()


def append(
    session: Session,
    caller: Identity,
    region: str,
    version: tuple[UUID, int],
    terms: Mapping[str, Any],
    *,
    ended: bool = False,
) -> Row[Any]:
    """Write the next version of a promise; a new promise begins with 1."""
    guarantee, number = version
    by = f"{caller.organisation}:{caller.subject}"
    about = {"guarantee_id": guarantee, "version": number, "region": region, "ended": ended, "by": by}
    return session.execute(_APPEND, about | {name: terms[name] for name in TERMS}).one()


def promising(session: Session, today: date) -> list[str]:
    """The regions that ever promised anything."""
    return list(session.execute(_PROMISING, {"today": today}).scalars())


def turn(session: Session, guarantee: UUID, today: date, *, kept: bool) -> int | None:
    """Note how a promise stands; answers how often it turned, None when it stands as it did."""
    turned: int | None = session.execute(
        _TURN, {"guarantee": guarantee, "kept": kept, "today": today}
    ).scalar_one_or_none()
    return turned
