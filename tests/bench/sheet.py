"""What every peer may prepare: one row per offer and agreement, with the expected days worked out beforehand.

An expected start does not depend on the question but for the earliest day it allows, and a later floor commutes with
rounding: so start and pessimistic are whole days here. Early and late stay fractions, because certainty is the width
between them. In the database it is `bench_sheet`, in the order of care type and area: the best layout for SQL.
"""

import io
import time
from datetime import date
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import pandas as pd
from pyarrow import csv  # type: ignore[import-untyped]  # ships no types
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.board.areas import AREA_NUMBER
from availability.board.board import Board
from availability.copying import copy_in
from availability.vocabulary.lexicon import Lexicon
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.offers import NEVER, Rows, day_number
from matcher.question import Scope, Setting
from matcher.waiting import AGES, EVIDENCE, OLDEST_DAYS, QUANTILES, Basis, Seen, outlooks

LONG_AGO = -100_000
UNKNOWABLE = 1e12
"""So many scales away that no day is later, and no band wider."""

_SCOPES = ", ".join(f"'{scope}'" for scope in Scope)
_SETTINGS = ", ".join(f"'{setting}'" for setting in Setting)
_DAY = "- DATE '1970-01-01'"

EXPECTED = """
CREATE TABLE bench_expected (
    offer_id bigint PRIMARY KEY, care_type int, x float8, y float8, z float8,
    start int, pessimistic int, early float8, late float8, stated_day int
)
"""

OFFER_COLUMNS = f"""
    o.id AS offer_id, e.x, e.y, e.z, o.travels_km::real::float8 AS travels_km, o.serves, o.excludes, o.only_for,
    o.age_from, o.age_until, o.genders, array_position(ARRAY[{_SETTINGS}], o.setting::text) - 1 AS setting,
    coalesce(o.siblings, -1) AS siblings, coalesce(o.past_eighteen::int, -1) AS past_eighteen,
    o.published_from {_DAY} AS published_from, coalesce(o.published_until {_DAY}, {NEVER}) AS published_until,
    coalesce(s.admission_stop::int, 0) AS stop, e.start, e.pessimistic, e.early, e.late
"""
"""What is judged of an offer `o` with its statement `s` and expected days `e`."""

CONTRACT_COLUMNS = f"""
    c.id AS contract_id, e.stated_day + c.update_term_days AS fresh_until,
    array_position(ARRAY[{_SCOPES}], c.scope::text) - 1 AS scope,
    c.valid_from {_DAY} AS valid_from, coalesce(c.valid_until {_DAY}, {NEVER}) AS valid_until,
    coalesce(c.suspended_from {_DAY}, {NEVER}) AS suspended_from,
    coalesce(c.suspended_until {_DAY}, {NEVER}) AS suspended_until
"""
NO_CONTRACT_COLUMNS = f"""
    0 AS contract_id, e.stated_day + {DEFAULT_UPDATE_TERM_DAYS} AS fresh_until,
    0 AS scope, {LONG_AGO} AS valid_from, {NEVER} AS valid_until,
    {NEVER} AS suspended_from, {NEVER} AS suspended_until
"""
"""Of a general provision."""

OFFER_JOINS = """
    JOIN location l ON l.id = o.location_id
    JOIN bench_expected e ON e.offer_id = o.id
    LEFT JOIN current_capacity current ON current.offer_id = o.id
    LEFT JOIN capacity_statement s ON s.id = current.statement_id
"""

_SHEET = f"""
CREATE TABLE bench_sheet AS
SELECT * FROM (
    SELECT e.care_type, {AREA_NUMBER} AS area, l.point, {OFFER_COLUMNS}, {CONTRACT_COLUMNS}
    FROM contract_line line
    JOIN contract c ON c.id = line.contract_id
    JOIN offer o ON o.provider_agb = c.provider_agb AND o.care_type_code = line.care_type_code
    {OFFER_JOINS}
    UNION ALL
    SELECT e.care_type, substr(served.municipality_code, 3)::int4, l.point, {OFFER_COLUMNS}, {NO_CONTRACT_COLUMNS}
    FROM served_area served JOIN offer o ON o.id = served.offer_id
    {OFFER_JOINS}
) AS every
ORDER BY care_type, area, offer_id
"""


