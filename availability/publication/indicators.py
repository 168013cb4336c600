"""A youth region's indicators of a quarter: the few figures that councils follow, frozen beside the waiting times.

A share tells how many of how many; both halves count children, so both are large or the part is hidden. Nothing is
told of municipalities or of regions together, so there is nothing to subtract from.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self

import numpy as np
import pandas as pd
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.publication import queries
from availability.publication.ground import Ground
from availability.publication.periods import Quarter
from matcher.suppression import SMALLEST_SHOWN
from matcher.suppression_parts import share
from matcher.working_days import working_days_left

COLUMNS = ["area_code", "indicator", "part", "whole", "value"]


class Indicator(StrEnum):
    STARTED_IN_TIME = "started-in-time"
    """Of the starts of help, those not after the day that help was needed from."""
    LOCAL_TEAM_WAIT = "local-team-wait"
    """Working days from a request to the first talk with the local team, in the middle of so many talks."""
    REFUSED = "refused"
    """Of the answers of providers, the refusals for want of room."""
    STATEMENTS_ON_TIME = "statements-on-time"
    """Of the offers that the region can use, those whose statement was within its term on the last day."""
    FAMILY_PLACES = "family-places"
    """Of the places to stay in the region, those in foster families and family homes."""
    RET = "ret"
    """Children whom the regional expert team discussed."""


Told = tuple[int | None, int | None, float | None]
"""Part, whole and value."""

UNKNOWN: Told = (None, None, None)


@dataclass(frozen=True, slots=True)
class Happened:
    """What the indicators are counted from, as rows of `queries`."""

    started: Sequence[Row[Any]]
    talked: Sequence[Row[Any]]
    answered: Sequence[Row[Any]]
    discussed: Sequence[Row[Any]]
    kept: Sequence[Row[Any]]
    places: Sequence[Row[Any]]

    @classmethod
    def of(cls, session: Session, quarter: Quarter) -> Self:
        first, last = quarter.first_day, quarter.last_day
        return cls(
            queries.started(session, first, last),
            queries.talked(session, first, last),
            queries.answered(session, first, last),
            queries.discussed(session, first, last),
            queries.kept(session, last),
            queries.places(session, last),
        )


def indicators(ground: Ground, happened: Happened, starts_shown: Mapping[str, int]) -> pd.DataFrame:
    """Every indicator of every region. `starts_shown` has the starts of those regions of which they are published: what
    is hidden there is hidden here too."""
    parts: dict[Indicator, dict[str, Told]] = {
        Indicator.STARTED_IN_TIME: _started_in_time(ground, happened.started, starts_shown),
        Indicator.LOCAL_TEAM_WAIT: _team_waits(ground, happened.talked),
        Indicator.REFUSED: _refused(ground, happened.answered),
        Indicator.STATEMENTS_ON_TIME: {row.area_code: (row.on_time, row.offers, None) for row in happened.kept},
        Indicator.FAMILY_PLACES: {row.area_code: (row.family_places, row.places, None) for row in happened.places},
        Indicator.RET: _discussed(ground, happened.discussed),
    }
    rows = [
        (region, indicator.value, *told.get(region, UNKNOWN))
        for region in ground.regions
        for indicator, told in parts.items()
    ]
    return pd.DataFrame(rows, columns=COLUMNS).astype({"part": "Int64", "whole": "Int64", "value": "Float64"})


def _per_region(ground: Ground, rows: Iterable[Row[Any]], column: str) -> dict[str, int]:
    """The sum of a column over the municipalities of each region."""
    region_of = ground.region_of_municipality()
    sums = dict.fromkeys(ground.regions, 0)
    for row in rows:
        if row.municipality_code in region_of:
            sums[region_of[row.municipality_code]] += getattr(row, column)
    return sums


def _started_in_time(ground: Ground, rows: Sequence[Row[Any]], shown: Mapping[str, int]) -> dict[str, Told]:
    counted = [row for row in rows if row.care_type_code in ground.care_types]
    in_time = _per_region(ground, counted, "in_time")
    return {region: (*share(part, shown.get(region, 0), region in shown), None) for region, part in in_time.items()}


def _team_waits(ground: Ground, rows: Sequence[Row[Any]]) -> dict[str, Told]:
    region_of = ground.region_of_municipality()
    waits: dict[str, list[int]] = {}
    for row in _known(ground, rows):
        days = working_days_left(row.asked_on, row.talked_on)
        waits.setdefault(region_of[row.municipality_code], []).append(days)
    return {
        region: (None, len(days), float(np.median(days)))
        for region, days in waits.items()
        if len(days) >= SMALLEST_SHOWN
    }


def _known(ground: Ground, rows: Iterable[Row[Any]]) -> Iterator[Row[Any]]:
    """Those that are on the lattice."""
    members, kinds = set(ground.municipalities), set(ground.care_types)
    return (row for row in rows if row.municipality_code in members and row.care_type_code in kinds)


def _refused(ground: Ground, rows: Sequence[Row[Any]]) -> dict[str, Told]:
    refused, answers = (_per_region(ground, rows, column) for column in ("refused", "answers"))
    return {region: (*share(refused[region], answers[region]), None) for region in ground.regions}


def _discussed(ground: Ground, rows: Sequence[Row[Any]]) -> dict[str, Told]:
    children = _per_region(ground, rows, "children")
    return {region: (None, number, None) for region, number in children.items() if number >= SMALLEST_SHOWN}
