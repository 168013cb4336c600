"""Reading supply as columns: the same statements for the whole board and for the few offers that changed.

What travels, and how it is read, is in `wire`. Statements are put together from constants only.

All functions run inside one repeatable-read transaction of the caller, so that they see one moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from psycopg import AsyncConnection

from availability.board.columns import AGREEMENT
from availability.board.fragments import Fragments
from availability.board.wire import (
    AGREEMENT_COLUMNS,
    OFFER_COLUMNS,
    SERVED_COLUMNS,
    PackedOffers,
    glued,
    read_contracts,
    read_fragments,
    read_served,
)
from matcher.offers import Rows

Connection = AsyncConnection[tuple[Any, ...]]
Ids = npt.NDArray[np.int64]

_HELD = """
    SELECT offer_id, count(*) AS places FROM place_option
    WHERE ended_at IS NULL AND last_day >= (now() AT TIME ZONE 'Europe/Amsterdam')::date GROUP BY offer_id
"""
"""Places that are held for a case: few at any moment."""


def _offers(which: str) -> bytes:
    return f"""
        SELECT o.care_type_code, {glued(OFFER_COLUMNS)}, string_agg(to_json(o.name)::text, E'\\n')
        FROM offer o
        JOIN location l ON l.id = o.location_id
        LEFT JOIN current_capacity current ON current.offer_id = o.id
        LEFT JOIN capacity_statement s ON s.id = current.statement_id
        LEFT JOIN learnt_wait learnt ON learnt.offer_id = o.id
        LEFT JOIN ({_HELD}) held ON held.offer_id = o.id
        WHERE {which} GROUP BY o.care_type_code
    """.encode()  # noqa: S608 - from constants


def _contracts(which: str) -> bytes:
    return f"""
        SELECT line.care_type_code, {glued(AGREEMENT_COLUMNS)}
        FROM contract_line line JOIN contract c ON c.id = line.contract_id
        WHERE {which} GROUP BY line.care_type_code
    """.encode()  # noqa: S608 - from constants


def _served(which: str) -> bytes:
    return f"""
        SELECT o.care_type_code, {glued(SERVED_COLUMNS)}
        FROM served_area served JOIN offer o ON o.id = served.offer_id
        WHERE {which} GROUP BY o.care_type_code
    """.encode()  # noqa: S608 - from constants


def _providers(which: str) -> bytes:
    return f"""
        SELECT string_agg(agb_code, ','),
               string_agg('{{"agbCode":"' || agb_code || '","name":' || to_json(name) || '}}', E'\\n')
        FROM provider WHERE {which}
    """.encode()  # noqa: S608 - from constants


def _locations(which: str) -> bytes:
    return f"""
        SELECT string_agg(l.id::text, ','),
               string_agg('{{"name":' || to_json(l.name) || ',"place":' || to_json(l.place)
                   || ',"municipality":{{"code":"' || m.code || '","name":' || to_json(m.name)
                   || '}},"lon":' || round(ST_X(l.point::geometry)::numeric, 5)
                   || ',"lat":' || round(ST_Y(l.point::geometry)::numeric, 5) || '}}', E'\\n')
        FROM location l JOIN municipality m ON m.code = l.municipality_code WHERE {which}
    """.encode()  # noqa: S608 - from constants


_OFFERS_OF = _offers("o.care_type_code = ANY(%s)")
_OFFERS_BY_ID = _offers("o.id = ANY(%s)")
_CONTRACTS_OF = _contracts("line.care_type_code = ANY(%s)")
_CONTRACTS_FOR = _contracts(
    "(line.care_type_code, c.provider_agb) IN"
    " (SELECT o.care_type_code, o.provider_agb FROM offer o WHERE o.id = ANY(%s))"
)
_SERVED_OF = _served("o.care_type_code = ANY(%s)")
_SERVED_FOR = _served("o.id = ANY(%s)")
_ALL_PROVIDERS, _ALL_LOCATIONS = _providers("true"), _locations("true")
_PROVIDERS_FOR = _providers("agb_code IN (SELECT provider_agb FROM offer WHERE id = ANY(%s))")
_LOCATIONS_FOR = _locations("l.id IN (SELECT location_id FROM offer WHERE id = ANY(%s))")

_CHANGES = b"""
    SELECT pg_current_snapshot()::text, statement_timestamp(),
           coalesce(array_agg(DISTINCT offer_id) FILTER (WHERE offer_id IS NOT NULL), '{}'),
           coalesce(array_agg(DISTINCT offer_id) FILTER (WHERE offer_id IS NOT NULL AND NOT only_capacity), '{}'),
           count(*) FILTER (WHERE offer_ids IS NULL) > 0
    FROM board_change LEFT JOIN LATERAL unnest(offer_ids) AS touched (offer_id) ON true
    WHERE xid >= pg_snapshot_xmax(%(last)s::pg_snapshot)
       OR xid = ANY(ARRAY(SELECT pg_snapshot_xip(%(last)s::pg_snapshot)))
"""
"""Not visible in `last`: begun after it, or still running then. So its cost is that of the news, however long another
transaction runs; the lowest running number would drag everything after it along."""

_ONLY_CAPACITY = _offers(
    "o.id = ANY(CASE WHEN changes.contracts = '{}' AND cardinality(changes.offers) <= %(most)s"
    " THEN changes.offers ELSE '{}' END)"
)
_NEWS = b"""
    SELECT * FROM (%b) AS changes (snapshot, as_of, offers, contracts, everything)
    LEFT JOIN LATERAL (%b) AS offers ON true