def care_type_numbers(lexicon: Lexicon) -> dict[str, int]:
    return _numbered(tuple(lexicon.care_types))


@lru_cache
def _numbered(codes: tuple[str, ...]) -> dict[str, int]:
    return {code: number for number, code in enumerate(sorted(codes))}


def make_sheet(session: Session, board: Board, lexicon: Lexicon, today: date) -> float:
    """Make `bench_expected` and, from the tables, `bench_sheet`; gives the seconds the latter took."""
    session.execute(text("DROP TABLE IF EXISTS bench_expected, bench_sheet"))
    session.execute(text(EXPECTED))
    for code, number in care_type_numbers(lexicon).items():
        rows = board.everything([code])
        if len(rows):
            copy_in(session, "bench_expected", _expected(rows, number, day_number(today)))
    session.execute(text("ANALYZE bench_expected"))
    session.execute(text("SET LOCAL work_mem = '256MB'"))
    began = time.perf_counter()
    session.execute(text(_SHEET))
    session.execute(text("CREATE INDEX ON bench_sheet (care_type, area)"))
    session.execute(text("ANALYZE bench_sheet"))
    return time.perf_counter() - began


def read_sheet(session: Session) -> pd.DataFrame:
    """`bench_sheet` without the geography; numbers arrive exactly as they were."""
    columns = [
        name
        for (name,) in session.execute(
            text("SELECT attname FROM pg_attribute WHERE attrelid = 'bench_sheet'::regclass AND attnum > 0")
        )
        if name != "point"
    ]
    connection = session.connection().connection.driver_connection
    assert connection is not None
    written = io.BytesIO()
    command = f"COPY (SELECT {', '.join(columns)} FROM bench_sheet) TO STDOUT (FORMAT csv, HEADER)"
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for part in copy:
            written.write(part)
    written.seek(0)
    frame: pd.DataFrame = csv.read_csv(written).to_pandas()
    return frame.astype({"travels_km": "float64"})


def _expected(rows: Rows, care_type: int, today: int) -> pd.DataFrame:
    start, early, late, pessimistic = _days(rows, today)
    return pd.DataFrame(
        {
            "offer_id": rows["offer_id"],
            "care_type": np.full(len(rows), care_type),
            **{axis: rows[axis] for axis in "xyz"},
            "start": _whole(start),
            "pessimistic": _whole(pessimistic),
            "early": early,
            "late": late,
            "stated_day": rows["stated_day"],
        }
    )


def _days(rows: Rows, today: int) -> npt.NDArray[np.float64]:
    """Start, early, late and pessimistic for a child that is old enough and wants it at once."""
    known = outlooks(rows)
    stopped = (rows["stop"] > 0) & (rows["available_from"] <= today)
    basis = _BASIS[known["seen"] | np.where(stopped, int(Seen.STOPPED), 0)]
    age = np.clip(today - rows["stated_day"], 0, OLDEST_DAYS)
    days: npt.NDArray[np.float64] = _scales_away()[:, basis, age] * known["scale"] + known["wait"] + today
    floored: npt.NDArray[np.float64] = np.maximum(days, np.maximum(rows["available_from"], today))
    return floored


def _scales_away() -> npt.NDArray[np.float64]:
    """How many scales start, early, late and pessimistic lie from the expected day, per basis and day of age."""
    away = np.empty((4, len(Basis), OLDEST_DAYS + 1))
    away[:, 0] = np.array([[UNKNOWABLE, UNKNOWABLE, 2 * UNKNOWABLE, UNKNOWABLE]]).T
    for basis, rows in QUANTILES.items():
        away[0, list(Basis).index(basis)] = 0
        for position, row in enumerate(rows, start=1):
            away[position, list(Basis).index(basis)] = np.interp(range(OLDEST_DAYS + 1), AGES, row)
    return away


def _whole(days: npt.NDArray[np.float64]) -> npt.NDArray[np.int32]:
    return np.rint(np.minimum(days, NEVER)).astype(np.int32)


_BASIS = np.zeros(2 * Seen.STOPPED, np.intp)
_BASIS[list(EVIDENCE)] = [list(Basis).index(evidence.basis) for evidence in EVIDENCE.values()]
