"""Capacity by spreadsheet, over HTTP: a template to fill in, a preview of what a file would do, and doing it."""

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.access.whose import whose
from availability.clock import Today
from availability.database import InTransaction
from availability.description import refuses
from availability.intake import columns, preview, queries
from availability.intake.capacity import CAPACITY
from availability.intake.files import (
    GETS_A_TEMPLATE,
    IMPORTS,
    OnlyShown,
    PreviewFormat,
    TemplateFormat,
    previewed,
    template,
    with_corrections,
)
from availability.intake.importing import carry_out, refusal_of
from availability.intake.memory import learnt
from availability.intake.messages import CapacityImport, Choices, ImportMemory
from availability.intake.offers import OwnOffers, template_rows
from availability.intake.spreadsheet import read_sheets
from availability.intake.tabs import left_out
from availability.intake.upload import Upload, takes_a_file, uploaded
from availability.preconditions import SeenVersion

router = APIRouter(tags=["aanbod"])

Planner = Annotated[Identity, Depends(may(Action.STATE_CAPACITY))]


Whose = Annotated[str, Depends(whose(Action.STATE_CAPACITY))]
"""The provider whose offers the file is about."""


@router.get(
    "/capacity-imports/template",
    summary="Sjabloon met uw eigen aanbod en de getallen van nu",
    response_class=Response,
    responses=GETS_A_TEMPLATE,
)
def get_template(
    provider: Whose,
    session: InTransaction,
    today: Today,
    format_: Annotated[TemplateFormat, Query(alias="format")] = TemplateFormat.XLSX,
) -> Response:
    return template(CAPACITY, template_rows(queries.own_offers(session, provider, today)), format_, f"plekken-{today}")


@router.post(
    "/capacity-imports",
    summary="Plekken en wachttijden opgeven met een spreadsheet",
    description=previewed("per rij wat er verandert en wat er niet klopt"),
    openapi_extra=takes_a_file(Choices, "CapacityFile"),
    response_model=CapacityImport,
    responses=IMPORTS,
)
def import_capacity(
    *,
    caller: Planner,
    provider: Whose,
    seen: SeenVersion,
    upload: Annotated[Upload[Choices], Depends(uploaded(Choices))],
    session: InTransaction,
    today: Today,
    only_shown: OnlyShown,
) -> Response | CapacityImport:
    choices, remembered = upload.choices, queries.memory_of(session, provider)
    sheets = read_sheets(upload.file)
    table = columns.understood(CAPACITY, sheets, choices.fields, remembered.columns)
    offers = OwnOffers(queries.own_offers(session, provider, today), remembered.offers)
    rows = preview.judge(table, offers, choices.offer_of_row, jumps_meant=choices.confirmed)
    basis = preview.basis_of(rows)
    seen.require_if_said(basis)
    rows = carry_out(session, caller, rows, today, keep=only_shown is None)
    if only_shown is PreviewFormat.XLSX:
        faults = {row.number: row.faults for row in rows if row.faults}
        return with_corrections(table, faults, f"plekken-{today}", upload.file)
    refusal = refusal_of(rows)
    if refusal is not None and only_shown is None:
        raise refusal
    if only_shown is None and (news := learnt(choices.fields, choices.offer_of_row, rows)):
        queries.remember(session, provider, news)
        record(session, caller, "remember-import-choices", "provider", provider)
    others = left_out(table, sheets, choices.fields, remembered.columns)
    return CapacityImport.of(table, others, rows, basis, saved=only_shown is None)


@router.get(
    "/capacity-imports/memory",
    summary="Wat wij van uw bestanden onthielden",
    description="Wat u eerder zei van een kolom of een naam. Het geldt voor het volgende bestand.",
    responses=refuses(403),
)
def get_memory(provider: Whose, session: InTransaction) -> ImportMemory:
    return ImportMemory.of(queries.memory_of(session, provider))


@router.delete(
    "/capacity-imports/memory",
    summary="Vergeten wat wij van uw bestanden onthielden",
    status_code=204,
    responses=refuses(403),
)
def forget(caller: Planner, provider: Whose, session: InTransaction) -> None:
    queries.forget(session, provider)
    record(session, caller, "forget-import-memory", "provider", provider)
