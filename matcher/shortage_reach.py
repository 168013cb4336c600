"""Who could go where: every open request beside every place that it could have in time.

Pairs come from contracts: an offer that is not available to a municipality is never looked at. What is left is judged
by the same hard criteria as the ranking. A country of a hundred thousand offers takes part of a second.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.foresight import expected_start
from matcher.offers import Rows
from matcher.question import Month
from matcher.shortage_pairs import (
    PAIR_RULES,
    Counts,
    Demand,
    Flags,
    Packed,
    Pairs,
    Positions,
    Supply,
    is_late,
)

IN_TIME_WITHIN_DAYS = 70
"""Help that starts within ten weeks of the wanted day is in time: a setting, after the norm in use; no law says so."""

COUNTED_OVER_DAYS = 90
"""Providers say how many started in the last quarter."""


@dataclass(frozen=True, slots=True)
class Reach:
    """Who could go where: pairs of positions, by request and then by offer, each once."""

    requests: int
    offers: int
    request: Positions
    offer: Positions

    @classmethod
    def of(cls, packed: list[Packed], requests: int, offers: int) -> "Reach":
        """Each pair once, though several contracts or care types may lead there."""
        together = np.concatenate([np.empty(0, np.int64), *packed])
        together.sort()
        once = together[np.flatnonzero(np.diff(together, prepend=-1))]
        request, offer = np.divmod(once, max(offers, 1))
        return cls(requests, offers, request.astype(np.int32), offer.astype(np.int32))

    def only(self, kept: Flags) -> "Reach":
        return replace(self, request=self.request[kept], offer=self.offer[kept])


def room_in_time(offers: Rows, today: int, within_days: int = IN_TIME_WITHIN_DAYS) -> Counts:
    """How many newcomers can start within so many days: open places, or what the flow leaves after those who wait.

    Behind a stop there is no room; what a provider did not say adds none.
    """
    free = np.maximum(offers["open_places"] - offers["options_running"], 0)
    told = np.minimum(offers["waiting"], offers["started_90"]) >= 0
    turnover = offers["started_90"] * (within_days / COUNTED_OVER_DAYS) - offers["waiting"]
    room = np.where(told, np.maximum(free, np.floor(free + turnover)), free)
    opens_late = (offers["available_from"] > today + within_days) | (offers["stop"] > 0)
    return np.where(opens_late, 0, room).astype(np.int32)


def reach(demand: Demand, supply: Supply, today: int, within_days: int = IN_TIME_WITHIN_DAYS) -> Reach:
    """Every request beside every offer with room that breaks no rule and can start in time."""
    refused = refused_pairs(demand, supply)
    found = []
    for pairs in contracted_pairs(demand, supply, today, within_days):
        fitting = fitting_pairs(pairs)
        packed = fitting.only(~is_late(fitting)).packed(len(supply))
        found.append(packed[~np.isin(packed, refused)])
    return Reach.of(found, len(demand), len(supply))


def only_of(demand: Demand, who: Flags) -> Demand:
    """The same requests, of which only some still ask; positions stay as they are."""
    return replace(demand, wishes=demand.wishes[who[demand.wishes["request"]]])


def contracted_pairs(demand: Demand, supply: Supply, today: int, within_days: int) -> Iterator[Pairs]:
    """Per care type the requests that would accept it beside the offers with room that their areas can use."""
    asked, offered, agreed = _laid_out(demand, supply, today)
    lines = np.flatnonzero(supply.room[agreed["offer"]] > 0).astype(np.int32)
    lines = lines[np.lexsort((agreed["area"][lines], supply.care_type[agreed["offer"][lines]]))]
    kinds = supply.care_type[agreed["offer"][lines]]
    for kind, who in _by_care_type(demand.wishes):
        mine = lines[_equal(kinds, kind)]
        request, at = _by_area(asked, who, agreed["area"][mine])
        line = mine[at]
        yield Pairs(asked, offered, agreed, request, agreed["offer"].take(line), line, today, within_days)


def all_pairs(demand: Demand, supply: Supply, today: int, within_days: int) -> Iterator[Pairs]:
    """The same, whether a contract leads there or not; so of a pair no contract is known."""
    asked, offered, agreed = _laid_out(demand, supply, today)
    offers = np.flatnonzero(supply.room > 0).astype(np.int32)
    offers = offers[np.argsort(supply.care_type[offers], kind="stable")]
    for kind, who in _by_care_type(demand.wishes):
        mine = offers[_equal(supply.care_type[offers], kind)]
        request, offer = np.repeat(who, len(mine)), np.tile(mine, len(who))
        yield Pairs(asked, offered, agreed, request, offer, np.full(len(offer), -1, np.int32), today, within_days)


def fitting_pairs(pairs: Pairs) -> Pairs:
    """The pairs that break no rule. Each rule looks only at what the former ones left."""
    for broken_by in PAIR_RULES.values():
        pairs = pairs.only(~broken_by(pairs))
    return pairs


def refused_pairs(demand: Demand, supply: Supply) -> Packed:
    """The refusals as packed pairs; of an offer that is no longer there, nothing."""
    by_id = np.argsort(supply.offers["offer_id"], kind="stable")
    ids = supply.offers["offer_id"][by_id]
    request, offer_id = demand.refused.T
    at = np.searchsorted(ids, offer_id)
    known = np.flatnonzero(at < len(ids))
    known = known[ids[at[known]] == offer_id[known]]
    packed: Packed = request[known] * len(supply) + by_id[at[known]]
    return packed


def _laid_out(demand: Demand, supply: Supply, today: int) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Requests, offers and lines as columns, with the day each is wanted and the day each could begin."""
    asked, offered, agreed = _columns(demand.requests), _columns(supply.offers), _columns(supply.lines)
    asked["wanted"] = np.maximum(asked["needed_from"], np.int32(today))
    offered["ready"] = expected_start(supply.offers, today, _GROWN_UP, today).start
    return asked, offered, agreed


def _by_care_type(wishes: Rows) -> Iterator[tuple[int, Positions]]:
    """Each care type that is asked for, and who would accept it."""
    in_order = wishes[np.argsort(wishes["care_type"], kind="stable")]
    for kind in np.unique(in_order["care_type"]).tolist():
        yield kind, in_order["request"][_equal(in_order["care_type"], kind)]


def _equal(in_order: Positions, value: int) -> slice:
    return slice(*np.searchsorted(in_order, [value, value + 1]).tolist())


def _by_area(asked: dict[str, Any], who: Positions, areas: Positions) -> tuple[Positions, npt.NDArray[np.int64]]:
    """Each request beside each line of its areas; `areas` is in order, and the answer points into it."""
    place = np.concatenate([asked[level].take(who) for level in ("country", "region", "municipality")])
    first = np.searchsorted(areas, place, "left")
    count = np.searchsorted(areas, place, "right") - first
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.tile(who, 3), count), np.repeat(first, count) + within


def _columns(rows: Rows) -> dict[str, npt.NDArray[Any]]:
    """Each column on its own: pairs take from one many times."""
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


_GROWN_UP = Month(1990, 1)
"""Old enough for any offer, so that an expected start is the offer's own."""
