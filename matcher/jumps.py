"""Places that rise so much at once that a slip of the hand is likelier: asked back, and accepted when it is meant."""

from typing import NamedTuple

TENFOLD, FIFTY_UP = 10, 50
"""More than both: four places that become thirty may be a new building."""


class Places(NamedTuple):
    """The figures that can jump. Open places cannot without one of these; a wait may."""

    total_places: int
    occupied_places: int
    reserved_places: int


class Jump(NamedTuple):
    """A figure by its name in `Places`, and what it was and is."""

    field: str
    before: int
    now: int


def is_unlikely(before: int, now: int) -> bool:
    return now > TENFOLD * before and now > before + FIFTY_UP


def jumps(before: Places, now: Places) -> list[Jump]:
    """Every figure that jumps, in the order of `Places`."""
    both = zip(Places._fields, before, now, strict=True)
    return [Jump(*figure) for figure in both if is_unlikely(*figure[1:])]
