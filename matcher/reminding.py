"""When a provider is reminded of a statement: once before its term ends, then ever more seldom after it.

Pure. A step is a reminder that is due now; whoever was away hears of the present step only, not of those it missed.
"""

from bisect import bisect_right
from datetime import date

from matcher.freshness import Freshness, due_on, freshness

BEFORE = 0
"""The step before the term ends: the statement is due."""

DAYS_LATE = (1, 8, 15, 29)
"""Each begins a step after the term. Our own choice: weekly while it helps."""

EVERY_DAYS_LATER = 28
"""After the last of them: who did not answer four times is the contract manager's to call."""


def reminder_step(stated_on: date, update_term_days: int, today: date) -> int | None:
    """Which reminder is due: BEFORE, 1 and up after the term; None while the statement is fresh."""
    late = (today - due_on(stated_on, update_term_days)).days
    if late >= DAYS_LATE[0]:
        return bisect_right(DAYS_LATE, late) + max(0, late - DAYS_LATE[-1]) // EVERY_DAYS_LATER
    return BEFORE if freshness(stated_on, update_term_days, today) is Freshness.DUE else None
