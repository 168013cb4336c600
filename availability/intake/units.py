"""In what a column counts, as its header says, or else the group above it; what we cannot count in too."""

import re
from enum import StrEnum

_CALENDAR_WEEK = re.compile(r"\b(?:week|wk)\.?\s*(?:nr\.?|nummer)?\s*[0-9]+")
"""Which week of the year it is about, not in what it counts."""
_NAMES_A_WAIT = re.compile(r"wacht|tijd|duur|termijn|intake|aanmeld|behandel|start")


class Unit(StrEnum):
    DAYS = "dagen"
    WEEKS = "weken"
    LONGER = "maanden"
    """Months, quarters, years: no fixed number of days."""
    HOURS = "uren"
    PERCENT = "procenten"


_WORDS: tuple[tuple[Unit, re.Pattern[str]], ...] = (
    (Unit.PERCENT, re.compile(r"%|procent|percentage|\b(?:pct|perc)\b")),
    (Unit.DAYS, re.compile(r"\b(?:dag|dagen)\b")),
    (Unit.WEEKS, re.compile(r"\b(?:week|weken|wk|wkn)\b")),
    (Unit.LONGER, re.compile(r"\b(?:maand|maanden|mnd|mnden|kwartaal|kwartalen|jaar|jaren)\b")),
    (Unit.HOURS, re.compile(r"\b(?:uur|uren)\b")),
)


def unit_of(header: str, group: str) -> Unit | None:
    """What the header itself says goes before its group; a group counts in something only when it names a wait."""
    own, above = _said_in(header), _said_in(group)
    if own or above is Unit.PERCENT:
        return own or above
    return above if _NAMES_A_WAIT.search(group.lower()) else None


def _said_in(words: str) -> Unit | None:
    counted = _CALENDAR_WEEK.sub("", words.lower())
    return next((unit for unit, pattern in _WORDS if pattern.search(counted)), None)
