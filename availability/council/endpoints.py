"""The report for the council over HTTP: for everybody, as JSON, PDF and workbook; and what a region aims at in it."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import AreaCode, RegionCode
from availability.council import queries, targets
from availability.council.messages import CouncilReport, RegionTargets, ReportPeriod, TargetsContent
from availability.council.paper import as_pdf
from availability.council.periods import PATTERN, Period, reported
from availability.council.report import Place, council_report
from availability.council.workbook import as_workbook
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.intake.files import as_file
from availability.intake.workbook import XLSX
from availability.messages import CodeAndName, Page, RawBody, takes
from availability.preconditions import SeenVersion
from availability.publication import queries as publication
from availability.publication.frozen import FrozenRoute
from availability.publication.periods import Quarter
from availability.refusals import NotFound

router = APIRouter(tags=["raad"])
frozen = APIRouter(route_class=FrozenRoute)

PDF = "application/pdf"

Keeper = Annotated[Identity, Depends(may(Action.KEEP_TARGETS))]

OnePeriod = Annotated[
    str | None,
    Query(pattern=PATTERN, description="Een kwartaal (2026-Q3) of jaar (2026); leeg: het nieuwste kwartaal."),
]


class CouncilReportFormat(StrEnum):
    JSON = "json"
    PDF = "pdf"
    XLSX = "xlsx"


_FILES: dict[CouncilReportFormat, tuple[Any, str]] = {
    CouncilReportFormat.PDF: (as_pdf, PDF),
    CouncilReportFormat.XLSX: (as_workbook, XLSX),
}
_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_ALSO_FILES: dict[str, Any] = {"description": "Het rapport.", "content": {PDF: _BINARY, XLSX: _BINARY}}


@frozen.get("/council-reports", summary="De perioden waarvan er een rapport voor de raad is")
def list_periods(session: InTransaction) -> Page[ReportPeriod]:
    return Page(items=[ReportPeriod.of(period) for period in reported(_quarters(session))])


@frozen.get(
    "/council-reports/{area}",
    summary="De cijfers voor de raad van een gemeente of jeugdregio: met doel, trend en hoe ze zijn berekend",
    response_model=CouncilReport,
    responses={200: _ALSO_FILES, **refuses(404)},
)
def get_council_report(
    *,
    area: AreaCode,
    session: InTransaction,
    atlas: TheAtlas,
    period: OnePeriod = None,
    format_: Annotated[CouncilReportFormat, Query(alias="format")] = CouncilReportFormat.JSON,
) -> Response | CouncilReport:
    asked = _period(session, period)
    report = council_report(session, Place.of(area, atlas, asked.last_day), asked)
    if format_ is CouncilReportFormat.JSON:
        return report
    write, kind = _FILES[format_]
    return as_file(write(report), kind, f"cijfers-voor-de-raad-{area}-{asked.code}.{format_}")


router.include_router(frozen)


@router.get("/regions/{code}/targets", summary="De doelen die een regio stelt, ook de vroegere")
def get_targets(code: RegionCode, session: InTransaction, atlas: TheAtlas, response: Response) -> RegionTargets:
    return _targets(session, code, atlas, response)


@router.put(
    "/regions/{code}/targets",
    summary="De doelen van een regio vastleggen; wat er eerder gold, blijft te zien",
    openapi_extra=takes(TargetsContent),
    responses=refuses(403, 412, 428),
)
def keep_targets(
    *,
    code: RegionCode,
    caller: Keeper,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    response: Response,
) -> RegionTargets:
    require(caller, Action.KEEP_TARGETS, Relation.OWN if caller.organisation == code else Relation.ANY)
    _region(code, atlas)
    queries.one_at_a_time(session, code)
    chosen = queries.targets(session, code)
    seen.require_version(targets.version_of(chosen))
    if changed := list(targets.changes(chosen, TargetsContent.read(raw), today)):
        queries.set_targets(session, caller, code, changed)
        record(session, caller, "keep-targets", "youth_region", code)
    return _targets(session, code, atlas, response)


def _quarters(session: Session) -> list[Quarter]:
    return [Quarter.parse(row.code) for row in publication.periods(session)]


def _period(session: Session, code: str | None) -> Period:
    """The asked period as far as it was published, or the newest quarter."""
    published = _quarters(session)
    if not published:
        raise NotFound("Er is nog niets gepubliceerd.")
    found = Period.of(code or str(published[0]), published)
    if found is None:
        raise NotFound("Van deze periode is niets gepubliceerd.")
    return found


def _region(code: str, atlas: Atlas) -> CodeAndName:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    return CodeAndName(code=code, name=atlas.regions[code])


def _targets(session: Session, code: str, atlas: Atlas, response: Response) -> RegionTargets:
    found = targets.region_targets(session, _region(code, atlas))
    if found.etag is not None:
        response.headers["ETag"] = found.etag
    return found
