"""The SQL of the council's report: published rows, and what a region aims at. It knows no live table."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.council.tables import CouncilTarget
from matcher.council_judging import Target

_TARGET = CouncilTarget.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it

_FIGURES = text("""
SELECT period_code, waiting, waited_days, started, realised_days, team_talks, team_wait_days, method > 1 AS of_teams
FROM published_figure JOIN published_period ON published_period.code = period_code
WHERE area_code = :area AND kind_level = 'all' AND period_code = ANY (:periods)
""")

_TARGETS = text("""
SELECT id, indicator, value, valid_from, CAST(set_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS set_on
FROM council_target
WHERE region_code = :region
ORDER BY id
""")

# Whoever sets targets waits for whoever was before; a case or a contract of the region does not.
_ONE_AT_A_TIME = text("SELECT FROM youth_region WHERE code = :region FOR NO KEY UPDATE")


def figures(session: Session, periods: Sequence[str], area: str) -> Sequence[Row[Any]]:
    """What was published of all care together, per period. The first method told nothing of local teams."""
    return session.execute(_FIGURES, {"periods": list(periods), "area": area}).all()


def targets(session: Session, region: str) -> Sequence[Row[Any]]:
    """Every choice that a region made, in the order in which it was made."""
    return session.execute(_TARGETS, {"region": region}).all()


def one_at_a_time(session: Session, region: str) -> None:
    session.execute(_ONE_AT_A_TIME, {"region": region})


def set_targets(session: Session, caller: Identity, region: str, chosen: Iterable[Target]) -> None:
    rows = [
        {
            "region_code": region,
            "indicator": each.indicator,
            "value": each.value,
            "valid_from": each.valid_from,
            "set_by": caller.subject,
        }
        for each in chosen
    ]
    session.execute(insert(_TARGET), rows)
