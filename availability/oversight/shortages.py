"""Where a region falls short, over HTTP: the radar, what places more would do, and what-ifs."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, may, require
from availability.codes import RegionCode, Slug
from availability.database import InTransaction
from availability.description import refuses
from availability.geography.atlas import Atlas, TheAtlas
from availability.messages import CodeAndName, RawBody, takes
from availability.oversight.country import TheCountry
from availability.oversight.imagining import change_of, imagine
from availability.oversight.region import RegionView
from availability.oversight.shortage_messages import (
    ADVICE,
    BandTold,
    Imagined,
    ImaginedTold,
    ShortagesTold,
    WorthsTold,
)
from availability.oversight.telling import Before, Telling, said
from availability.refusals import Fault, Invalid, NotFound
from availability.vocabulary.lexicon import TheLexicon
from matcher.shortage_reach import IN_TIME_WITHIN_DAYS
from matcher.shortage_waits import Band
from matcher.shortage_words import imagined

router = APIRouter(tags=["regio"])

Overseer = Annotated[Identity, Depends(may(Action.SEE_SHORTAGES))]
Level = Annotated[Literal["region", "municipality"], Query(description="Per regio of per gemeente.")]
By = Annotated[Literal["care-type", "family"], Query(description="Per zorgvorm of per groep van zorgvormen.")]
OneCareType = Annotated[Slug | None, Query(alias="careType", description="Alleen deze zorgvorm.")]


@router.get("/regions/{code}/shortages", summary="Waar het aanbod tekortschiet, en waarom", responses=refuses(403))
def get_shortages(
    *,
    code: RegionCode,
    caller: Overseer,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    country: TheCountry,
    level: Level = "region",
    by: By = "care-type",
) -> ShortagesTold:
    view = _own_region(caller, code, country, atlas)
    record(session, caller, "see-shortages", "youth_region", code)
    telling = Telling(view, atlas, lexicon, Before.of(session, view))
    return ShortagesTold(
        **_heading(view, atlas),
        in_time_within_days=IN_TIME_WITHIN_DAYS,
        shortages=telling.shortages(per_municipality=level == "municipality", families=by == "family"),
        above_the_region=list(telling.above_the_region()),
    )


@router.get("/regions/{code}/worth-of-places", summary="Wat één plek erbij zou doen", responses=refuses(403))
def get_worth_of_places(
    *,
    code: RegionCode,
    caller: Overseer,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    country: TheCountry,
    care_type: OneCareType = None,
) -> WorthsTold:
    if care_type is not None and lexicon.care_type(care_type) is None:
        raise Invalid("De invoer klopt niet.", (Fault("?careType", "Deze zorgvorm kennen wij niet."),))
    view = _own_region(caller, code, country, atlas)
    record(session, caller, "see-shortages", "youth_region", code)
    telling = Telling(view, atlas, lexicon, Before.of(session, view))
    return WorthsTold(**_heading(view, atlas), cells=telling.worths(care_type), obvious_rules=telling.obvious_rules())


@router.post(
    "/regions/{code}/what-ifs",
    summary="Wat als: plekken erbij, een ruimer contract, een andere afstand, een stop eraf",
    responses=refuses(403),
    openapi_extra=takes(Imagined),
)
def imagine_change(
    *,
    code: RegionCode,
    caller: Overseer,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    country: TheCountry,
    raw: RawBody,
) -> ImaginedTold:
    view = _own_region(caller, code, country, atlas)
    asked = Imagined.read(raw)
    change = imagine(change_of(asked, code, atlas, lexicon), view)
    record(session, caller, "imagine", "youth_region", code)
    effect = change.effect
    return ImaginedTold(
        **_heading(view, atlas),
        kind=asked.kind,
        helped=change.helped,
        helped_elsewhere=change.helped_elsewhere,
        opened_places=change.opened_places,
        wait_now_days=_band(effect.wait_now),
        wait_then_days=_band(effect.wait_then),
        sooner_days=_band(effect.sooner),
        started_more_a_year=_band(effect.started_more),
        children_a_place_a_year=round(effect.children_a_year, 1),
        reasons=said(imagined(change.helped, change.helped_elsewhere, effect)),
    )


def _own_region(caller: Identity, code: str, country: TheCountry, atlas: Atlas) -> RegionView:
    """The region's view. Exact counts are for the region itself."""
    if code not in atlas.regions:
        raise NotFound("Deze jeugdregio kennen wij niet.")
    require(caller, Action.SEE_SHORTAGES, Relation.OWN if caller.organisation == code else Relation.ANY)
    return RegionView.of(country, code, atlas)


def _heading(view: RegionView, atlas: Atlas) -> dict[str, Any]:
    country = view.country
    (advice,) = said([(ADVICE, {})])
    region = CodeAndName(code=view.region, name=atlas.regions[view.region])
    return {"region": region, "today": country.today, "as_of": country.as_of, "advice": advice}


def _band(band: Band) -> BandTold:
    return BandTold(low=band.low, middle=band.middle, high=band.high)
