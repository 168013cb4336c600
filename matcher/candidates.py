"""The offers a question is judged against, made ready: what does not depend on the question is worked out beforehand.

An offer that is made ready is one lump of bytes, so that cutting some out of a hundred thousand touches each once; of a
few hundred it is then the calls that cost, not the numbers.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.foresight import FORESEEN, basis_of, doubt_stale, foresee
from matcher.offers import CANDIDATE, CONTRACT, OFFER, Rows
from matcher.question import Scope, Setting
from matcher.waiting import outlooks

Positions = npt.NDArray[np.intp]
Numbers = npt.NDArray[Any]

READY = np.dtype(
    [
        ("place", "<f8", 3),
        ("travels_km", "<f8"),
        ("child_travels", "<f8"),  # 1, or 0 where a team comes to the family or the help is online
        ("answer_days", "<f8"),
        ("offer_id", "<i8"),
        ("serves", "<i8"),
        ("excludes", "<i8"),
        ("only_for", "<i8"),
        ("foreseen", "<i4", len(FORESEEN)),
        ("open_until", "<i4"),  # before any day when the offer is not open yet
        ("stated_day", "<i4"),
        ("stated_wait", "<i4"),
        ("age_from", "i1"),
        ("age_until", "i1"),
        ("genders", "i1"),
        ("setting", "i1"),
        ("siblings", "i1"),
        ("past_eighteen", "i1"),
        ("stop", "i1"),
        ("basis", "u1"),
    ],
    align=True,
)
"""An offer on one day, before anybody asks; see OFFER for what is not said here."""

TERMS = ("scope_case", "update_term", "answer_term")
"""What a judgement needs of a contract: the rows of a small table."""

GENERAL_PROVISION, WITHOUT_CONTRACT = len(Scope), len(Scope) + 1
"""Scopes of an offer that needs no contract, and of one that has none."""

NOT_OPEN_YET = -1
MOST_SIBLINGS = 100

HALVES = np.dtype(
    {
        "names": ["offer", "contract"],
        "formats": [f"V{OFFER.itemsize}", f"V{CONTRACT.itemsize}"],
        "offsets": [0, OFFER.itemsize],
        "itemsize": CANDIDATE.itemsize,
    }
)
"""A candidate as an offer and a contract, so that each is copied at once; what follows is the question's."""

_LUMP = np.dtype(f"V{READY.itemsize}")
_ONLINE = list(Setting).index(Setting.ONLINE)
_OF_OFFER, _OF_CONTRACT = frozenset(READY.names or ()), frozenset(CONTRACT.names or ())


def made_ready(offers: Rows, today: int) -> Rows:
    """Rows of OFFER or CANDIDATE as rows of READY."""
    known = outlooks(offers)
    ready = np.empty(len(offers), READY)
    for name in _OF_OFFER & set(OFFER.names or ()):
        ready[name] = offers[name]
    for axis, name in enumerate("xyz"):
        ready["place"][:, axis] = offers[name]
    ready["child_travels"] = np.isnan(offers["travels_km"]) & (offers["setting"] != _ONLINE)
    ready["open_until"] = np.where(offers["published_from"] > today, NOT_OPEN_YET, offers["published_until"])
    ready["siblings"] = np.minimum(offers["siblings"], MOST_SIBLINGS)
    ready["stated_wait"] = known["stated_wait"]
    ready["basis"] = basis = basis_of(offers, today, known)
    ready["foreseen"] = foresee(offers, today, known, basis).T
    return ready


