"""Reminding providers before and after the term of a statement: one message for all their offers, with a link that
confirms "niets veranderd" after one more click on the page it opens."""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.identity import Role
from availability.clockwork import queries
from availability.clockwork.surroundings import Surroundings
from availability.outbox.telling import Notice, Value, tell
from matcher.freshness import due_on
from matcher.reminding import BEFORE, reminder_step

LINK_VALID_FOR = timedelta(days=14)
"""Until the next reminder but one; a holiday fits in it."""

WHERE = "mijn-plekken"


def remind_providers(surroundings: Surroundings) -> None:
    """Once a day, everybody whose statement came into another step since."""
    today = surroundings.today()
    with surroundings.sessions.begin() as session:
        if queries.begin_day(session, "reminders", today, trusted=surroundings.settings.today is not None):
            remind(session, today)


def remind(session: Session, today: date) -> None:
    """Tell each provider, once for each statement and step."""
    due = [(row, step) for row in queries.to_be_renewed(session, today) if (step := _step(row, today)) is not None]
    new = queries.remind(session, [(row.offer_id, row.statement_id, step) for row, step in due], today)
    for (provider, notice), group in groupby(sorted(_to_tell(due, new), key=_BY_MESSAGE), key=_BY_MESSAGE):
        _tell(session, notice, provider, [row for _, _, row in group], today)


def _step(row: Row[Any], today: date) -> int | None:
    return reminder_step(row.stated_on, row.update_term, today)


def _to_tell(due: Iterable[tuple[Row[Any], int]], new: set[int]) -> Iterator[tuple[str, Notice, Row[Any]]]:
    for row, step in due:
        if row.offer_id in new:
            yield row.provider_agb, _notice(row, step), row


def _notice(row: Row[Any], step: int) -> Notice:
    """What was never stated has nothing that could have changed, or grown old."""
    if not row.statement_id:
        return Notice.CAPACITY_MISSING
    return Notice.CAPACITY_DUE if step == BEFORE else Notice.CAPACITY_STALE


_BY_MESSAGE = itemgetter(0, 1)


def _tell(session: Session, notice: Notice, provider: str, rows: list[Row[Any]], today: date) -> None:
    first, stated = rows[0], notice is not Notice.CAPACITY_MISSING
    values: dict[str, Value] = {"offers": len(rows)}
    if stated:
        values["due"] = min(due_on(row.stated_on, row.update_term) for row in rows)
    if len(rows) == 1:
        values["offer"] = first.offer_name
    key = f"{today}:{first.offer_id}:{first.statement_id}"  # each reminder is noted once, so no message is like another
    told = tell(session, notice, organisation=provider, role=Role.PROVIDER, key=key, link=WHERE, values=values)
    if told is not None and stated:
        offers = [row.offer_id for row in rows]
        queries.make_link(session, told, provider, offers, datetime.now(UTC) + LINK_VALID_FOR)
