"""Capacity by spreadsheet, over HTTP: a template to fill in, a preview of what a file would do, and doing it."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import AgbCode
from availability.database import InTransaction
from availability.description import refuses
from availability.intake import columns, preview, queries, workbook
from availability.intake.importing import carry_out, refusal_of
from availability.intake.messages import CapacityImport
from availability.intake.offers import OwnOffers
from availability.intake.spreadsheet import read_sheets
from availability.intake.upload import Uploaded, takes_a_file
from availability.intake.workbook import CSV, XLSX
from availability.preconditions import Expects, SeenVersion
from availability.refusals import Fault, Invalid

router = APIRouter(tags=["aanbod"])

Planner = Annotated[Identity, Depends(may(Action.STATE_CAPACITY))]


class TemplateFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class PreviewFormat(StrEnum):
    JSON = "json"
    XLSX = "xlsx"


async def _preview_format(
    *,
    dry_run: Annotated[bool, Query(alias="dryRun", description="Alleen laten zien.")] = False,
    format_: Annotated[
        PreviewFormat, Query(alias="format", description="xlsx: uw tabel terug, met wat u moet aanpassen.")
    ] = PreviewFormat.JSON,
) -> PreviewFormat | None:
    """How to show what would happen; None: do it."""
    if format_ is PreviewFormat.XLSX and not dry_run:
        raise Invalid("De invoer klopt niet.", (Fault("?format", "Een werkblad terug kan alleen met dryRun=true."),))
    return format_ if dry_run else None


async def _whose(
    caller: Planner,
    provider: Annotated[AgbCode | None, Query(description="AGB-code; leeg: uw eigen organisatie.")] = None,
) -> str:
    """The provider whose offers the file is about."""
    whose = provider or caller.organisation
    require(caller, Action.STATE_CAPACITY, Relation.OWN if whose == caller.organisation else Relation.ANY)
    if whose == "-":
        raise Invalid("De invoer klopt niet.", (Fault("?provider", "Geef de AGB-code van de aanbieder.", "missing"),))
    return whose


Whose = Annotated[str, Depends(_whose)]

_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
_TEMPLATE: dict[str, Any] = {
    "description": "Het sjabloon.",
    "content": {XLSX: _BINARY, CSV: {"schema": {"type": "string"}}},
}
_WITH_CORRECTIONS: dict[str, Any] = {"description": "Wat het bestand doet.", "content": {XLSX: _BINARY}}

_TEMPLATES = {
    TemplateFormat.XLSX: (workbook.template_workbook, XLSX),
    TemplateFormat.CSV: (workbook.template_csv, f"{CSV}; charset=utf-8"),
}


@router.get(
    "/capacity-imports/template",
    summary="Sjabloon met uw eigen aanbod en de getallen van nu",
    response_class=Response,
    responses={200: _TEMPLATE, **refuses(403)},
)
def get_template(
    whose: Whose,
    session: InTransaction,
    today: Today,
    format_: Annotated[TemplateFormat, Query(alias="format")] = TemplateFormat.XLSX,
) -> Response:
    write, kind = _TEMPLATES[format_]
    return _file(write(queries.own_offers(session, whose, today)), kind, f"plekken-{today}.{format_}")


@router.post(
    "/capacity-imports",
    summary="Plekken en wachttijden opgeven met een spreadsheet",
    description="Met dryRun=true verandert er niets: u ziet per rij wat er verandert en wat er niet klopt."
    " Zonder dryRun wordt alles opgeslagen of niets.",
    openapi_extra=takes_a_file(),
    response_model=CapacityImport,
    responses={200: _WITH_CORRECTIONS, **refuses(403, 409, 412)},
)
def import_capacity(
    *,
    caller: Planner,
    whose: Whose,
    seen: SeenVersion,
    upload: Uploaded,
    session: InTransaction,
    today: Today,
    only_shown: Annotated[PreviewFormat | None, Depends(_preview_format)],
) -> Response | CapacityImport:
    table = columns.understood(read_sheets(upload.file), upload.choices.fields)
    offers = OwnOffers(queries.own_offers(session, whose, today))
    rows = preview.judge(table, offers, upload.choices.offer_of_row, jumps_meant=upload.choices.confirmed)
    basis = preview.basis_of(rows)
    if seen.expects is not Expects.UNSAID:
        seen.require(basis)
    rows = carry_out(session, caller, rows, today, keep=only_shown is None)
    if only_shown is PreviewFormat.XLSX:
        return _file(workbook.corrections(table, rows), XLSX, f"plekken-{today}-nakijken.xlsx")
    refusal = refusal_of(rows)
    if refusal is not None and only_shown is None:
        raise refusal
    return CapacityImport.of(table.headers, rows, basis, saved=only_shown is None)


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)
