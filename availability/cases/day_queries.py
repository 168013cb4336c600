"""The SQL of a day: every running case that somebody has to do with, its whole history, and what is new."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.event_queries import HISTORY_COLUMNS, TOLD_COLUMNS, History, history_of
from availability.cases.party_queries import Membership, others_cases, own_cases
from matcher.case_events import EventKind


@dataclass(frozen=True, slots=True)
class RunningCase:
    """A case that is not over, with what happened in it."""

    id: UUID
    reference: str
    organisation: str
    municipality: str
    care_types: tuple[str, ...]
    is_own: bool
    history: History


CASE_COLUMNS = "care_request.reference, care_request.municipality_code, care_request.care_type_codes"
"""What `case_of` reads beside the history."""


def running_cases(session: Session, who: Membership) -> list[RunningCase]:
    """Every case that the caller's organisation has, or is a party of, and that is not over."""
    statement = text(f"""
        WITH concerned AS (
            SELECT id, bool_or(own) AS own
            FROM (SELECT id, true FROM ({own_cases(who)}) AS own (id)
                  UNION ALL SELECT id, false FROM ({others_cases(who)}) AS put (id)) AS each (id, own)
            GROUP BY id
        )
        SELECT {CASE_COLUMNS}, concerned.own, {HISTORY_COLUMNS}
        FROM concerned
        JOIN care_request ON care_request.id = concerned.id AND care_request.status <> 'closed'
        JOIN case_event event ON event.care_request_id = care_request.id
        ORDER BY care_request.id, event.id
    """)  # noqa: S608 - ours
    rows = session.execute(statement, who.asked())
    return [case_of(list(of_case)) for _, of_case in groupby(rows, key=attrgetter("case_id"))]


def case_of(rows: Sequence[Row[Any]]) -> RunningCase:
    first = rows[0]
    return RunningCase(
        id=first.case_id,
        reference=first.reference,
        organisation=first.case_organisation,
        municipality=first.municipality_code,
        care_types=tuple(first.care_type_codes),
        is_own=first.own,
        history=history_of(rows),
    )


def news_for(
    session: Session, who: Membership, subject: str, sees: Collection[EventKind], *, since: datetime, limit: int
) -> list[Row[Any]]:
    """What others recorded since a moment in the caller's cases, as far as she may see it; the newest first."""
    statement = text(f"""
        SELECT {TOLD_COLUMNS}, care_request.reference, event.care_request_id IN ({own_cases(who)}) AS own
        FROM case_event event
        JOIN care_request ON care_request.id = event.care_request_id
        LEFT JOIN case_note note ON note.event_id = event.id
        WHERE event.recorded_at > :since AND (event.organisation, event.recorded_by) <> (:organisation, :subject)
          AND (
              EXISTS (SELECT FROM ({own_cases(who)}) AS own (id) WHERE own.id = event.care_request_id)
              OR event.kind = ANY (:sees)
              AND EXISTS (SELECT FROM ({others_cases(who)}) AS put (id) WHERE put.id = event.care_request_id)
          )
        ORDER BY event.id DESC LIMIT :limit
    """)  # noqa: S608 - ours
    asked = {"subject": subject, "sees": [kind.value for kind in sees], "since": since, "limit": limit}
    return list(session.execute(statement, who.asked() | asked))
