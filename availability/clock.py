"""What day it is in the Netherlands. The only clock the rules see; tests and demonstrations may stop it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Request

AMSTERDAM = ZoneInfo("Europe/Amsterdam")

Calendar = Callable[[], date]


def calendar(frozen: date | None = None) -> Calendar:
    """Today's date in Amsterdam on each call, or always the same day when it is frozen."""
    return (lambda: frozen) if frozen else lambda: datetime.now(AMSTERDAM).date()


def dutch_day(moment: datetime) -> date:
    """The day in the Netherlands on which a moment fell."""
    return moment.astimezone(AMSTERDAM).date()


async def _today(request: Request) -> date:
    today: Calendar = request.app.state.today
    return today()


Today = Annotated[date, Depends(_today)]
