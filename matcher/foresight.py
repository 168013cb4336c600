"""From what can be said of an offer's wait to the days on which a child could start there.

`waiting` knows the wait; here it is laid from today, and held to the day a place comes free, the wanted day and the
birthday. What does not depend on the question is foreseen per offer and day, before anybody asks. Days are day numbers.
"""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from matcher.offers import NEVER, Rows, day_number
from matcher.question import Month
from matcher.waiting import (
    AGES,
    EVIDENCE,
    FAIRLY_CERTAIN_ABOVE_DAYS,
    OLDEST_DAYS,
    QUANTILES,
    UNCERTAIN_ABOVE_DAYS,
    Basis,
    Days,
    Numbers,
    Positions,
    Seen,
    outlooks,
)


@dataclass(frozen=True, slots=True)
class Expectation:
    """One value per candidate. Days are day numbers; NEVER where nothing can be said."""

    start: Days
    """The expected day."""
    early: Days
    late: Days
    """Four in five starts fall from `early` to `late`."""
    pessimistic: Days
    """Three in four starts are not later. The ranking uses it: not knowing is never a gain."""
    could_start: Days
    """The expected day; where nobody can say, the first day that it could be."""
    certainty: Positions
    """Position in Certainty."""
    stated_wait: Days
    """Intake and treatment together, as the provider stated them; -1 unknown."""
    basis: Positions
    """Position in Basis."""


def expected_start(
    candidates: Rows, needed_from: int, birth_month: Month, today: int, outlook: Rows | None = None
) -> Expectation:
    """Expected start per candidate: never before today, the wanted day, the day a place comes free or the birthday.

    `outlook` saves most of the work: the rows that `outlooks` gave for these candidates.
    """
    known = outlooks(candidates) if outlook is None else outlook
    basis = basis_of(candidates, today, known)
    foreseen = foresee(candidates, today, known, basis)
    doubt_stale(foreseen, candidates["stated_day"] + candidates["update_term"], today)
    earliest = earliest_days(birth_month, max(today, needed_from)).take(candidates["age_from"])
    return expectation(foreseen, earliest, known["stated_wait"], basis)


FORESEEN = ("start", "early", "late", "pessimistic", "could_start", "certain_from", "fairly_from", "known_from")
"""Rows of what is foreseen on a day, whoever asks: five days, and from which day the band is so narrow (see Certainty).

A question only adds the first day that it allows. That moves days up, and narrows a band from below: so whole days and
the days from which a band is narrow enough say all.
"""
_DAYS_FORESEEN = 5
_WIDEST = (FAIRLY_CERTAIN_ABOVE_DAYS, UNCERTAIN_ABOVE_DAYS, NEVER)


def foresee(offers: Rows, today: int, outlook: Rows, basis: Positions) -> Days:
    """FORESEEN × offer. Of what is not known, no day is ever late enough."""
    age = np.minimum(np.maximum(today - offers["stated_day"], 0), OLDEST_DAYS)
    days = _SCALES_AWAY.take(basis.astype(np.intp) * (OLDEST_DAYS + 1) + age, axis=1)
    days *= outlook["scale"]
    days += outlook["wait"]
    days += today
    np.maximum(days, np.maximum(offers["available_from"], today), out=days)
    foreseen = np.empty((len(FORESEEN), len(offers)), np.int32)
    foreseen[:4] = np.rint(np.minimum(days, NEVER))
    foreseen[4] = np.where(foreseen[0] == NEVER, 0, foreseen[0])
    early, late = days[1], days[2]
    for row, width in zip(foreseen[_DAYS_FORESEEN:], _WIDEST, strict=True):
        row[:] = np.where(late - early > width, np.minimum(np.ceil(late - width), NEVER), 0)
    return foreseen


def doubt_stale(foreseen: Days, fresh_until: Days, today: int) -> None:
    """Beside a statement that should have been renewed nothing is ever certain."""
    np.putmask(foreseen[_DAYS_FORESEEN], fresh_until < today, NEVER)


def expectation(foreseen: Days, earliest: Days, stated_wait: Days, basis: Positions) -> Expectation:
    """What is foreseen, for who can start from the `earliest` day on."""
    start, early, late, pessimistic, could_start = np.maximum(foreseen[:_DAYS_FORESEEN], earliest)
    certainty = np.add.reduce(earliest < foreseen[_DAYS_FORESEEN:], axis=0, dtype=np.uint8)
    return Expectation(start, early, late, pessimistic, could_start, certainty, stated_wait, basis)


def basis_of(offers: Rows, today: int, outlook: Rows) -> Positions:
    """Position in Basis of what a start rests on; nothing, as long as a stop names no day on which it ends."""
    stopped = (offers["stop"] > 0) & (offers["available_from"] <= today)
    basis: Positions = _BASIS.take(outlook["seen"] | stopped.view(np.uint8) << STOPPED_BIT)
    return basis


STOPPED_BIT = np.uint8(4)

UNKNOWABLE = 1e12
"""So many scales away that the day is past NEVER, and the band wider than any."""

OLDEST_AGE = 99
"""An offer's ages end at 23; a birth month may lie anywhere."""


def _scales_away() -> Numbers:
    """Per basis and day of age: how many scales start, early, late and pessimistic lie from the expected day."""
    table = np.empty((len(Basis), OLDEST_DAYS + 1, 4))
    table[0] = UNKNOWABLE, UNKNOWABLE, 2 * UNKNOWABLE, UNKNOWABLE
    for position, basis in enumerate(Basis):
        if basis in QUANTILES:
            known = [np.interp(range(OLDEST_DAYS + 1), AGES, row) for row in QUANTILES[basis]]
            table[position] = np.stack([np.zeros(OLDEST_DAYS + 1), *known], axis=1)
    return np.ascontiguousarray(table.reshape(-1, 4).T)


_SCALES_AWAY = _scales_away()
_BASIS = np.zeros(2 * Seen.STOPPED, np.uint8)
_BASIS[list(EVIDENCE)] = [list(Basis).index(evidence.basis) for evidence in EVIDENCE.values()]


@lru_cache(maxsize=8192)
def earliest_days(birth_month: Month, wanted: int) -> Days:
    """Per lowest age, the first day that counts: the wanted day, or the birthday."""
    return np.maximum(old_enough_on(birth_month), np.int32(wanted))


@lru_cache(maxsize=512)
def old_enough_on(birth_month: Month) -> Days:
    """Per age, the day on which a child of this birth month has surely reached it: the first of the next month.

    A child that is born is old enough for 0, on any day.
    """
    year, month = divmod(birth_month.year * 12 + birth_month.month, 12)
    days = np.array([day_number(date(year + age, month + 1, 1)) for age in range(OLDEST_AGE + 1)], np.int32)
    days[0] = 0
    return days