""" % (_CHANGES, _ONLY_CAPACITY)
"""The changes, and beside them the offers as they are now when it is only their capacity that changed: one statement
sees one moment, without a transaction around it and with one answer to wait for."""

_PRUNE = b"""
    DELETE FROM board_change
    WHERE xid < pg_snapshot_xmax(%(then)s::pg_snapshot) AND pg_visible_in_snapshot(xid, %(then)s::pg_snapshot)
"""

_DATABASE = b"""
    SELECT concat_ws('/', system_identifier, timeline_id, oid)
    FROM pg_control_system(), pg_control_checkpoint(), pg_database WHERE datname = current_database()
"""

_CARE_TYPES = b"""
    SELECT c.code, to_json(c.name)::text, coalesce(o.offers, 0)
    FROM care_type c LEFT JOIN (SELECT care_type_code, count(*) AS offers FROM offer GROUP BY 1) o
      ON o.care_type_code = c.code
    ORDER BY c.number
"""

ByCareType = dict[str, PackedOffers]
Agreements = dict[str, Rows]


class CareType(NamedTuple):
    code: str
    name: bytes
    """As JSON text."""
    offers: int


@dataclass(frozen=True, slots=True)
class Changes:
    """What committed since an earlier snapshot."""

    snapshot: str
    as_of: datetime
    offers: Ids
    """Offers of which something changed."""
    contracts: Ids
    """Those of which more changed than the capacity: contracts, place, names."""
    everything: bool
    """Too much changed to name."""


async def moment(connection: Connection) -> tuple[str, datetime]:
    """The transaction's snapshot, and the moment before which every commit is in it."""
    row = await (await connection.execute("SELECT pg_current_snapshot()::text, statement_timestamp()")).fetchone()
    assert row is not None
    return row[0], row[1]


async def database(connection: Connection) -> str:
    """Which database this is: snapshots of another one, or of one restored from a backup, mean nothing here."""
    row = await (await connection.execute(_DATABASE)).fetchone()
    assert row is not None
    return str(row[0])


async def changes_since(connection: Connection, last: str) -> Changes:
    """What committed since the snapshot `last`, in whatever order the transactions began."""
    row = await (await connection.execute(_CHANGES, {"last": last})).fetchone()
    assert row is not None
    return _read_changes(*row)


def _read_changes(snapshot: str, as_of: datetime, offers: list[int], contracts: list[int], everything: bool) -> Changes:
    return Changes(snapshot, as_of, np.array(offers, np.int64), np.array(contracts, np.int64), everything)


async def news_since(connection: Connection, last: str, most: int) -> tuple[Changes, ByCareType]:
    """The changes, and the offers that changed unless they are more than `most` or more than their capacity changed."""
    cursor = connection.cursor(binary=True)
    await cursor.execute(_NEWS, {"last": last, "most": most}, prepare=True)  # planning takes longer than asking
    rows = await cursor.fetchall()
    changes = _read_changes(*rows[0][:5])
    return changes, {code: PackedOffers(packed, names) for *_, code, packed, names in rows if code is not None}


async def prune(connection: Connection, seen_by_all: str) -> None:
    """Forget the changes that were finished in a snapshot so old that every board has a later one."""
    await connection.execute(_PRUNE, {"then": seen_by_all})


async def care_types(connection: Connection) -> list[CareType]:
    """Every care type, with how many offers there are of it."""
    return [CareType(code, name.encode(), offers) for code, name, offers in await _fetch(connection, _CARE_TYPES)]


async def offers_of(connection: Connection, care_types: list[str]) -> ByCareType:
    return await _offers_by_type(connection, _OFFERS_OF, care_types)


async def offers_by_id(connection: Connection, ids: Ids) -> ByCareType:
    return await _offers_by_type(connection, _OFFERS_BY_ID, ids.tolist())


async def agreements_of(connection: Connection, care_types: list[str]) -> Agreements:
    return await _agreements_by_type(connection, _CONTRACTS_OF, _SERVED_OF, care_types)


async def agreements_for(connection: Connection, offers: Ids) -> Agreements:
    """The contracts of these offers' providers for the same care type, and where they may be used without one."""
    return await _agreements_by_type(connection, _CONTRACTS_FOR, _SERVED_FOR, offers.tolist())


async def all_providers(connection: Connection) -> Fragments:
    return read_fragments(await _fetch(connection, _ALL_PROVIDERS))


async def all_locations(connection: Connection) -> Fragments:
    return read_fragments(await _fetch(connection, _ALL_LOCATIONS))


async def providers_for(connection: Connection, offers: Ids) -> Fragments:
    return read_fragments(await _fetch(connection, _PROVIDERS_FOR, offers.tolist()))


async def locations_for(connection: Connection, offers: Ids) -> Fragments:
    return read_fragments(await _fetch(connection, _LOCATIONS_FOR, offers.tolist()))


async def _offers_by_type(connection: Connection, query: bytes, which: list[Any]) -> ByCareType:
    return {code: PackedOffers(packed, names) for code, packed, names in await _fetch(connection, query, which)}


async def _agreements_by_type(connection: Connection, contracts: bytes, served: bytes, which: list[Any]) -> Agreements:
    found = {code: read_contracts(packed) for code, packed in await _fetch(connection, contracts, which)}
    for code, packed in await _fetch(connection, served, which):
        found[code] = np.concatenate([found.get(code, np.empty(0, AGREEMENT)), read_served(packed)])
    return found


async def _fetch(connection: Connection, query: bytes, *values: object) -> list[tuple[Any, ...]]:
    cursor = connection.cursor(binary=True)
    await cursor.execute(query, values)
    return await cursor.fetchall()
