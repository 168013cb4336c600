"""Reading supply as columns: the same statements for the whole board and for the few offers that changed.

Each row travels in PostgreSQL's own binary form (`record_send`), all of one width because no column is null, glued
together per care type: one value to fetch and one `np.frombuffer` to read. Statements are put together from constants
of this module only.

All functions run inside one repeatable-read transaction of the caller, so that they see one moment.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
from psycopg import AsyncConnection

from availability.board.areas import AREA_NUMBER
from availability.board.columns import AGREEMENT, PLACE, OfferRows
from availability.board.fragments import Fragments
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.offers import NEVER, OFFER, UNKNOWN, Rows
from matcher.question import Scope, Setting

Connection = AsyncConnection[tuple[Any, ...]]
Ids = npt.NDArray[np.int64]

_POSTGRES_EPOCH = 946_684_800_000_000
"""2000-01-01 in microseconds since 1970: what PostgreSQL counts its moments from."""


_DUTCH_DAY = "(s.stated_at AT TIME ZONE 'Europe/Amsterdam')::date"


def _day(expression: str) -> str:
    return f"({expression} - DATE '1970-01-01')"


def _position(expression: str, values: type[Setting] | type[Scope]) -> str:
    listed = ", ".join(f"'{value}'" for value in values)
    return f"(array_position(ARRAY[{listed}], {expression}::text) - 1)"


def _or_unknown(expression: str) -> str:
    return f"coalesce({expression}, {UNKNOWN})"


def _or_never(day: str) -> str:
    return f"coalesce({_day(day)}, {NEVER})"


_LEARNT = ("realised_wait", "realised_spread", "late_days", "left_before", "over_days")

_OFFER: tuple[tuple[str, str, str], ...] = (
    ("offer_id", "o.id", "i8"),
    ("provider", "o.provider_agb::int4", "i4"),
    ("location", "o.location_id", "i8"),
    ("lon", "ST_X(l.point::geometry)", "f8"),
    ("lat", "ST_Y(l.point::geometry)", "f8"),
    ("travels_km", "coalesce(o.travels_km, 'NaN')", "f8"),
    ("serves", "o.serves", "i8"),
    ("excludes", "o.excludes", "i8"),
    ("only_for", "o.only_for", "i8"),
    ("age_from", "o.age_from", "i4"),
    ("age_until", "o.age_until", "i4"),
    ("genders", "o.genders", "i4"),
    ("setting", _position("o.setting", Setting), "i4"),
    ("siblings", _or_unknown("o.siblings"), "i4"),
    ("past_eighteen", _or_unknown("o.past_eighteen::int4"), "i4"),
    ("published_from", _day("o.published_from"), "i4"),
    ("published_until", _or_never("o.published_until"), "i4"),
    ("statement_id", "coalesce(s.id, 0)", "i8"),
    ("stated_at", "coalesce(s.stated_at, 'epoch')", "i8"),
    ("stated_day", f"coalesce({_day(_DUTCH_DAY)}, 0)", "i4"),
    ("stop", "coalesce(s.admission_stop, false)", "?"),
    ("total_places", _or_unknown("s.total_places"), "i4"),
    ("open_places", _or_unknown("s.open_places"), "i4"),
    ("options_running", "coalesce(held.places, 0)::int4", "i4"),
    ("available_from", _or_unknown(_day("s.available_from")), "i4"),
    ("intake_wait", _or_unknown("s.intake_wait_days"), "i4"),
    ("treatment_wait", _or_unknown("s.treatment_wait_days"), "i4"),
    ("waiting", _or_unknown("s.waiting_count"), "i4"),
    ("started_90", _or_unknown("s.started_last_90_days"), "i4"),
    ("withdrawn_90", _or_unknown("s.withdrawn_last_90_days"), "i4"),
    *((name, f"coalesce(learnt.{name}, 'NaN')", "f4") for name in _LEARNT),
)
"""Column, what it is in SQL, and its type on the wire (big-endian, as PostgreSQL sends it)."""

_AGREEMENT: tuple[tuple[str, str, str], ...] = (
    ("provider", "c.provider_agb::int4", "i4"),
    ("offer_id", "0::int8", "i8"),
    ("area", AREA_NUMBER, "i4"),
    ("contract_id", "c.id", "i8"),
    ("valid_from", _day("c.valid_from"), "i4"),
    ("valid_until", _or_never("c.valid_until"), "i4"),
    ("suspended_from", _or_never("c.suspended_from"), "i4"),
    ("suspended_until", _or_never("c.suspended_until"), "i4"),
    ("scope", _position("c.scope", Scope), "i4"),
    ("update_term", "c.update_term_days", "i4"),
    ("answer_term", "c.answer_term_days", "i4"),
)

_SERVED: tuple[tuple[str, str, str], ...] = (
    ("offer_id", "served.offer_id", "i8"),
    ("area", "substr(served.municipality_code, 3)::int4", "i4"),
)


_HELD = """
    SELECT offer_id, count(*) AS places FROM place_option
    WHERE ended_at IS NULL AND last_day >= (now() AT TIME ZONE 'Europe/Amsterdam')::date GROUP BY offer_id
