"""Cases over HTTP: opened, read and changed by the organisation whose they are."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response
from sqlalchemy import Row

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.cases import queries
from availability.cases.messages import CareRequest, CareRequestContent, CaseStatus, changed
from availability.clock import Today
from availability.cursors import Cursor, Limit, cursor_of, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.messages import Page, RawBody, takes, takes_part_of
from availability.preconditions import SeenVersion, etag_of
from availability.refusals import NotFound

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
    responses=refuses(403),
)
def open_case(
    *, request: Request, caller: Opener, raw: RawBody, session: InTransaction, today: Today, response: Response
) -> CareRequest:
    content = CareRequestContent.read(raw)
    content.question(request.app.state.atlas, request.app.state.lexicon, today)
    row = queries.open_case(session, caller, content)
    record(session, caller, "open-case", "care-request", str(row.id))
    response.headers["Location"] = f"{PREFIX}/care-requests/{row.id}"
    response.headers["ETag"] = etag_of(row.version)
    return CareRequest.of(row)


@router.get("/care-requests", summary="De casussen van uw organisatie, nieuwste eerst", responses=refuses(403))
def list_cases(
    *,
    caller: Reader,
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


@router.get("/care-requests/{case_id}", summary="Eén casus", responses=refuses(403))
def get_case(case_id: UUID, caller: Reader, session: InTransaction, response: Response) -> CareRequest:
    row = own_case(queries.find_case(session, case_id, caller.organisation))
    record(session, caller, "see-case", "care-request", str(row.id))
    response.headers["ETag"] = etag_of(row.version)
    return CareRequest.of(row)


@router.patch(
    "/care-requests/{case_id}",
    summary="Een casus wijzigen of sluiten",
    openapi_extra=takes_part_of(CareRequestContent),
    responses=refuses(403, 412, 428),
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
    row = queries.change_case(session, case_id, content)
    record(session, caller, "change-case", "care-request", str(row.id))
    response.headers["ETag"] = etag_of(row.version)
    return CareRequest.of(row)
