"""The contact register over HTTP: kept by the regional contact person; for families, without a token, whom to call."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import MunicipalityCode, RegionCode
from availability.contacts import queries
from availability.contacts.families import route_for_families
from availability.contacts.kinds import EXPECTED_PER_MUNICIPALITY, EXPECTED_PER_REGION, ContactKind
from availability.contacts.messages import Contact, ContactContent, Register, RegisterContent, RouteForFamilies
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.geography.atlas import Atlas, TheAtlas
from availability.messages import CodeAndName, Page, RawBody, takes
from availability.preconditions import Expects, Precondition, SeenVersion, etag_of
from availability.refusals import Fault, Invalid, NotFound

router = APIRouter(tags=["contact"])

Reader = Annotated[Identity, Depends(may(Action.SEE_CONTACTS))]
Keeper = Annotated[Identity, Depends(may(Action.KEEP_CONTACTS))]

NO_VERSION = 0
"""Of a register that nobody owns yet; no ETag says it."""


@router.get(
    "/regions/{code}/contact-register",
    summary="Wie het contactregister bijhoudt, en hoe fris het is",
    responses=refuses(403),
)
def get_register(
    *, code: RegionCode, caller: Reader, session: InTransaction, atlas: TheAtlas, today: Today, response: Response
) -> Register:
    return _register(session, code, atlas, today, response)


@router.put(
    "/regions/{code}/contact-register",
    summary="Vastleggen wie het contactregister bijhoudt",
    openapi_extra=takes(RegisterContent),
    responses=refuses(403, 412, 428),
)
def keep_register(
    *,
    code: RegionCode,
    caller: Keeper,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    response: Response,
) -> Register:
    _must_keep(caller, code, atlas)
    stored = queries.find_register(session, code)
    _must_have_seen(seen, stored)
    queries.keep_register(session, code, RegisterContent.read(raw).model_dump())
    record(session, caller, "keep-register", "region", code)
    return _register(session, code, atlas, today, response)


@router.get("/regions/{code}/contacts", summary="De contactpersonen in een jeugdregio", responses=refuses(403))
def list_contacts(
    *,
    code: RegionCode,
    caller: Reader,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    municipality: Annotated[MunicipalityCode | None, Query(description="Ook die voor de hele regio.")] = None,
    kind: Annotated[ContactKind | None, Query()] = None,
) -> Page[Contact]:
    _must_exist(code, atlas)
    rows = queries.contacts_of(session, code, municipality, kind)
    return Page(items=[Contact.of(row, today) for row in rows])


@router.post(
    "/regions/{code}/contacts",
    summary="Een contactpersoon toevoegen",
    status_code=201,
    openapi_extra=takes(ContactContent),
    responses=refuses(403, 409),
)
def add_contact(
    *,
    code: RegionCode,
    caller: Keeper,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    response: Response,
) -> Contact:
    _must_keep(caller, code, atlas)
    contact = queries.add_contact(session, caller, code, _values(raw, code, atlas, today), today)
    record(session, caller, "add-contact", "contact", str(contact))
    response.headers["Location"] = f"{PREFIX}/regions/{code}/contacts"
    return _told(session, code, contact, today, response)


@router.put(
    "/regions/{code}/contacts/{contact_id}",
    summary="Een contactpersoon wijzigen",
    openapi_extra=takes(ContactContent),
    responses=refuses(403, 409, 412, 428),
)
def change_contact(
    *,
    code: RegionCode,
    contact_id: UUID,
    caller: Keeper,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    response: Response,
) -> Contact:
    _must_keep(caller, code, atlas)
    seen.require(_stored(session, code, contact_id).version)
    queries.change_contact(session, caller, contact_id, _values(raw, code, atlas, today), today)
    record(session, caller, "change-contact", "contact", str(contact_id))
    return _told(session, code, contact_id, today, response)


@router.post(
    "/regions/{code}/contacts/{contact_id}/confirmation",
    summary="Dit klopt nog",
    responses=refuses(403, 412, 428),
)
def confirm_contact(
    *,
    code: RegionCode,
    contact_id: UUID,
    caller: Keeper,
    seen: SeenVersion,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    response: Response,
) -> Contact:
    _must_keep(caller, code, atlas)
    seen.require(_stored(session, code, contact_id).version)
    queries.change_contact(session, caller, contact_id, {}, today)
    record(session, caller, "confirm-contact", "contact", str(contact_id))
    return _told(session, code, contact_id, today, response)


@router.delete(
    "/regions/{code}/contacts/{contact_id}",
    summary="Een contactpersoon weghalen",
    status_code=204,
    responses=refuses(403, 412, 428),
)
def end_contact(
    *,
    code: RegionCode,
    contact_id: UUID,
    caller: Keeper,
    seen: SeenVersion,
    session: InTransaction,
    atlas: TheAtlas,
) -> None:
    _must_keep(caller, code, atlas)
    seen.require(_stored(session, code, contact_id).version)
    queries.end_contact(session, contact_id)
    record(session, caller, "end-contact", "contact", str(contact_id))


@router.get("/municipalities/{code}/route-for-families", summary="Wie u belt in een gemeente")
def get_route_for_families(
    code: MunicipalityCode, session: InTransaction, atlas: TheAtlas, today: Today
) -> RouteForFamilies:
    municipality = atlas.municipality(code)
    if municipality is None:
        raise NotFound("Deze gemeente kennen wij niet.")
    return route_for_families(session, municipality, atlas, today)


def _must_exist(region: str, atlas: Atlas) -> None:
    if region not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")


def _must_keep(caller: Identity, region: str, atlas: Atlas) -> None:
    require(caller, Action.KEEP_CONTACTS, Relation.OWN if caller.organisation == region else Relation.ANY)
    _must_exist(region, atlas)


def _values(raw: bytes, region: str, atlas: Atlas, today: date) -> dict[str, Any]:
    content = ContactContent.read(raw)
    if content.municipality is not None and atlas.region_of(content.municipality, today) != region:
        raise Invalid("De invoer klopt niet.", (Fault("/municipality", "Kies een gemeente in deze regio."),))
    values = content.model_dump(mode="json")
    return {"municipality_code": values.pop("municipality"), **values}


def _must_have_seen(seen: Precondition, stored: Row[Any] | None) -> None:
    """The version that is there, or that there is none yet."""
    if stored is not None or seen.expects is not Expects.NONE:
        seen.require(stored.version if stored is not None else NO_VERSION)


def _stored(session: Session, region: str, contact: UUID) -> Row[Any]:
    row = queries.find_contact(session, region, contact)
    if row is None:
        raise NotFound("Deze contactpersoon staat niet in het register.")
    return row


def _told(session: Session, region: str, contact: UUID, today: date, response: Response) -> Contact:
    row = _stored(session, region, contact)
    response.headers["ETag"] = etag_of(row.version)
    return Contact.of(row, today)


def _register(session: Session, region: str, atlas: Atlas, today: date, response: Response) -> Register:
    _must_exist(region, atlas)
    stored = queries.find_register(session, region)
    if stored is not None:
        response.headers["ETag"] = etag_of(stored.version)
    contacts = [Contact.of(row, today) for row in queries.contacts_of(session, region)]
    missing = queries.missing_in(session, region, (EXPECTED_PER_MUNICIPALITY, EXPECTED_PER_REGION), today)
    return Register.of(stored, contacts, missing, CodeAndName(code=region, name=atlas.regions[region]))
