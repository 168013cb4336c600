"""The social map and the capacity of its offers, over HTTP."""

from datetime import date
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Header, Path, Query, Request, Response

from availability.access.audit import record
from availability.access.denials import MOST_A_MINUTE
from availability.access.identity import Identity, Visitor
from availability.access.permissions import Action, allowed, may
from availability.clock import Today
from availability.codes import AgbCode, MunicipalityCode, Slug
from availability.cursors import Cursor, Limit, cursor_of, identifier, read_cursor
from availability.database import InTransaction
from availability.description import PUBLIC, refuses
from availability.messages import Page, RawBody, body_up_to, takes
from availability.preconditions import SeenVersion, etag_of
from availability.problems import problem_of
from availability.refusals import Fault, Invalid, NotFound
from availability.supply import catalogue, queries
from availability.supply.catalogue import Sought, words_of
from availability.supply.drafts import LARGEST_LIST, Draft, Statements, read_drafts
from availability.supply.entries import CONFIRMATION, Author, Entry
from availability.supply.messages import Capacity, ItemOutcome, Offer, Outcomes, Statement
from availability.supply.queries import Outcome, Stated
from availability.supply.refusals import NOT_STATED, refusal_of

router = APIRouter(tags=["aanbod"])

OfferId = Annotated[int, Path(ge=1, le=2**63 - 1)]
IdempotencyKey = Annotated[
    str | None,
    Header(pattern=r"^[\x21-\x7e]+$", max_length=128, description="Dezelfde sleutel geeft hetzelfde antwoord."),
]
Planner = Annotated[Identity, Depends(may(Action.STATE_CAPACITY))]
Reader = Annotated[Identity, Depends(may(Action.SEE_CAPACITY))]
BEYOND_ALL = 2**63 - 1


async def _source(request: Request) -> str:
    """Whether our own dashboard spoke or a provider's system; what the caller says, no proof."""
    return "dashboard" if request.headers.get("user-agent", "").startswith("zorg-dashboard") else "api"


Source = Annotated[str, Depends(_source)]
HistoryReader = Annotated[Identity, Depends(may(Action.SEE_CAPACITY_HISTORY))]


async def _sought(
    *,
    request: Request,
    today: Today,
    care_type: Annotated[Slug | None, Query(alias="careType", description="Code van een zorgvorm.")] = None,
    municipality: Annotated[
        MunicipalityCode | None, Query(description="Gecontracteerd voor deze gemeente, haar regio of heel Nederland.")
    ] = None,
    provider: Annotated[AgbCode | None, Query(description="AGB-code van de aanbieder.")] = None,
    near: Annotated[
        str | None,
        Query(pattern=r"^-?\d{1,3}(\.\d{1,12})?,-?\d{1,2}(\.\d{1,12})?$", description="lon,lat: dichtstbij eerst."),
    ] = None,
    within_km: Annotated[float | None, Query(alias="withinKm", gt=0, le=400, allow_inf_nan=False)] = None,
    q: Annotated[str | None, Query(max_length=100, description="Woorden; een typefout mag.")] = None,
) -> Sought:
    """The filters of the social map. Raises Invalid with every code that does not exist."""
    state = request.app.state
    lon, lat = (float(part) for part in near.split(",")) if near else (None, None)
    wrong = (
        (care_type and state.lexicon.care_type(care_type) is None, "?careType", "Deze zorgvorm kennen wij niet."),
        (
            municipality and state.atlas.municipality(municipality) is None,
            "?municipality",
            "Deze gemeente kennen wij niet.",
        ),
        (within_km and not near, "?withinKm", "Geef ook near: waar vandaan?"),
        (near and not (abs(lon or 0) <= 180 and abs(lat or 0) <= 90), "?near", "Geef lon,lat in graden."),
    )
    faults = tuple(Fault(pointer, detail) for is_wrong, pointer, detail in wrong if is_wrong)
    if faults:
        raise Invalid("De invoer klopt niet.", faults)
    return Sought(
        care_type=care_type,
        provider=provider,
        areas=list(state.atlas.areas_of(municipality, today)) if municipality else None,
        within_metres=within_km * 1000 if within_km else None,
        lon=lon,
        lat=lat,
        words=words_of(q or ""),
    )


