"""What is asked and offered in the whole country, solved as of one moment: what the radar of every region looks at.

Regions share offers, so one region's children cannot be placed without looking at the others'. That takes part of a
second; so a worker keeps the last solution, and makes a new one beside it when somebody asks and it has aged.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from time import monotonic
from typing import Annotated

import numpy as np
from fastapi import Depends, FastAPI, Request
from prometheus_client import Counter
from starlette.concurrency import run_in_threadpool

from availability.board.areas import area_number
from availability.board.board import Board
from availability.geography.atlas import Atlas
from availability.observability import tell_failure
from availability.oversight import asked, shortage_queries
from availability.referrals.memory import refused_everywhere
from availability.refusals import Unavailable
from availability.vocabulary.lexicon import Lexicon
from matcher.offers import CONTRACT, Rows, day_number, rows_together, unit_vector
from matcher.shortage import Placement, place
from matcher.shortage_causes import remedies
from matcher.shortage_pairs import LINE, Counts, Demand, Positions, Supply
from matcher.shortage_radar import Picture, what_fits
from matcher.shortage_reach import Reach, reach, room_in_time
from matcher.shortage_whatif import MorePlaces, new_places
from matcher.shortage_worth import MOST_PLACES, Worth, worth_of_places

AGES_AFTER = timedelta(seconds=60)
"""A picture older than this is made anew in the background; who asks meanwhile sees it with its time."""

TOO_OLD_AFTER = timedelta(minutes=5)
"""Past this it is not shown any more: who asks first after a quiet hour waits for a new one."""


AGAIN_AFTER_SECONDS = 5.0
"""After a picture could not be made, so long nobody tries: a fault would only be met again by all who ask."""

MADE = Counter("zorg_country_pictures_total", "Times the picture of the country was made.", ("outcome",))


@dataclass(frozen=True, slots=True)
class Cells:
    """Where a place more might come: every care type in every municipality, for all of its region."""

    where: list[tuple[str, str, str]]
    """Care type, municipality and region."""
    reach: Reach
    worth: Worth


@dataclass(frozen=True, slots=True)
class Country:
    """All open requests and all offers on one day, a largest placement, and what places more would add anywhere."""

    picture: Picture
    cells: Cells
    places: list[str]
    """The place where each offer is."""
    today: date
    as_of: datetime

    @property
    def demand(self) -> Demand:
        return self.picture.demand

    @property
    def supply(self) -> Supply:
        return self.picture.supply

    @property
    def placement(self) -> Placement:
        return self.picture.placement

    @property
    def day(self) -> int:
        return self.picture.today


@dataclass(frozen=True, slots=True)
class Offered:
    """What the board holds, each care type read between two of its changes."""

    offers: Rows
    care_type: Positions
    lines: Rows
    location: Positions
    as_of: datetime


class Overview:
    """The latest picture of the country in this worker."""

    def __init__(self) -> None:
        self._latest: Country | None = None
        self._making: asyncio.Task[None] | None = None
        self._again_after = 0.0

    def forget(self) -> None:
        """The next who asks waits for a new picture."""
        self._latest = None

    async def country(self, app: FastAPI) -> Country:
        """The latest picture. Only who finds none, or one that is too old, waits for a new one.

        Raises Unavailable where that cannot be made.
        """
        age = self._age(app)
        if age > AGES_AFTER:
            making = self._begun(app)
            if making is not None and age >= TOO_OLD_AFTER:
                await asyncio.shield(making)
        if self._latest is None or self._age(app) >= TOO_OLD_AFTER:
            raise Unavailable("Het overzicht is nu niet te maken. Probeer het zo weer.")
        return self._latest

    def _age(self, app: FastAPI) -> timedelta:
        """Yesterday's picture is too old, whatever the hour."""
        if self._latest is None or self._latest.today != app.state.today():
            return TOO_OLD_AFTER
        age: timedelta = app.state.board.as_of - self._latest.as_of
        return age

    def _begun(self, app: FastAPI) -> asyncio.Task[None] | None:
        """The new picture that is being made; none shortly after that failed."""
        if self._making is None or self._making.done():
            if monotonic() < self._again_after:
                return None
            self._making = asyncio.create_task(self._make(app))
        return self._making

    async def _make(self, app: FastAPI) -> None:
        """What fails is told to who keeps the service; who asks sees the picture there was, until it is too old."""
        try:
            offered = await read_board(app.state.board, app.state.lexicon)
            self._latest = await run_in_threadpool(_solved, app, offered, app.state.today())
        except Exception as error:
            self._again_after = monotonic() + AGAIN_AFTER_SECONDS
            MADE.labels("failed").inc()
            tell_failure(error, "country")
        else:
            MADE.labels("done").inc()


