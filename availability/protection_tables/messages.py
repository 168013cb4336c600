"""Youth-protection tables as they go over the wire."""

from datetime import date, datetime, timedelta
from typing import Any, Self

from sqlalchemy import Row

from availability.clock import dutch_day
from availability.messages import CodeAndName, Message
from availability.preconditions import etag_of
from availability.refusals import Fault
from matcher.freshness import Freshness
from matcher.protection_table import Table

FURTHEST_AHEAD = timedelta(days=366)


class TableStatement(Message):
    """What a table says of itself."""

    next_free_on: date
    """The first day on which it can hear a new case."""

    def faults(self, today: date) -> tuple[Fault, ...]:
        if today <= self.next_free_on <= today + FURTHEST_AHEAD:
            return ()
        return (Fault("/nextFreeOn", "Kies een dag van vandaag tot een jaar vooruit.", "out-of-reach"),)


class Stated(Message):
    """One statement as it was made."""

    next_free_on: date
    stated_at: datetime
    stated_by: str
    """The organisation."""

    @classmethod
    def of(cls, row: Row[Any]) -> Self:
        return cls(next_free_on=row.next_free_on, stated_at=row.stated_at, stated_by=row.stated_by.partition(":")[0])


class NeighbouringTable(Message):
    """A table nearby that can hear a case within the norm."""

    region: CodeAndName
    next_free_on: date
    stated_at: datetime
    distance_km: float


class ProtectionTable(Message):
    """The table of a region: when it can hear a case, and how sure that still is."""

    region: CodeAndName
    next_free_on: date | None = None
    """null: never stated."""
    stated_at: datetime | None = None
    freshness: Freshness | None = None
    due_on: date | None = None
    """The last day on which it counts."""
    past_norm: bool | None = None
    """Longer than two weeks away."""
    etag: str | None = None
    neighbours: tuple[NeighbouringTable, ...] = ()
    """Past the norm, or when nobody knows: those nearby with room, the soonest first."""

    @classmethod
    def of(cls, region: CodeAndName, row: Row[Any] | None, today: date) -> Self:
        if row is None:
            return cls(region=region)
        table = table_of(row)
        return cls(
            region=region,
            next_free_on=row.next_free_on,
            stated_at=row.stated_at,
            freshness=table.freshness(today),
            due_on=table.due_on,
            past_norm=table.is_past_norm(today),
            etag=etag_of(row.id),
        )


def table_of(row: Row[Any], km: float = 0.0) -> Table:
    return Table(row.region_code, row.next_free_on, dutch_day(row.stated_at), km)
