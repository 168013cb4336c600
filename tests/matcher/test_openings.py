"""When a new statement is news for those who wait."""

import pytest

from matcher.openings import Room, makes_room

FULL = Room(open_places=0, wait_days=90, admission_stop=False)
ROOM = Room(open_places=2, wait_days=90, admission_stop=False)
SOONER = Room(open_places=0, wait_days=76, admission_stop=False)
HARDLY_SOONER = Room(open_places=0, wait_days=77, admission_stop=False)
STOP = Room(open_places=2, wait_days=0, admission_stop=True)


@pytest.mark.parametrize(
    ("before", "now", "news"),
    [
        (FULL, ROOM, True),
        (ROOM, FULL, False),
        (ROOM, ROOM, False),
        (FULL, SOONER, True),
        (FULL, HARDLY_SOONER, False),
        (STOP, FULL, True),
        (FULL, STOP, False),
        (None, FULL, True),
        (None, STOP, False),
    ],
)
def test_only_what_gets_clearly_better_is_news(before: Room | None, now: Room, news: bool) -> None:
    assert makes_room(before, now) is news
