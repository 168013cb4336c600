"""How a figure for the council follows from published quarters, and how it is judged: against its target, and against
an earlier period.

Only what was published comes in, so nothing comes out that was not public: a number that was hidden in one of the
quarters hides the figure of the year.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import floor, inf, log, sqrt

from matcher.council import Better, Indicator, Measure, Over


@dataclass(frozen=True, slots=True)
class Published:
    """What was published of one indicator over one quarter. None: it may not be seen."""

    whole: int | None
    """From how much: the children, starts, offers that were counted."""
    part: int | None = None
    """Of a share, the part."""
    middle: float | None = None
    """Of waits, half of them were no longer than this: days or working days."""


class Visibility(StrEnum):
    SHOWN = "shown"
    HIDDEN = "hidden"
    """It was counted, and may not be seen."""
    NOTHING = "nothing"
    """There was nothing to count."""
    UNPUBLISHED = "unpublished"
    """Nothing was published of it, or not over the whole period."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One indicator over one period."""

    state: Visibility
    quarters: int = 0
    """Of how many it was made."""
    whole: int | None = None
    part: int | None = None
    exact: float | None = None
    """In the indicator's unit, not rounded."""
    value: float | None = None
    """As it is shown, and so as it is judged: nobody can say that 14 is not 14."""
    middle: float | None = None
    """Beside a number of children: weeks that half of them had waited."""


def figure(indicator: Indicator, quarters: Sequence[Published | None]) -> Figure:
    """The indicator over these quarters, oldest first."""
    counted = quarters if indicator.over is Over.ALL else quarters[-1:]
    found = [each for each in counted if each is not None]
    if not found or len(found) < len(counted):
        return Figure(Visibility.UNPUBLISHED)
    whole = _whole(indicator, found)
    if whole == 0:
        return Figure(Visibility.NOTHING, len(found), whole)
    if whole is None or (indicator.of_children and not all(_is_seen(indicator.unit, each) for each in found)):
        return Figure(Visibility.HIDDEN, len(found), whole)
    exact = _EXACT[indicator.unit](found)
    return Figure(
        Visibility.SHOWN,
        len(found),
        whole,
        sum(each.part or 0 for each in found) if indicator.unit is Measure.PERCENT else None,
        exact,
        shown(indicator.unit, exact),
        _weeks_waited(indicator.unit, found),
    )


def _whole(indicator: Indicator, found: Sequence[Published]) -> int | None:
    """From how much in all; None when that may not be seen. What does not count children is never hidden: not there."""
    wholes = [each.whole if indicator.of_children else each.whole or 0 for each in found]
    known = [each for each in wholes if each is not None]
    return sum(known) if len(known) == len(found) else None


def _is_seen(unit: Measure, published: Published) -> bool:
    if published.whole == 0:
        return True
    return {Measure.CHILDREN: published.whole, Measure.PERCENT: published.part}.get(unit, published.middle) is not None


def _middle(found: Sequence[Published]) -> float:
    """Middles cannot be added up; of quarters it is their average, weighted by how many each is the middle of."""
    known = [(each.middle, each.whole) for each in found if each.middle is not None and each.whole]
    return sum(middle * whole for middle, whole in known) / sum(whole for _, whole in known)


_EXACT: dict[Measure, Callable[[Sequence[Published]], float]] = {
    Measure.CHILDREN: lambda found: sum(each.whole or 0 for each in found),
    Measure.PERCENT: lambda found: 100 * sum(each.part or 0 for each in found) / sum(each.whole or 0 for each in found),
    Measure.WEEKS: lambda found: _middle(found) / 7,
    Measure.WORKING_DAYS: _middle,
}


def _weeks_waited(unit: Measure, found: Sequence[Published]) -> float | None:
    middles = [each.middle for each in found if each.middle is not None]
    return shown(Measure.WEEKS, middles[-1] / 7) if unit is Measure.CHILDREN and middles else None


def shown(unit: Measure, exact: float) -> float:
    """Whole children and percents, waits in tenths. A percentage that is not quite all is never called 100, nor 0."""
    if unit is Measure.PERCENT and 0 < exact < 100:
        return min(99, max(1, floor(exact + 0.5)))
    return floor(exact * 10 + 0.5) / 10 if unit in (Measure.WEEKS, Measure.WORKING_DAYS) else floor(exact + 0.5)


# --- against a target ---


