"""What happened in a case and what must be done, over HTTP: told by its parties, each its own part."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Request, Response

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may
from availability.cases import event_queries, history
from availability.cases.event_forms import BODIES, TOLD_BY_PROVIDER, read_event, takes_event
from availability.cases.event_messages import CaseEvent, CaseState, Task
from availability.cases.parties import EVERYTHING, Standing, is_for, sees_whole, standing_of
from availability.cases.recording import Telling, record_event
from availability.clock import Today
from availability.cursors import Cursor, Limit, cursor_of, identifier, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.idempotency import Once
from availability.messages import Page, RawBody
from availability.refusals import NotFound
from matcher.case_events import EventKind
from matcher.enrolment import State

router = APIRouter(tags=["casussen"])

Reader = Annotated[Identity, Depends(may(Action.SEE_CASE))]
Provider = Annotated[Identity, Depends(may(Action.TELL_OF_REFERRAL))]
Teller = Annotated[Identity, Depends(may(Action.RECORD_EVENT))]


@router.get(
    "/care-requests/{case_id}/events",
    summary="Wat er in een casus gebeurde, in volgorde van vastleggen",
    responses=refuses(403),
)
def list_events(
    *,
    case_id: UUID,
    caller: Reader,
    session: InTransaction,
    today: Today,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[CaseEvent]:
    standing = standing_of(session, caller, case_id, Action.SEE_CASE, today)
    (after,) = read_cursor(cursor, identifier) or (0,)
    rows = event_queries.events_of(session, case_id, standing.sees, after=after, limit=limit + 1)
    record(session, caller, "see-events", "care-request", str(case_id))
    more = cursor_of(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[CaseEvent.of(row, standing.reads) for row in rows[:limit]], next=more)


@router.post(
    "/care-requests/{case_id}/events",
    summary="Vastleggen wat er gebeurde",
    status_code=201,
    openapi_extra=takes_event("NewEvent"),
    responses=refuses(403, 409),
)
def tell_event(
    *,
    request: Request,
    case_id: UUID,
    caller: Teller,
    raw: RawBody,
    retry: Once,
    session: InTransaction,
    today: Today,
    response: Response,
) -> CaseEvent:
    standing = standing_of(session, caller, case_id, Action.RECORD_EVENT, today)
    state = request.app.state
    owner = standing.relation is Relation.OWN
    telling = Telling(session, caller, case_id, state.atlas, state.lexicon, today, owner)
    event = record_event(telling, read_event(raw), standing.tells, retry)
    record(session, caller, "record-event", "care-request", str(case_id))
    response.headers["Location"] = f"{PREFIX}/care-requests/{case_id}/events"
    return CaseEvent.of(event_queries.find_event(session, event), EVERYTHING)


@router.post(
    "/referrals/{referral_id}/events",
    summary="Vastleggen dat de hulp begon of eindigde, of dat u om toewijzing vroeg",
    status_code=201,
    openapi_extra=takes_event("NewEventOfReferral", TOLD_BY_PROVIDER),
    responses=refuses(403, 409),
)
def tell_of_referral(
    *,
    request: Request,
    referral_id: UUID,
    caller: Provider,
    raw: RawBody,
    retry: Once,
    session: InTransaction,
    today: Today,
) -> CaseEvent:
    case_id = event_queries.case_helped_by(session, referral_id, caller.organisation)
    if case_id is None:
        raise NotFound("Deze aanmelding bestaat niet, of is niet bij u geplaatst.")
    telling = Telling(session, caller, case_id, request.app.state.atlas, request.app.state.lexicon, today)
    event = record_event(telling, read_event(raw, TOLD_BY_PROVIDER), TOLD_BY_PROVIDER, retry, referral=referral_id)
    record(session, caller, "record-event", "referral", str(referral_id))
    return CaseEvent.of(event_queries.find_event(session, event), EVERYTHING)


@router.get("/care-requests/{case_id}/tasks", summary="Wie wat wanneer moet doen in een casus", responses=refuses(403))
def list_tasks(*, case_id: UUID, caller: Reader, session: InTransaction, today: Today) -> Page[Task]:
    standing = standing_of(session, caller, case_id, Action.SEE_CASE, today)
    record(session, caller, "see-tasks", "care-request", str(case_id))
    return Page(items=_tasks(history.state(session, case_id, today), standing, caller, today))


@router.get("/care-requests/{case_id}/state", summary="Hoe een casus ervoor staat", responses=refuses(403))
def get_state(*, case_id: UUID, caller: Reader, session: InTransaction, today: Today) -> CaseState:
    standing = standing_of(session, caller, case_id, Action.SEE_CASE, today)
    state = history.state(session, case_id, today)
    record(session, caller, "see-state", "care-request", str(case_id))
    may_tell = state.possible & standing.tells & BODIES.keys()
    if standing.relation is Relation.PARTY and not event_queries.has_recorded(session, case_id, caller):
        may_tell -= {EventKind.CORRECTED}
    return CaseState.of(state, _tasks(state, standing, caller, today), may_tell)


def _tasks(state: State, standing: Standing, caller: Identity, today: date) -> list[Task]:
    """The soonest term first; a party that sees only its part sees only its own."""
    return [
        Task.of(task, today, mine=is_for(caller, task))
        for task in state.tasks
        if sees_whole(standing) or is_for(caller, task)
    ]
