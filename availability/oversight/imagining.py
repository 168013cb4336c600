"""What-ifs over HTTP's values: which change is meant, what it would do now, and what it would do to waits."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from availability.board.areas import area_number
from availability.geography.atlas import Atlas
from availability.oversight.region import RegionView
from availability.oversight.shortage_messages import Imagined
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon
from matcher.offers import unit_vector
from matcher.shortage import NOWHERE, place
from matcher.shortage_pairs import Positions, Supply
from matcher.shortage_reach import reach
from matcher.shortage_waits import Effect, Situation, effect_of
from matcher.shortage_whatif import DistanceNorm, MorePlaces, StopLifted, WhatIf, WiderContract

NEEDED: dict[str, tuple[str, ...]] = {
    "more-places": ("municipality", "places"),
    "wider-contract": ("from_region",),
    "distance-norm": ("max_km",),
    "stop-lifted": (),
}
"""Which fields each kind has, beside the care type."""

NAMES = {"municipality": "/municipality", "places": "/places", "from_region": "/fromRegion", "max_km": "/maxKm"}


@dataclass(frozen=True, slots=True)
class Change:
    """What a what-if would do to a region and to the others."""

    helped: int
    helped_elsewhere: int
    opened_places: int
    effect: Effect


def change_of(asked: Imagined, region: str, atlas: Atlas, lexicon: Lexicon) -> WhatIf:
    """The change that is meant. Raises Invalid with every fault there is."""
    faults = _faults(asked, region, atlas, lexicon)
    if faults:
        raise Invalid("De invoer klopt niet.", tuple(faults))
    number = lexicon.care_types[asked.care_type].number
    return _MEANT[asked.kind](asked, number, region, atlas)


def _faults(asked: Imagined, region: str, atlas: Atlas, lexicon: Lexicon) -> list[Fault]:
    faults = []
    if lexicon.care_type(asked.care_type) is None:
        faults.append(Fault("/careType", "Deze zorgvorm kennen wij niet."))
    for field, pointer in NAMES.items():
        given, needed = getattr(asked, field) is not None, field in NEEDED[asked.kind]
        if given != needed:
            faults.append(Fault(pointer, "Dit is hier nodig." if needed else "Dit hoort niet bij deze vraag."))
    if asked.municipality is not None and atlas.municipality(asked.municipality) is None:
        faults.append(Fault("/municipality", "Deze gemeente kennen wij niet."))
    if asked.from_region is not None and asked.from_region not in atlas.regions:
        faults.append(Fault("/fromRegion", "Deze jeugdregio kennen wij niet."))
    if asked.from_region == region:
        faults.append(Fault("/fromRegion", "Kies een andere regio dan uw eigen."))
    return faults


def _more_places(asked: Imagined, care_type: int, region: str, atlas: Atlas) -> WhatIf:
    where = atlas.municipalities[asked.municipality or ""]
    return MorePlaces(care_type, area_number(region), unit_vector(where.lon, where.lat), asked.places or 0)


_MEANT: dict[str, Callable[[Imagined, int, str, Atlas], WhatIf]] = {
    "more-places": _more_places,
    "wider-contract": lambda asked, care_type, region, _: WiderContract(
        care_type, area_number(asked.from_region or ""), area_number(region)
    ),
    "distance-norm": lambda asked, care_type, _, __: DistanceNorm(care_type, asked.max_km or 0.0),
    "stop-lifted": lambda _, care_type, region, __: StopLifted(care_type, area_number(region)),
}


def imagine(change: WhatIf, view: RegionView) -> Change:
    """Solve the changed country again, and live a year through in the region's queue for this kind of care."""
    country = view.country
    demand, supply = change.of((country.demand, country.supply), country.day)
    placed = place(reach(demand, supply, country.day), supply.room).at != NOWHERE
    gained = placed.astype(int) - (country.placement.at != NOWHERE)
    opened = _open_to(view, supply, change.care_type) - _open_to(view, country.supply, change.care_type)
    return Change(
        helped=int(gained[view.among].sum()),
        helped_elsewhere=int(gained[~view.among].sum()),
        opened_places=opened,
        effect=effect_of(_situation(view, change.care_type), max(opened, 0)),
    )


def _usable(view: RegionView, supply: Supply, care_type: int) -> Positions:
    """The offers of a care type that the region can use, by contract."""
    areas = [0, area_number(view.region), *(area_number(each.code) for each in view.members)]
    lines = supply.lines[np.isin(supply.lines["area"], areas)]
    offers = np.unique(lines["offer"])
    usable: Positions = offers[supply.care_type[offers] == care_type]
    return usable


def _open_to(view: RegionView, supply: Supply, care_type: int) -> int:
    return int(supply.room[_usable(view, supply, care_type)].sum())


def _situation(view: RegionView, care_type: int) -> Situation:
    """The region's queue for one care type: all offers that it can use, taken together."""
    rows = view.country.supply.offers[_usable(view, view.country.supply, care_type)]
    known = {name: int(np.maximum(rows[name], 0).sum()) for name in ("total_places", "open_places", "waiting")}
    started, withdrawn = (int(np.maximum(rows[name], 0).sum()) for name in ("started_90", "withdrawn_90"))
    places = known["total_places"]
    return Situation(places, max(places - known["open_places"], 0), known["waiting"], started, withdrawn)