@dataclass(frozen=True, slots=True)
class Target:
    """What a region aims at from a day on. `value` None: nothing of its own any more."""

    indicator: str
    value: float | None
    valid_from: date
    set_on: date


def in_force(targets: Sequence[Target], indicator: str, on: date) -> Target | None:
    """The region's own target of that day. `targets` come in the order in which they were set: who sets one from a day
    on, overrules from that day on all that was set before.
    """
    held = (each for each in reversed(targets) if each.indicator == indicator and each.valid_from <= on)
    chosen = next(held, None)
    return chosen if chosen is not None and chosen.value is not None else None


class Reached(StrEnum):
    REACHED = "reached"
    NEARLY = "nearly"
    NOT = "not-reached"
    UNKNOWN = "unknown"
    """There is a target, and no figure to hold against it."""
    NO_TARGET = "no-target"


NEAR_POINTS = 5
"""Of a percentage: so many points short is nearly there. Our own choice, as the next."""

NEAR_PART = 0.1
"""Of other values: so much of the target."""


def reached(indicator: Indicator, value: float | None, target: float | None) -> Reached:
    if target is None:
        return Reached.NO_TARGET
    if value is None:
        return Reached.UNKNOWN
    short = (target - value) if indicator.better is Better.MORE else (value - target)
    near = NEAR_POINTS if indicator.unit is Measure.PERCENT else NEAR_PART * target
    if short <= 0:
        return Reached.REACHED
    return Reached.NEARLY if round(short - near, 6) <= 0 else Reached.NOT


# --- against an earlier period ---


class Movement(StrEnum):
    BETTER = "better"
    WORSE = "worse"
    MORE = "more"
    FEWER = "fewer"
    """More or fewer where neither is better."""
    SAME = "same"
    """No more difference than chance makes."""
    TOO_LITTLE = "too-little"
    """So few were counted that chance could hide a large difference."""
    UNKNOWN = "unknown"
    """One of the two is not known."""


SURE_BY = 2.0
"""Standard errors: a difference that chance makes in one of twenty cases at most is called one."""

LARGE_PART = 0.25
"""Of the earlier value: who cannot see a difference of a quarter cannot see a trend. Our own choice, as the next."""

LARGE_POINTS = 10.0
"""The same of a percentage."""


def trend(indicator: Indicator, now: Figure, before: Figure) -> Movement:
    if now.exact is None or before.exact is None:
        return Movement.UNKNOWN
    by_chance = _by_chance(indicator, now, before)
    change = now.exact - before.exact
    if abs(change) > by_chance and now.value != before.value:
        return _NAMES[indicator.better][change > 0]
    large = LARGE_POINTS if indicator.unit is Measure.PERCENT else LARGE_PART * before.exact
    return Movement.TOO_LITTLE if by_chance > large else Movement.SAME


_NAMES: dict[Better, tuple[Movement, Movement]] = {
    Better.LESS: (Movement.BETTER, Movement.WORSE),
    Better.MORE: (Movement.WORSE, Movement.BETTER),
    Better.NEITHER: (Movement.FEWER, Movement.MORE),
}
"""What less is called, and what more."""


def _by_chance(indicator: Indicator, now: Figure, before: Figure) -> float:
    """How large a difference chance alone often makes, in the indicator's unit."""
    if not indicator.of_children:
        return 0.0
    return SURE_BY * sqrt(sum(_VARIANCE[indicator.unit](each, _pooled(now, before)) for each in (now, before)))


def _pooled(now: Figure, before: Figure) -> float:
    """The share of both together, as if nothing changed."""
    whole = (now.whole or 0) + (before.whole or 0)
    return ((now.part or 0) + (before.part or 0)) / whole if whole else 0.0


def _of_middle(each: Figure, _: float) -> float:
    """As of waits that spread exponentially, which they do roughly: the middle over the natural logarithm of two."""
    return ((each.exact or 0) / log(2)) ** 2 / each.whole if each.whole else inf


_VARIANCE: dict[Measure, Callable[[Figure, float], float]] = {
    Measure.CHILDREN: lambda each, _: each.exact or 0,  # a count of independent children (Poisson)
    Measure.PERCENT: lambda each, share: 1e4 * share * (1 - share) / each.whole if each.whole else inf,
    Measure.WEEKS: _of_middle,
    Measure.WORKING_DAYS: _of_middle,
}
