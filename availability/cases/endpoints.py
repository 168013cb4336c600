"""Cases over HTTP: opened, read and changed by the organisation whose they are; its parties see their part."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Row

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may
from availability.cases import (
    arrangement_endpoints,
    day_endpoints,
    desk_endpoints,
    draft_endpoints,
    event_endpoints,
    history,
    queries,
)
from availability.cases.arrangements import arrangement_of
from availability.cases.changes import record_changes
from availability.cases.messages import CareRequest, CareRequestContent, CaseStatus, SharedCase, changed
from availability.cases.parties import standing_of
from availability.clock import Today
from availability.cursors import Cursor, Limit, cursor_of, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.idempotency import Once, wait_for_twin
from availability.messages import Page, RawBody, takes, takes_part_of
from availability.preconditions import SeenVersion, etag_of
from availability.refusals import Fault, Invalid, NotFound

router = APIRouter(tags=["casussen"])

Opener = Annotated[Identity, Depends(may(Action.OPEN_CASE))]
Reader = Annotated[Identity, Depends(may(Action.SEE_CASE))]
Changer = Annotated[Identity, Depends(may(Action.CHANGE_CASE))]


def own_case(row: Row[Any] | None) -> Row[Any]:
    """Raises NotFound when there is none, or it is another's: that is nobody else's to know."""
    if row is None:
        raise NotFound("Deze casus bestaat niet, of is niet van uw organisatie.")
    return row


@router.post(
    "/care-requests",
    summary="Een casus openen",
    status_code=201,
    openapi_extra=takes(CareRequestContent),
    responses=refuses(403, 409),
)
def open_case(
    *,
    request: Request,
    caller: Opener,
    raw: RawBody,
    retry: Once,
    session: InTransaction,
    today: Today,
    response: Response,
) -> CareRequest:
    wait_for_twin(session, caller, retry)
    row = queries.opened_with(session, caller, retry.key)
    if row is None:
        content = _new_case(CareRequestContent.read(raw))
        content.question(request.app.state.atlas, request.app.state.lexicon, today)
        row = queries.open_case(session, caller, content)
        here = arrangement_of(session, request.app.state.atlas, content.municipality, today)
        history.begin(session, caller, row, here, retry=retry, today=today)
        record(session, caller, "open-case", "care-request", str(row.id))
    else:
        retry.same_as(row.idempotency_digest)
    response.headers["Location"] = f"{PREFIX}/care-requests/{row.id}"
    response.headers["ETag"] = etag_of(row.version)
    return CareRequest.of(row)


def _new_case(content: CareRequestContent) -> CareRequestContent:
    if content.status is not CaseStatus.OPEN:
        raise Invalid("De invoer klopt niet.", (Fault("/status", "Een nieuwe casus is open."),))
    return content


@router.get("/care-requests", summary="De casussen van uw organisatie, nieuwste eerst", responses=refuses(403))
def list_cases(
    *,
    caller: Opener,
    session: InTransaction,
    status: Annotated[CaseStatus | None, Query()] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[CareRequest]:
    after = read_cursor(cursor, datetime.fromisoformat, UUID)
    rows = queries.cases_of(session, caller.organisation, status, after=after, limit=limit + 1)
    shown, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    record(session, caller, "see-case", "care-request", *(str(row.id) for row in shown))  # a list shows the whole case
    more = cursor_of(last.opened_at.isoformat(), str(last.id)) if last else None
    return Page(items=[CareRequest.of(row) for row in shown], next=more)


@router.get("/care-requests/{case_id}", summary="Eén casus, of uw deel van die van een ander", responses=refuses(403))
def get_case(
    *, case_id: UUID, caller: Reader, session: InTransaction, today: Today, response: Response
) -> CareRequest | SharedCase:
    standing = standing_of(session, caller, case_id, Action.SEE_CASE, today)
    record(session, caller, "see-case", "care-request", str(case_id))
    if standing.relation is not Relation.OWN:
        return SharedCase.of(standing.case, standing.fields)
    response.headers["ETag"] = etag_of(standing.case.version)
    return CareRequest.of(standing.case)


@router.patch(
    "/care-requests/{case_id}",
    summary="Een casus wijzigen of sluiten",
    openapi_extra=takes_part_of(CareRequestContent),
    responses=refuses(403, 409, 412, 428),
)
def change_case(
    *,
    request: Request,
    case_id: UUID,
    caller: Changer,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    today: Today,
    response: Response,
) -> CareRequest:
    stored = own_case(queries.find_case(session, case_id, caller.organisation, to_change=True))
    seen.require(stored.version)
    content = changed(stored, raw)
    if not content.asks_the_same_as(stored):
        content.question(request.app.state.atlas, request.app.state.lexicon, today)
    record_changes(session, caller, stored, content, atlas=request.app.state.atlas, today=today)
    row = queries.change_case(session, case_id, content)
    record(session, caller, "change-case", "care-request", str(row.id))
    response.headers["ETag"] = etag_of(row.version)
    return CareRequest.of(row)


for part in (event_endpoints, day_endpoints, desk_endpoints, arrangement_endpoints, draft_endpoints):
    router.routes.extend(part.router.routes)