"""
"""Places that are held for a case: few at any moment."""


def _glued(columns: Sequence[tuple[str, str, str]]) -> str:
    expressions = ", ".join(expression for _, expression, _ in columns)
    return f"string_agg(record_send(ROW({expressions})), ''::bytea)"


def _wire(columns: Sequence[tuple[str, str, str]]) -> np.dtype[np.void]:
    """A record as `record_send` writes it: the number of columns; then type, length and value of each."""
    fields: list[tuple[str, str]] = [("_columns", ">i4")]
    for name, _, kind in columns:
        fields += [(f"_type_{name}", ">i4"), (f"_length_{name}", ">i4"), (name, kind if kind == "?" else f">{kind}")]
    return np.dtype(fields)


_OFFER_WIRE, _AGREEMENT_WIRE, _SERVED_WIRE = _wire(_OFFER), _wire(_AGREEMENT), _wire(_SERVED)


def _offers(which: str) -> bytes:
    return f"""
        SELECT o.care_type_code, {_glued(_OFFER)}, string_agg(to_json(o.name)::text, E'\\n')
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
        SELECT line.care_type_code, {_glued(_AGREEMENT)}
        FROM contract_line line JOIN contract c ON c.id = line.contract_id
        WHERE {which} GROUP BY line.care_type_code
    """.encode()  # noqa: S608 - from constants


def _served(which: str) -> bytes:
    return f"""
        SELECT o.care_type_code, {_glued(_SERVED)}
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
           count(*) FILTER (WHERE offer_id IS NULL) > 0
    FROM board_change
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

ByCareType = dict[str, OfferRows]
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
    return changes, {code: _read_offers(packed, names) for *_, code, packed, names in rows if code is not None}


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
    return _read_fragments(await _fetch(connection, _ALL_PROVIDERS))


async def all_locations(connection: Connection) -> Fragments:
    return _read_fragments(await _fetch(connection, _ALL_LOCATIONS))


async def providers_for(connection: Connection, offers: Ids) -> Fragments:
    return _read_fragments(await _fetch(connection, _PROVIDERS_FOR, offers.tolist()))


async def locations_for(connection: Connection, offers: Ids) -> Fragments:
    return _read_fragments(await _fetch(connection, _LOCATIONS_FOR, offers.tolist()))


async def _offers_by_type(connection: Connection, query: bytes, which: list[Any]) -> ByCareType:
    return {code: _read_offers(packed, names) for code, packed, names in await _fetch(connection, query, which)}


async def _agreements_by_type(connection: Connection, contracts: bytes, served: bytes, which: list[Any]) -> Agreements:
    found = {code: _read_contracts(packed) for code, packed in await _fetch(connection, contracts, which)}
    for code, packed in await _fetch(connection, served, which):
        found[code] = np.concatenate([found.get(code, np.empty(0, AGREEMENT)), _read_served(packed)])
    return found


async def _fetch(connection: Connection, query: bytes, *values: object) -> list[tuple[Any, ...]]:
    cursor = connection.cursor(binary=True)
    await cursor.execute(query, values)
    return await cursor.fetchall()


def _read_offers(packed: bytes, names: str) -> OfferRows:
    wire = np.frombuffer(packed, _OFFER_WIRE)
    order = np.argsort(wire["offer_id"], kind="stable")
    wire = wire[order]
    offers, places = np.zeros(len(wire), OFFER), np.empty(len(wire), PLACE)
    for rows in (offers, places):
        for name in set(rows.dtype.names or ()) & set(wire.dtype.names or ()):
            rows[name] = wire[name]
    offers["x"], offers["y"], offers["z"] = _unit_vectors(wire["lon"], wire["lat"])
    offers["answer_days"] = np.nan  # until there is something to learn from, nothing is known
    places["stated_at"] += np.where(wire["statement_id"] > 0, _POSTGRES_EPOCH, -places["stated_at"])
    listed = names.encode().split(b"\n")
    return OfferRows(offers, places, [listed[position] for position in order.tolist()])


def _unit_vectors(lon: Rows, lat: Rows) -> tuple[Any, Any, Any]:
    longitude, latitude = np.radians(lon.astype(float)), np.radians(lat.astype(float))
    return np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)


def _read_contracts(packed: bytes) -> Rows:
    wire = np.frombuffer(packed, _AGREEMENT_WIRE)
    agreements = np.empty(len(wire), AGREEMENT)
    for name in AGREEMENT.names or ():
        agreements[name] = wire[name]
    return agreements


def _read_served(packed: bytes) -> Rows:
    """A general provision needs no contract: it is there for good, and local."""
    wire = np.frombuffer(packed, _SERVED_WIRE)
    agreements = np.zeros(len(wire), AGREEMENT)
    agreements["offer_id"], agreements["area"] = wire["offer_id"], wire["area"]
    for name in ("valid_until", "suspended_from", "suspended_until"):
        agreements[name] = NEVER
    agreements["update_term"], agreements["answer_term"] = DEFAULT_UPDATE_TERM_DAYS, 5
    return agreements


def _read_fragments(rows: list[tuple[Any, ...]]) -> Fragments:
    numbers, texts = rows[0]
    if numbers is None:
        return Fragments.none()
    return Fragments(np.array(numbers.split(","), np.int64), texts.encode().split(b"\n"))
