"""What must always be there, over HTTP: a region names it, and sees whether it is there and since when not."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid4

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import RegionCode
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.geography.atlas import Atlas, TheAtlas
from availability.geography.messages import Day
from availability.guarantees import queries
from availability.guarantees.messages import (
    WORST,
    Guarantee,
    GuaranteeContent,
    GuaranteeStanding,
    GuaranteeStandings,
)
from availability.guarantees.standing import ground_of, standings
from availability.messages import CodeAndName, Page, RawBody, takes
from availability.preconditions import SeenVersion, etag_of
from availability.refusals import Conflict, Fault, Invalid, NotFound
from availability.vocabulary.lexicon import TheLexicon

router = APIRouter(tags=["regio"])

Overseer = Annotated[Identity, Depends(may(Action.SEE_GUARANTEES))]
Keeper = Annotated[Identity, Depends(may(Action.KEEP_GUARANTEES))]

MOST = 60
"""There are as many care types; more promises than that say the same twice."""


@router.get("/regions/{code}/guarantees", summary="Wat er in een regio altijd moet zijn", responses=refuses(403))
def list_guarantees(
    *, code: RegionCode, caller: Overseer, session: InTransaction, atlas: TheAtlas, lexicon: TheLexicon, today: Today
) -> Page[Guarantee]:
    _must_be_own(caller, Action.SEE_GUARANTEES, code, atlas)
    return Page(items=[Guarantee.of(row, lexicon) for row in queries.standing(session, code, today)])


@router.post(
    "/regions/{code}/guarantees",
    summary="Noemen wat er altijd moet zijn",
    status_code=201,
    openapi_extra=takes(GuaranteeContent),
    responses=refuses(403, 409),
)
def add_guarantee(
    *,
    code: RegionCode,
    caller: Keeper,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Guarantee:
    _must_be_own(caller, Action.KEEP_GUARANTEES, code, atlas)
    terms = GuaranteeContent.read(raw).terms(lexicon, today)
    queries.hold(session, code)
    _must_be_new(session, code, terms, today)
    row = queries.append(session, caller, code, (uuid4(), 1), terms)
    record(session, caller, "name-guarantee", "guarantee", str(row.guarantee_id))
    response.headers["Location"] = f"{PREFIX}/regions/{code}/guarantees"
    return _told(row, lexicon, response)


@router.put(
    "/regions/{code}/guarantees/{guarantee_id}",
    summary="Wijzigen wat er altijd moet zijn",
    openapi_extra=takes(GuaranteeContent),
    responses=refuses(403, 409, 412, 428),
)
def change_guarantee(
    *,
    code: RegionCode,
    guarantee_id: UUID,
    caller: Keeper,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Guarantee:
    _must_be_own(caller, Action.KEEP_GUARANTEES, code, atlas)
    stored = _held(session, code, guarantee_id, today)
    seen.require(stored.version)
    terms = GuaranteeContent.read(raw).terms(lexicon, today)
    _must_be_new(session, code, terms, today, beside=guarantee_id)
    row = queries.append(session, caller, code, (guarantee_id, stored.version + 1), terms)
    record(session, caller, "change-guarantee", "guarantee", str(guarantee_id))
    return _told(row, lexicon, response)


@router.delete(
    "/regions/{code}/guarantees/{guarantee_id}",
    summary="Niet meer noemen wat er altijd moet zijn",
    status_code=204,
    responses=refuses(403, 412, 428),
)
def end_guarantee(
    *,
    code: RegionCode,
    guarantee_id: UUID,
    caller: Keeper,
    seen: SeenVersion,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
) -> None:
    _must_be_own(caller, Action.KEEP_GUARANTEES, code, atlas)
    stored = _held(session, code, guarantee_id, today)
    seen.require(stored.version)
    terms = {**stored._mapping, "valid_from": today, "valid_until": None}
    queries.append(session, caller, code, (guarantee_id, stored.version + 1), terms, ended=True)
    record(session, caller, "end-guarantee", "guarantee", str(guarantee_id))


@router.get(
    "/regions/{code}/guarantee-standings",
    summary="Of er is wat er altijd moet zijn, en sinds wanneer niet",
    responses=refuses(403),
)
def get_standings(
    *,
    code: RegionCode,
    caller: Overseer,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    on: Annotated[Day | None, Query(description="Zoals het op die dag stond; anders vandaag.")] = None,
) -> GuaranteeStandings:
    _must_be_own(caller, Action.SEE_GUARANTEES, code, atlas)
    day = on or today
    if not EARLIEST <= day <= today:
        raise Invalid("De invoer klopt niet.", (Fault("?on", "Kies vandaag of een eerdere dag, vanaf 2010."),))
    municipalities = ground_of(code, atlas, day).municipalities
    told = [
        GuaranteeStanding.of(stands, municipalities, atlas, lexicon, day)
        for stands in standings(session, code, day, atlas, lexicon)
    ]
    told.sort(key=lambda each: (-WORST.index(each.verdict), each.since, each.guarantee.name))
    return GuaranteeStandings(region=CodeAndName(code=code, name=atlas.regions[code]), on=day, items=told)


EARLIEST = date(2010, 1, 1)
"""Long before anything was stated here."""


def _must_be_own(caller: Identity, action: Action, region: str, atlas: Atlas) -> None:
    require(caller, action, Relation.OWN if caller.organisation == region else Relation.ANY)
    if region not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")


def _held(session: Session, region: str, guarantee: UUID, today: date) -> Row[Any]:
    """The newest version, which nobody else changes meanwhile."""
    queries.hold(session, region)
    row = queries.newest(session, region, guarantee)
    if row is None or row.ended or (row.valid_until is not None and row.valid_until < today):
        raise NotFound("Deze afspraak is er niet, of niet meer.")
    return row


def _must_be_new(session: Session, region: str, terms: dict[str, Any], today: date, beside: UUID | None = None) -> None:
    """Raises Conflict on what the region promises already, so that a retry names nothing twice."""
    others = [row for row in queries.standing(session, region, today) if row.guarantee_id != beside]
    what = [name for name in queries.TERMS if not name.startswith("valid_")]
    if any(all(getattr(row, name) == terms[name] for name in what) for row in others):
        raise Conflict("Deze afspraak staat er al.")
    if len(others) >= MOST:
        raise Conflict(f"Er staan al {MOST} afspraken. Haal er eerst een weg.")


def _told(row: Row[Any], lexicon: TheLexicon, response: Response) -> Guarantee:
    response.headers["ETag"] = etag_of(row.version)
    return Guarantee.of(row, lexicon)
