"""The live board: every offer in this process's memory, cut per care type, as of one moment.

It is read and changed on the event loop only, never across an `await`: so no request sees half a change, without locks.
A promise (a referral, an option) is made in the database, never here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from availability.board.areas import area_number
from availability.board.columns import Columns, OfferRows, everything, no_agreements
from availability.board.fragments import Fragments
from availability.board.wire import PackedOffers
from matcher.candidates import Candidates, gathered
from matcher.offers import Rows, rows_together, values_in
from matcher.question import Setting

Ids = npt.NDArray[np.int64]

_SETTINGS = tuple(Setting)

_CARD_KEY = ("offer_id", "statement_id")

MOST_HEARD = 200
"""Times that news of one care type may wait to be read, each of so many offers at most: then it is read unasked."""

MOST_CARDS = 50_000
"""Cards to remember: some twenty megabytes."""


@dataclass(frozen=True, slots=True)
class News:
    """Everything that changed between two moments, read at the later one."""

    snapshot: str
    as_of: datetime
    offers: Ids
    """All that changed; those that no longer exist are in no care type's rows."""
    contracts: Ids
    """Those of which more changed than the capacity: contracts, names, place."""
    rows: Mapping[str, PackedOffers] = field(default_factory=dict)
    agreements: Mapping[str, Rows] = field(default_factory=dict)
    providers: Fragments = field(default_factory=Fragments.none)
    locations: Fragments = field(default_factory=Fragments.none)


