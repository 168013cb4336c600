"""Youth-protection tables over HTTP: when each can hear a case, stated by the region's contact person."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Response
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import RegionCode
from availability.cursors import Cursor, Limit, cursor_of, identifier, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.messages import CodeAndName, Page, RawBody, takes
from availability.preconditions import SeenVersion, etag_of
from availability.protection_tables import queries
from availability.protection_tables.messages import NeighbouringTable, ProtectionTable, Stated, TableStatement, table_of
from availability.refusals import Invalid, NotFound
from matcher.protection_table import looks_elsewhere, with_room

router = APIRouter(tags=["regio"])

Reader = Annotated[Identity, Depends(may(Action.SEE_PROTECTION_TABLE))]
Speaker = Annotated[Identity, Depends(may(Action.STATE_PROTECTION_TABLE))]

BEYOND_ALL = 2**63 - 1


def _region(code: RegionCode, atlas: TheAtlas) -> CodeAndName:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    return CodeAndName(code=code, name=atlas.regions[code])


Region = Annotated[CodeAndName, Depends(_region)]


@router.get("/protection-tables", summary="Wanneer elke jeugdbeschermingstafel plek heeft", responses=refuses(403))
def list_tables(caller: Reader, session: InTransaction, atlas: TheAtlas, today: Today) -> Page[ProtectionTable]:
    said = queries.current(session)
    regions = (CodeAndName(code=code, name=name) for code, name in sorted(atlas.regions.items()))
    return Page(items=[ProtectionTable.of(region, said.get(region.code), today) for region in regions])


@router.get("/protection-tables/{code}", summary="De jeugdbeschermingstafel van een regio", responses=refuses(403))
def get_table(
    *, caller: Reader, region: Region, session: InTransaction, atlas: TheAtlas, today: Today, response: Response
) -> ProtectionTable:
    row = queries.current(session).get(region.code)
    if row is not None:
        response.headers["ETag"] = etag_of(row.id)
    table = ProtectionTable.of(region, row, today)
    if not looks_elsewhere(table_of(row) if row is not None else None, today):
        return table
    return table.model_copy(update={"neighbours": _with_room_nearby(session, region.code, atlas, today)})


def _with_room_nearby(session: Session, region: str, atlas: Atlas, today: date) -> tuple[NeighbouringTable, ...]:
    said, near = queries.current(session), queries.neighbours(session, region, today)
    able = with_room([table_of(said[code], km) for code, km in near.items() if code in said], today)
    return tuple(
        NeighbouringTable(
            region=CodeAndName(code=table.region, name=atlas.regions[table.region]),
            next_free_on=table.next_free_on,
            stated_at=said[table.region].stated_at,
            distance_km=round(table.km, 1),
        )
        for table in able
    )


@router.put(
    "/protection-tables/{code}/statement",
    summary="Zeggen wanneer de tafel weer een zaak kan bespreken",
    openapi_extra=takes(TableStatement),
    responses=refuses(403, 412, 428),
)
def state_table(
    *,
    caller: Speaker,
    region: Region,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    today: Today,
    response: Response,
) -> ProtectionTable:
    own = caller.organisation == region.code
    require(caller, Action.STATE_PROTECTION_TABLE, Relation.OWN if own else Relation.ANY)
    before = queries.hold(session, region.code)
    seen.require_version(before.id if before is not None else None)
    statement = TableStatement.read(raw)
    if faults := statement.faults(today):
        raise Invalid("De invoer klopt niet.", faults)
    row = queries.state(session, caller, region.code, statement.next_free_on)
    record(session, caller, "state-protection-table", "protection-table", region.code)
    response.headers["ETag"] = etag_of(row.id)
    return ProtectionTable.of(region, row, today)


@router.get(
    "/protection-tables/{code}/history", summary="Wat een tafel eerder zei, nieuwste eerst", responses=refuses(403)
)
def get_table_history(
    *, caller: Reader, region: Region, session: InTransaction, limit: Limit = 20, cursor: Cursor = None
) -> Page[Stated]:
    (before,) = read_cursor(cursor, identifier) or (BEYOND_ALL,)
    rows = queries.history(session, region.code, before, limit + 1)
    more = cursor_of(rows[limit - 1].id) if len(rows) > limit else None
    return Page(items=[Stated.of(row) for row in rows[:limit]], next=more)
