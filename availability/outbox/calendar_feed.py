"""The terms of one role at one organisation as a calendar (iCalendar, RFC 5545): a secret address that can be revoked.

A calendar is copied by whoever shows it, so it holds tasks and days and nothing of a child: what must be done, until
when, and a link with an opaque id.
"""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Header, Path, Request, Response
from icalendar import Alarm, Calendar, Event
from sqlalchemy import Row

from availability.access.identity import Identity, Role
from availability.cases.day import CaseTask, day_of
from availability.clock import Today
from availability.database import InTransaction
from availability.outbox import queries
from availability.outbox.secrets import digest_of
from availability.refusals import NotFound
from matcher.case_words import TASKS

router = APIRouter(tags=["meldingen"])

Secret = Annotated[str, Path(max_length=100, description="Het geheim uit het adres van de agenda.")]

NAME = "Termijnen Zorgbeschikbaarheid"

REFRESH = timedelta(hours=1)
"""How often a calendar program is asked to look (RFC 7986 §5.7)."""

ALARMS = (timedelta(hours=-15), timedelta(hours=9))
"""From the first moment of the last day: nine in the morning the day before, and on the day itself."""

FOREVER = float("inf")


@router.get(
    "/calendar-feeds/{secret}",
    summary="De termijnen als agenda (iCalendar), op een geheim adres",
    response_class=Response,
    responses={
        200: {"description": "De agenda.", "content": {"text/calendar": {"schema": {"type": "string"}}}},
        304: {"description": "Er is niets veranderd."},
    },
)
def get_calendar(
    *,
    request: Request,
    secret: Secret,
    session: InTransaction,
    today: Today,
    if_none_match: Annotated[str | None, Header(description="De ETag van de vorige keer.")] = None,
) -> Response:
    feed = queries.feed_of(session, digest_of(secret))
    if feed is None:
        raise NotFound("Deze agenda bestaat niet, of is ingetrokken.")
    written = calendar_of(day_of(session, _reader(feed), today).mine, request.app.state.settings.dashboard_url)
    etag = f'"{hashlib.sha256(written).hexdigest()[:32]}"'
    headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
    if etag in (if_none_match or ""):
        return Response(status_code=304, headers=headers)
    return Response(written, media_type="text/calendar; charset=utf-8", headers=headers)


def calendar_of(tasks: Sequence[CaseTask], dashboard: str) -> bytes:
    """The same tasks give the same bytes: nothing in it tells when it was asked."""
    calendar = Calendar()
    calendar.add("prodid", "-//Zorgbeschikbaarheid//Termijnen//NL")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", NAME)
    calendar.add("name", NAME)
    calendar.add("refresh-interval", REFRESH, parameters={"value": "DURATION"})
    for each in tasks:
        calendar.add_component(_event(each, dashboard.rstrip("/")))
    written: bytes = calendar.to_ical()
    return written


def _event(each: CaseTask, dashboard: str) -> Event:
    task, event = each.task, Event()
    event.add("uid", f"{_opaque(each)}@zorgbeschikbaarheid")
    event.add("dtstamp", _start_of(task.opened_on))
    event.add("summary", TASKS[task.code])
    event.add("dtstart", task.due)
    event.add("dtend", task.due + timedelta(days=1))
    event.add("url", f"{dashboard}/")  # the home of whoever opens it: what must be done
    event.add("transp", "TRANSPARENT")
    event.add("class", "PRIVATE")
    for moment in ALARMS:
        event.add_component(_alarm(TASKS[task.code], moment))
    return event


def _alarm(said: str, moment: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", said)
    alarm.add("trigger", moment)
    return alarm


def _opaque(each: CaseTask) -> str:
    """The same for the same task of the same case, and nothing to look a case up with."""
    task = each.task
    known = (each.case.id, task.code, task.referral, task.party, task.event, task.opened_on)
    return hashlib.sha256(":".join(map(str, known)).encode()).hexdigest()[:32]


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _reader(feed: Row[Any]) -> Identity:
    """Whoever has the address reads what the role that made it has to do."""
    return Identity(f"agenda:{feed.id}", Role(feed.role), feed.organisation, FOREVER)
