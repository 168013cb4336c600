"""One care type's offers as columns, with the contracts through which they are available.

Rows are kept in the order of the offer's id. Which rows are contracted for an area changes with contracts and dates
only, so it is worked out once per set of areas and period and remembered; what changes by the minute is read afresh.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.candidates import HALVES, READY, Numbers, Part, Positions, made_ready, terms_of
from matcher.offers import CANDIDATE, CONTRACT, NEVER, OFFER, Rows, rows_at, rows_together
from matcher.question import Scope

AGREEMENT = np.dtype([("provider", "<i4"), ("offer_id", "<i8"), ("area", "<i4"), *CONTRACT.descr])
"""A line of a contract: a provider's offers for one area. Or, with an offer: where a general provision may be used."""


_CONTRACT_OF_LINE = np.dtype(
    {
        "names": ["contract"],
        "formats": [f"V{CONTRACT.itemsize}"],
        "offsets": [AGREEMENT.itemsize - CONTRACT.itemsize],
        "itemsize": AGREEMENT.itemsize,
    }
)
"""The contract of such a line as a lump of bytes, which is copied at once."""


def no_agreements() -> Rows:
    return np.empty(0, AGREEMENT)


PLACE = np.dtype([("provider", "<i4"), ("location", "<i8"), ("stated_at", "<i8")])
"""What a card needs beside the columns that are judged; `stated_at` in microseconds since 1970."""

MOST_REMEMBERED = 100_000
"""Rows in remembered selections per care type, before they are worked out anew: a few megabytes."""

NO_DAY = -1

NOT_CONTRACTED = -1
"""`contract_id` of an offer that is shown without a contract."""

_NO_CONTRACT = np.array(
    [(NOT_CONTRACTED, 0, NEVER, NEVER, NEVER, list(Scope).index(Scope.NATIONAL), 30, 5)],
    CONTRACT,
)
_NO_TERMS = terms_of(_NO_CONTRACT)


@dataclass(frozen=True, slots=True)
class OfferRows:
    """Offers as they were read: three parallel columns, in the order of the id."""

    offers: Rows
    places: Rows
    names: list[bytes]
    """The offer's name as JSON text."""

    @classmethod
    def none(cls) -> "OfferRows":
        return cls(np.empty(0, OFFER), np.empty(0, PLACE), [])

    def __len__(self) -> int:
        return len(self.offers)


@dataclass(frozen=True, slots=True)
class Selection:
    """Some rows, each with its contract: the best one, or none."""

    rows: Positions
    contracts: Rows
    """Each row's contract (CONTRACT)."""
    terms: Numbers
    """What a judgement needs of it (see `matcher.candidates`)."""

    @classmethod
    def of(cls, rows: Positions, contracts: Rows) -> "Selection":
        return cls(rows, contracts, terms_of(contracts))

    @classmethod
    def without_contract(cls, rows: Positions) -> "Selection":
        return cls(rows, np.repeat(_NO_CONTRACT, len(rows)), np.repeat(_NO_TERMS, len(rows), axis=1))


@dataclass(slots=True)
class _Remembered:
    """The selections of one set of areas: one per period between two days on which something begins or ends."""

    lines: Rows
    """The contracts for these areas, the nearest scope first, then the lowest id."""
    rows: Positions
    """The offers that are available through one of them, in order; some through more than one, the best first."""
    which: Positions
    """Through which line each is."""
    turning_days: list[int]
    selections: dict[int, Selection] = field(default_factory=dict)


