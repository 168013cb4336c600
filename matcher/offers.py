"""The offers a question is judged against, as columns.

One row is one offer together with the contract through which it is available to the asking municipality. The board
keeps such rows; the ranking only reads them. A row has a fixed width, so a whole candidate set can be stored byte for
byte and judged again years later.

Units: days are whole days since 1970-01-01; waits are days; ages are whole years; -1 (or NaN) means the provider did
not say. Masks are bits over the shared lists of the vocabulary.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from struct import Struct
from typing import Any

import numpy as np
import numpy.typing as npt

UNKNOWN = -1
"""What a provider did not say: never the same as zero."""

NEVER = 2**31 - 1
"""The day of an end that is not set."""

EARTH_RADIUS_KM = 6371.008771415
"""Mean radius of the WGS84 ellipsoid; PostGIS uses the same for `ST_Distance(a, b, false)`."""

EPOCH = date(1970, 1, 1)

OFFER = np.dtype(
    [
        ("offer_id", "<i8"),
        # place: the unit vector of the location; a team that travels says how far it comes
        ("x", "<f8"),
        ("y", "<f8"),
        ("z", "<f8"),
        ("travels_km", "<f4"),  # NaN: the child comes to the location
        # the group it is for
        ("serves", "<i8"),  # needs it is equipped for
        ("excludes", "<i8"),  # needs it cannot serve
        ("only_for", "<i8"),  # 0: everybody; else at least one of these needs must be there
        ("age_from", "<i2"),
        ("age_until", "<i2"),  # the last age that is welcome
        ("genders", "u1"),  # bit 0 boy, 1 girl, 2 other
        ("setting", "u1"),  # position in question.Setting
        ("siblings", "<i2"),  # how many children of one family can stay together; -1 unknown
        ("past_eighteen", "i1"),  # 1 yes, 0 no, -1 unknown
        ("published_from", "<i4"),
        ("published_until", "<i4"),  # the last day; NEVER if open
        # what the provider stated, and when
        ("statement_id", "<i8"),  # 0: never stated
        ("stated_day", "<i4"),
        ("stop", "i1"),
        ("total_places", "<i4"),
        ("open_places", "<i4"),
        ("options_running", "<i4"),  # places held for another child
        ("available_from", "<i4"),  # day; UNKNOWN if not said
        ("intake_wait", "<i4"),
        ("treatment_wait", "<i4"),
        ("waiting", "<i4"),
        ("started_90", "<i4"),
        ("withdrawn_90", "<i4"),
        # learnt of the offer (see `realised` and `turnover`), NaN when too little is known
        ("realised_wait", "<f4"),  # days that starts really took lately
        ("realised_spread", "<f4"),
        ("late_days", "<f4"),  # how much later than stated they came
        ("left_before", "<f4"),  # who left the list in `over_days` before the last ninety
        ("over_days", "<f4"),
        ("answer_days", "<f4"),
    ]
)
"""One published offer with its current statement: the columns of the board."""

CONTRACT = np.dtype(
    [
        ("contract_id", "<i8"),  # 0: a general provision, which needs no contract; -1: no contract with this area
        ("valid_from", "<i4"),
        ("valid_until", "<i4"),  # the last day; NEVER if open
        ("suspended_from", "<i4"),  # NEVER if not suspended
        ("suspended_until", "<i4"),
        ("scope", "u1"),  # position in question.Scope
        ("update_term", "<i4"),  # days within which a statement must be renewed
        ("answer_term", "<i4"),  # working days within which a referral must be answered
    ]
)
"""The agreement through which one offer is available to one area."""

CANDIDATE = np.dtype(
    [
        *OFFER.descr,
        *CONTRACT.descr,
        ("preference", "<i2"),  # which of the asked care types it is; 0 the first, below 0 one that was not asked for
        ("refused", "u1"),  # 1: refused this case before, and stated nothing new since
    ]
)
"""An offer seen from one question: with its contract, the care type it answers to, and whether it refused before."""

Rows = npt.NDArray[np.void]
"""A one-dimensional array of OFFER, CONTRACT or CANDIDATE."""


def empty_candidates(n: int = 0) -> Rows:
    """`n` candidates about which nothing was said: unknown waits, everybody welcome, no contract ended."""
    rows = np.zeros(n, CANDIDATE)
    for name, value in _SILENT.items():
        rows[name] = value
    return rows


_SILENT: dict[str, Any] = {
    "travels_km": np.nan,
    "age_until": 17,
    "genders": 0b111,
    "siblings": UNKNOWN,
    "past_eighteen": UNKNOWN,
    "published_until": NEVER,
    "total_places": UNKNOWN,
    "open_places": UNKNOWN,
    "available_from": UNKNOWN,
    "intake_wait": UNKNOWN,
    "treatment_wait": UNKNOWN,
    "waiting": UNKNOWN,
    "started_90": UNKNOWN,
    "withdrawn_90": UNKNOWN,
    "realised_wait": np.nan,
    "realised_spread": np.nan,
    "late_days": np.nan,
    "left_before": np.nan,
    "over_days": np.nan,
    "answer_days": np.nan,
    "valid_until": NEVER,
    "suspended_from": NEVER,
    "suspended_until": NEVER,
    "update_term": 30,
    "answer_term": 5,
}


def rows_at(rows: Rows, at: npt.NDArray[np.intp]) -> Rows:
    """Some of the rows. Many times sooner than `rows[at]`, which copies column by column."""
    return _whole(rows).take(at).view(rows.dtype)


def rows_where(rows: Rows, chosen: npt.NDArray[np.bool_]) -> Rows:
    """The chosen rows, just as soon."""
    return rows_at(rows, np.flatnonzero(chosen))


def rows_together(*parts: Rows) -> Rows:
    """Rows of one kind one after another, just as soon."""
    return np.concatenate([_whole(part) for part in parts]).view(parts[0].dtype)


def _whole(rows: Rows) -> Rows:
    """Rows as bytes of which numpy does not know the columns."""
    return rows.view(f"V{rows.dtype.itemsize}")


def values_in(rows: Rows, names: tuple[str, ...]) -> Iterator[tuple[Any, ...]]:
    """Row by row the values of some columns, which are named in the order of the row; sooner than `tolist`."""
    return _reader(rows.dtype, names).iter_unpack(rows.tobytes())


@lru_cache
def _reader(row: np.dtype[np.void], names: tuple[str, ...]) -> Struct:
    """Reads the named columns of a row and passes over what lies between them."""
    columns: Any = row.fields
    pattern, end = "<", 0
    for name in names:
        column, begin = columns[name][:2]
        pattern += f"{begin - end}x{_AS_STRUCT[column.str]}"
        end = begin + column.itemsize
    return Struct(f"{pattern}{row.itemsize - end}x")


_AS_STRUCT = {"<i8": "q", "<i4": "i", "<i2": "h", "|i1": "b", "|u1": "B", "<f8": "d", "<f4": "f"}
"""numpy's name of a column's type → that of `struct`."""


def day_number(day: date) -> int:
    """Whole days since 1970-01-01."""
    return (day - EPOCH).days


def day_of(number: int) -> date:
    """The date of a day number."""
    return EPOCH + timedelta(days=int(number))


def unit_vector(lon: float, lat: float) -> tuple[float, float, float]:
    """A point on the unit sphere, from WGS84 degrees."""
    longitude, latitude = np.radians(lon), np.radians(lat)
    return (
        float(np.cos(latitude) * np.cos(longitude)),
        float(np.cos(latitude) * np.sin(longitude)),
        float(np.sin(latitude)),
    )
