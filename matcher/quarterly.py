"""The quarterly report of a provider: how many wait and how long, per form of youth care and region.

Regeling Jeugdwet art. 8g lid 2 onder b 13° asks for the estimated wait and the number waiting. A figure is made of what
was stated of each offer that is there at the end of the quarter: numbers waiting are summed; a wait is the mean over
the places there are, since a child that comes now is as likely to wait for any of them. What was never stated, or not
in the quarter, is counted apart, not as zero.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby


@dataclass(frozen=True, slots=True)
class Stated:
    """An offer of the quarter, with what last held of it; None: never stated, or not known."""

    offer: int
    name: str
    form: str
    region: str
    stated_on: date | None = None
    places: int | None = None
    intake_wait: int | None = None
    treatment_wait: int | None = None
    waiting: int | None = None

    @property
    def is_said(self) -> bool:
        return self.stated_on is not None

    @property
    def weight(self) -> int:
        """Its places; an offer that has none of its own counts as one."""
        return max(self.places or 0, 1)


@dataclass(frozen=True, slots=True)
class Figure:
    """What is reported for one form in one region; waits in whole days, never shorter than computed."""

    form: str
    region: str
    waiting: int | None
    intake_wait: int | None
    treatment_wait: int | None
    parts: tuple[Stated, ...]

    @property
    def wait(self) -> int | None:
        """To the start of help."""
        if self.intake_wait is None or self.treatment_wait is None:
            return None
        return _mean([(part.weight, _both(part)) for part in self.parts if part.is_said])

    @property
    def unsaid(self) -> int:
        """Offers of which nothing was ever stated."""
        return sum(not part.is_said for part in self.parts)

    @property
    def waiting_unknown(self) -> int:
        """Offers that did not say how many wait; the number waiting is then at least what is reported."""
        return sum(part.waiting is None for part in self.parts)

    @property
    def oldest(self) -> date | None:
        """The day of the oldest statement it is made of."""
        return min((part.stated_on for part in self.parts if part.stated_on), default=None)

    def stated_before(self, day: date) -> int:
        """Offers of which the last statement is older than that day."""
        return sum(part.stated_on is not None and part.stated_on < day for part in self.parts)

    def is_complete_since(self, day: date) -> bool:
        """Whether every offer said all of it, on that day or later."""
        return not (self.unsaid or self.waiting_unknown or self.stated_before(day))


def figures(stated: Iterable[Stated]) -> list[Figure]:
    """One figure per form and region, in that order."""
    ordered = sorted(stated, key=lambda each: (each.form, each.region, each.name, each.offer))
    return [
        _figure(form, region, tuple(parts))
        for (form, region), parts in groupby(ordered, key=lambda each: (each.form, each.region))
    ]


def _figure(form: str, region: str, parts: tuple[Stated, ...]) -> Figure:
    said = [part for part in parts if part.is_said]
    waiting = [part.waiting for part in said if part.waiting is not None]
    return Figure(
        form=form,
        region=region,
        waiting=sum(waiting) if waiting else None,
        intake_wait=_mean([(part.weight, part.intake_wait or 0) for part in said]),
        treatment_wait=_mean([(part.weight, part.treatment_wait or 0) for part in said]),
        parts=parts,
    )


def _both(part: Stated) -> int:
    return (part.intake_wait or 0) + (part.treatment_wait or 0)


def _mean(weighted: Sequence[tuple[int, int]]) -> int | None:
    total = sum(weight for weight, _ in weighted)
    return math.ceil(sum(weight * days for weight, days in weighted) / total) if total else None