class Columns:
    """The offers of one care type. Changed in place, and only between two questions."""

    def __init__(self, offers: OfferRows, agreements: Rows) -> None:
        self.offers = offers.offers
        self._day, self._ready = NO_DAY, np.empty(0, READY)
        self.places = offers.places
        self.names = offers.names
        self._agreements = agreements
        self._forget()

    def __len__(self) -> int:
        return len(self.offers)

    @property
    def nbytes(self) -> int:
        """Bytes held by the columns, the names and the contracts."""
        names = sum(len(name) + 41 for name in self.names)  # 33 for the object, 8 for the pointer to it
        columns = (self.offers, self._ready, self.places, self._agreements)
        return sum(column.nbytes for column in columns) + names

    def selection(self, areas: tuple[int, ...], on: int) -> Selection:
        """The rows that are contracted for one of the areas on that day."""
        remembered = self._remembered.get(areas) or self._remember(areas)
        period = bisect_right(remembered.turning_days, on)
        selection = remembered.selections.get(period)
        if selection is None:
            selection = remembered.selections[period] = _select(remembered, on)
            self._rows_remembered += len(selection.rows)
        return selection

    def lines(self) -> tuple[Positions, Rows]:
        """Every row beside each agreement through which it is available, whatever the day."""
        rows, which = self._rows_of(self._agreements)
        return rows, self._agreements[which]

    def beyond(self, now: Selection, later: Selection) -> tuple[Selection, Selection]:
        """What is selected later and not now; and without a contract all that is selected neither now nor later."""
        known = np.zeros(len(self), np.bool_)
        known[now.rows] = True
        new = np.flatnonzero(~known[later.rows])
        soon = Selection(later.rows[new], later.contracts[new], later.terms[:, new])
        known[later.rows] = True
        return soon, Selection.without_contract(np.flatnonzero(~known))

    def part(self, selection: Selection, preference: int, today: int) -> Part:
        """The selected offers, to be judged on that day."""
        if self._day != today:
            self._day, self._ready = today, made_ready(self.offers, today)
        return Part(self._ready, self._packed, selection.rows, selection.contracts, selection.terms, preference)

    def positions(self, offer_ids: npt.NDArray[np.int64]) -> Positions:
        """Where these offers are; -1 for an offer that is not here."""
        if not len(self.offers):
            return np.full(len(offer_ids), -1, np.intp)
        found = np.searchsorted(self._ids, offer_ids)
        found[found == len(self._ids)] = 0
        return np.where(self._ids[found] == offer_ids, found, -1)

    def put(self, news: OfferRows) -> None:
        """Take over offers that are new or changed."""
        at = self.positions(news.offers["offer_id"])
        known = at >= 0
        self.offers[at[known]] = news.offers[known]
        if self._day != NO_DAY:
            self._ready[at[known]] = made_ready(news.offers[known], self._day)
        self.places[at[known]] = news.places[known]
        for position, name in zip(at[known].tolist(), _chosen(news.names, known), strict=True):
            self.names[position] = name
        if not known.all():
            self._reshape(np.ones(len(self.offers), bool), replace_rows(news, ~known))

    def drop(self, offer_ids: npt.NDArray[np.int64]) -> None:
        """Leave out the offers that are here no longer; they need not have been."""
        at = self.positions(offer_ids)
        keep = np.ones(len(self.offers), bool)
        keep[at[at >= 0]] = False
        if not keep.all():
            self._reshape(keep, OfferRows.none())

    def agree(self, offers: npt.NDArray[np.int64], providers: npt.NDArray[np.int32], news: Rows) -> None:
        """Take over the contracts of these providers and the areas served by these offers."""
        general = self._agreements["offer_id"] > 0
        changed = np.where(
            general,
            np.isin(self._agreements["offer_id"], offers),
            np.isin(self._agreements["provider"], providers),
        )
        self._agreements = np.concatenate([self._agreements[~changed], news])
        self._forget()

    def _reshape(self, keep: npt.NDArray[np.bool_], new: OfferRows) -> None:
        order = np.argsort(np.concatenate([self._ids[keep], new.offers["offer_id"]]), kind="stable")
        names = [*_chosen(self.names, keep), *new.names]
        self.offers = np.concatenate([self.offers[keep], new.offers])[order]
        self.places = np.concatenate([self.places[keep], new.places])[order]
        self.names = [names[position] for position in order.tolist()]
        self._day, self._ready = NO_DAY, np.empty(0, READY)
        self._forget()

    def _forget(self) -> None:
        """Offers came or went, or contracts changed: prepare the lookups anew."""
        self._packed = self.offers.view(HALVES["offer"])
        self._ids = np.ascontiguousarray(self.offers["offer_id"])
        self._by_provider = np.argsort(self.places["provider"], kind="stable")
        self._providers = self.places["provider"][self._by_provider]
        self._agreements = self._agreements[np.argsort(self._agreements["area"], kind="stable")]
        self._areas = np.ascontiguousarray(self._agreements["area"])
        self._remembered: dict[tuple[int, ...], _Remembered] = {}
        self._rows_remembered = 0

    def _remember(self, areas: tuple[int, ...]) -> _Remembered:
        if self._rows_remembered > MOST_REMEMBERED:
            self._remembered.clear()
            self._rows_remembered = 0
        first, past = (self._areas.searchsorted(areas, side).tolist() for side in ("left", "right"))
        lines = rows_together(*(self._agreements[begin:end] for begin, end in zip(first, past, strict=True)))
        lines = rows_at(lines, np.lexsort((lines["contract_id"], lines["scope"])))
        rows, which = self._rows_of(lines)
        pairs = rows * max(len(lines), 1) + which  # sorted as one number, which is much sooner than by two
        pairs.sort()
        rows, which = np.divmod(pairs, max(len(lines), 1))
        remembered = self._remembered[areas] = _Remembered(lines, rows, which, _turning_days(lines))
        return remembered

    def _rows_of(self, lines: Rows) -> tuple[Positions, Positions]:
        """Every pair of a row and a line through which it is available."""
        contracts = np.flatnonzero(lines["offer_id"] == 0)
        provider = lines["provider"][contracts]
        first = self._providers.searchsorted(provider, "left")
        count = self._providers.searchsorted(provider, "right") - first
        within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        of_contracts = self._by_provider[np.repeat(first, count) + within]
        through = np.repeat(contracts, count)
        if len(contracts) == len(lines):
            return of_contracts, through
        general = np.flatnonzero(lines["offer_id"] > 0)
        of_general = self.positions(lines["offer_id"][general])
        present = of_general >= 0
        return np.concatenate([of_contracts, of_general[present]]), np.concatenate([through, general[present]])


