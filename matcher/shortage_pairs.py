"""The hard criteria once more, over columns of pairs: one of many requests beside one of many offers.

`fit` judges one question; a country asks ten thousand at once. So its rules stand here again for pairs, and the tests
hold the two to be equal.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.fit import USUAL_DURATION_DAYS, Rule
from matcher.offers import CONTRACT, EARTH_RADIUS_KM, NEVER, UNKNOWN, Rows
from matcher.question import Month, Setting

Positions = npt.NDArray[np.int32]
Counts = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Packed = npt.NDArray[np.int64]
"""Pairs as one number each, in the order of the request and then of the offer."""

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
    stands_in: Positions
    """The region where each offer is, as the number of an area; UNKNOWN if it does not matter."""
    room: Counts
    """How many children each can still take in time; see `room_in_time`."""

    def __len__(self) -> int:
        return len(self.offers)


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

    def only(self, kept: Flags) -> "Pairs":
        if kept.all():
            return self
        at = np.flatnonzero(kept)
        return Pairs(
            *(self.asked, self.offered, self.agreed),
            *(self.request.take(at), self.offer.take(at), self.line.take(at)),
            *(self.today, self.within_days),
        )

    def kilometres(self) -> npt.NDArray[np.float64]:
        """From home to the location of the offer."""
        squares = sum((self.offer_has(axis) - self.request_has(axis)) ** 2 for axis in "xyz")
        km: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(squares) / 2, 1.0))
        return km

    def packed(self, offers: int) -> Packed:
        return self.request.astype(np.int64) * offers + self.offer


# --- the rules of `fit`, over pairs -----------------------------------------------------------------------------


def start_of(pairs: Pairs) -> npt.NDArray[np.int32]:
    """The expected start; NEVER where nobody can say."""
    ready, birthday = pairs.offer_has("ready"), _old_enough(pairs)
    start: npt.NDArray[np.int32] = np.maximum(np.maximum(ready, birthday), pairs.request_has("wanted"))
    return start


def could_start(pairs: Pairs) -> npt.NDArray[np.int32]:
    """The expected start; where nobody can say, the first day that it could be."""
    start = start_of(pairs)
    return np.where(start == NEVER, np.maximum(_old_enough(pairs), pairs.request_has("wanted")), start)


def is_late(pairs: Pairs) -> Flags:
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
    month = pairs.request_has("birth_month") + 12 * (pairs.offer_has("age_until").astype(np.int32) + 1)
    outgrown: Flags = could_start(pairs) >= _LAST_DAY.take(month - _FIRST_MONTH)
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


def _too_far(pairs: Pairs) -> Flags:
    travels = np.isnan(pairs.offer_has("travels_km")) & (pairs.offer_has("setting") != _ONLINE)
    far: Flags = pairs.kilometres() * travels > pairs.request_has("max_km")  # nothing is greater than NaN
    return far


def _outside_service_area(pairs: Pairs) -> Flags:
    outside: Flags = pairs.kilometres() > pairs.offer_has("travels_km")
    return outside


def _ends_at_eighteen(pairs: Pairs) -> Flags:
    ends: Flags = (pairs.request_has("past_eighteen") > 0) & (pairs.offer_has("past_eighteen") == 0)
    return ends


def _unpublished(pairs: Pairs) -> Flags:
    gone = pairs.offer_has("published_until") < could_start(pairs)
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


_FIRST_MONTH = 1970 * 12
_LAST_DAY = (
    np.arange("1970-02", "2171-02", dtype="datetime64[M]").astype("datetime64[D]").astype(np.int32) - 1
).astype(np.int32)
"""The last day of each month since January 1970."""
_ONLINE = list(Setting).index(Setting.ONLINE)
