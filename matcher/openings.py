"""When a new statement is news for those who wait: it makes room that was not there before.

Pure. Only what gets clearly better counts; a statement that repeats or worsens the former is no news.
"""

from dataclasses import dataclass

SOONER_DAYS = 14
"""A wait that gets this much shorter is worth a look. Our own choice: less is within the noise of stated waits."""


@dataclass(frozen=True, slots=True)
class Room:
    """What a statement says of room."""

    open_places: int
    wait_days: int
    """Until help starts: both waits together."""
    admission_stop: bool


def makes_room(before: Room | None, now: Room) -> bool:
    """Whether somebody who could not come before perhaps can now."""
    if now.admission_stop:
        return False
    if before is None or before.admission_stop:
        return True
    return now.open_places > before.open_places or now.wait_days <= before.wait_days - SOONER_DAYS
