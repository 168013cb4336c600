"""What a region aims at in its report: kept as choices, each from a day on; what was chosen before stays to be seen."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.council import queries
from availability.council.messages import OwnTarget, RegionTarget, RegionTargets, TargetsContent
from availability.messages import CodeAndName
from availability.preconditions import etag_of
from matcher.council import BY_CODE, TARGETED
from matcher.council_judging import Target

Chosen = Sequence[Row[Any]]
"""Every choice of a region, oldest first."""


def version_of(chosen: Chosen) -> int | None:
    """The last choice; None when the region never made one."""
    return chosen[-1].id if chosen else None


def changes(chosen: Chosen, wanted: TargetsContent, today: date) -> Iterator[Target]:
    """What must be added, so that what is wanted is what was chosen last."""
    last = {row.indicator: row for row in chosen}
    for each in wanted.targets:
        row = last.pop(each.indicator, None)
        if row is None or (row.value, row.valid_from) != (each.value, each.valid_from):
            yield Target(each.indicator, each.value, each.valid_from, today)
    for indicator, row in last.items():
        if row.value is not None:
            yield Target(indicator, None, today, today)


def region_targets(session: Session, region: CodeAndName) -> RegionTargets:
    chosen = queries.targets(session, region.code)
    version = version_of(chosen)
    return RegionTargets(
        region=region,
        targets=[_told(code, [row for row in chosen if row.indicator == code]) for code in TARGETED],
        etag=None if version is None else etag_of(version),
    )


def _told(code: str, chosen: Chosen) -> RegionTarget:
    indicator = BY_CODE[code]
    history = [OwnTarget(value=row.value, valid_from=row.valid_from, set_on=row.set_on) for row in reversed(chosen)]
    return RegionTarget(
        indicator=CodeAndName(code=code, name=indicator.name),
        unit=indicator.unit,
        better=indicator.better,
        usual=indicator.default.value if indicator.default else None,
        usual_source=indicator.default.source if indicator.default else "",
        own=history[0] if history and history[0].value is not None else None,
        history=history,
    )
