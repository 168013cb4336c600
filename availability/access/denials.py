"""Attempts that were refused because of whose the record is, each an audit row: NEN 7513 wants those seen too.

A row says who asked for what kind of record, by which route, and its number when it has the form of one; nothing else
of what was sent. It is written after the request's own transaction was rolled back, and a failure to write it changes
nothing of the answer. Who tries more often than a person can is counted and no longer written: a refusal must not
become a way to fill the disk.
"""

import re
import time
from collections import Counter

from prometheus_client import Counter as Metric
from sqlalchemy import insert
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request

from availability.access.identity import Identity, Tokens, bearer_token
from availability.access.tables import AuditEntry
from availability.observability import log
from availability.refusals import NotAllowed, NotFound, NothingThere, Refusal
from availability.request_id import current_request_id

DENIED = Metric("zorg_denied_total", "Attempts refused because of whose the record is.", ("kind", "written"))

MOST_A_MINUTE = 30
"""Rows of one caller in one process."""

SECRET_KINDS = {
    "calendars": "calendar",
    "care-requests": "care-request",
    "contact-addresses": "contact-address",
    "contracts": "contract",
    "deliveries": "delivery",
    "referrals": "referral",
    "refusals": "refusal",
    "webhooks": "webhook",
}
"""Where an address begins that hides what is another's: there a 404 may be a refusal, and it is kept as one."""

NUMBER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|[A-Z]{2}[0-9]{2,4}|[0-9]{1,8}")
"""A record's own number: opaque, of an area, or of an offer or an organisation. A citizen's has nine digits."""

UNKNOWN = "-"


class Allowance:
    """How many rows each caller may still cause this minute."""

    def __init__(self) -> None:
        self._minute = 0
        self._used: Counter[str] = Counter()

    def spend(self, subject: str, now: float) -> bool:
        minute = int(now // 60)
        if minute != self._minute:
            self._minute, self._used = minute, Counter()
        self._used[subject] += 1
        return self._used[subject] <= MOST_A_MINUTE


async def keep_if_denied(request: Request, refusal: Refusal) -> None:
    """Write it down when this refusal tells a known caller that something is not theirs."""
    caller, kind = _caller(request), _kind(request, refusal)
    if caller is None or kind is None:
        return
    allowance: Allowance = request.app.state.denials
    written = allowance.spend(caller.subject, time.time())
    DENIED.labels(kind, str(written).lower()).inc()
    if written:
        await run_in_threadpool(_write, request.app.state.sessions, caller, kind, request)


def _caller(request: Request) -> Identity | None:
    """Who asks, if a token was verified for this request."""
    try:
        token = bearer_token(request)
        tokens: Tokens = request.app.state.tokens
        return tokens.recall(token) if token else None
    except Refusal:
        return None


def _kind(request: Request, refusal: Refusal) -> str | None:
    """What kind of record was refused; none when this is another sort of refusal."""
    first = _route(request).split("/")[1]
    if isinstance(refusal, NotAllowed):
        return SECRET_KINDS.get(first, first)
    hidden = isinstance(refusal, NotFound) and not isinstance(refusal, NothingThere)
    return SECRET_KINDS.get(first) if hidden and request.path_params else None


def _route(request: Request) -> str:
    return str(getattr(request.scope.get("route"), "path", "/"))


def _write(sessions: sessionmaker[Session], caller: Identity, kind: str, request: Request) -> None:
    asked = next((str(value) for value in request.path_params.values()), UNKNOWN)
    try:
        with sessions.begin() as session:
            session.execute(
                insert(AuditEntry).values(
                    subject=caller.subject,
                    organisation=caller.organisation,
                    role=caller.role.value,
                    action=f"{request.method} {_route(request)}",
                    record_kind=kind,
                    record_id=asked if NUMBER.fullmatch(asked) else UNKNOWN,
                    request_id=current_request_id(),
                    denied=True,
                )
            )
    except SQLAlchemyError as error:
        log.warning("denial-not-written", error=type(error).__name__)
