"""How old a statement may be before somebody must look at it again."""

from datetime import date, timedelta
from enum import StrEnum

DEFAULT_UPDATE_TERM_DAYS = 30
"""Used where no contract names a term. Our own choice, between the quarterly report and what workers want."""

DUE_BEFORE_DAYS = 7
"""A statement is due in its last week, so that a planner can plan."""


class Freshness(StrEnum):
    FRESH = "fresh"
    DUE = "due"
    STALE = "stale"


def due_on(stated_on: date, update_term_days: int) -> date:
    """The last day on which the statement still counts as kept up to date."""
    return stated_on + timedelta(days=update_term_days)


def freshness(stated_on: date, update_term_days: int, today: date) -> Freshness:
    """`stale` after the due day; `due` in the week before it (or in the last half of a shorter term)."""
    last_day = due_on(stated_on, update_term_days)
    if today > last_day:
        return Freshness.STALE
    notice = min(DUE_BEFORE_DAYS, update_term_days // 2)
    return Freshness.DUE if today > last_day - timedelta(days=notice) else Freshness.FRESH
