"""The SQL of histories: added to one case at a time, read for many cases at once."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from availability.access.identity import Identity, Role
from availability.cases.tables import CaseEvent, CaseNote
from availability.cases.taken_back import taken_back
from availability.idempotency import Retry
from matcher.case_events import CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.question import Month

_TABLE = CaseEvent.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
_NOTES = CaseNote.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it


class History(NamedTuple):
    """What is fixed of a case, and what happened to it, in the order of recording."""

    facts: CaseFacts
    events: tuple[Event, ...]


_LOCK = text("SELECT now() FROM care_request WHERE id = :case FOR UPDATE")

HISTORY_COLUMNS = """
    care_request.id AS case_id, care_request.organisation AS case_organisation, care_request.birth_month,
    care_request.needed_from, event.role, event.id, event.kind, event.occurred_on, event.recorded_at, event.party,
    CAST(event.referral_id AS text) AS referral, event.refers_to, event.values
"""
"""What `history_of` reads of a case joined to its events, which come in the order of recording."""

_HISTORIES = text(f"""
    SELECT {HISTORY_COLUMNS}
    FROM care_request JOIN case_event event ON event.care_request_id = care_request.id
    WHERE care_request.id = ANY (:cases)
    ORDER BY care_request.id, event.id
""")  # noqa: S608 - ours

TOLD_COLUMNS = """
    event.*, note.notes, (SELECT about.kind FROM case_event about WHERE about.id = event.refers_to) AS about_kind
"""
"""An event with what was said, and which kind of event it is about."""

_TOLD = f"SELECT {TOLD_COLUMNS} FROM case_event event LEFT JOIN case_note note ON note.event_id = event.id"  # noqa: S608

_EVENT = text(f"{_TOLD} WHERE event.id = :event")

_THESE = text(f"{_TOLD} WHERE event.id = ANY (:events)")

_EVENTS = text(f"""
    {_TOLD}
    WHERE event.care_request_id = :case AND event.kind = ANY (:kinds) AND event.id > :after
    ORDER BY event.id LIMIT :limit
""")

_RECORDED = text("""
    SELECT id, care_request_id, idempotency_digest FROM case_event
    WHERE organisation = :organisation AND recorded_by = :subject AND idempotency_key = :key
""")

_DESK = text("SELECT organisation, role FROM case_event WHERE care_request_id = :case AND id = :event")

_RECORDED_BY = text("""
    SELECT EXISTS (
        SELECT FROM case_event WHERE care_request_id = :case AND organisation = :organisation AND role = :role
    )
""")

_OF_CASE = text("""
    SELECT EXISTS (SELECT FROM case_event WHERE care_request_id = :case AND referral_id = :referral)
""")

# Of a network, one referral was put to many: the one that was confirmed helps. Who was taken at its word no longer, or
# was not the one where help started, does not.
_HELPED = text(f"""
    SELECT found.care_request_id FROM case_event found
    WHERE found.referral_id = :referral AND found.kind IN ('referral-accepted', 'network-confirmed')
      AND coalesce(found.party, (
          SELECT sent.party FROM case_event sent
          WHERE sent.referral_id = :referral AND sent.kind = 'referral-sent'
      )) = :provider
      AND NOT EXISTS (
          SELECT FROM case_event event
          WHERE event.care_request_id = found.care_request_id AND event.id > found.id AND NOT {taken_back("event")}
            AND (event.kind = 'reopened'
                OR event.referral_id = :referral AND (event.kind IN ('acceptance-withdrawn', 'referral-withdrawn')
                    OR event.kind = 'start-judged' AND event.values ->> 'timely' = 'false')
                OR event.kind IN ('started', 'direct-placement')
                    AND (event.referral_id <> :referral OR event.party <> :provider))
      )
      AND EXISTS (SELECT FROM case_event event WHERE event.id = found.id AND NOT {taken_back("event")})
    ORDER BY found.id DESC LIMIT 1
""")  # noqa: S608 - from constants

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
    return {case: history_of(list(of_case)) for case, of_case in groupby(rows, key=attrgetter("case_id"))}


def history_of(rows: Sequence[Row[Any]]) -> History:
    """`opened` comes first: nothing is recorded of a case before it is there."""
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


def insert_notes(session: Session, event: int, notes: Mapping[str, str]) -> None:
    session.execute(insert(_NOTES).values(event_id=event, notes=dict(notes)))


def recorded_with(session: Session, caller: Identity, case: UUID, retry: Retry) -> int | None:
    """The event that this caller recorded with this key. Raises KeyReused when it was another wish."""
    if retry.key is None:
        return None
    who = {"organisation": caller.organisation, "subject": caller.subject, "key": retry.key}
    before = session.execute(_RECORDED, who).one_or_none()
    if before is None:
        return None
    retry.same_as(before.idempotency_digest if before.care_request_id == case else None)
    event: int = before.id
    return event


def events_of(session: Session, case: UUID, kinds: Collection[EventKind], *, after: int, limit: int) -> list[Row[Any]]:
    """With what was said in words; of these kinds only."""
    asked = {"case": case, "kinds": [kind.value for kind in kinds], "after": after, "limit": limit}
    return list(session.execute(_EVENTS, asked))


def find_events(session: Session, events: Sequence[int]) -> dict[int, Row[Any]]:
    return {row.id: row for row in session.execute(_THESE, {"events": list(events)})}


def find_event(session: Session, event: int) -> Row[Any]:
    return session.execute(_EVENT, {"event": event}).one()


def recorded_by(session: Session, case: UUID, event: int) -> tuple[str, Role] | None:
    """The organisation and the role of whoever recorded an event; None when the case has no such event."""
    row = session.execute(_DESK, {"case": case, "event": event}).one_or_none()
    return (row.organisation, Role(row.role)) if row else None


def has_recorded(session: Session, case: UUID, who: Identity) -> bool:
    """Whether there is anything in a case that this desk recorded itself."""
    asked = {"case": case, "organisation": who.organisation, "role": who.role.value}
    return bool(session.scalar(_RECORDED_BY, asked))


def case_helped_by(session: Session, referral: UUID, provider: str) -> UUID | None:
    """The case in which this provider helps, or will, by this referral; None when it does not, or no longer."""
    return session.execute(_HELPED, {"referral": referral, "provider": provider}).scalar_one_or_none()


def is_provider(session: Session, agb_code: str) -> bool:
    return bool(session.scalar(text("SELECT EXISTS (SELECT FROM provider WHERE agb_code = :agb)"), {"agb": agb_code}))


def provider_name(session: Session, agb_code: str) -> str | None:
    name: str | None = session.scalar(text("SELECT name FROM provider WHERE agb_code = :agb"), {"agb": agb_code})
    return name


def is_of_case(session: Session, case: UUID, referral: UUID) -> bool:
    asked = {"case": case, "referral": referral}
    return bool(session.scalar(_OF_CASE, asked))


def mirror(session: Session, case: UUID, status: str, municipality: str) -> None:
    session.execute(_MIRROR, {"case": case, "status": status, "municipality": municipality})
