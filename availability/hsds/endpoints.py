"""An HSDS feed (Open Referral) of the offers, for everybody: GET only, in the standard's own shapes and names.

It is described by the standard's own OpenAPI, to which `/hsds` points, and not once more in ours.
"""

from datetime import date
from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request, Response
from sqlalchemy.orm import Session

from availability.clock import Today
from availability.contracts.messages import area_name
from availability.database import InTransaction
from availability.geography.atlas import TheAtlas
from availability.hsds import queries, translation
from availability.hsds.asking import Asked, PageNumber, PerPage, Words, only, patterns_of
from availability.hsds.identifiers import Thing, number_of
from availability.hsds.queries import Sought
from availability.hsds.translation import Json
from availability.refusals import NotFound

router = APIRouter(tags=["aanbod"])

Identifier = Annotated[str, Path(max_length=36)]
Wish = Annotated[bool, Query()]

FRESH_SECONDS = 60

MOST_MINIMAL = 5_000
"""With `minimal` the standard aims at one page; so many identifiers take a few hundred kilobytes."""

_PAGED = ("page", "per_page", "search")
_FILTERED = (*_PAGED, "organization_id", "modified_after", "full")


def _like_the_standard(*served: str) -> dict[str, Any]:
    return {"include_in_schema": False, "response_class": Response, "dependencies": [Depends(only(*served))]}


@router.get(
    "/hsds",
    summary="Het aanbod als HSDS 3.2 (Open Referral), met vrije plekken",
    response_class=Response,
    responses={200: {"description": "Wat HSDS vraagt van `GET /`.", "content": {"application/json": {}}}},
)
async def get_feed(request: Request) -> Response:
    return _told(translation.feed(request.app.state.settings.contact_email))


@router.get("/hsds/services", **_like_the_standard(*_FILTERED, "minimal"))
def list_services(
    *,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    sought: Asked,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    full: Wish = False,
    minimal: Wish = False,
) -> Response:
    size = MOST_MINIMAL if minimal else per_page
    rows = queries.services(session, sought, today, limit=size, skip=(page - 1) * size, minimal=minimal)
    whole = partial(translation.full_service, area_name=partial(area_name, atlas))
    told = translation.minimal_service if minimal else whole if full else translation.service
    return _page([told(row) for row in rows], page, size, queries.count_services(session, sought, today))


@router.get("/hsds/services/{identifier}", **_like_the_standard())
def get_service(identifier: Identifier, session: InTransaction, atlas: TheAtlas, today: Today) -> Response:
    row = _one_service(session, number_of(Thing.SERVICE, identifier), today)
    return _told(translation.full_service(row, partial(area_name, atlas)))


@router.get("/hsds/service_at_locations", **_like_the_standard(*_FILTERED))
def list_services_at_locations(
    *,
    session: InTransaction,
    today: Today,
    sought: Asked,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    full: Wish = False,
) -> Response:
    rows = queries.services(session, sought, today, limit=per_page, skip=(page - 1) * per_page)
    told = translation.full_service_at_location if full else translation.service_at_location
    return _page([told(row) for row in rows], page, per_page, queries.count_services(session, sought, today))


@router.get("/hsds/service_at_locations/{identifier}", **_like_the_standard())
def get_service_at_location(identifier: Identifier, session: InTransaction, today: Today) -> Response:
    row = _one_service(session, number_of(Thing.SERVICE_AT_LOCATION, identifier), today)
    return _told(translation.full_service_at_location(row))


@router.get("/hsds/organizations", **_like_the_standard(*_PAGED))
def list_organizations(
    session: InTransaction, page: PageNumber = 1, per_page: PerPage = 50, search: Words = None
) -> Response:
    patterns = patterns_of(search)
    rows = queries.organizations(session, limit=per_page, skip=(page - 1) * per_page, patterns=patterns)
    contents = [translation.organization(row) for row in rows]
    return _page(contents, page, per_page, queries.count_organizations(session, patterns))


@router.get("/hsds/organizations/{identifier}", **_like_the_standard("full_service"))
def get_organization(
    *, identifier: Identifier, session: InTransaction, atlas: TheAtlas, today: Today, full_service: Wish = False
) -> Response:
    number = number_of(Thing.ORGANIZATION, identifier)
    rows = queries.organizations(session, limit=1, provider=f"{number:08}") if number is not None else []
    if not rows:
        raise NotFound("Deze organisatie kennen wij niet.")
    provider = rows[0].agb_code
    places = [translation.location(row, row.id, row.name) for row in queries.locations(session, provider)]
    offers = queries.services(session, Sought(provider=provider), today, limit=MOST_MINIMAL)
    whole = partial(translation.full_service, area_name=partial(area_name, atlas))
    services = [(whole if full_service else translation.service)(row) for row in offers]
    return _told({**translation.organization(rows[0]), "locations": places, "services": services})


def _one_service(session: Session, offer: int | None, today: date) -> Any:  # noqa: ANN401 - a row
    rows = queries.services(session, Sought(offer=offer), today, limit=1) if offer is not None else []
    if not rows:
        raise NotFound("Deze dienst bestaat niet, of is niet meer te vinden.")
    return rows[0]


def _page(contents: list[Json], number: int, size: int, total: int) -> Response:
    return _told(translation.page(contents, number, size, total))


def _told(content: Json) -> Response:
    headers = {"Cache-Control": f"public, max-age={FRESH_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return Response(orjson.dumps(content), headers=headers, media_type="application/json")
