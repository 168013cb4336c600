"""The shared words over HTTP. Public, small, and unpaged."""

from typing import Annotated

from fastapi import APIRouter, Query

from availability.messages import Page, RawBody, takes
from availability.vocabulary.lexicon import TheLexicon
from availability.vocabulary.messages import CareType, Interpretation, Need, Typed

Words = Annotated[str, Query(max_length=100, description="Woorden; een typefout mag. Het best passende eerst.")]

router = APIRouter(tags=["woorden"])


@router.get("/care-types", summary="De zorgvormen, met de woorden die mensen ervoor gebruiken")
async def list_care_types(lexicon: TheLexicon, q: Words = "") -> Page[CareType]:
    words = lexicon.care_types_like(q) if q.strip() else lexicon.care_types.values()
    return Page(items=[CareType.of(word) for word in words])


@router.get("/needs", summary="De kenmerken die meetellen bij wat past")
async def list_needs(lexicon: TheLexicon) -> Page[Need]:
    return Page(items=[Need.of(word) for word in lexicon.needs.values()])


@router.post(
    "/interpretations",
    summary="Wat getypte woorden betekenen: zorgvormen en kenmerken",
    openapi_extra=takes(Typed),
)
async def interpret(lexicon: TheLexicon, body: RawBody) -> Interpretation:
    """A body and not a query: who types of a child should not leave that in an address."""
    text = Typed.read(body).text
    care_types, needs = lexicon.care_types_like(text), lexicon.needs_in(text)
    return Interpretation(
        care_types=[CareType.of(word) for word in care_types], needs=[Need.of(word) for word in needs]
    )