@router.get("/offers", summary="Aanbod zoeken op de sociale kaart", openapi_extra=PUBLIC)
def find_offers(
    *,
    request: Request,
    visitor: Visitor,
    sought: Annotated[Sought, Depends(_sought)],
    session: InTransaction,
    today: Today,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[Offer]:
    after = read_cursor(cursor, float, identifier)
    organisation = visitor.organisation if visitor else None
    rows = catalogue.find_offers(session, sought, today, organisation, after=after, limit=limit + 1)
    sees = visitor is not None and allowed(visitor, Action.SEE_CAPACITY)
    lexicon = request.app.state.lexicon
    shown = [
        Offer.of(row, lexicon, today, with_capacity=sees, as_stated=row.agb_code == organisation)
        for row in rows[:limit]
    ]
    last = rows[limit - 1] if len(rows) > limit else None
    return Page(items=shown, next=cursor_of(last.sort, last.offer_id) if last else None)


@router.get("/offers/{offer_id}", summary="Eén aanbod", openapi_extra=PUBLIC)
def get_offer(
    *, request: Request, offer_id: OfferId, visitor: Visitor, session: InTransaction, today: Today, response: Response
) -> Offer:
    organisation = visitor.organisation if visitor else None
    row = catalogue.find_offer(session, offer_id, today, organisation)
    if row is None:
        raise NotFound("Dit aanbod bestaat niet, of is niet meer te vinden.")
    response.headers["ETag"] = etag_of(row.version)
    sees = visitor is not None and allowed(visitor, Action.SEE_CAPACITY)
    as_stated = row.agb_code == organisation
    return Offer.of(row, request.app.state.lexicon, today, with_capacity=sees, as_stated=as_stated)


@router.get("/offers/{offer_id}/capacity", summary="De plekken en wachttijden van een aanbod")
def get_capacity(
    offer_id: OfferId, caller: Reader, session: InTransaction, today: Today, response: Response
) -> Capacity:
    row = catalogue.find_offer(session, offer_id, today, caller.organisation)
    if row is None or row.statement_id is None:
        raise NotFound("Voor dit aanbod is nog geen opgave.")
    response.headers["ETag"] = etag_of(row.statement_id)
    return Capacity.of(row, today, held=None if row.agb_code == caller.organisation else row.held_places)


@router.put(
    "/offers/{offer_id}/capacity",
    summary="Plekken en wachttijden opgeven",
    openapi_extra=takes(Statement),
    responses=refuses(403, 409, 412, 428),
)
async def put_capacity(
    *,
    request: Request,
    offer_id: OfferId,
    caller: Planner,
    seen: SeenVersion,
    raw: RawBody,
    today: Today,
    response: Response,
    source: Source,
    idempotency_key: IdempotencyKey = None,
) -> Capacity:
    # The hot write: recorded in one transaction with whoever else states capacity now (ADR 0011).
    draft = Draft.read(offer_id, seen, raw, idempotency_key)
    stated = await request.app.state.writer.state(Entry(Author.of(caller, source), draft))
    return _accepted(draft, stated, today, response)


@router.post(
    "/offers/{offer_id}/capacity/confirmation",
    summary="Niets veranderd: dezelfde opgave, vandaag gedaan",
    responses=refuses(403, 409, 412, 428),
)
async def confirm_capacity(
    *,
    request: Request,
    offer_id: OfferId,
    caller: Planner,
    seen: SeenVersion,
    today: Today,
    response: Response,
    idempotency_key: IdempotencyKey = None,
) -> Capacity:
    draft = Draft(offer_id, seen, key=idempotency_key)
    stated = await request.app.state.writer.state(Entry(Author.of(caller, CONFIRMATION), draft))
    return _accepted(draft, stated, today, response)


def _accepted(draft: Draft, stated: Stated, today: date, response: Response) -> Capacity:
    """The capacity as it now holds. Raises the refusal that the outcome calls for."""
    if stated.row is None:
        raise refusal_of(draft, stated)
    response.headers["ETag"] = etag_of(stated.row.statement_id)
    return Capacity.of(stated.row, today)


@router.get("/offers/{offer_id}/capacity/history", summary="Wat er eerder is opgegeven, nieuwste eerst")
def get_history(
    *,
    offer_id: OfferId,
    caller: HistoryReader,
    session: InTransaction,
    today: Today,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[Capacity]:
    (before,) = read_cursor(cursor, identifier) or (BEYOND_ALL,)
    offer = catalogue.find_offer(session, offer_id, today, caller.organisation)
    if offer is None:
        raise NotFound("Dit aanbod bestaat niet, of is niet meer te vinden.")
    held = None if offer.agb_code == caller.organisation else 0  # what was held then is not kept
    rows = catalogue.history(session, offer_id, today, before, limit + 1)
    more = cursor_of(rows[limit - 1].statement_id) if len(rows) > limit else None
    return Page(items=[Capacity.of(row, today, held=held) for row in rows[:limit]], next=more)


async def _list_body(request: Request) -> bytes:
    return await body_up_to(LARGEST_LIST, request)


ListBody = Annotated[bytes, Depends(_list_body)]


@router.post(
    "/capacity-statements",
    summary="Veel opgaven tegelijk; per opgave een uitkomst",
    openapi_extra=takes(Statements),
    response_model=Outcomes,
    responses=refuses(403),
)
def state_many(
    *,
    caller: Planner,
    raw: ListBody,
    session: InTransaction,
    today: Today,
    source: Source,
    idempotency_key: IdempotencyKey = None,
) -> Response:
    batch = read_drafts(raw, idempotency_key)
    stated = iter(queries.state(session, caller, [draft for draft in batch if draft.offer_id], today, source))
    outcomes = [next(stated) if draft.offer_id else NOT_STATED for draft in batch]
    strangers = [
        str(draft.offer_id) for draft, of in zip(batch, outcomes, strict=True) if of.outcome is Outcome.NOT_YOURS
    ]
    record(session, caller, "POST /capacity-statements", "offers", *strangers[:MOST_A_MINUTE], denied=True)
    items = [_outcome(draft, of, today) for draft, of in zip(batch, outcomes, strict=True)]
    return Response(orjson.dumps({"items": items}, option=orjson.OPT_UTC_Z), media_type="application/json")


def _outcome(draft: Draft, stated: Stated, today: date) -> dict[str, Any]:
    """An ItemOutcome as it is sent: making ten thousand messages takes as long as storing them."""
    if stated.row is not None:
        capacity = Capacity.sent(stated.row, today)
        return {"offerId": draft.offer_id, "status": 200, "capacity": capacity, "problem": None}
    problem = problem_of(refusal_of(draft, stated))
    return ItemOutcome(offer_id=draft.offer_id or None, status=problem.status, problem=problem).model_dump(
        by_alias=True
    )
