"""Referrals over HTTP: put to an offer by the worker, answered by the provider, shown to both, with the refusals."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query, Request, Response
from fastapi.responses import HTMLResponse
from sqlalchemy import Row

from availability.access.identity import Role
from availability.access.permissions import Action
from availability.cursors import Cursor, Limit, cursor_of, number, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.idempotency import Once
from availability.messages import Page, RawBody, takes
from availability.referrals import (
    answering,
    document_queries,
    documents,
    network_endpoints,
    official_endpoints,
    option_endpoints,
    queries,
    refusing,
    ret_endpoints,
    sending,
    views,
    withdrawing,
)
from availability.referrals.asking import Around, acting, own_case_of
from availability.referrals.documents import RefusalTold, Verification
from availability.referrals.form import Form
from availability.referrals.memory import RememberedRefusal
from availability.referrals.messages import (
    EnrolmentFormTold,
    ReferralAnswer,
    ReferralTold,
    Reply,
    Sending,
    Sharpening,
    StartJudgement,
    Withdrawal,
)
from availability.referrals.noting import NO_SUCH_REFERRAL
from availability.refusals import NotFound, NothingThere

router = APIRouter(tags=["aanmeldingen"])

Sender = Annotated[Around, Depends(acting(Action.SEND_REFERRAL))]
Reader = Annotated[Around, Depends(acting(Action.SEE_REFERRAL))]
Answerer = Annotated[Around, Depends(acting(Action.ANSWER_REFERRAL))]
Waiting = Annotated[
    bool | None, Query(description="true: alleen waar iemand nu iets mee moet; false: alleen wat voorbij is.")
]


@router.post(
    "/care-requests/{case_id}/referrals",
    summary="Een casus aanmelden bij een aanbod",
    status_code=201,
    openapi_extra=takes(Sending),
    responses=refuses(403, 409),
)
def send_referral(
    *,
    case_id: UUID,
    around: Sender,
    raw: RawBody,
    retry: Once,
    response: Response,
) -> ReferralTold:
    own_case_of(around, case_id)
    referral = sending.send(around, case_id, Sending.read(raw), retry)
    around.audit("send-referral", "referral", referral)
    response.headers["Location"] = f"{PREFIX}/referrals/{referral}"
    return _told(around, referral)


@router.get(
    "/care-requests/{case_id}/referrals",
    summary="Wat er voor een casus is aangemeld, oudste eerst",
    responses=refuses(403),
)
def list_referrals_of_case(case_id: UUID, around: Sender) -> Page[ReferralTold]:
    own_case_of(around, case_id)
    rows = queries.referrals_of(around.session, case_id, around.today)
    around.audit("see-referral", "referral", *(row.id for row in rows))
    return Page(items=views.shown(around, rows))


@router.get(
    "/care-requests/{case_id}/refusals",
    summary="Wie deze casus afwees, en of dat nog geldt of er iets veranderd is",
    responses=refuses(403),
)
def list_refusals(case_id: UUID, around: Sender) -> Page[RememberedRefusal]:
    own_case_of(around, case_id)
    rows = document_queries.refusals_of(around.session, case_id)
    around.audit("see-refusal", "refusal", *(row.number for row in rows))
    return Page(items=[RememberedRefusal.of(row) for row in rows])


@router.get(
    "/care-requests/{case_id}/enrolment-form",
    summary="Het aanmeldformulier zoals het het laatst is ingevuld",
    responses=refuses(403),
)
def get_enrolment_form(case_id: UUID, around: Sender) -> EnrolmentFormTold:
    own_case_of(around, case_id)
    row = queries.last_form(around.session, case_id)
    if row is None:
        raise NothingThere("Voor deze casus is nog geen aanmeldformulier ingevuld.")
    around.audit("see-enrolment-form", "enrolment-form", row.id)
    return EnrolmentFormTold(id=row.id, filled_in_at=row.filled_in_at, form=Form.stored(row.content))


@router.get(
    "/referrals",
    summary="Uw aanmeldingen: wat op iemand wacht eerst, op de dag dat het antwoord er moet zijn",
    responses=refuses(403),
)
def list_referrals(
    *,
    around: Reader,
    waiting: Waiting = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ReferralTold]:
    after = read_cursor(cursor, number, number, UUID)
    rows = queries.referrals_for(
        around.session, around.caller, around.today, waiting=waiting, after=after, limit=limit + 1
    )
    page, last = rows[:limit], rows[limit - 1] if len(rows) > limit else None
    around.audit("see-referral", "referral", *(row.id for row in page))
    more = cursor_of(last.rank, last.day, str(last.id)) if last else None
    return Page(items=views.shown(around, page), next=more)


@router.get("/referrals/{referral_id}", summary="Eén aanmelding", responses=refuses(403))
def get_referral(referral_id: UUID, around: Reader) -> ReferralTold:
    around.audit("see-referral", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/answer",
    summary="Een aanmelding aannemen, afwijzen, of er iets over vragen",
    openapi_extra=takes(ReferralAnswer),
    responses=refuses(403, 409),
)
def answer_referral(
    *,
    referral_id: UUID,
    around: Answerer,
    raw: RawBody,
    retry: Once,
) -> ReferralTold:
    _seen(around, referral_id)
    answering.answer(around, referral_id, ReferralAnswer.read(raw), retry)
    around.audit("answer-referral", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/reply",
    summary="De vraag van de aanbieder beantwoorden",
    openapi_extra=takes(Reply),
    responses=refuses(403, 409),
)
def reply_to_question(
    *,
    referral_id: UUID,
    around: Sender,
    raw: RawBody,
    retry: Once,
) -> ReferralTold:
    _seen(around, referral_id)
    answering.reply(around, referral_id, Reply.read(raw), retry)
    around.audit("reply-to-question", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/start-judgement",
    summary="Zeggen of een start na de gewenste dag toch op tijd is",
    openapi_extra=takes(StartJudgement),
    responses=refuses(403, 409),
)
def judge_start(
    *,
    referral_id: UUID,
    around: Sender,
    raw: RawBody,
) -> ReferralTold:
    _seen(around, referral_id)
    withdrawing.judge_start(around, referral_id, StartJudgement.read(raw))
    around.audit("judge-start", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/no-answer",
    summary="Vastleggen dat de aanbieder niet op tijd antwoordde",
    responses=refuses(403, 409),
)
def note_no_answer(*, referral_id: UUID, around: Sender) -> ReferralTold:
    withdrawing.note_no_answer(around, referral_id)
    around.audit("note-no-answer", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/withdrawal",
    summary="Een aanmelding intrekken (medewerker), of een aanname intrekken (aanbieder)",
    openapi_extra=takes(Withdrawal),
    responses=refuses(403, 409),
)
def withdraw(
    *,
    referral_id: UUID,
    around: Reader,
    raw: RawBody,
) -> ReferralTold:
    _seen(around, referral_id)
    act = withdrawing.withdraw_acceptance if around.caller.role is Role.PROVIDER else withdrawing.withdraw_referral
    act(around, referral_id, Withdrawal.read(raw))
    around.audit("withdraw-referral", "referral", referral_id)
    return _told(around, referral_id)


@router.post(
    "/referrals/{referral_id}/sharpening",
    summary="Na een afwijzing: welke kenmerken uw aanbod voortaan uitsluit",
    openapi_extra=takes(Sharpening),
    responses=refuses(403, 409),
)
def sharpen_profile(
    *,
    referral_id: UUID,
    around: Answerer,
    raw: RawBody,
) -> ReferralTold:
    _seen(around, referral_id)
    refusing.sharpen(around, referral_id, Sharpening.read(raw))
    around.audit("sharpen-profile", "referral", referral_id)
    return _told(around, referral_id)


@router.get(
    "/referrals/{referral_id}/refusal",
    summary="De afwijzing als document: JSON, of een pagina om af te drukken (Accept: text/html)",
    response_model=RefusalTold,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}, **refuses(403)},
)
def get_refusal(
    request: Request, referral_id: UUID, around: Annotated[Around, Depends(acting(Action.SEE_REFUSAL))]
) -> RefusalTold | HTMLResponse:
    row = document_queries.document_of(around.session, referral_id)
    if row is None or not refusing.may_be_read(around, row):
        raise NotFound("Bij deze aanmelding is geen afwijzing, of zij is niet voor u.")
    around.audit("see-refusal", "refusal", row.number)
    refusal = RefusalTold.of(row, around.lexicon)
    wants_a_page = request.headers.get("accept", "").lower().startswith("text/html")
    return HTMLResponse(documents.page(refusal)) if wants_a_page else refusal


@router.get("/refusals/{number}/verification", summary="Of een afwijzing echt is")
def verify_refusal(
    session: InTransaction,
    number: Annotated[str, Path(max_length=40)],
    code: Annotated[str, Query(max_length=40, description="De code op het document.")],
) -> Verification:
    return documents.verification(document_queries.document_numbered(session, number), code)


def _seen(around: Around, referral: UUID) -> Row[Any]:
    """Raises NotFound before a body is judged: what another's referral would accept is not the caller's to learn."""
    row = queries.find_referral(around.session, referral, around.caller.organisation, around.today)
    if row is None:
        raise NotFound(NO_SUCH_REFERRAL)
    return row


def _told(around: Around, referral: UUID) -> ReferralTold:
    return views.shown(around, [_seen(around, referral)])[0]


for part in (option_endpoints, network_endpoints, official_endpoints, ret_endpoints):
    router.routes.extend(part.router.routes)
