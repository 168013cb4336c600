"""The public waiting times: what the API tells everybody, as a table that says what is hidden and what is unknown."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from dashboard.answers import Answer, Certainty, Named
from dashboard.client import Client, Failure
from dashboard.texts import showing
from dashboard.texts import waiting_times as words

LOCAL_TEAM = "lokaal-team"
"""The care type whose waits are those of the local teams themselves."""


class Kind(Named):
    level: str


class WaitingTime(Answer):
    area: Named
    kind: Kind
    waiting: int | None
    waited_days: int | None
    realised_days: int | None
    offers: int
    stated_wait_days: int | None
    stated_long_days: int | None
    certainty: Certainty
    text: str


class Period(Answer):
    code: str
    first_day: date
    last_day: date


class WaitingTimes(Answer):
    period: Period
    items: tuple[WaitingTime, ...]
    small_numbers: str
    meanwhile: tuple[str, ...]


def of_area(client: Client, area: str) -> WaitingTimes | None:
    """The newest figures of an area; None while nothing is published."""
    try:
        return client.get("waiting-times", WaitingTimes, query={"area": area})
    except Failure as failure:
        if failure.status == 404:
            return None
        raise


def as_file(client: Client) -> bytes:
    """All of the newest figures, as open data."""
    return client.answered("GET", "waiting-times/export", "").content


def per_care_type(found: WaitingTimes) -> list[WaitingTime]:
    """The kinds of care of which something is known, the local team left out: it stands on its own."""
    return [
        row
        for row in found.items
        if row.kind.level == "care-type" and row.kind.code != LOCAL_TEAM and (row.offers or row.waiting)
    ]


def the_local_team(found: WaitingTimes) -> WaitingTime | None:
    return next((row for row in found.items if row.kind.code == LOCAL_TEAM), None)


def table(rows: Sequence[WaitingTime]) -> pd.DataFrame:
    """By name, so that everybody finds their own; a hidden number says so and is never empty."""
    values = [
        (
            row.kind.name,
            showing.wait(row.stated_wait_days),
            showing.wait(row.stated_long_days),
            words.HIDDEN if row.realised_days is None else showing.wait(row.realised_days),
            words.HIDDEN if row.waiting is None else showing.whole(row.waiting),
            showing.CERTAINTY[row.certainty],
        )
        for row in sorted(rows, key=lambda row: row.kind.name)
    ]
    return pd.DataFrame(values, columns=list(words.COLUMNS.values()))
