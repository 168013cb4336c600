"""Keeping statements up to date, over HTTP: the list of who is late, and the page behind the link in a reminder."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Response

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.clockwork import confirming
from availability.clockwork.lateness import Lateness, as_csv, lateness_in
from availability.codes import RegionCode
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import TheAtlas
from availability.refusals import NotFound

router = APIRouter(tags=["regio"])

Chaser = Annotated[Identity, Depends(may(Action.SEE_LATENESS))]


@router.get(
    "/regions/{code}/lateness",
    summary="Wie te laat is met opgaven, per contract, de laatste eerst",
    response_model=Lateness,
    responses={200: {"content": {"text/csv": {"schema": {"type": "string"}}}}, **refuses(403)},
)
def get_lateness(
    *,
    code: RegionCode,
    caller: Chaser,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    as_file: Annotated[Literal["csv"] | None, Query(alias="format", description="csv: als bestand.")] = None,
) -> Lateness | Response:
    require(caller, Action.SEE_LATENESS, Relation.OWN if code == caller.organisation else Relation.ANY)
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    contracts = lateness_in(session, code, today)
    if as_file is None:
        return Lateness(today=today, items=contracts)
    record(session, caller, "export-lateness", "youth-region", code)
    name = f'attachment; filename="te-laat-{code}-{today}.csv"'
    return Response(as_csv(contracts), media_type="text/csv; charset=utf-8", headers={"Content-Disposition": name})


router.routes.extend(confirming.router.routes)
