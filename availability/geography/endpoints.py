"""The map and the calendar over HTTP: public, because nothing here is about a child."""

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query, Response

from availability.clock import Today
from availability.codes import Pc4, RegionCode
from availability.database import InTransaction
from availability.geography import queries
from availability.geography.atlas import Atlas, TheAtlas
from availability.geography.messages import Day, Holiday, Municipality, PostcodePlace, WorkingDaysTerm, YouthRegion
from availability.geography.outlines import TheOutlines
from availability.messages import Page
from availability.refusals import Fault, Invalid, NotFound
from matcher.working_days import CalendarEnds, end_of_working_days, skipped_holidays

router = APIRouter(tags=["kaart"])

GEOJSON = "application/geo+json"

OnDay = Annotated[Day | None, Query(description="Zoals het was op deze dag; anders vandaag.")]
InRegion = Annotated[RegionCode | None, Query(alias="youthRegion", description="Alleen deze jeugdregio.")]

_OUTLINES: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "Een FeatureCollection (RFC 7946).",
        "content": {GEOJSON: {"schema": {"type": "object"}}},
        "headers": {"ETag": {"description": "De versie van de kaart.", "schema": {"type": "string"}}},
    },
    304: {"description": "De kaart is dezelfde als die u al hebt."},
}


@router.get("/youth-regions", summary="De jeugdregio's en hun gemeenten")
def list_youth_regions(session: InTransaction, today: Today, on: OnDay = None) -> Page[YouthRegion]:
    return Page(items=[YouthRegion.of(row) for row in queries.regions_on(session, on or today)])


@router.get("/municipalities", summary="De gemeenten en hun jeugdregio")
def list_municipalities(
    session: InTransaction, atlas: TheAtlas, today: Today, youth_region: InRegion = None, on: OnDay = None
) -> Page[Municipality]:
    _must_exist(atlas, youth_region)
    rows = queries.municipalities_on(session, on or today, youth_region)
    return Page(items=[Municipality.of(row) for row in rows])


@router.get("/postcodes/{pc4}", summary="Waar een postcode ligt")
async def get_postcode(pc4: Pc4, atlas: TheAtlas) -> PostcodePlace:
    postcode = atlas.postcode(pc4)
    if postcode is None:
        raise NotFound("Deze postcode kennen wij niet. Kijk de cijfers na, of neem een postcode in de buurt.")
    return PostcodePlace.of(postcode, atlas)


@router.get("/areas", summary="De grenzen van de gemeenten (GeoJSON)", response_class=Response, responses=_OUTLINES)
def list_areas(
    *,
    session: InTransaction,
    atlas: TheAtlas,
    known: TheOutlines,
    today: Today,
    youth_region: InRegion = None,
    if_none_match: Annotated[str | None, Header(max_length=200)] = None,
) -> Response:
    _must_exist(atlas, youth_region)
    outline = known.of(today, youth_region, partial(queries.areas_on, session))
    headers = {"ETag": outline.etag, "Cache-Control": "public, max-age=3600"}
    if outline.etag in _etags(if_none_match):
        return Response(status_code=304, headers=headers)
    return Response(outline.geojson, media_type=GEOJSON, headers=headers)


@router.get("/working-days", summary="Wanneer een termijn in werkdagen eindigt")
def count_working_days(
    start: Annotated[Day, Query(alias="from", description="De dag van de gebeurtenis; die telt niet mee.")],
    count: Annotated[int, Query(ge=1, le=366, description="Hoeveel werkdagen de termijn telt.")],
) -> WorkingDaysTerm:
    try:
        end = end_of_working_days(start, count)
    except (CalendarEnds, OverflowError):
        raise Invalid("De invoer klopt niet.", (Fault("?from", "Kies een dag van 1990 tot en met 2098."),)) from None
    skipped = [Holiday(date=day, name=name) for day, name in skipped_holidays(start, end)]
    return WorkingDaysTerm(start=start, count=count, date=end, skipped=skipped)


def _etags(header: str | None) -> list[str]:
    """What a browser or a proxy says it has; compression on the way makes an ETag weak (RFC 9110, 8.8.3)."""
    return [part.strip().removeprefix("W/") for part in (header or "").split(",")]


def _must_exist(atlas: Atlas, region: str | None) -> None:
    if region is not None and region not in atlas.regions:
        raise Invalid("De invoer klopt niet.", (Fault("?youthRegion", "Deze jeugdregio kennen wij niet."),))
