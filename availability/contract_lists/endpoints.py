"""A list of contracts by spreadsheet, over HTTP: a template to start from, a preview of what a list would do, doing it,
and what is remembered of earlier lists."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Response
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed, may
from availability.clock import Today
from availability.contract_lists import queries
from availability.contract_lists.columns import CONTRACTS
from availability.contract_lists.importing import Judgement, carry_out, judge
from availability.contract_lists.judging import Known
from availability.contract_lists.memory import ListMemory, learnt
from availability.contract_lists.messages import ContractImport, ContractListMemory, ListChoices
from availability.contract_lists.places import Places
from availability.contract_lists.providers import Providers
from availability.contract_lists.template import rows_of
from availability.contracts import queries as contracts
from availability.contracts.messages import Contract
from availability.contracts.queries import Wanted
from availability.contracts.reach import own_areas
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.intake.columns import understood
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
from availability.intake.importing import nothing_saved
from availability.intake.spreadsheet import MOST_ROWS, read_sheets
from availability.intake.tabs import left_out
from availability.intake.upload import Upload, takes_a_file, uploaded
from availability.preconditions import SeenVersion
from availability.products import queries as products
from availability.vocabulary.lexicon import Lexicon, TheLexicon

router = APIRouter(tags=["contracten"])

Manager = Annotated[Identity, Depends(may(Action.KEEP_CONTRACT))]


@router.get(
    "/contract-imports/template",
    summary="Sjabloon met de contracten die u bijhoudt",
    response_class=Response,
    responses=GETS_A_TEMPLATE,
)
def get_contract_template(
    *,
    caller: Manager,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    format_: Annotated[TemplateFormat, Query(alias="format")] = TemplateFormat.XLSX,
) -> Response:
    areas = _own_areas(caller, atlas, today)
    wanted = Wanted(areas=sorted(areas) if areas is not None else None)
    rows = contracts.contracts(session, wanted, today, after=None, limit=MOST_ROWS)
    kept = [Contract.of(row, lexicon, atlas, today) for row in rows]
    own = [each for each in kept if areas is None or {line.area.code for line in each.lines} <= areas]
    return template(CONTRACTS, rows_of(own), format_, f"contracten-{today}")


@router.post(
    "/contract-imports",
    summary="Contracten bijhouden met een lijst",
    description=previewed("per contract wat er verandert en per rij wat er niet klopt"),
    openapi_extra=takes_a_file(ListChoices, "ContractFile"),
    response_model=ContractImport,
    responses=IMPORTS,
)
def import_contracts(
    *,
    caller: Manager,
    seen: SeenVersion,
    upload: Annotated[Upload[ListChoices], Depends(uploaded(ListChoices))],
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    only_shown: OnlyShown,
) -> Response | ContractImport:
    choices, remembered = upload.choices, queries.memory_of(session, caller.organisation)
    sheets = read_sheets(upload.file)
    table = understood(CONTRACTS, sheets, choices.fields, remembered.columns)
    providers = Providers(queries.provider_names(session), choices.providers, remembered.providers)
    known = _known(session, caller, atlas, lexicon, providers=providers, today=today)
    judgement = judge(session, table, known)
    seen.require_if_said(judgement.basis)
    if only_shown is PreviewFormat.XLSX:
        return with_corrections(table, judgement.faults, f"contracten-{today}")
    if only_shown is None:
        _keep(session, caller, judgement, learnt(choices.fields, judgement.rows))
    others = left_out(table, sheets, choices.fields, remembered.columns)
    return ContractImport.of(table, others, judgement, known, saved=only_shown is None)


@router.get(
    "/contract-imports/memory",
    summary="Wat wij van de lijsten van uw organisatie onthielden",
    description="Wat u eerder zei van een kolom of een naam. Het geldt voor de volgende lijst.",
    responses=refuses(403),
)
def get_list_memory(caller: Manager, session: InTransaction) -> ContractListMemory:
    remembered = queries.memory_of(session, caller.organisation)
    return ContractListMemory.of(remembered, queries.provider_names(session))


@router.delete(
    "/contract-imports/memory",
    summary="Vergeten wat wij van de lijsten van uw organisatie onthielden",
    status_code=204,
    responses=refuses(403),
)
def forget_list_memory(caller: Manager, session: InTransaction) -> None:
    queries.forget(session, caller.organisation)
    record(session, caller, "forget-list-memory", "organisation", caller.organisation)


def _keep(session: Session, caller: Identity, judgement: Judgement, said: ListMemory) -> None:
    """All of the list, and what a human said of it. Raises Invalid with the faults of every row when there are any."""
    if judgement.faults:
        raise nothing_saved(CONTRACTS, judgement.faults)
    carry_out(session, caller, judgement)
    if said:
        queries.remember(session, caller.organisation, said)
        record(session, caller, "remember-list-choices", "organisation", caller.organisation)


def _own_areas(caller: Identity, atlas: Atlas, today: date) -> frozenset[str] | None:
    """None: everywhere."""
    anywhere = allowed(caller, Action.KEEP_CONTRACT, Relation.ANY)
    return None if anywhere else own_areas(caller.organisation, atlas, today)


def _known(
    session: Session, caller: Identity, atlas: Atlas, lexicon: Lexicon, *, providers: Providers, today: date
) -> Known:
    areas = _own_areas(caller, atlas, today)
    region = atlas.region_of(caller.organisation, today) or caller.organisation
    return Known(
        lexicon=lexicon,
        atlas=atlas,
        places=Places(atlas),
        providers=providers,
        products=products.meanings(session, region),
        own_area=None if areas is None else caller.organisation,
        own_areas=areas,
    )
