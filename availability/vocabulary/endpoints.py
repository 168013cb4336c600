"""The shared words over HTTP. Public, small, and unpaged."""

from typing import Annotated

from fastapi import APIRouter, Query

from availability.messages import Page
from availability.vocabulary.lexicon import TheLexicon
from availability.vocabulary.messages import CareType, Need

Typed = Annotated[str, Query(max_length=100, description="Woorden; een typefout mag. Het best passende eerst.")]

router = APIRouter(tags=["woorden"])


@router.get("/care-types", summary="De zorgvormen, met de woorden die mensen ervoor gebruiken")
async def list_care_types(lexicon: TheLexicon, q: Typed = "") -> Page[CareType]:
    words = lexicon.care_types_like(q) if q.strip() else lexicon.care_types.values()
    return Page(items=[CareType.of(word) for word in words])


@router.get("/needs", summary="De kenmerken die meetellen bij wat past")
async def list_needs(lexicon: TheLexicon) -> Page[Need]:
    return Page(items=[Need.of(word) for word in lexicon.needs.values()])
