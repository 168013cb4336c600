"""The quarterly report of a provider over HTTP: to look at, and as a file to hand in."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from availability.access.permissions import Action
from availability.access.whose import whose
from availability.clock import Today
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.intake.files import as_file
from availability.intake.workbook import CSV, XLSX
from availability.quarterly import files, queries
from availability.quarterly.messages import QuarterlyReport, ReportLine
from availability.quarterly.quarter import PATTERN, Quarter
from availability.refusals import Fault, Invalid, NotFound
from availability.supply.messages import Provider
from matcher.quarterly import figures

router = APIRouter(tags=["aanbod"])

Whose = Annotated[str, Depends(whose(Action.SEE_QUARTERLY_REPORT))]


Written = Annotated[
    str | None, Query(pattern=PATTERN, description="Zoals 2026-Q3; leeg: het laatste kwartaal dat om is.")
]


class ReportFormat(StrEnum):
    JSON = "json"
    XLSX = "xlsx"
    CSV = "csv"


_FILES: dict[ReportFormat, tuple[Any, str]] = {
    ReportFormat.XLSX: (files.as_workbook, XLSX),
    ReportFormat.CSV: (files.as_csv, f"{CSV}; charset=utf-8"),
}
_ALSO_FILES: dict[str, Any] = {
    "description": "Het overzicht.",
    "content": {XLSX: {"schema": {"type": "string", "format": "binary"}}, CSV: {"schema": {"type": "string"}}},
}


@router.get(
    "/quarterly-report",
    summary="Wachtenden en geschatte wachttijd per vorm van jeugdhulp en regio (Regeling Jeugdwet 8g)",
    response_model=QuarterlyReport,
    responses={200: _ALSO_FILES, **refuses(403, 404)},
)
def get_quarterly_report(
    *,
    provider: Whose,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    quarter: Annotated[
        str | None, Query(pattern=PATTERN, description="Zoals 2026-Q3; leeg: het laatste dat om is.")
    ] = None,
    format_: Annotated[ReportFormat, Query(alias="format")] = ReportFormat.JSON,
) -> Response | QuarterlyReport:
    asked = Quarter.parse(quarter) if quarter else Quarter.last_before(today)
    if asked.first_day > today:
        raise Invalid("De invoer klopt niet.", (Fault("?quarter", "Dit kwartaal moet nog beginnen.", "future"),))
    report = _report(session, provider, asked, atlas, today)
    if format_ is ReportFormat.JSON:
        return report
    write, kind = _FILES[format_]
    return as_file(write(report), kind, f"wachttijden-{provider}-{asked}.{format_}")


def _report(session: Session, provider: str, quarter: Quarter, atlas: Atlas, today: date) -> QuarterlyReport:
    name = queries.provider_name(session, provider)
    if name is None:
        raise NotFound("Deze aanbieder kennen wij niet.")
    as_of = min(quarter.last_day, today)
    found = figures(queries.stated_by(session, provider, as_of))
    over = as_of == quarter.last_day
    forms = queries.form_names(session)
    return QuarterlyReport(
        provider=Provider(agb_code=provider, name=name),
        quarter=str(quarter),
        as_of=as_of,
        complete=over and all(figure.is_complete_since(quarter.first_day) for figure in found),
        lines=[ReportLine.of(figure, forms, atlas.regions, quarter.first_day) for figure in found],
    )
