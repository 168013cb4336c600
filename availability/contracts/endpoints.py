"""Contracts over HTTP: seen by whom they serve, kept by the contract manager of their areas."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Response
from sqlalchemy import Row

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.clock import Today
from availability.codes import AgbCode, Slug
from availability.contracts import queries
from availability.contracts.messages import Contract, ContractChange, ContractContent, Standing, changed, content_of
from availability.contracts.queries import Change, Wanted
from availability.contracts.reach import areas_in_sight, require_own, sees_everything, sees_only_its_own
from availability.contracts.refusals import ContractExists
from availability.cursors import Cursor, Limit, cursor_of, identifier, read_cursor, written
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.geography.atlas import Atlas, TheAtlas
from availability.messages import Page, RawBody, takes, takes_part_of
from availability.preconditions import SeenVersion, etag_of
from availability.refusals import Fault, Invalid, NotFound
from availability.vocabulary.lexicon import Lexicon, TheLexicon

router = APIRouter(tags=["contracten"])

ContractId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Reader = Annotated[Identity, Depends(may(Action.SEE_CONTRACT))]
Manager = Annotated[Identity, Depends(may(Action.KEEP_CONTRACT))]

FORM = "form"
"""How a contract changed: one at a time, not by a list."""


def in_sight(caller: Identity, atlas: Atlas, today: Today) -> Wanted:
    """The contracts that the caller may see."""
    if sees_everything(caller):
        return Wanted()
    if sees_only_its_own(caller):
        return Wanted(provider=caller.organisation)
    return Wanted(areas=sorted(areas_in_sight(caller.organisation, atlas, today)))


@router.get("/contracts", summary="De contracten die voor u gelden", responses=refuses(403))
def list_contracts(
    *,
    caller: Reader,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    provider: Annotated[AgbCode | None, Query(description="AGB-code van de aanbieder.")] = None,
    care_type: Annotated[Slug | None, Query(alias="careType", description="Code van een zorgvorm.")] = None,
    standing: Annotated[Standing | None, Query(description="Hoe het contract er vandaag voor staat.")] = None,
    q: Annotated[str | None, Query(max_length=100, description="Deel van de naam of het nummer.")] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[Contract]:
    seen = in_sight(caller, atlas, today)
    if "\0" in (q or ""):
        raise Invalid("De invoer klopt niet.", (Fault("?q", "Deze tekst heeft niet de juiste vorm."),))
    if seen.provider is not None and provider not in {None, seen.provider}:
        return Page(items=[])
    wanted = Wanted(seen.areas, provider or seen.provider, care_type, q, standing)
    after = read_cursor(cursor, written, identifier)
    rows = queries.contracts(session, wanted, today, after=after, limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    shown = [Contract.of(row, lexicon, atlas, today) for row in rows[:limit]]
    return Page(items=shown, next=cursor_of(last.provider_name, last.id) if last else None)


def _seen(row: Row[Any] | None, caller: Identity, atlas: Atlas, today: Today) -> Row[Any]:
    """Raises NotFound when there is none, or when it serves neither the caller nor its areas."""
    sight = in_sight(caller, atlas, today)
    if (
        row is None
        or (sight.provider is not None and row.provider_agb != sight.provider)
        or (sight.areas is not None and not content_of(row).areas & set(sight.areas))
    ):
        raise NotFound("Dit contract bestaat niet, of geldt niet voor u.")
    return row


@router.get("/contracts/{contract_id}", summary="Eén contract", responses=refuses(403))
def get_contract(
    *,
    contract_id: ContractId,
    caller: Reader,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Contract:
    row = _seen(queries.contract(session, contract_id), caller, atlas, today)
    response.headers["ETag"] = etag_of(row.version)
    return Contract.of(row, lexicon, atlas, today)


@router.get("/contracts/{contract_id}/history", summary="Wat er aan een contract veranderde", responses=refuses(403))
def get_history(
    *,
    contract_id: ContractId,
    caller: Reader,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[ContractChange]:
    (before,) = read_cursor(cursor, identifier) or (2**31 - 1,)
    _seen(queries.contract(session, contract_id), caller, atlas, today)
    rows = queries.history(session, contract_id, min(before, 2**31 - 1), limit + 1)
    more = cursor_of(rows[limit - 1].version) if len(rows) > limit else None
    return Page(items=[ContractChange.of(row) for row in rows[:limit]], next=more)


@router.post(
    "/contracts",
    summary="Een contract aangaan",
    status_code=201,
    openapi_extra=takes(ContractContent),
    responses=refuses(403, 409),
)
def add_contract(
    *,
    caller: Manager,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Contract:
    content = ContractContent.read(raw)
    _require_no_faults(content, lexicon, atlas, known=bool(queries.provider_names(session, [content.provider])))
    require_own(caller, content.areas, atlas, today)
    added = queries.add(session, caller, [Change(FORM, content)])
    if not added:
        raise ContractExists("Deze aanbieder heeft al een contract met dit nummer.")
    (id_,) = added.values()
    record(session, caller, "add-contract", "contract", str(id_))
    response.headers["Location"] = f"{PREFIX}/contracts/{id_}"
    return get_contract(
        contract_id=id_, caller=caller, session=session, atlas=atlas, lexicon=lexicon, today=today, response=response
    )


@router.patch(
    "/contracts/{contract_id}",
    summary="Een contract wijzigen, opschorten of beëindigen",
    openapi_extra=takes_part_of(ContractContent),
    responses=refuses(403, 409, 412, 428),
)
def change_contract(
    *,
    contract_id: ContractId,
    caller: Manager,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Contract:
    row = _seen(queries.contract(session, contract_id, to_change=True), caller, atlas, today)
    before = content_of(row)
    require_own(caller, before.areas, atlas, today)
    seen.require(row.version)
    after = changed(before, raw)
    _require_no_faults(after, lexicon, atlas)
    require_own(caller, after.areas, atlas, today)
    if after.agreed != before.agreed:
        queries.change(session, caller, {contract_id: Change(FORM, after, before)})
        record(session, caller, "change-contract", "contract", str(contract_id))
    return get_contract(
        contract_id=contract_id,
        caller=caller,
        session=session,
        atlas=atlas,
        lexicon=lexicon,
        today=today,
        response=response,
    )


def _require_no_faults(content: ContractContent, lexicon: Lexicon, atlas: Atlas, *, known: bool = True) -> None:
    faults = content.faults(lexicon, atlas)
    if not known:
        faults = (Fault("/provider", "Deze aanbieder kennen wij niet.", "unknown"), *faults)
    if faults:
        raise Invalid("De invoer klopt niet.", faults)
