"""The shared words over HTTP. Public, small, and unpaged."""

from fastapi import APIRouter

from availability.messages import Page
from availability.vocabulary.lexicon import TheLexicon
from availability.vocabulary.messages import CareType, Need

router = APIRouter(tags=["woorden"])


@router.get("/care-types", summary="De zorgvormen, met de woorden die mensen ervoor gebruiken")
async def list_care_types(lexicon: TheLexicon) -> Page[CareType]:
    return Page(items=[CareType.of(word) for word in lexicon.care_types.values()])


@router.get("/needs", summary="De kenmerken die meetellen bij wat past")
async def list_needs(lexicon: TheLexicon) -> Page[Need]:
    return Page(items=[Need.of(word) for word in lexicon.needs.values()])
