"""Public waiting times over HTTP: from frozen quarters only, so a filter shows less and never more."""

from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Response
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.codes import AreaCode, Slug
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import TheAtlas
from availability.messages import Page
from availability.publication import queries, telling
from availability.publication.frozen import FrozenRoute
from availability.publication.messages import Period, WaitingTimes, YearsWaitingTimes
from availability.publication.periods import Quarter
from availability.publication.years import years_of
from availability.refusals import NotFound
from availability.vocabulary.lexicon import TheLexicon

router = APIRouter(tags=["wachttijden"], route_class=FrozenRoute)

OnePeriod = Annotated[
    str | None, Query(pattern=r"^[0-9]{4}-Q[1-4]$", description="Een kwartaal, zoals 2026-Q3; anders het nieuwste.")
]
OneYear = Annotated[int, Path(ge=1, le=9999, description="Een jaar, zoals 2026.")]
OneArea = Annotated[AreaCode | None, Query(description="Alleen dit gebied: een gemeente, een regio of NL.")]
OneCareType = Annotated[Slug | None, Query(alias="careType", description="Alleen deze zorgvorm.")]

CSV = "text/csv"
_AS_CSV: dict[int | str, dict[str, Any]] = {
    200: {"description": "Dezelfde cijfers als CSV.", "content": {CSV: {"schema": {"type": "string"}}}}
}


@router.get("/waiting-times", summary="Wachttijden per gebied en soort hulp, voor iedereen", responses=refuses(404))
def get_waiting_times(
    *,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    period: OnePeriod = None,
    area: OneArea = None,
    care_type: OneCareType = None,
) -> WaitingTimes:
    chosen = _period(session, period)
    rows = queries.figures(session, chosen.code, area, care_type)
    earlier = telling.Earlier.of(session, chosen.code, area, care_type)
    return WaitingTimes(
        version=telling.FORMAT,
        period=Period.of(chosen),
        items=[telling.told(row, atlas, lexicon, earlier) for row in rows],
        small_numbers=telling.SMALL_NUMBERS,
        meanwhile=telling.MEANWHILE,
    )


@router.get(
    "/waiting-times/export",
    summary="Dezelfde wachttijden als CSV, als open data",
    response_class=Response,
    responses={**_AS_CSV, **refuses(404)},
)
def export_waiting_times(
    *,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    period: OnePeriod = None,
    area: OneArea = None,
    care_type: OneCareType = None,
) -> Response:
    chosen = _period(session, period)
    rows = queries.figures(session, chosen.code, area, care_type)
    named = {"Content-Disposition": f'attachment; filename="wachttijden-{chosen.code}.csv"'}
    return Response(telling.as_csv(rows, atlas, lexicon), media_type=CSV, headers=named)


@router.get(
    "/waiting-times/years/{year}",
    summary="Wachttijden over een jaar, uit zijn gepubliceerde kwartalen",
    responses=refuses(404),
)
def get_year(
    *,
    year: OneYear,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    area: OneArea = None,
    care_type: OneCareType = None,
) -> YearsWaitingTimes:
    quarters = sorted(row.code for row in queries.periods(session) if Quarter.parse(row.code).year == year)
    if not quarters:
        raise NotFound("Van dit jaar zijn geen wachttijden gepubliceerd.")
    rows = queries.figures_of(session, quarters, area, care_type)
    return YearsWaitingTimes(
        version=telling.FORMAT,
        year=year,
        quarters=quarters,
        items=years_of(rows, atlas, lexicon),
        small_numbers=telling.SMALL_NUMBERS,
    )


@router.get("/waiting-times/periods", summary="De kwartalen waarvan wachttijden bekend zijn")
def list_periods(session: InTransaction) -> Page[Period]:
    return Page(items=[Period.of(row) for row in queries.periods(session)])


def _period(session: Session, code: str | None) -> Row[Any]:
    """The asked period, or the newest."""
    for row in queries.periods(session):
        if code in (None, row.code):
            return row
    raise NotFound("Van dit kwartaal zijn geen wachttijden gepubliceerd." if code else "Er is nog niets gepubliceerd.")
