"""Columns into tables with COPY: a million rows as one statement. What the columns mean is the nouns' own."""

import io

import pandas as pd
import pyarrow as arrow  # type: ignore[import-untyped]  # ships no types
from psycopg import sql
from pyarrow import csv
from sqlalchemy.orm import Session

ROWS_AT_ONCE = 100_000
"""Some 20 MB of text: enough to be fast, little enough to forget."""


def copy_in(session: Session, table: str, columns: pd.DataFrame) -> int:
    """Append the rows within the session's transaction; column names are the table's. Answers how many."""
    command = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(
        sql.Identifier(table), sql.SQL(", ").join(map(sql.Identifier, columns.columns))
    )
    connection = session.connection().connection.driver_connection
    assert connection is not None
    with connection.cursor() as cursor, cursor.copy(command) as copy:
        for first in range(0, len(columns), ROWS_AT_ONCE):
            copy.write(_as_csv(columns.iloc[first : first + ROWS_AT_ONCE]))
    return len(columns)


def _as_csv(columns: pd.DataFrame) -> memoryview:
    """Texts are quoted and missing values are not there at all: COPY reads only the latter as NULL."""
    text = io.BytesIO()
    csv.write_csv(arrow.Table.from_pandas(columns, preserve_index=False), text, csv.WriteOptions(include_header=False))
    return text.getbuffer()


def move_identity(session: Session, table: str) -> None:
    """Ids were assigned by hand: the next one comes after them."""
    command = sql.SQL(
        "SELECT setval(pg_get_serial_sequence({name}, 'id'), coalesce(max(id), 1), max(id) IS NOT NULL) FROM {table}"
    ).format(name=sql.Literal(table), table=sql.Identifier(table))
    connection = session.connection().connection.driver_connection
    assert connection is not None
    connection.execute(command)


def text_arrays(values: "pd.Series[list[str]]") -> "pd.Series[str]":
    """Lists of codes as PostgreSQL writes them; the codes hold no commas, quotes or braces."""
    return values.map(lambda codes: "{" + ",".join(codes) + "}")


def points(lon: "pd.Series[float]", lat: "pd.Series[float]") -> "pd.Series[str]":
    """WGS84 degrees as the text that `geography` reads."""
    return "SRID=4326;POINT(" + lon.round(6).astype(str) + " " + lat.round(6).astype(str) + ")"
