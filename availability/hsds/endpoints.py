"""The public HSDS feed. Its addresses, parameters and fields are those of the standard, snake_case included; so they
are described by the standard's own OpenAPI, to which `/hsds` points, and not once more in ours."""

from datetime import date
from functools import partial
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Path, Query, Response

from availability.clock import Today
from availability.contracts.messages import area_name
from availability.database import InTransaction
from availability.geography.atlas import TheAtlas
from availability.hsds import queries, translation
from availability.hsds.identifiers import Thing, number_of
from availability.hsds.translation import PROFILE, VERSION
from availability.messages import Message
from availability.refusals import Fault, Invalid, NotFound

router = APIRouter(tags=["aanbod"])
_LIKE_THE_STANDARD: dict[str, Any] = {"include_in_schema": False, "response_class": Response}

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
PerPage = Annotated[int, Query(ge=1, le=500)]
Identifier = Annotated[str, Path(max_length=36)]

FRESH_SECONDS = 60
OPENAPI = "https://raw.githubusercontent.com/openreferral/specification/3.2/schema/openapi.json"


class Feed(Message):
    """What this feed is, as HSDS introduces itself."""

    version: str
    profile: str
    description: str
    openapi: str
    """How it is described: the standard's own document."""
    services: str
    organizations: str


@router.get("/hsds", summary="Het aanbod als HSDS 3.2 (Open Referral), met vrije plekken")
async def get_feed() -> Feed:
    return Feed(
        version=VERSION,
        profile=PROFILE,
        description="Aanbod van jeugdhulp met vrije plekken. Alleen wat iedereen mag zien.",
        openapi=OPENAPI,
        services="hsds/services",
        organizations="hsds/organizations",
    )


@router.get("/hsds/services", **_LIKE_THE_STANDARD)
def list_services(
    *,
    session: InTransaction,
    atlas: TheAtlas,
    today: Today,
    page: PageNumber = 1,
    per_page: PerPage = 50,
    full: bool = False,
    organization_id: Annotated[str | None, Query(max_length=36)] = None,
) -> Response:
    provider = _provider(organization_id) if organization_id else None
    rows = queries.services(session, today, limit=per_page, skip=(page - 1) * per_page, provider=provider)
    name = partial(area_name, atlas)
    contents = [translation.full_service(row, name) if full else translation.service(row) for row in rows]
    return _page(contents, page, per_page, queries.count_services(session, today, provider))


@router.get("/hsds/services/{identifier}", **_LIKE_THE_STANDARD)
def get_service(identifier: Identifier, session: InTransaction, atlas: TheAtlas, today: Today) -> Response:
    row = _one_service(session, number_of(Thing.SERVICE, identifier), today)
    return _told(translation.full_service(row, partial(area_name, atlas)))


@router.get("/hsds/service_at_locations", **_LIKE_THE_STANDARD)
def list_services_at_locations(
    session: InTransaction, today: Today, page: PageNumber = 1, per_page: PerPage = 50
) -> Response:
    rows = queries.services(session, today, limit=per_page, skip=(page - 1) * per_page)
    contents = [translation.service_at_location(row) for row in rows]
    return _page(contents, page, per_page, queries.count_services(session, today, None))


@router.get("/hsds/service_at_locations/{identifier}", **_LIKE_THE_STANDARD)
def get_service_at_location(identifier: Identifier, session: InTransaction, today: Today) -> Response:
    row = _one_service(session, number_of(Thing.SERVICE_AT_LOCATION, identifier), today)
    return _told({**translation.service_at_location(row), "service": translation.service(row)})


@router.get("/hsds/organizations", **_LIKE_THE_STANDARD)
def list_organizations(session: InTransaction, page: PageNumber = 1, per_page: PerPage = 50) -> Response:
    rows = queries.organizations(session, limit=per_page, skip=(page - 1) * per_page)
    contents = [translation.organization(row) for row in rows]
    return _page(contents, page, per_page, queries.count_organizations(session))


@router.get("/hsds/organizations/{identifier}", **_LIKE_THE_STANDARD)
def get_organization(identifier: Identifier, session: InTransaction) -> Response:
    number = number_of(Thing.ORGANIZATION, identifier)
    rows = queries.organizations(session, limit=1, provider=f"{number:08}") if number is not None else []
    if not rows:
        raise NotFound("Deze organisatie kennen wij niet.")
    places = [translation.location(row, row.id, row.name) for row in queries.locations(session, rows[0].agb_code)]
    return _told({**translation.organization(rows[0]), "locations": places})


def _one_service(session: InTransaction, offer: int | None, today: date) -> Any:  # noqa: ANN401 - a row
    rows = queries.services(session, today, limit=1, offer=offer) if offer is not None else []
    if not rows:
        raise NotFound("Deze dienst bestaat niet, of is niet meer te vinden.")
    return rows[0]


def _provider(identifier: str) -> str:
    number = number_of(Thing.ORGANIZATION, identifier)
    if number is None:
        raise Invalid("De invoer klopt niet.", (Fault("?organization_id", "Deze organisatie kennen wij niet."),))
    return f"{number:08}"


def _page(contents: list[translation.Json], number: int, size: int, total: int) -> Response:
    return _told(translation.page(contents, number, size, total))


def _told(content: translation.Json) -> Response:
    headers = {"Cache-Control": f"public, max-age={FRESH_SECONDS}", "Access-Control-Allow-Origin": "*"}
    return Response(orjson.dumps(content), headers=headers, media_type="application/json")
