"""How supply travels from the database to the board: which columns, in which form, and how they are read there.

Each row travels in PostgreSQL's own binary form (`record_send`), all of one width because no column is null, glued
together per care type: one value to fetch and one `np.frombuffer` to read. So what was read at several moments is put
one behind the other before it is unpacked.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from availability.board.areas import AREA_NUMBER
from availability.board.columns import AGREEMENT, PLACE, OfferRows
from availability.board.fragments import Fragments
from matcher.candidates import Positions
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.offers import NEVER, OFFER, UNKNOWN, Rows
from matcher.question import Scope, Setting

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

OFFER_COLUMNS: tuple[tuple[str, str, str], ...] = (
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

AGREEMENT_COLUMNS: tuple[tuple[str, str, str], ...] = (
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

SERVED_COLUMNS: tuple[tuple[str, str, str], ...] = (
    ("offer_id", "served.offer_id", "i8"),
    ("area", "substr(served.municipality_code, 3)::int4", "i4"),
)


def glued(columns: Sequence[tuple[str, str, str]]) -> str:
    expressions = ", ".join(expression for _, expression, _ in columns)
    return f"string_agg(record_send(ROW({expressions})), ''::bytea)"


def _wire(columns: Sequence[tuple[str, str, str]]) -> np.dtype[np.void]:
    """A record as `record_send` writes it: the number of columns; then type, length and value of each."""
    fields: list[tuple[str, str]] = [("_columns", ">i4")]
    for name, _, kind in columns:
        fields += [(f"_type_{name}", ">i4"), (f"_length_{name}", ">i4"), (name, kind if kind == "?" else f">{kind}")]
    return np.dtype(fields)


_OFFER_WIRE, _AGREEMENT_WIRE, _SERVED_WIRE = (
    _wire(columns) for columns in (OFFER_COLUMNS, AGREEMENT_COLUMNS, SERVED_COLUMNS)
)


def _shared(kept: np.dtype[np.void], wire: np.dtype[np.void]) -> tuple[str, ...]:
    return tuple(name for name in kept.names or () if name in (wire.names or ()))


_OF_OFFER, _OF_PLACE = _shared(OFFER, _OFFER_WIRE), _shared(PLACE, _OFFER_WIRE)


@dataclass(frozen=True, slots=True)
class PackedOffers:
    """Offers of one care type as they travelled. What was read later stands behind."""

    records: bytes
    names: str
    """The offers' names as JSON text, a line each."""

    @classmethod
    def together(cls, packs: Sequence["PackedOffers"]) -> "PackedOffers":
        """As if they had been read at once, the earliest first."""
        return cls(b"".join(pack.records for pack in packs), "\n".join(pack.names for pack in packs))

    def __len__(self) -> int:
        return len(self.records) // _OFFER_WIRE.itemsize

    def read(self) -> OfferRows:
        """In the order of the id; of an offer that was read more than once, what was read last."""
        wire = np.frombuffer(self.records, _OFFER_WIRE)
        order = _last_of_each(wire["offer_id"])
        wire = wire[order]
        offers, places = np.zeros(len(wire), OFFER), np.empty(len(wire), PLACE)
        for rows, names in ((offers, _OF_OFFER), (places, _OF_PLACE)):
            for name in names:
                rows[name] = wire[name]
        offers["x"], offers["y"], offers["z"] = _unit_vectors(wire["lon"], wire["lat"])
        offers["answer_days"] = np.nan  # until there is something to learn from, nothing is known
        places["stated_at"] += np.where(wire["statement_id"] > 0, _POSTGRES_EPOCH, -places["stated_at"])
        listed = self.names.encode().split(b"\n")
        return OfferRows(offers, places, [listed[position] for position in order.tolist()])


def _last_of_each(ids: Rows) -> Positions:
    order = np.argsort(ids, kind="stable")
    in_order = ids[order]
    last = np.ones(len(order), np.bool_)
    last[:-1] = in_order[1:] != in_order[:-1]
    return order[last]


def _unit_vectors(lon: Rows, lat: Rows) -> tuple[Any, Any, Any]:
    longitude, latitude = np.radians(lon.astype(float)), np.radians(lat.astype(float))
    return np.cos(latitude) * np.cos(longitude), np.cos(latitude) * np.sin(longitude), np.sin(latitude)


def read_contracts(packed: bytes) -> Rows:
    wire = np.frombuffer(packed, _AGREEMENT_WIRE)
    agreements = np.empty(len(wire), AGREEMENT)
    for name in AGREEMENT.names or ():
        agreements[name] = wire[name]
    return agreements


def read_served(packed: bytes) -> Rows:
    """A general provision needs no contract: it is there for good, and local."""
    wire = np.frombuffer(packed, _SERVED_WIRE)
    agreements = np.zeros(len(wire), AGREEMENT)
    agreements["offer_id"], agreements["area"] = wire["offer_id"], wire["area"]
    for name in ("valid_until", "suspended_from", "suspended_until"):
        agreements[name] = NEVER
    agreements["update_term"], agreements["answer_term"] = DEFAULT_UPDATE_TERM_DAYS, 5
    return agreements


def read_fragments(rows: list[tuple[Any, ...]]) -> Fragments:
    numbers, texts = rows[0]
    if numbers is None:
        return Fragments.none()
    return Fragments(np.array(numbers.split(","), np.int64), texts.encode().split(b"\n"))
