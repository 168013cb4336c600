"""Who could go where: every open request beside every place that it could have in time, by the ranking's hard criteria.

`fit` judges one question; a country asks ten thousand at once. So the same rules stand here once more over columns of
pairs, and the tests hold the two to be equal. Pairs come from contracts: an offer that is not available to a
municipality is never looked at.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.fit import USUAL_DURATION_DAYS, Rule
from matcher.offers import CONTRACT, EARTH_RADIUS_KM, NEVER, UNKNOWN, Rows
from matcher.question import Month, Setting
from matcher.waiting import expected_start

Positions = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]

REQUEST = np.dtype(
    [
        ("request_id", "<i8"),
        ("country", "<i4"),  # the areas it belongs to, as the numbers that lines use
        ("region", "<i4"),
        ("municipality", "<i4"),
        ("x", "<f8"),
        ("y", "<f8"),
        ("z", "<f8"),
        ("birth_month", "<i4"),  # months since the year 0
        ("opened", "<i4"),  # day
        ("needed_from", "<i4"),  # day
        ("max_km", "<f8"),  # NaN: no hard limit
        ("needs", "<i8"),
        ("gender", "i1"),  # position in question.Gender; -1 not given
        ("setting", "i1"),  # position in question.Setting; -1 not given
        ("past_eighteen", "u1"),
    ]
)
"""One open request: no name, no reference; only what the hard criteria look at."""

WISH = np.dtype([("request", "<i4"), ("care_type", "<i4"), ("preference", "<i4")])
"""A care type that a request would accept; `request` is a position."""

LINE = np.dtype([("offer", "<i4"), ("area", "<i4"), *CONTRACT.descr])
"""Where an offer is available, and through which contract; `offer` is a position."""

IN_TIME_WITHIN_DAYS = 70
"""Help that starts within ten weeks of the wanted day is in time: a setting, after the norm in use; no law says so."""


COUNTED_OVER_DAYS = 90
"""Providers say how many started in the last quarter."""


@dataclass(frozen=True, slots=True)
class Demand:
    """Open requests (REQUEST) and what each would accept (WISH)."""

    requests: Rows
    wishes: Rows
    refused: npt.NDArray[np.int64] = field(default_factory=lambda: np.empty((0, 2), np.int64))
    """Pairs of a request's position and an offer's id that was refused before."""

    def __len__(self) -> int:
        return len(self.requests)


@dataclass(frozen=True, slots=True)
class Supply:
    """Offers (CANDIDATE, their contract left out), the number of each one's care type, and where they are available."""

    offers: Rows
    care_type: Positions
    lines: Rows
    room: Counts
    """How many children each can still take in time; see `room_in_time`."""

    def __len__(self) -> int:
        return len(self.offers)


@dataclass(frozen=True, slots=True)
class Reach:
    """Who could go where: pairs of positions, by request and then by offer, each once."""

    requests: int
    offers: int
    request: Positions
    offer: Positions


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
    found = [_fitting(pairs) for pairs in _candidate_pairs(demand, supply, today, within_days)]
    packed = np.concatenate([np.empty(0, np.int64), *(pairs.packed(len(supply)) for pairs in found)])
    packed.sort()
    once = packed[np.flatnonzero(np.diff(packed, prepend=-1))]  # though several contracts or care types lead there
    request, offer = np.divmod(once[~np.isin(once, _refused(demand, supply))], max(len(supply), 1))
    return Reach(len(demand), len(supply), request.astype(np.int32), offer.astype(np.int32))


def _refused(demand: Demand, supply: Supply) -> npt.NDArray[np.int64]:
    """The refusals as packed pairs; of an offer that is no longer there, nothing."""
    by_id = np.argsort(supply.offers["offer_id"], kind="stable")
    ids = supply.offers["offer_id"][by_id]
    request, offer_id = demand.refused.T
    at = np.searchsorted(ids, offer_id)
    known = np.flatnonzero(at < len(ids))
    known = known[ids[at[known]] == offer_id[known]]
    packed: npt.NDArray[np.int64] = request[known] * len(supply) + by_id[at[known]]
    return packed


