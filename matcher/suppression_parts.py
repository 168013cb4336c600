"""Small numbers of parts: how many of a number did something. Both halves count children, the rest by subtraction.

A share is told per region only, and of no two regions together: there is nothing to subtract it from.
"""

from matcher.suppression import SMALLEST_SHOWN

Share = tuple[int | None, int | None]
"""A part and its whole; None is hidden."""

HIDDEN: Share = (None, None)


def share(part: int, whole: int, whole_shown: bool = True) -> Share:
    """What may be shown of so many of so many. `whole_shown` is False where the whole is hidden elsewhere too."""
    if whole < SMALLEST_SHOWN or not whole_shown:
        return HIDDEN
    return (part if min(part, whole - part) >= SMALLEST_SHOWN else None), whole
