"""Files as answers: a template to fill in, and a sent file with what to correct in it."""

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Annotated, Any

from fastapi import Depends, Query, Response

from availability.description import refuses
from availability.intake import workbook
from availability.intake.columns import Form, Table
from availability.intake.workbook import CSV, XLSX, Values
from availability.refusals import Fault, Invalid


class TemplateFormat(StrEnum):
    XLSX = "xlsx"
    CSV = "csv"


class PreviewFormat(StrEnum):
    JSON = "json"
    XLSX = "xlsx"


_BINARY: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}

GETS_A_TEMPLATE: dict[int | str, dict[str, Any]] = {
    200: {"description": "Het sjabloon.", "content": {XLSX: _BINARY, CSV: {"schema": {"type": "string"}}}},
    **refuses(403),
}
IMPORTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Wat het bestand doet.", "content": {XLSX: _BINARY}},
    **refuses(403, 409, 412),
}
"""What a route tells OpenAPI of its answers (`responses=`)."""


def previewed(what: str) -> str:
    """What a route tells of a file that is shown first and saved then (`description=`)."""
    return f"Met dryRun=true verandert er niets: u ziet {what}. Zonder dryRun wordt alles opgeslagen of niets."


_TEMPLATES = {
    TemplateFormat.XLSX: (workbook.template_workbook, XLSX),
    TemplateFormat.CSV: (workbook.template_csv, f"{CSV}; charset=utf-8"),
}


def template(form: Form, rows: Iterable[Values], format_: TemplateFormat, name: str) -> Response:
    """What holds now, to be changed and sent back."""
    write, kind = _TEMPLATES[format_]
    return as_file(write(form, rows), kind, f"{name}.{format_}")


def with_corrections(table: Table, faults: Mapping[int, Sequence[Fault]], name: str, sent: bytes = b"") -> Response:
    """The sent table, with what to correct in its last column; in the workbook that was sent, if it was one."""
    return as_file(workbook.corrections(table, faults, sent), XLSX, f"{name}-nakijken.xlsx")


def as_file(content: bytes, kind: str, name: str) -> Response:
    return Response(content, headers={"Content-Disposition": f'attachment; filename="{name}"'}, media_type=kind)


async def _preview_format(
    *,
    dry_run: Annotated[bool, Query(alias="dryRun", description="Alleen laten zien.")] = False,
    format_: Annotated[
        PreviewFormat, Query(alias="format", description="xlsx: uw tabel terug, met wat u moet aanpassen.")
    ] = PreviewFormat.JSON,
) -> PreviewFormat | None:
    if format_ is PreviewFormat.XLSX and not dry_run:
        raise Invalid("De invoer klopt niet.", (Fault("?format", "Een werkblad terug kan alleen met dryRun=true."),))
    return format_ if dry_run else None


OnlyShown = Annotated[PreviewFormat | None, Depends(_preview_format)]
"""How to show what would happen; None: do it."""
