"""Published quarters for a test: what everybody may see of one region and one municipality of it."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.publication.periods import Quarter
from availability.publication.tables import PublishedFigure, PublishedIndicator, PublishedPeriod
from tests.availability.builders import ARNHEM

REGION = "JZ28"

QUARTERS = tuple(Quarter(year, number) for year in (2024, 2025, 2026) for number in (1, 2, 3, 4))[:11]
"""From the first of 2024 up to and including the third of 2026."""

LAST = "2026-Q3"

NOTHING: Mapping[str, Any] = {"part": None, "whole": None, "value": None}


def counts(since: int) -> dict[str, dict[str, Any]]:
    """Every indicator, `since` quarters after the first: fewer wait, and more starts are in time."""
    return {
        "started-in-time": {"part": 240 + 8 * since, "whole": 412},
        "local-team-wait": {"whole": 180, "value": 6.5 - 0.25 * since},
        "statements-on-time": {"part": 60 + since, "whole": 87},
        "refused": {"part": 51, "whole": 240},
        "family-places": {"part": 120 + since, "whole": 300},
        "ret": {"whole": 11 + since},
    }


def publish(
    session: Session,
    quarters: tuple[Quarter, ...] = QUARTERS,
    *,
    method: int = 2,
    team: tuple[int | None, int | None] = (21, 2),
    **given: Mapping[str, Any],
) -> None:
    """These quarters as frozen. An indicator that is given has another part, whole or value in all of them.
    `team`: how many talks the municipality's own team had, and their working days."""
    chosen = {name.replace("_", "-"): values for name, values in given.items()}
    for quarter in quarters:
        since = QUARTERS.index(quarter)
        days = {"first_day": quarter.first_day, "last_day": quarter.last_day}
        session.execute(insert(PublishedPeriod).values(code=str(quarter), method=method, **days))
        waits = {"waiting": 2400 - 20 * since, "waited_days": 70 - since, "started": 412, "realised_days": 105 - since}
        _figure(session, quarter, REGION, waits)
        own = {"waiting": 310, "waited_days": 66, "started": 52, "realised_days": 91}
        _figure(session, quarter, ARNHEM, own | dict(zip(("team_talks", "team_wait_days"), team, strict=True)))
        usual = counts(since)
        for indicator in usual.keys() | chosen.keys():
            values = {**NOTHING, **usual.get(indicator, {}), **chosen.get(indicator, {})}
            _indicator(session, quarter, indicator, values)


def _figure(session: Session, quarter: Quarter, area: str, values: Mapping[str, Any]) -> None:
    of = {"period_code": str(quarter), "area_code": area, "kind_level": "all", "kind": "all", "offers": 0}
    session.execute(insert(PublishedFigure).values(**of, **values))


def _indicator(session: Session, quarter: Quarter, indicator: str, values: Mapping[str, Any]) -> None:
    of = {"period_code": str(quarter), "area_code": REGION, "indicator": indicator}
    session.execute(insert(PublishedIndicator).values(**of, **values))
