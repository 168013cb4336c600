"""What a region could use on every day of some years: the offers, what was said of them, and how they lie."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import orjson
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.geography.atlas import Atlas
from availability.guarantees import supply_queries as queries
from availability.guarantees.agreements import Ground, agreements
from availability.protection_tables.queries import neighbours
from matcher.freshness import DEFAULT_UPDATE_TERM_DAYS
from matcher.guarantee_days import REACHES, Agreement, Heard, Held, Offer, Reach, Statement, hear
from matcher.offers import EARTH_RADIUS_KM
from matcher.question import Setting

T = TypeVar("T")

_NO_TRAVEL = Setting.ONLINE.value


@dataclass(frozen=True, slots=True)
class Lies:
    """How offers lie to municipalities: positions in REACHES and kilometres, offers x municipalities."""

    reach: npt.NDArray[np.int8]
    km: npt.NDArray[np.float64]

    @classmethod
    def of(cls, offers: Sequence[Row[Any]], ground: Ground, atlas: Atlas, on: date, near: Set[str]) -> "Lies":
        """As the regions were that day; `near`: those that border on ours."""
        towns = [atlas.municipalities[code] for code in ground.municipalities]
        km = _km([(row.lon, row.lat) for row in offers], [(town.lon, town.lat) for town in towns])
        travels = np.array([row.travels_km for row in offers], np.float64)[:, None]
        online = np.array([row.setting == _NO_TRAVEL for row in offers], np.bool_)[:, None]
        comes = (km <= travels) | online
        stands_in = np.array([row.municipality_code for row in offers], np.str_)
        reach = {code: _reach(atlas.region_of(code, on), ground.region, near) for code in set(stands_in.tolist())}
        stands = np.array([reach[code] for code in stands_in.tolist()], np.int8)[:, None]
        here = stands_in[:, None] == np.array(ground.municipalities, np.str_)
        return cls(
            np.where(comes | here, np.int8(REACHES.index(Reach.MUNICIPALITY)), stands),
            np.where(comes, 0.0, np.where(np.isnan(travels), km, np.inf)),
        )


def _reach(region: str | None, own: str, near: Set[str]) -> int:
    if region == own:
        return REACHES.index(Reach.REGION)
    return REACHES.index(Reach.NEIGHBOURS if region in near else Reach.COUNTRY)


def _km(offers: Sequence[tuple[float, float]], towns: Sequence[tuple[float, float]]) -> npt.NDArray[np.float64]:
    """As the crow flies, offers x towns, from longitudes and latitudes (the haversine formula)."""
    one, other = (np.radians(np.array(side, np.float64).reshape(-1, 2)) for side in (offers, towns))
    along, up = (one[:, None, axis] - other[None, :, axis] for axis in (0, 1))
    half = np.sin(up / 2) ** 2 + np.cos(one[:, None, 1]) * np.cos(other[None, :, 1]) * np.sin(along / 2) ** 2
    arc: npt.NDArray[np.float64] = 2 * EARTH_RADIUS_KM * np.arcsin(np.minimum(np.sqrt(half), 1.0))
    return arc


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be heard of: these care types, on these days; and whether it matters what lies next door."""

    care_types: tuple[str, ...]
    first: date
    last: date
    neighbours: bool = True


def heard(session: Session, ground: Ground, wanted: Wanted, atlas: Atlas) -> Heard:
    """All that was said of it, from the first up to and including the last of the days."""
    session.execute(queries.PLAN_EACH_TIME)
    offers = _offers(session, ground, wanted, atlas) if wanted.care_types else []
    return hear(offers, len(ground.municipalities), wanted.first, wanted.last)


def _offers(session: Session, ground: Ground, wanted: Wanted, atlas: Atlas) -> list[Offer]:
    care_types, days = wanted.care_types, (wanted.first, wanted.last)
    sought = orjson.dumps({"careTypes": list(care_types), "areas": ground.codes}).decode()
    agreed = agreements(
        queries.agreed(session, care_types, ground.codes), queries.changed(session, sought, days[0]), ground, care_types
    )
    general = queries.served(session, care_types, ground.municipalities)
    providers = sorted({provider for provider, _ in agreed})
    rows = queries.offers(session, care_types, providers, list(general), days)
    ids = [row.id for row in rows]
    said = _by_offer(queries.said(session, ids, days), _statement)
    held = _by_offer(queries.held(session, ids, days[0]), lambda row: Held(row.first, row.last))
    near = set(neighbours(session, ground.region, wanted.last)) if wanted.neighbours else set()
    lies = Lies.of(rows, ground, atlas, wanted.last, near)
    reaches, km = [tuple(REACHES[each] for each in row) for row in lies.reach.tolist()], lies.km.tolist()
    return [
        Offer(
            care_type=row.care_type_code,
            age_from=row.age_from,
            age_until=row.age_until,
            first=row.published_from,
            last=row.published_until or date.max,
            statements=said.get(row.id, ()),
            agreements=(
                *agreed.get((row.provider_agb, row.care_type_code), ()),
                *_for_everybody(row, ground.positions(general.get(row.id, ()))),
            ),
            within=reaches[at],
            km=tuple(km[at]),
            held=held.get(row.id, ()),
        )
        for at, row in enumerate(rows)
    ]


def _by_offer(rows: Sequence[Row[Any]], read: Callable[[Row[Any]], T]) -> Mapping[int, tuple[T, ...]]:
    found: defaultdict[int, list[T]] = defaultdict(list)
    for row in rows:
        found[row.offer_id].append(read(row))
    return {offer: tuple(each) for offer, each in found.items()}


def _statement(row: Row[Any]) -> Statement:
    return Statement(row.on_day, row.open_places, row.wait_days, row.admission_stop, row.available_from)


def _for_everybody(offer: Row[Any], areas: tuple[int, ...]) -> Iterator[Agreement]:
    """A general provision needs no contract: it is there while it is published."""
    if areas:
        yield Agreement(areas, offer.published_from, offer.published_until or date.max, DEFAULT_UPDATE_TERM_DAYS)
