"""Oversight over HTTP: how a region's supply and waits stand today."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from sqlalchemy import Row

from availability.access.identity import Identity
from availability.access.permissions import Action, may
from availability.clock import Today
from availability.codes import RegionCode, Slug
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.messages import CodeAndName
from availability.oversight import queries, shortages
from availability.oversight.messages import CareTypeSupply, MunicipalitySupply, RegionSupply
from availability.refusals import Fault, Invalid, NotFound
from availability.vocabulary.lexicon import TheLexicon

router = APIRouter(tags=["regio"])

Overseer = Annotated[Identity, Depends(may(Action.SEE_SUPPLY))]
OneCareType = Annotated[Slug | None, Query(alias="careType", description="Toon bij de gemeenten alleen deze zorgvorm.")]


@router.get("/regions/{code}/supply", summary="Aanbod en wachttijden in een jeugdregio", responses=refuses(403))
def get_region_supply(
    *,
    code: RegionCode,
    caller: Overseer,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    care_type: OneCareType = None,
) -> RegionSupply:
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    if care_type is not None and lexicon.care_type(care_type) is None:
        raise Invalid("De invoer klopt niet.", (Fault("?careType", "Deze zorgvorm kennen wij niet."),))
    rows = queries.supply_of(session, code, care_type, today)
    per_care_type = {row.care_type_code: row for row in rows if row.care_type_code}
    return RegionSupply(
        region=CodeAndName(code=code, name=atlas.regions[code]),
        today=today,
        care_types=[
            CareTypeSupply.of(per_care_type[word.code], word)
            for word in lexicon.care_types.values()
            if word.code in per_care_type
        ],
        municipalities=list(_municipalities(rows, atlas, code, today)),
    )


router.routes.extend(shortages.router.routes)


def _municipalities(rows: Sequence[Row[Any]], atlas: Atlas, region: str, today: date) -> Iterator[MunicipalitySupply]:
    """By name; a municipality of the region without an offer is there too."""
    found = {row.municipality_code: row for row in rows if row.municipality_code}
    members = {code for code in atlas.municipalities if atlas.region_of(code, today) == region}
    shown = [atlas.municipalities[code] for code in found.keys() | members]
    for each in sorted(shown, key=lambda municipality: municipality.name):
        yield MunicipalitySupply.of(CodeAndName(code=each.code, name=each.name), found.get(each.code))
