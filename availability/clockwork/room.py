"""A place that suits a waiting case tells its worker: the offer is among the first of that case's ranking now.

The database says what was stated and who waits; the board of this process ranks, on its event loop and a case at a
time, so that requests are answered in between.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.board.board import Board
from availability.clockwork import room_queries
from availability.clockwork.surroundings import Surroundings
from availability.geography.atlas import Atlas
from availability.matching.asked import ask
from availability.matching.messages import Wish, question_of_case
from availability.matching.search import search
from availability.outbox.telling import Notice, tell
from availability.referrals.memory import refused_offers
from availability.refusals import Refusal
from availability.vocabulary.lexicon import Lexicon
from matcher.openings import Room, makes_room

FIRST_ONES = 5
"""What a worker sees without scrolling; further down it would not have been chosen before either."""

CATCH_UP_SECONDS = 5.0
"""How long the board may take to know what the database just said."""


Suiting = tuple[Row[Any], Row[Any]]
"""A case and an offer."""


@dataclass(frozen=True, slots=True)
class News:
    """What was found at one look, and how far that look went."""

    snapshot: str
    moment: datetime
    offers: dict[int, Row[Any]]
    cases: Sequence[Row[Any]]


async def tell_of_room(surroundings: Surroundings) -> None:
    """One look. What is not told because the board lags, is found again at the next."""
    today = surroundings.today()
    news = await asyncio.to_thread(_news, surroundings, today)
    if news is None:
        return
    if news.cases and not await _board_knows(surroundings, news.moment):
        return
    suiting = [pair async for pair in _suiting(surroundings, news, today)]
    await asyncio.to_thread(_tell, surroundings, news, suiting, today)


def _news(surroundings: Surroundings, today: date) -> News | None:
    with surroundings.sessions.begin() as session:
        seen = room_queries.look(session)
        if seen is None:
            room_queries.begin(session)
            return None
        rows = room_queries.stated_since(session, seen)
        offers = {row.offer_id: row for row in rows if makes_room(_before(row), _now(row))}
        cases = room_queries.waiting_for(session, list(offers), today) if offers else []
        return News(seen.now, seen.moment, offers, cases)


def _now(row: Row[Any]) -> Room:
    return Room(row.open_places, row.wait_days, row.admission_stop)


def _before(row: Row[Any]) -> Room | None:
    return None if row.before_id is None else Room(row.open_before, row.wait_before, row.stop_before)


async def _board_knows(surroundings: Surroundings, moment: datetime) -> bool:
    for _ in range(int(CATCH_UP_SECONDS / 0.1)):
        board = surroundings.board()
        if board.ready and board.as_of >= moment:
            return True
        await asyncio.sleep(0.1)
    return False


async def _suiting(surroundings: Surroundings, news: News, today: date) -> AsyncIterator[Suiting]:
    """Each case with each offer of the news that is among its first ones."""
    atlas, lexicon = surroundings.reference()
    for case in news.cases:
        for offer in _first_ones(surroundings.board(), atlas, lexicon, case, today):
            if offer in news.offers:
                yield case, news.offers[offer]
        await asyncio.sleep(0)


def _first_ones(board: Board, atlas: Atlas, lexicon: Lexicon, case: Row[Any], today: date) -> list[int]:
    """The offers that come first for a case; none when it can no longer be asked, say since its child grew up."""
    try:
        question = question_of_case(case).question(atlas, lexicon, today)
    except Refusal:
        return []
    ranking = search(board, atlas, lexicon, ask(question, lexicon, today, Wish())).ranking
    first: list[int] = ranking.candidates["offer_id"][ranking.order[:FIRST_ONES]].tolist()
    return first


def _tell(surroundings: Surroundings, news: News, suiting: Sequence[Suiting], today: date) -> None:
    """All or none, together with how far we looked."""
    with surroundings.sessions.begin() as session:
        for case, offer in suiting:
            if offer.offer_id not in refused_offers(session, case.id):
                _tell_worker(session, case, offer, today)
        room_queries.remember(session, news.snapshot, news.moment)


def _tell_worker(session: Session, case: Row[Any], offer: Row[Any], today: date) -> None:
    """At most once a day for one case and offer, however often the provider states."""
    tell(
        session,
        Notice.CAPACITY_SUITS_CASE,
        organisation=case.organisation,
        role=case.worker_role,
        key=f"{case.id}:{offer.offer_id}:{today}",
        link=f"casussen?casus={case.id}",
        values={"offer": offer.offer_name, "provider": offer.provider_name},
    )
