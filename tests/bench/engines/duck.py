"""DuckDB: the same statement on its own columns, in the order of care type and area."""

import re
import time
from typing import ClassVar

import duckdb

from matcher.question import Question
from tests.bench.asked import in_numbers
from tests.bench.engines.engine import Engine
from tests.bench.statement import BY_CHORD, statement, values
from tests.bench.worlds import World


class Duck(Engine):
    """In this process, one thread: these answers are too small to share out."""

    name: ClassVar[str] = "DuckDB"
    note: ClassVar[str] = (
        "in memory, in the order of care type and area, one thread; most of its time is planning, and a prepared"
        " statement was no sooner"
    )

    def build(self, world: World) -> float:
        self._world = world
        self._connection = duckdb.connect(config={"threads": 1})
        began = time.perf_counter()
        sheet = world.sheet
        self._connection.register("columns", sheet)
        self._connection.execute(
            "CREATE TABLE sheet AS SELECT * REPLACE (nullif(travels_km, 'nan'::double) AS travels_km) FROM columns"
        )
        self._connection.unregister("columns")
        return time.perf_counter() - began

    def answer(self, question: Question) -> list[int]:
        asked = values(in_numbers(self._world, question))
        query = statement(
            "sheet",
            asked=f"care_type IN {_listed(asked['care_types'])} AND area IN {_listed(asked['areas'])}",
            distance=BY_CHORD,
            served="bit_count(serves & $needs)",
        )
        named = set(re.findall(r"\$(\w+)", query))
        rows = self._connection.execute(query, {name: asked[name] for name in named}).fetchall()
        return [offer for (offer,) in rows]

    @property
    def nbytes(self) -> int:
        row = self._connection.execute("SELECT sum(memory_usage_bytes) FROM duckdb_memory()").fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()


def _listed(numbers: list[int]) -> str:
    """Written out, so that whole row groups can be passed over."""
    return f"({', '.join(map(str, numbers))})"
