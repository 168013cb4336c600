"""Capacity by spreadsheet, over HTTP: a template to fill in, a preview of what a file would do, and doing it."""

from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.clock import Today
from availability.codes import AgbCode
from availability.database import InTransaction
from availability.description import refuses
from availability.intake import columns, preview, queries, workbook
from availability.intake.importing import carry_out, refusal_of
from availability.intake.memory import learnt
from availability.intake.messages import CapacityImport, ImportMemory
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
    choices, remembered = upload.choices, queries.memory_of(session, whose)
    table = columns.understood(read_sheets(upload.file), choices.fields, remembered.columns)
    offers = OwnOffers(queries.own_offers(session, whose, today), remembered.offers)
    rows = preview.judge(table, offers, choices.offer_of_row, jumps_meant=choices.confirmed)
    basis = preview.basis_of(rows)
    if seen.expects is not Expects.UNSAID:
        seen.require(basis)
    rows = carry_out(session, caller, rows, today, keep=only_shown is None)
    if only_shown is PreviewFormat.XLSX:
        return _file(workbook.corrections(table, rows), XLSX, f"plekken-{today}-nakijken.xlsx")
    refusal = refusal_of(rows)
    if refusal is not None and only_shown is None:
        raise refusal
    if only_shown is None:
        queries.remember(session, whose, learnt(choices.fields, choices.offer_of_row, rows))
    return CapacityImport.of(table.headers, rows, basis, saved=only_shown is None)


@router.get(
    "/capacity-imports/memory",
    summary="Wat wij van uw bestanden onthielden",
    description="Wat u eerder zei van een kolom of een naam. Het geldt voor het volgende bestand.",
    responses=refuses(403),
)
def get_memory(whose: Whose, session: InTransaction) -> ImportMemory:
    return ImportMemory.of(queries.memory_of(session, whose))


@router.delete(
    "/capacity-imports/memory",
    summary="Vergeten wat wij van uw bestanden onthielden",
    status_code=204,
    responses=refuses(403),
)
def forget(caller: Planner, whose: Whose, session: InTransaction) -> None:
    queries.forget(session, whose)
    record(session, caller, "forget-import-memory", "provider", whose)


def _file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)
