"""Forgetting what was kept long enough: once a day, in small pieces, so that no request waits for it.

What is told is kept as long as the operator says; the audit at least five years, which the database itself holds. What
was stated and what happened is history, and stays.
"""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial

import structlog
from prometheus_client import Counter
from sqlalchemy.orm import Session

from availability.clock import AMSTERDAM
from availability.clockwork import queries
from availability.clockwork.surroundings import Surroundings
from availability.settings import Settings

FORGOTTEN = Counter("zorg_forgotten_total", "Rows that were kept long enough.", ("kind",))

AT_ONCE = 5_000
"""Rows of one transaction."""

log = structlog.get_logger("zorg.clockwork")

Forget = Callable[[Session], int]


def forget_what_is_old(surroundings: Surroundings) -> None:
    """Once a day. What is left when the process stops half-way goes the next day."""
    today = surroundings.today()
    with surroundings.sessions.begin() as session:
        if not queries.begin_day(session, "retention", today, trusted=surroundings.settings.today is not None):
            return
    for kind, forget in forgetting(surroundings.settings, today).items():
        if gone := _all_of_it(surroundings, forget):
            FORGOTTEN.labels(kind).inc(gone)
            log.info("forgotten", kind=kind, rows=gone)


def forgetting(settings: Settings, today: date) -> dict[str, Forget]:
    """What goes on this day, by its kind: the table of it."""
    told_before = _midnight(today - timedelta(days=settings.notices_kept_days))
    audited_before = _midnight(_years_before(today, settings.audit_kept_years))
    return {
        "notice": partial(queries.forget_notices, before=told_before, most=AT_ONCE),
        "audit": partial(queries.forget_audit, before=audited_before, most=AT_ONCE),
        "former-secret": queries.forget_ended_secrets,
    }


def _all_of_it(surroundings: Surroundings, forget: Forget) -> int:
    total = 0
    while not surroundings.office.closing.is_set():
        with surroundings.sessions.begin() as session:
            gone = forget(session)
        total += gone
        if gone < AT_ONCE:
            break
    return total


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), AMSTERDAM)


def _years_before(day: date, years: int) -> date:
    """The same day of the month; the day before it for 29 February."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)