def everything(columns: Columns, preference: int) -> Rows:
    """Every offer of a care type as a row (CANDIDATE), as if nobody had a contract."""
    rows = np.zeros(len(columns), CANDIDATE)
    rows.view(HALVES)["offer"] = columns.offers.view(HALVES["offer"])
    rows["preference"] = preference
    return without_contract(rows)


def without_contract(rows: Rows) -> Rows:
    """Candidates (CANDIDATE), as if nobody had a contract for them."""
    changed = rows.copy()
    changed.view(HALVES)["contract"] = _NO_CONTRACT.view(HALVES["contract"])
    return changed


def replace_rows(rows: OfferRows, keep: npt.NDArray[np.bool_]) -> OfferRows:
    return replace(rows, offers=rows.offers[keep], places=rows.places[keep], names=list(_chosen(rows.names, keep)))


def holds(lines: Rows, on: int) -> npt.NDArray[np.bool_]:
    """Whether a contract has begun, has not ended and is not suspended on that day."""
    suspended = (lines["suspended_from"] <= on) & (on <= lines["suspended_until"])
    holds: npt.NDArray[np.bool_] = (lines["valid_from"] <= on) & (on <= lines["valid_until"]) & ~suspended
    return holds


def _select(remembered: _Remembered, on: int) -> Selection:
    """Of each offer the best contract that holds on that day, if there is one."""
    valid = holds(remembered.lines, on).take(remembered.which)
    rows, which = remembered.rows[valid], remembered.which[valid]
    best = np.ones(len(rows), bool)
    best[1:] = rows[1:] != rows[:-1]
    contracts = remembered.lines.view(_CONTRACT_OF_LINE)["contract"].take(which[best])
    return Selection.of(rows[best], contracts.view(CONTRACT))


def _turning_days(lines: Rows) -> list[int]:
    """The days on which a contract begins, ends, stops being valid or resumes, in order."""
    begins = np.concatenate([lines["valid_from"], lines["suspended_from"]]).astype(np.int64)
    ends = np.concatenate([lines["valid_until"], lines["suspended_until"]]).astype(np.int64) + 1
    days: list[int] = np.unique(np.concatenate([begins, ends])).tolist()
    return days


def _chosen(names: list[bytes], keep: npt.NDArray[Any]) -> Iterator[bytes]:
    return (name for name, kept in zip(names, keep.tolist(), strict=True) if kept)
