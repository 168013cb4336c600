"""What was done towards eighteen for the children of the demo who are past fifteen and a half, as columns.

Nearly all of it in time: else the first screen of whoever tries the demo would be full of late perspective plans.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pandas as pd

from data.demo.lives import EVENT_COLUMNS
from matcher.coming_of_age import AGE_DUTIES, MONTHS_AHEAD, AgeDuty, first_day_at
from matcher.question import Month

FIRST_EVENT = 40_000_001

COLUMNS = ["id", "birth_month", "opened_at", "organisation", "municipality_code", "status"]

TOOK = timedelta(days=30)
"""From the day it shows until it was done."""

STILL_OPEN_OF = 4
"""One of so many is still to do, where there is more than a month for it."""


def make_ages(cases: Sequence[pd.DataFrame], told: pd.DataFrame, today: date) -> pd.DataFrame:
    """Events in the order of recording, of cases that are not over; without what is told of them elsewhere."""
    known = set(zip(told.care_request_id, told.kind, strict=True))
    running = pd.concat([some.loc[some.status != "closed", COLUMNS] for some in cases], ignore_index=True)
    done = (row for at, case in enumerate(running.itertuples()) for row in _done(case, at, today))
    rows = [row for row in done if row[:2] not in known]
    events = pd.DataFrame(rows, columns=EVENT_COLUMNS).sort_values("recorded_at", kind="stable", ignore_index=True)
    return events.assign(id=range(FIRST_EVENT, FIRST_EVENT + len(events)))


def _done(case: Any, at: int, today: date) -> Iterator[tuple[Any, ...]]:  # noqa: ANN401 - a row of cases
    born, opened = Month.parse(case.birth_month), case.opened_at.date()
    for duty in AGE_DUTIES:
        shows = max(first_day_at(born, duty.age - MONTHS_AHEAD), opened)
        waits = at % STILL_OPEN_OF == 0 and first_day_at(born, duty.age) > today + TOOK
        if shows < today and not waits:
            yield _event(case, duty, min(shows + TOOK, today - timedelta(days=1)))


def _event(case: Any, duty: AgeDuty, day: date) -> tuple[Any, ...]:  # noqa: ANN401 - a row of cases
    own = str(case.organisation)
    role = "local-team" if own == case.municipality_code else "youth-protection"
    told = pd.Timestamp(datetime.combine(day, time(10), UTC))
    nothing = (None, None, None, None)
    return (case.id, duty.closes.value, pd.Timestamp(day), told, "demo", role, own, *nothing, "{}", None)
