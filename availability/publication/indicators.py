"""A youth region's indicators of a quarter: the few figures that councils follow, frozen beside the waiting times.

A share tells how many of how many; each half is about five children or more, or the part is hidden. Nothing is told of
municipalities or of regions together. Starts are published elsewhere too, and hidden alike.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import Any

import pandas as pd
from sqlalchemy import Row

from availability.publication.ground import Ground
from availability.publication.happened import Happened
from availability.publication.people import People
from matcher.suppression import SMALLEST_SHOWN
from matcher.suppression_parts import PerArea, per_area, regions_parts_shown, share

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
    ALWAYS_THERE = "always-there"
    """Of the days of all that the region said must always be there, those on which it was."""
    FAMILY_PLACES = "family-places"
    """Of the places to stay in the region, those in foster families and family homes."""
    RET = "ret"
    """Children whom the regional expert team discussed."""


Told = tuple[int | None, int | None, float | None]
"""Part, whole and value."""

UNKNOWN: Told = (None, None, None)


def indicators(ground: Ground, happened: Happened, figures: pd.DataFrame) -> pd.DataFrame:
    """Every indicator of every region. What is hidden among the figures of the quarter is hidden here too."""
    shown = figures[figures.kind_level == "all"].set_index("area_code")
    parts: dict[Indicator, dict[str, Told]] = {
        Indicator.STARTED_IN_TIME: _started_in_time(ground, happened.started, shown.started),
        Indicator.LOCAL_TEAM_WAIT: {
            region: (None, shown.team_talks[region], shown.team_wait_days[region]) for region in ground.regions
        },
        Indicator.REFUSED: _refused(ground, happened.answered),
        Indicator.STATEMENTS_ON_TIME: {row.area_code: (row.on_time, row.offers, None) for row in happened.kept},
        Indicator.ALWAYS_THERE: {
            region: (each.kept, each.promised, None) for region, each in happened.promises.items()
        },
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


def _started_in_time(ground: Ground, rows: Sequence[Row[Any]], published: "pd.Series[int]") -> dict[str, Told]:
    """Of the starts that are published per area, so that a start is counted alike in both."""
    starts, in_time = (
        per_area(People(ground, counted).counts().sum(axis=1), ground.lattice)
        for counted in (rows, [row for row in rows if row.in_time])
    )
    known = PerArea(*(published[areas].notna().to_numpy() for areas in (ground.regions, ground.municipalities)))
    shown = regions_parts_shown(in_time, starts, known, ground.lattice)
    return {
        region: (int(in_time.region[at]) if shown[at] else None, int(starts.region[at]), None)
        for at, region in enumerate(ground.regions)
        if known.region[at]
    }


def _refused(ground: Ground, rows: Sequence[Row[Any]]) -> dict[str, Told]:
    """A child may be refused often: what may be told hangs on the children, not on their answers."""
    refused, answers, children, did, did_not = (
        _per_region(ground, rows, column)
        for column in ("refused", "answers", "children", "refused_children", "other_children")
    )
    return {
        region: (*share(refused[region], answers[region], children[region], (did[region], did_not[region])), None)
        for region in ground.regions
    }


def _discussed(ground: Ground, rows: Sequence[Row[Any]]) -> dict[str, Told]:
    children = _per_region(ground, rows, "children")
    return {region: (None, number, None) for region, number in children.items() if number >= SMALLEST_SHOWN}
