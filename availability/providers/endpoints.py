"""Providers over HTTP: found and added by who contracts them; how they are reached, they keep themselves."""

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Row

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.codes import AgbCode
from availability.cursors import Cursor, Limit, cursor_of, read_cursor, written
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.messages import Page, RawBody, takes, takes_part_of
from availability.preconditions import SeenVersion
from availability.providers import queries
from availability.providers.messages import KnownProvider, ProviderContent, Reached, changed, version_in
from availability.refusals import Conflict, NotFound
from availability.supply.catalogue import words_of

router = APIRouter(tags=["contracten"])

Reader = Annotated[Identity, Depends(may(Action.SEE_PROVIDER))]
Manager = Annotated[Identity, Depends(may(Action.ADD_PROVIDER))]
Keeper = Annotated[Identity, Depends(may(Action.KEEP_PROVIDER))]


class ProviderExists(Conflict):
    code = "provider-exists"
    title = "Deze aanbieder is er al"
    advice = "Zoek de aanbieder op met deze AGB-code en gebruik die."


def _relation(caller: Identity, agb_code: str) -> Relation:
    return Relation.OWN if caller.organisation == agb_code else Relation.ANY


@router.get("/providers", summary="Aanbieders zoeken op naam of AGB-code", responses=refuses(403))
def list_providers(
    *,
    caller: Reader,
    session: InTransaction,
    q: Annotated[str | None, Query(max_length=100, description="Woorden uit de naam, of de AGB-code.")] = None,
    limit: Limit = 20,
    cursor: Cursor = None,
) -> Page[KnownProvider]:
    require(caller, Action.SEE_PROVIDER, Relation.ANY)
    rows = queries.providers(session, words_of(q or ""), read_cursor(cursor, written, written), limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    shown = [KnownProvider.of(row) for row in rows[:limit]]
    return Page(items=shown, next=cursor_of(last.name, last.agb_code) if last else None)


@router.get("/providers/{agb_code}", summary="Eén aanbieder, en hoe die te bereiken is", responses=refuses(403))
def get_provider(*, agb_code: AgbCode, caller: Reader, session: InTransaction, response: Response) -> KnownProvider:
    require(caller, Action.SEE_PROVIDER, _relation(caller, agb_code))
    return _shown(_known(queries.provider(session, agb_code)), response)


@router.post(
    "/providers",
    summary="Een aanbieder toevoegen die hier nog niet bekend is",
    status_code=201,
    openapi_extra=takes(ProviderContent),
    responses=refuses(403, 409),
)
def add_provider(*, caller: Manager, raw: RawBody, session: InTransaction, response: Response) -> KnownProvider:
    content = ProviderContent.read(raw)
    row = queries.add(session, content)
    if row is None:
        raise ProviderExists("Er is al een aanbieder met deze AGB-code.")
    record(session, caller, "add-provider", "provider", content.agb_code)
    response.headers["Location"] = f"{PREFIX}/providers/{content.agb_code}"
    return _shown(row, response)


@router.patch(
    "/providers/{agb_code}",
    summary="Hoe een aanbieder te bereiken is",
    openapi_extra=takes_part_of(Reached),
    responses=refuses(403, 412, 428),
)
def change_provider(
    *,
    agb_code: AgbCode,
    caller: Keeper,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    response: Response,
) -> KnownProvider:
    require(caller, Action.KEEP_PROVIDER, _relation(caller, agb_code))
    row = _known(queries.provider(session, agb_code, to_change=True))
    seen.require(version_in(row))
    now = queries.reach(session, agb_code, changed(row, raw))
    record(session, caller, "change-provider", "provider", agb_code)
    return _shown(now, response)


def _known(row: Row[Any] | None) -> Row[Any]:
    if row is None:
        raise NotFound("Deze aanbieder kennen wij niet.")
    return row


def _shown(row: Row[Any], response: Response) -> KnownProvider:
    known = KnownProvider.of(row)
    response.headers["ETag"] = known.etag
    return known
