"""When a youth-protection table can hear a case: its norm, how long a statement of it counts, and who else has room.

A table is not for finding care. Its own norm is two weeks; past that one looks at a neighbouring table.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.freshness import Freshness, due_on, freshness
from matcher.reminding import reminder_step

NORM_DAYS = 14
"""Two weeks to the table: what the field agreed, no law."""

UPDATE_TERM_DAYS = 14
"""Our own choice: a statement older than the norm itself says nothing about the norm."""


@dataclass(frozen=True, slots=True)
class Table:
    """The table of one region as it last said; `km` is how far it is from the region that asks."""

    region: str
    next_free_on: date
    stated_on: date
    km: float = 0.0

    @property
    def due_on(self) -> date:
        """The last day on which the statement counts: of a day that passed nobody knows what comes after it."""
        return min(due_on(self.stated_on, UPDATE_TERM_DAYS), self.next_free_on)

    def freshness(self, today: date) -> Freshness:
        """A day that passed says nothing of the next one, however young the statement."""
        passed = self.next_free_on < today
        return Freshness.STALE if passed else freshness(self.stated_on, UPDATE_TERM_DAYS, today)

    def reminder_step(self, today: date) -> int | None:
        """Which reminder is due, as for a statement of places with this term."""
        return reminder_step(self.stated_on, (self.due_on - self.stated_on).days, today)

    def is_past_norm(self, today: date) -> bool:
        return self.next_free_on > today + timedelta(days=NORM_DAYS)

    def has_room(self, today: date) -> bool:
        """Within the norm, by a statement that still counts."""
        return not self.is_past_norm(today) and self.freshness(today) is not Freshness.STALE


def looks_elsewhere(table: Table | None, today: date) -> bool:
    """Whether the neighbours are worth showing: past the norm, or nobody knows."""
    return table is None or not table.has_room(today)


def with_room(neighbours: Iterable[Table], today: date) -> list[Table]:
    """The neighbours that can hear a case within the norm: the soonest first, then the nearest."""
    able = (table for table in neighbours if table.has_room(today))
    return sorted(able, key=lambda table: (table.next_free_on, table.km, table.region))