@dataclass(frozen=True, slots=True)
class Pairs:
    """Candidate pairs: three parallel positions, and the columns in which they point."""

    asked: dict[str, npt.NDArray[Any]]
    offered: dict[str, npt.NDArray[Any]]
    agreed: dict[str, npt.NDArray[Any]]
    request: Positions
    offer: Positions
    line: Positions
    today: int
    within_days: int

    def request_has(self, name: str) -> npt.NDArray[Any]:
        return self.asked[name].take(self.request)

    def offer_has(self, name: str) -> npt.NDArray[Any]:
        return self.offered[name].take(self.offer)

    def line_has(self, name: str) -> npt.NDArray[Any]:
        return self.agreed[name].take(self.line)

    def only(self, at: npt.NDArray[np.intp]) -> "Pairs":
        return Pairs(
            *(self.asked, self.offered, self.agreed),
            *(self.request.take(at), self.offer.take(at), self.line.take(at)),
            *(self.today, self.within_days),
        )

    def packed(self, offers: int) -> npt.NDArray[np.int64]:
        """Each pair as one number, in the order of the request and then of the offer."""
        return self.request.astype(np.int64) * offers + self.offer


def _candidate_pairs(demand: Demand, supply: Supply, today: int, within_days: int) -> Iterator[Pairs]:
    """Per care type the requests that would accept it beside the offers with room that their areas can use."""
    asked, offered, agreed = _columns(demand.requests), _columns(supply.offers), _columns(supply.lines)
    asked["wanted"] = np.maximum(asked["needed_from"], np.int32(today))
    offered["ready"] = expected_start(supply.offers, today, _GROWN_UP, today).start
    lines = np.flatnonzero(supply.room[agreed["offer"]] > 0).astype(np.int32)
    lines = lines[np.lexsort((agreed["area"][lines], supply.care_type[agreed["offer"][lines]]))]
    kinds = supply.care_type[agreed["offer"][lines]]
    wishes = demand.wishes[np.argsort(demand.wishes["care_type"], kind="stable")]
    for kind in np.unique(wishes["care_type"]).tolist():
        mine, who = lines[_equal(kinds, kind)], wishes["request"][_equal(wishes["care_type"], kind)]
        request, at = _by_area(asked, who, agreed["area"][mine])
        line = mine[at]
        yield Pairs(asked, offered, agreed, request, agreed["offer"].take(line), line, today, within_days)


def _equal(in_order: Positions, value: int) -> slice:
    return slice(*np.searchsorted(in_order, [value, value + 1]).tolist())


def _by_area(asked: dict[str, Any], who: Positions, areas: Positions) -> tuple[Positions, npt.NDArray[np.int64]]:
    """Each request beside each line of its areas; `areas` is in order, and the answer points into it."""
    place = np.concatenate([asked[level].take(who) for level in ("country", "region", "municipality")])
    first = np.searchsorted(areas, place, "left")
    count = np.searchsorted(areas, place, "right") - first
    within = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
    return np.repeat(np.tile(who, 3), count), np.repeat(first, count) + within


def _fitting(pairs: Pairs) -> Pairs:
    """The pairs that break no rule. Each rule looks only at what the former ones left."""
    for broken_by in (*PAIR_RULES.values(), _late):
        broken = broken_by(pairs)
        if broken.any():
            pairs = pairs.only(np.flatnonzero(~broken))
    return pairs


# --- the rules of `fit`, over pairs -----------------------------------------------------------------------------


def start_of(pairs: Pairs) -> npt.NDArray[np.int32]:
    """The expected start; NEVER where nobody can say."""
    ready, birthday = pairs.offer_has("ready"), _old_enough(pairs)
    start: npt.NDArray[np.int32] = np.maximum(np.maximum(ready, birthday), pairs.request_has("wanted"))
    return start


def _late(pairs: Pairs) -> Flags:
    """Not in time. An open place of which nobody said when it starts is not held to be late."""
    start = start_of(pairs)
    late: Flags = (start > pairs.request_has("wanted") + pairs.within_days) & (start != NEVER)
    return late


def _not_contracted(pairs: Pairs) -> Flags:
    wanted = pairs.request_has("wanted")
    suspended = (pairs.line_has("suspended_from") <= wanted) & (pairs.line_has("suspended_until") >= wanted)
    ended: Flags = (pairs.line_has("valid_from") > wanted) | (pairs.line_has("valid_until") < wanted) | suspended
    return ended


def _too_old(pairs: Pairs) -> Flags:
    start = start_of(pairs)
    start = np.where(start == NEVER, pairs.request_has("wanted"), start)
    month = pairs.request_has("birth_month") + 12 * (pairs.offer_has("age_until").astype(np.int32) + 1)
    outgrown: Flags = start >= _LAST_DAY.take(month - _FIRST_MONTH)
    return outgrown


