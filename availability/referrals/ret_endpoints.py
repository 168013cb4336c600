"""The RET's table over HTTP: a case registered by its worker, the agenda for the chair of the region."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response

from availability.access.permissions import Action, Relation, require
from availability.codes import RegionCode
from availability.cursors import Cursor, Limit, cursor_of, read_cursor
from availability.description import refuses
from availability.edge import PREFIX
from availability.idempotency import Once
from availability.messages import Page, RawBody, takes
from availability.referrals import ret, ret_queries
from availability.referrals.asking import Around, acting, own_case_of
from availability.referrals.ret import AgendaItem, Registering, Registration
from availability.refusals import NotFound

router = APIRouter(tags=["aanmeldingen"])

Registrar = Annotated[Around, Depends(acting(Action.REGISTER_WITH_RET))]
Chair = Annotated[Around, Depends(acting(Action.SEE_RET_AGENDA))]


@router.post(
    "/care-requests/{case_id}/ret-registrations",
    summary="Een casus aanmelden bij het regionaal expertteam (stap 5B)",
    status_code=201,
    openapi_extra=takes(Registering),
    responses=refuses(403, 409),
)
def register_with_ret(
    *,
    case_id: UUID,
    around: Registrar,
    raw: RawBody,
    retry: Once,
    response: Response,
) -> Registration:
    own_case_of(around, case_id)
    made = ret.register(around, case_id, Registering.read(raw or b"{}"), retry)
    around.audit("register-with-ret", "ret-registration", made)
    row = ret_queries.registration_of(around.session, made, case_id)
    response.headers["Location"] = f"{PREFIX}/regions/{row.region_code}/ret-agenda/{made}"
    return ret.whole(around, row, ret.tried_for(around, case_id))


@router.get(
    "/regions/{code}/ret-agenda",
    summary="De casussen bij het regionaal expertteam, op de dag dat zij besproken moeten zijn",
    responses=refuses(403),
)
def get_ret_agenda(
    *,
    code: RegionCode,
    around: Chair,
    is_open: Annotated[bool | None, Query(alias="open", description="false: alleen wat is afgerond.")] = True,
    limit: Limit = 100,
    cursor: Cursor = None,
) -> Page[AgendaItem]:
    require(around.caller, Action.SEE_RET_AGENDA, Relation.OWN if around.caller.organisation == code else Relation.ANY)
    after = read_cursor(cursor, date.fromisoformat, UUID)
    rows = ret_queries.agenda(around.session, code, is_open=is_open, after=after, limit=limit + 1)
    page, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    around.audit("see-ret-agenda", "ret-registration", *(row.id for row in page))
    items = [ret.item(around, row, ret.tried_for(around, row.care_request_id)) for row in page]
    return Page(items=items, next=cursor_of(last.due_on.isoformat(), str(last.id)) if last else None)


@router.get(
    "/regions/{code}/ret-agenda/{registration_id}",
    summary="Eén casus bij het regionaal expertteam: het formulier, alles wat geprobeerd is en wat er te vinden was",
    responses=refuses(403),
)
def get_ret_registration(
    *,
    code: RegionCode,
    registration_id: UUID,
    around: Chair,
) -> Registration:
    require(around.caller, Action.SEE_RET_AGENDA, Relation.OWN if around.caller.organisation == code else Relation.ANY)
    row = ret_queries.registration(around.session, registration_id, code)
    if row is None:
        raise NotFound("Deze casus ligt niet bij het expertteam van uw regio.")
    around.audit("see-ret-registration", "ret-registration", registration_id)
    return ret.whole(around, row, ret.tried_for(around, row.care_request_id))
