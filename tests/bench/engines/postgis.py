"""PostgreSQL with PostGIS, twice: on the tables as an application has them, and laid out for this one question."""

from typing import Any, ClassVar

import psycopg

from matcher.offers import NEVER
from matcher.question import Question
from tests.bench.asked import in_numbers
from tests.bench.engines.engine import Engine
from tests.bench.sheet import CONTRACT_COLUMNS, NO_CONTRACT_COLUMNS, OFFER_COLUMNS, OFFER_JOINS
from tests.bench.statement import BY_CHORD, ON_SPHERE, for_postgres, statement, values
from tests.bench.worlds import World, plain

SERVED = "bit_count((serves & $needs)::bit(64))"
OPTIONS = "-c jit=off -c max_parallel_workers_per_gather=0 -c plan_cache_mode={plans}"

BEST = for_postgres(
    statement(
        "bench_sheet",
        asked="care_type = ANY ($care_types) AND area = ANY ($areas)",
        distance=BY_CHORD,
        served=SERVED,
    )
)

_TABLES = f"""(
    SELECT e.care_type, o.care_type_code, line.area_code, l.point, {OFFER_COLUMNS}, {CONTRACT_COLUMNS}
    FROM contract_line line
    JOIN contract c ON c.id = line.contract_id
    JOIN offer o ON o.provider_agb = c.provider_agb AND o.care_type_code = line.care_type_code
    {OFFER_JOINS}
    UNION ALL
    SELECT e.care_type, o.care_type_code, served.municipality_code, l.point, {OFFER_COLUMNS}, {NO_CONTRACT_COLUMNS}
    FROM served_area served JOIN offer o ON o.id = served.offer_id
    {OFFER_JOINS}
) AS available"""

NEAR = """AND (travels_km IS NOT NULL OR setting = 3
      OR ST_DWithin(point, ST_SetSRID(ST_MakePoint($lon, $lat), 4326)::geography, $furthest * 1000 + 1, false))"""
"""Setting 3 is online. The metre is for the last digit: the exact limit follows."""


def typical(near: str) -> str:
    return for_postgres(
        statement(
            _TABLES,
            asked="care_type_code = ANY ($codes) AND area_code = ANY ($area_codes)",
            distance=ON_SPHERE,
            served=SERVED,
            near=near,
        )
    )


class Postgis(Engine):
    """One connection, prepared statements, no JIT and no parallel workers: these cost more than they give here."""

    tables: ClassVar[tuple[str, ...]]
    plans: ClassVar[str]

    def build(self, world: World) -> float:
        self._world = world
        self._connection: psycopg.Connection[Any] = psycopg.connect(
            plain(world.url), autocommit=True, options=OPTIONS.format(plans=self.plans)
        )
        return self._build_seconds(world)

    def _build_seconds(self, world: World) -> float:
        return 0.0

    def _ids(self, query: str, asked: dict[str, Any]) -> list[int]:
        with self._connection.cursor(binary=True) as cursor:
            return [offer for (offer,) in cursor.execute(query, asked, prepare=True).fetchall()]

    @property
    def nbytes(self) -> int:
        query = "SELECT sum(pg_total_relation_size(name::regclass))::bigint FROM unnest(%s::text[]) AS name"
        row = self._connection.execute(query, [list(self.tables)]).fetchone()
        return int(row[0]) if row else 0

    def close(self) -> None:
        self._connection.close()


class PostgisBest(Postgis):
    """One table in the order of care type and area, one index; a generic plan, so that nothing is planned again."""

    name: ClassVar[str] = "PostGIS, best layout"
    note: ClassVar[str] = (
        "denormalised per offer and agreement, written in the order of its index, prepared with a generic plan;"
        " distance by the chord, which is sooner than ST_Distance here"
    )
    tables: ClassVar[tuple[str, ...]] = ("bench_sheet",)
    plans: ClassVar[str] = "force_generic_plan"

    def _build_seconds(self, world: World) -> float:
        return world.sheet_seconds

    def answer(self, question: Question) -> list[int]:
        return self._ids(BEST, values(in_numbers(self._world, question)))


class PostgisTypical(Postgis):
    """The tables as they are: joins, ST_DWithin and ST_Distance on geography, ORDER BY."""

    name: ClassVar[str] = "PostGIS, typical layout"
    note: ClassVar[str] = (
        "the project's own tables with their indexes; expected days in a table beside them;"
        " prepared with a generic plan, which halves the time here"
    )
    tables: ClassVar[tuple[str, ...]] = (
        *("offer", "location", "contract", "contract_line", "served_area"),
        *("current_capacity", "capacity_statement", "bench_expected"),
    )
    plans: ClassVar[str] = "force_generic_plan"

    def answer(self, question: Question) -> list[int]:
        asked = values(in_numbers(self._world, question))
        named = {"codes": list(question.care_types), "area_codes": list(self._world.areas(question))}
        return self._ids(typical(NEAR if asked["furthest"] < NEVER else ""), asked | named)