def terms_of(contracts: Rows) -> Numbers:
    """The TERMS of contracts (CONTRACT)."""
    contract, scope = contracts["contract_id"], contracts["scope"]
    scope_case = np.where(contract > 0, scope, GENERAL_PROVISION - contract)  # 0 needs none, -1 has none
    return np.array([scope_case, contracts["update_term"], contracts["answer_term"]], np.int32)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some offers of one care type, and the contract through which each is available."""

    ready: Rows
    """All offers of the care type (READY)."""
    offers: Rows
    """The same offers as rows, each a lump of bytes: `HALVES["offer"]`."""
    positions: Positions
    """Which of them."""
    contracts: Rows
    terms: Numbers
    """Of each contract; see TERMS."""
    preference: int
    """Which of the asked care types it is."""

    def __len__(self) -> int:
        return len(self.positions)


class Candidates:
    """Offers on one day, each with its contract. Column by column, by the names of READY, TERMS and CANDIDATE."""

    def __init__(
        self, today: int, ready: Rows, contracts: Rows, terms: Numbers, *, preference: Numbers, parts: Sequence[Part]
    ) -> None:
        self.today = today
        self._ready = ready
        self._contracts = contracts
        self._terms = dict(zip(TERMS, terms, strict=True))
        self._parts = parts
        self.preference = preference
        self.refused: Numbers | None = None
        """Whether each refused this case before, and stated nothing new since; None when nobody did."""
        self.foreseen = np.ascontiguousarray(ready["foreseen"].T)
        doubt_stale(self.foreseen, ready["stated_day"] + self._terms["update_term"], today)

    def __len__(self) -> int:
        return len(self._ready)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - a column of any type
        if name in _OF_OFFER:
            return self._ready[name]
        if name in self._terms:
            return self._terms[name]
        return self._contracts[name] if name in _OF_CONTRACT else self.rows[name]

    @cached_property
    def rows(self) -> Rows:
        """All of it as rows (CANDIDATE), to be kept."""
        return self.rows_at(np.arange(len(self)))

    def rows_at(self, at: Positions) -> Rows:
        """Some of the candidates as rows (CANDIDATE)."""
        rows = np.zeros(len(at), CANDIDATE)
        halves = rows.view(HALVES)
        halves["offer"] = self._offers_at(at)
        halves["contract"] = _lumps(self._contracts).take(at)
        rows["preference"] = self.preference.take(at)
        if self.refused is not None:
            rows["refused"] = self.refused.take(at)
        return rows

    def _offers_at(self, at: Positions) -> Rows:
        if len(self._parts) == 1:
            (part,) = self._parts
            return part.offers.take(part.positions.take(at))
        offers = np.empty(len(at), HALVES["offer"])
        begins = list(accumulate(map(len, self._parts), initial=0))
        which = np.searchsorted(begins, at, side="right") - 1
        for number in set(which.tolist()):
            part, inside = self._parts[number], which == number
            offers[inside] = part.offers.take(part.positions.take(at[inside] - begins[number]))
        return offers


def candidates_of(rows: Rows, today: int) -> Candidates:
    """Rows of CANDIDATE made ready."""
    ready, halves, positions = made_ready(rows, today), rows.view(HALVES), np.arange(len(rows))
    contracts = np.ascontiguousarray(halves["contract"]).view(CONTRACT)
    terms = terms_of(contracts)
    part = Part(ready, halves["offer"], positions, contracts, terms, 0)
    candidates = Candidates(today, ready, contracts, terms, preference=rows["preference"], parts=[part])
    candidates.refused = rows["refused"] if rows["refused"].any() else None
    return candidates


def gathered(parts: Sequence[Part], today: int) -> Candidates:
    """Parts put together, in the order in which they are given."""
    if not parts:
        return candidates_of(np.empty(0, CANDIDATE), today)
    cut = [part.ready.view(_LUMP).take(part.positions) for part in parts]
    if len(parts) == 1:
        (ready,), (part,) = cut, parts
        preference = np.full(len(part), part.preference, np.int16)
        return Candidates(today, ready.view(READY), part.contracts, part.terms, preference=preference, parts=parts)
    return Candidates(
        today=today,
        ready=np.concatenate(cut).view(READY),
        contracts=np.concatenate([_lumps(part.contracts) for part in parts]).view(CONTRACT),
        terms=np.concatenate([part.terms for part in parts], axis=1),
        preference=np.repeat([part.preference for part in parts], [len(part) for part in parts]),
        parts=parts,
    )


def _lumps(contracts: Rows) -> Rows:
    """Contracts as bytes of which numpy does not know the columns."""
    return contracts.view(HALVES["contract"])
