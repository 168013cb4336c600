"""Published figures over time: what a year is, from no more than its quarters, and how a wait compares with before.

A year adds nothing: whoever has its quarters can make it. A number of which a quarter is hidden has no sum, only a
least; of waits, whose middle over a year would need every child, it tells the shortest and the longest.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from matcher.dutch import duration

NOTICED_DAYS = 7
"""A wait that differs by less is about as long."""


@dataclass(frozen=True, slots=True)
class Total:
    """A number over the quarters of a year."""

    number: int | None
    """None: a quarter is hidden."""
    at_least: int | None
    """What the quarters that are shown add up to; None if none is."""


@dataclass(frozen=True, slots=True)
class Between:
    """The least and the most of the quarters of a year."""

    low: int
    high: int


def total(quarters: Iterable[int | None]) -> Total:
    numbers = list(quarters)
    shown = [number for number in numbers if number is not None]
    return Total(sum(shown) if len(shown) == len(numbers) else None, sum(shown) if shown else None)


def between(quarters: Iterable[int | None]) -> Between | None:
    """Over the quarters that tell one; None if none does."""
    shown = [days for days in quarters if days is not None]
    return Between(min(shown), max(shown)) if shown else None


def trend(days: int | None, last_quarter: int | None, last_year: int | None) -> str | None:
    """A wait beside that of a quarter and of a year before, in a sentence or two; None if there is none to compare."""
    if days is None:
        return None
    beside = {"het kwartaal ervoor": last_quarter, "een jaar eerder": last_year}
    found: dict[str, list[str]] = {}
    for when, then in beside.items():
        if then is not None:
            found.setdefault(_against(days, then), []).append(when)
    return " ".join(f"Dat is {how} {' en '.join(times)}." for how, times in found.items()) or None


def _against(days: int, then: int) -> str:
    difference = days - then
    if abs(difference) < NOTICED_DAYS:
        return "ongeveer even lang als"
    return f"{duration(abs(difference))} {'langer' if difference > 0 else 'korter'} dan"
