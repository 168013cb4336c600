"""The SQL of the RET's table (step 5B): what is registered, with what was tried and what could be found."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from availability.cases.taken_back import taken_back
from availability.referrals.tables import RetRegistration
from matcher.case_events import EventKind

_REGISTRATIONS = RetRegistration.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it

_RANKING = text("""
    SELECT id FROM ranking WHERE care_request_id = :case AND (CAST(:ranking AS uuid) IS NULL OR id = :ranking)
    ORDER BY ranked_at DESC, id LIMIT 1
""")

_EVENTS = f"""
    LEFT JOIN LATERAL (
        SELECT
            max(event.occurred_on) FILTER (WHERE event.kind = '{EventKind.RET_TALKED_BEFORE}') AS talked_before_on,
            max(event.occurred_on) FILTER (WHERE event.kind = '{EventKind.RET_DISCUSSED}') AS discussed_on,
            max(event.occurred_on) FILTER (WHERE event.kind = '{EventKind.RET_BOEG_INVOLVED}') AS boeg_on,
            (array_agg(event.party ORDER BY event.id DESC)
                FILTER (WHERE event.kind = '{EventKind.RET_PROVIDER_ASKED}'))[1] AS supporter,
            (array_agg(event.values ORDER BY event.id DESC)
                FILTER (WHERE event.kind = '{EventKind.RET_OUTCOME}'))[1] AS outcome,
            max(event.occurred_on) FILTER (WHERE event.kind = '{EventKind.RET_OUTCOME}') AS concluded_on
        FROM case_event event
        WHERE event.care_request_id = registration.care_request_id AND event.recorded_at >= registration.registered_at
          AND NOT {taken_back("event")}
    ) since ON true
"""  # noqa: S608 - from constants

_SHOWN = f"""
    SELECT registration.id, registration.care_request_id, registration.region_code, registration.registered_on,
        registration.due_on, registration.ranking_id, form.content AS form, ranking.answer AS ranking,
        asked.reference, asked.organisation, asked.municipality_code, asked.birth_month, asked.pc4,
        asked.care_type_codes, asked.needed_from, asked.urgency, asked.need_codes, asked.gender, asked.siblings,
        asked.past_eighteen, asked.setting, asked.status,
        since.talked_before_on, since.discussed_on, since.boeg_on, since.supporter, since.outcome, since.concluded_on,
        supporter.name AS supporter_name
    FROM ret_registration registration
    JOIN care_request asked ON asked.id = registration.care_request_id
    JOIN enrolment_form form ON form.id = registration.form_id
    JOIN ranking ON ranking.id = registration.ranking_id
    {_EVENTS}
    LEFT JOIN provider supporter ON supporter.agb_code = since.supporter
"""  # noqa: S608 - from constants

_OPEN = "asked.status = 'open' AND since.concluded_on IS NULL"

_AGENDA = text(f"""
    {_SHOWN}
    WHERE registration.region_code = :region AND (CAST(:open AS boolean) IS NULL OR ({_OPEN}) = :open)
      AND (CAST(:after_due AS date) IS NULL
           OR (registration.due_on, registration.id) > (CAST(:after_due AS date), CAST(:after_id AS uuid)))
    ORDER BY registration.due_on, registration.id LIMIT :limit
""")

_LAST = text("""
    SELECT id FROM ret_registration WHERE care_request_id = :case ORDER BY registered_at DESC, id LIMIT 1
""")

_OF_CASE = text(f"{_SHOWN} WHERE registration.id = :id AND registration.care_request_id = :case")

_ONE = text(f"{_SHOWN} WHERE registration.id = :id AND registration.region_code = :region")


def ranking_of(session: Session, case: UUID, ranking: UUID | None) -> UUID | None:
    """This ranking of the case, or the newest when none is named."""
    found: UUID | None = session.execute(_RANKING, {"case": case, "ranking": ranking}).scalar_one_or_none()
    return found


def register(session: Session, **values: Any) -> UUID:  # noqa: ANN401 - one value per column
    made: UUID = session.execute(insert(_REGISTRATIONS).values(values).returning(_REGISTRATIONS.c.id)).scalar_one()
    return made


def last_of(session: Session, case: UUID) -> UUID | None:
    """The newest registration of a case."""
    found: UUID | None = session.execute(_LAST, {"case": case}).scalar_one_or_none()
    return found


def agenda(
    session: Session, region: str, *, is_open: bool | None, after: Sequence[Any] | None, limit: int
) -> Sequence[Row[Any]]:
    """What lies before the RET of a region, by the day it must be discussed."""
    due, identity = after or (None, None)
    asked = {"region": region, "open": is_open, "after_due": due, "after_id": identity, "limit": limit}
    return session.execute(_AGENDA, asked).all()


def registration(session: Session, registration: UUID, region: str) -> Row[Any] | None:
    return session.execute(_ONE, {"id": registration, "region": region}).one_or_none()


def registration_of(session: Session, registration: UUID, case: UUID) -> Row[Any]:
    return session.execute(_OF_CASE, {"id": registration, "case": case}).one()