def _too_young(pairs: Pairs) -> Flags:
    young: Flags = _old_enough(pairs) > pairs.request_has("wanted") + USUAL_DURATION_DAYS
    return young


def _old_enough(pairs: Pairs) -> npt.NDArray[np.int32]:
    """The first day of the month after the birthday; a child that is born is old enough for 0."""
    age = pairs.offer_has("age_from").astype(np.int32)
    day = _LAST_DAY.take(pairs.request_has("birth_month") + 12 * age - _FIRST_MONTH) + 1
    return np.where(age == 0, 0, day).astype(np.int32)


def _target_group(pairs: Pairs) -> Flags:
    only_for = pairs.offer_has("only_for")
    other: Flags = (only_for != 0) & (only_for & pairs.request_has("needs") == 0)
    return other


def _contra_indication(pairs: Pairs) -> Flags:
    excluded: Flags = pairs.offer_has("excludes") & pairs.request_has("needs") != 0
    return excluded


def _gender(pairs: Pairs) -> Flags:
    gender = pairs.request_has("gender")
    welcome = pairs.offer_has("genders") >> np.maximum(gender, 0).astype(np.uint8) & 1
    unwelcome: Flags = (gender != UNKNOWN) & (welcome == 0)
    return unwelcome


def _setting(pairs: Pairs) -> Flags:
    setting = pairs.request_has("setting")
    elsewhere: Flags = (setting != UNKNOWN) & (setting != pairs.offer_has("setting"))
    return elsewhere


def _admission_stop(pairs: Pairs) -> Flags:
    stopped: Flags = pairs.offer_has("stop") > 0
    return stopped


def _kilometres(pairs: Pairs) -> npt.NDArray[np.float64]:
    squares = sum((pairs.offer_has(axis) - pairs.request_has(axis)) ** 2 for axis in "xyz")
    km: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0))
    return km


def _too_far(pairs: Pairs) -> Flags:
    travels = np.isnan(pairs.offer_has("travels_km")) & (pairs.offer_has("setting") != _ONLINE)
    far: Flags = _kilometres(pairs) * travels > pairs.request_has("max_km")  # nothing is greater than NaN
    return far


def _outside_service_area(pairs: Pairs) -> Flags:
    outside: Flags = _kilometres(pairs) > pairs.offer_has("travels_km")
    return outside


def _ends_at_eighteen(pairs: Pairs) -> Flags:
    ends: Flags = (pairs.request_has("past_eighteen") > 0) & (pairs.offer_has("past_eighteen") == 0)
    return ends


def _unpublished(pairs: Pairs) -> Flags:
    gone = pairs.offer_has("published_until") < pairs.request_has("wanted")
    hidden: Flags = (pairs.offer_has("published_from") > pairs.today) | gone
    return hidden


PAIR_RULES: dict[Rule, Callable[[Pairs], Flags]] = {
    Rule.NOT_CONTRACTED: _not_contracted,
    Rule.TOO_OLD: _too_old,
    Rule.TOO_YOUNG: _too_young,
    Rule.TARGET_GROUP: _target_group,
    Rule.CONTRA_INDICATION: _contra_indication,
    Rule.GENDER: _gender,
    Rule.SETTING: _setting,
    Rule.ADMISSION_STOP: _admission_stop,
    Rule.TOO_FAR: _too_far,
    Rule.OUTSIDE_SERVICE_AREA: _outside_service_area,
    Rule.ENDS_AT_EIGHTEEN: _ends_at_eighteen,
    Rule.UNPUBLISHED: _unpublished,
}
"""As in `fit.RULES`. Another care type never becomes a pair; who refused a child is known per case, not here."""


def month_number(month: Month) -> int:
    """A birth month as requests hold it."""
    return month.year * 12 + month.month - 1


def _columns(rows: Rows) -> dict[str, npt.NDArray[Any]]:
    """Each column on its own: pairs take from one many times."""
    return {name: np.ascontiguousarray(rows[name]) for name in rows.dtype.names or ()}


_GROWN_UP = Month(1990, 1)
"""Old enough for any offer, so that an expected start is the offer's own."""
_FIRST_MONTH = 1970 * 12
_LAST_DAY = (
    np.arange("1970-02", "2171-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int32) - 1
).astype(np.int32)
"""The last day of each month since January 1970."""
_ONLINE = list(Setting).index(Setting.ONLINE)
