"""Keeping statements up to date, over HTTP: the list of who is late, and the page behind the link in a reminder."""

from datetime import date
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.clockwork import confirming
from availability.clockwork.lateness import Lateness, as_csv, lateness_in
from availability.codes import MunicipalityCode, RegionCode
from availability.contracts.reach import areas_in_sight, own_areas
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.refusals import NotFound

router = APIRouter(tags=["regio"])

Chaser = Annotated[Identity, Depends(may(Action.SEE_LATENESS))]
AsFile = Annotated[Literal["csv"] | None, Query(alias="format", description="csv: als bestand.")]

ALSO_A_FILE = {200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **refuses(403)}


@router.get(
    "/regions/{code}/lateness",
    summary="Wie te laat is met opgaven, per contract voor een regio, haar gemeenten of het land; de laatste eerst",
    response_model=Lateness,
    responses=ALSO_A_FILE,
)
def get_lateness(
    *,
    code: RegionCode,
    caller: Chaser,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    as_file: AsFile = None,
) -> Lateness | Response:
    _require_own(caller, code, atlas, today)
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    found = lateness_in(session, areas_in_sight(code, atlas, today), today)
    return found if as_file is None else _file(session, caller, "youth-region", code, found)


@router.get(
    "/municipalities/{code}/lateness",
    summary="Wie te laat is met opgaven, per contract voor een gemeente, haar regio of het land; de laatste eerst",
    response_model=Lateness,
    responses=ALSO_A_FILE,
)
def get_lateness_in_municipality(
    *,
    code: MunicipalityCode,
    caller: Chaser,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    as_file: AsFile = None,
) -> Lateness | Response:
    _require_own(caller, code, atlas, today)
    if atlas.municipality(code) is None:
        raise NotFound("Deze gemeente kennen wij niet.")
    found = lateness_in(session, areas_in_sight(code, atlas, today), today)
    return found if as_file is None else _file(session, caller, "municipality", code, found)


def _require_own(caller: Identity, code: str, atlas: Atlas, today: date) -> None:
    """Her own region or municipality, or one in her region. Raises NotAllowed."""
    own = code in own_areas(caller.organisation, atlas, today)
    require(caller, Action.SEE_LATENESS, Relation.OWN if own else Relation.ANY)


def _file(session: Session, caller: Identity, kind: str, code: str, found: Lateness) -> Response:
    record(session, caller, "export-lateness", kind, code)
    name = f'attachment; filename="te-laat-{code}-{found.today}.csv"'
    return Response(as_csv(found.items), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


router.routes.extend(confirming.router.routes)