async def read_board(board: Board, lexicon: Lexicon) -> Offered:
    """The board as columns, a care type at a time, so that no question waits for all."""
    parts = []
    for code in board.care_types:
        parts.append(_of_care_type(board, code, lexicon.care_types[code].number))
        await asyncio.sleep(0)
    offers, care_types, lines, locations = zip(*parts, strict=True)
    before = np.cumsum([0, *map(len, offers[:-1])])
    for piece, begin in zip(lines, before.tolist(), strict=True):
        piece["offer"] += begin
    return Offered(
        rows_together(*offers),
        np.concatenate(care_types),
        np.concatenate(lines),
        np.concatenate(locations),
        board.as_of,
    )


def _of_care_type(board: Board, code: str, number: int) -> tuple[Rows, Positions, Rows, Positions]:
    columns = board.columns(code)
    rows, agreements = columns.lines()
    lines = np.zeros(len(rows), LINE)
    lines["offer"], lines["area"] = rows, agreements["area"]
    for name in CONTRACT.names or ():
        lines[name] = agreements[name]
    offers = board.everything([code])
    return offers, np.full(len(offers), number, np.int32), lines, columns.places["location"].copy()


def _solved(app: FastAPI, offered: Offered, today: date) -> Country:
    state = app.state
    with state.sessions() as session, session.begin():
        rows, refused = shortage_queries.open_requests(session), refused_everywhere(session)
        demand = asked.demand(rows, refused, state.atlas, state.lexicon, today)
        where = shortage_queries.locations(session)
    stands_in, places = _stands(offered.location, where, state.atlas, today)
    day = day_number(today)
    room = room_in_time(offered.offers, day)
    supply = Supply(offered.offers, offered.care_type, offered.lines, stands_in, room)
    placement = place(reach(demand, supply, day), room)
    found = remedies(demand, supply, placement, unstopped=_unstopped(offered.offers, day), today=day)
    picture = Picture(demand, supply, placement, what_fits(demand, supply, day), found, day)
    return Country(picture, _cells(picture, state.atlas, state.lexicon, today), places, today, offered.as_of)


def _unstopped(offers: Rows, day: int) -> Counts:
    """The room there would be if nobody had a stop."""
    without = offers.copy()
    without["stop"] = 0
    return room_in_time(without, day)


def _cells(picture: Picture, atlas: Atlas, lexicon: Lexicon, today: date) -> Cells:
    kinds = [each for each in lexicon.care_types.values() if not each.crisis]
    regions = {code: atlas.region_of(code, today) for code in atlas.municipalities}
    members = [(atlas.municipalities[code], region) for code, region in regions.items() if region]
    where = [(kind.code, each.code, region) for kind in kinds for each, region in members]
    places = [
        MorePlaces(kind.number, area_number(region), unit_vector(each.lon, each.lat), places=1)
        for kind in kinds
        for each, region in members
    ]
    could_go = reach(picture.demand, new_places(places, picture.today), picture.today)
    return Cells(where, could_go, worth_of_places(picture.placement, could_go, MOST_PLACES))


def _stands(
    locations: Positions, where: dict[int, tuple[str, str]], atlas: Atlas, today: date
) -> tuple[Positions, list[str]]:
    """Per offer the region and the place where it is; a location that came since is nowhere yet."""
    found = [where.get(location, ("", "")) for location in locations.tolist()]
    regions = {code: asked.region_number(atlas, code, today) for code in {municipality for municipality, _ in found}}
    return np.array([regions[municipality] for municipality, _ in found], np.int32), [place for _, place in found]


async def _country(request: Request) -> Country:
    overview: Overview = request.app.state.overview
    return await overview.country(request.app)


TheCountry = Annotated[Country, Depends(_country)]
"""The country as this worker last saw it."""