class Board:
    """What can be asked in microseconds. Empty and not `ready` until the feed has filled it."""

    def __init__(
        self,
        *,
        columns: Mapping[str, Columns] | None = None,
        care_types: Mapping[str, bytes] | None = None,
        providers: Fragments | None = None,
        locations: Fragments | None = None,
        snapshot: str = "",
        as_of: datetime = datetime(1970, 1, 1, tzinfo=UTC),
    ) -> None:
        self._columns = dict(columns or {})
        self._care_types = dict(care_types or {})
        self._providers = providers or Fragments.none()
        self._locations = locations or Fragments.none()
        self._cards: dict[tuple[int, int], bytes] = {}
        self._heard: dict[str, list[PackedOffers]] = {}
        """News of capacity, per care type, that nobody asked for yet: read together when somebody does."""
        self.snapshot = snapshot
        self.as_of = as_of
        """Every commit before this moment is on the board."""

    @property
    def ready(self) -> bool:
        return bool(self.snapshot)

    @property
    def care_types(self) -> list[str]:
        return list(self._columns)

    @property
    def offers(self) -> int:
        return sum(len(columns) for columns in self._columns.values())

    @property
    def nbytes(self) -> int:
        """Bytes held, without what selections are remembered."""
        columns = sum(columns.nbytes for columns in self._columns.values())
        return columns + self._providers.nbytes + self._locations.nbytes

    def age_seconds(self, now: datetime) -> float:
        return (now - self.as_of).total_seconds()

    def candidates(self, care_types: Sequence[str], areas: Sequence[str], on: int, today: int) -> Candidates:
        """The offers contracted for one of the areas on a day, each once, to be judged today.

        Of several contracts the nearest scope counts, then the lowest id. `care_types` are in order of preference, each
        at most once; an offer's `preference` is its care type's place among them.
        """
        numbers = area_numbers(tuple(areas))
        asked = [self.columns(code) for code in care_types]
        parts = [columns.part(columns.selection(numbers, on), place, today) for place, columns in enumerate(asked)]
        return gathered(parts, today)

    def columns(self, care_type: str) -> Columns:
        """All of one care type: to be read before the next `await`."""
        heard = self._heard.pop(care_type, None)
        if heard:
            self._columns[care_type].put(PackedOffers.together(heard).read())
        return self._columns[care_type]

    def everything(self, care_types: Sequence[str]) -> Rows:
        """Every offer of the care types as a row (CANDIDATE), as if nobody had a contract (`contract_id` -1)."""
        return rows_together(*(everything(self.columns(code), place) for place, code in enumerate(care_types)))

    def cards(self, care_types: Sequence[str], candidates: Rows) -> list[bytes]:
        """Each candidate as the inside of a JSON object: what it is, whose, where, and when it was last stated.

        Made once and remembered: a new statement makes a new card, any other change makes all of them anew.
        """
        if len(self._cards) > MOST_CARDS:
            self._cards.clear()
        keys = list(values_in(candidates, _CARD_KEY))
        unmade = [position for position, key in enumerate(keys) if key not in self._cards]
        if unmade:
            self._make_cards(care_types, candidates[unmade])
        return [self._cards[key] for key in keys]

    def apply(self, news: News) -> None:
        """Move to a later moment, all at once. A statement costs its own care type only, once somebody asks for it."""
        for code, packed in news.rows.items():
            self._hear(code, packed)
        if len(news.contracts):
            self._cards.clear()
            for code in self._columns:
                columns = self.columns(code)
                rows = news.rows[code].read() if code in news.rows else OfferRows.none()
                columns.drop(np.setdiff1d(news.contracts, rows.offers["offer_id"]))
                self._agree(columns, rows, news.contracts, news.agreements.get(code, no_agreements()))
        self._providers = self._providers.updated(news.providers)
        self._locations = self._locations.updated(news.locations)
        self.snapshot, self.as_of = news.snapshot, news.as_of

    def _hear(self, care_type: str, packed: PackedOffers) -> None:
        heard = self._heard.setdefault(care_type, [])
        heard.append(packed)
        if len(heard) > MOST_HEARD or len(packed) > MOST_HEARD:
            self.columns(care_type)

    def _agree(self, columns: Columns, rows: OfferRows, changed: Ids, agreements: Rows) -> None:
        touched = np.isin(rows.offers["offer_id"], changed)
        if touched.any():
            columns.agree(rows.offers["offer_id"][touched], rows.places["provider"][touched], agreements)

    def become(self, other: "Board") -> None:
        """Be replaced by a board that was loaded aside."""
        self.__dict__.update(other.__dict__)

    def _make_cards(self, care_types: Sequence[str], candidates: Rows) -> None:
        for preference in np.unique(candidates["preference"]).tolist():
            rows = candidates[candidates["preference"] == preference]
            keys = values_in(rows, _CARD_KEY)
            self._cards.update(zip(keys, self._cards_of(care_types[preference], rows), strict=True))

    def _cards_of(self, care_type: str, candidates: Rows) -> Iterator[bytes]:
        columns = self.columns(care_type)
        positions = columns.positions(candidates["offer_id"])
        places = columns.places[positions]
        tail = b',"careType":{"code":"%b","name":%b}' % (care_type.encode(), self._care_types[care_type])
        for row, position, moment, provider, location in zip(
            candidates[["offer_id", "setting", "age_from", "age_until"]].tolist(),
            positions.tolist(),
            places["stated_at"].tolist(),
            self._providers.of(places["provider"].astype(np.int64)),
            self._locations.of(places["location"]),
            strict=True,
        ):
            offer, setting, youngest, oldest = row
            yield (
                b'"offerId":%d,"offer":%b,"provider":%b,"location":%b%b,"setting":"%b","ageFrom":%d,"ageUntil":%d,'
                b'"statedAt":%b'
                % (
                    *(offer, columns.names[position], provider, location, tail),
                    *(_SETTINGS[setting].encode(), youngest, oldest, _moment(moment)),
                )
            )


def _moment(microseconds: int) -> bytes:
    """A moment in microseconds since 1970, as JSON; 0 is never."""
    if not microseconds:
        return b"null"
    moment = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    return b'"%bZ"' % moment.replace(tzinfo=None).isoformat().encode()


@lru_cache(maxsize=4096)
def area_numbers(codes: tuple[str, ...]) -> tuple[int, ...]:
    return tuple(area_number(code) for code in codes)
