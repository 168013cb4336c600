"""The SQL of histories: added to one case at a time, read for many cases at once."""

from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases.tables import CaseEvent
from availability.idempotency import Retry
from matcher.case_events import CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.question import Month

_TABLE = CaseEvent.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it


class History(NamedTuple):
    """What is fixed of a case, and what happened to it, in the order of recording."""

    facts: CaseFacts
    events: tuple[Event, ...]


_LOCK = text("SELECT now() FROM care_request WHERE id = :case FOR UPDATE")

# `opened` comes first: nothing is recorded of a case before it is there.
_HISTORIES = text("""
    SELECT care_request.id AS case_id, event.role, care_request.organisation AS case_organisation,
           care_request.birth_month, care_request.needed_from, event.id, event.kind, event.occurred_on,
           event.recorded_at, event.party, CAST(event.referral_id AS text) AS referral, event.refers_to, event.values
    FROM care_request JOIN case_event event ON event.care_request_id = care_request.id
    WHERE care_request.id = ANY (:cases)
    ORDER BY care_request.id, event.id
""")

_MIRROR = text("""
    UPDATE care_request SET status = :status, municipality_code = :municipality, version = version + 1
    WHERE id = :case AND (status, municipality_code) IS DISTINCT FROM (:status, :municipality)
""")


def lock_case(session: Session, case: UUID) -> datetime | None:
    """When what is now recorded was recorded; None when there is no such case."""
    return session.execute(_LOCK, {"case": case}).scalar_one_or_none()


def histories(session: Session, cases: Sequence[UUID]) -> dict[UUID, History]:
    """In the order of recording; the first event opens the case and says what is fixed of it."""
    rows = session.execute(_HISTORIES, {"cases": list(cases)})
    return {case: _history(list(of_case)) for case, of_case in groupby(rows, key=attrgetter("case_id"))}


def _history(rows: Sequence[Row[Any]]) -> History:
    opened = rows[0]
    facts = CaseFacts(
        opened=opened.occurred_on,
        worker_role=WorkerRole(opened.role),
        organisation=opened.case_organisation,
        municipality=opened.values["municipality"],
        region=opened.values["region"],
        route=Route(opened.values["route"]),
        birth_month=Month.parse(opened.birth_month),
        needed_from=opened.needed_from,
    )
    return History(facts, tuple(event_of(row) for row in rows))


def event_of(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        kind=EventKind(row.kind),
        occurred=row.occurred_on,
        recorded=row.recorded_at,
        party=row.party,
        referral=row.referral,
        refers_to=row.refers_to,
        values=row.values,
    )


def insert_event(
    session: Session, caller: Identity, case: UUID, said: Event, *, on_behalf_of: str | None = None, retry: Retry
) -> Event:
    row = {
        "care_request_id": case,
        "kind": said.kind.value,
        "occurred_on": said.occurred,
        "recorded_by": caller.subject,
        "role": caller.role.value,
        "organisation": caller.organisation,
        "on_behalf_of": on_behalf_of,
        "party": said.party,
        "referral_id": said.referral,
        "refers_to": said.refers_to,
        "values": dict(said.values),
        "idempotency_key": retry.key,
        "idempotency_digest": retry.digest,
    }
    made = session.execute(insert(_TABLE).values(row).returning(_TABLE.c.id, _TABLE.c.recorded_at)).one()
    return Event(
        made.id, said.kind, said.occurred, made.recorded_at, said.party, said.referral, said.refers_to, said.values
    )


def mirror(session: Session, case: UUID, status: str, municipality: str) -> None:
    session.execute(_MIRROR, {"case": case, "status": status, "municipality": municipality})
