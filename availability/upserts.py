"""A whole list into a table as one statement: new rows are added, other values replaced, equal rows left alone.

Left alone matters: a change of the map or the words makes every board reload.
"""

import json
from collections.abc import Mapping, Sequence

from sqlalchemy import TextClause, text
from sqlalchemy.orm import Session

Rows = Sequence[Mapping[str, object]]
"""Values by column name, as JSON can hold them; what the statement does not name is passed over."""


def upsert(table: str, key: tuple[str, ...], columns: Mapping[str, str]) -> TextClause:
    """The statement for columns with their SQL types; `key` are those that make a row the same row."""
    names = ", ".join(columns)
    typed = ", ".join(f"{name} {kind}" for name, kind in columns.items())
    values = [name for name in columns if name not in key]
    stored, given = (", ".join(f"{source}.{name}" for name in values) for source in (table, "excluded"))
    return text(f"""
        INSERT INTO {table} ({names})
        SELECT {names} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given ({typed})
        ON CONFLICT ({", ".join(key)}) DO UPDATE SET ({", ".join(values)}) = ROW ({given})
        WHERE ({stored}) IS DISTINCT FROM ({given})
    """)  # noqa: S608 - names of our own tables and columns


def write(session: Session, statement: TextClause, rows: Rows) -> None:
    session.execute(statement, {"rows": json.dumps(rows, default=str)})


def point(lon: object, lat: object) -> str:
    """WGS84 degrees as `geography` reads them."""
    return f"SRID=4326;POINT({lon} {lat})"
