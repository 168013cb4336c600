"""What fits a question, best first and with the reasons: asked once, or kept with a case."""

from datetime import UTC, date, datetime
from typing import Annotated, Any
from uuid import UUID

import orjson
from fastapi import APIRouter, Depends, Request, Response
from sqlalchemy import Row
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from availability.access.audit import record
from availability.access.identity import Identity, bearer
from availability.access.permissions import Action, Relation, may, require
from availability.board.board import Board
from availability.cases.endpoints import own_case
from availability.cases.queries import find_case
from availability.clock import Today
from availability.cursors import Cursor, Limit, cursor_of, read_cursor
from availability.database import InTransaction
from availability.description import refuses
from availability.direct import DirectRoute
from availability.edge import PREFIX
from availability.matching import queries
from availability.matching.answer import answer
from availability.matching.asked import Memory, ask
from availability.matching.keeping import question_kept, rows_kept
from availability.matching.language import preferred
from availability.matching.messages import Answer, MatchQuestion, RankingSummary, RankingTold, Wish, question_of_case
from availability.matching.search import search
from availability.messages import Page, RawBody, body_up_to, takes
from availability.referrals.memory import refused_offers
from availability.referrals.option_queries import options_of
from availability.refusals import NothingThere, Unavailable

router = APIRouter(tags=["zoeken"])
straight = APIRouter(tags=["zoeken"], route_class=DirectRoute)

Ranker = Annotated[Identity, Depends(may(Action.RANK_CASE))]
Reader = Annotated[Identity, Depends(may(Action.RANK_CASE))]

LARGEST_QUESTION = 65_536
"""Bytes. A question is read on the event loop, so nobody may make it long work."""

OLDEST_BOARD_SECONDS = 300
"""A board that has not heard of the database for this long no longer answers."""


@straight.post(
    "/matches",
    summary="Welk aanbod past, in welke volgorde en waarom",
    responses={200: {"model": Answer, "description": "Wat past, beste eerst."}, **refuses(403)},
    openapi_extra={**takes(MatchQuestion), "security": [{"bearer": []}]},
)
async def find_matches(request: Request) -> Response:
    """The hot path: no database, no thread, no dependency, no response model; bytes in, bytes out."""
    caller = await bearer(request)
    require(caller, Action.MATCH, Relation.ANY)
    asked = MatchQuestion.read(await body_up_to(LARGEST_QUESTION, request))
    state = request.app.state
    today = state.today()
    question = asked.question(state.atlas, state.lexicon, today)
    board = current(state.board)
    found = search(board, state.atlas, state.lexicon, ask(question, state.lexicon, today, asked))
    language = preferred(request.headers.get("accept-language"))
    told = answer(found, board.cards, board.as_of, language)
    return Response(told, media_type="application/json", headers={"Content-Language": language})


router.routes.extend(straight.routes)


@router.post(
    "/care-requests/{case_id}/rankings",
    summary="Het aanbod voor een casus rangschikken en bewaren",
    status_code=201,
    openapi_extra=takes(Wish),
    responses=refuses(403),
)
async def keep_ranking(
    *,
    request: Request,
    case_id: UUID,
    caller: Ranker,
    raw: RawBody,
    session: InTransaction,
    today: Today,
    response: Response,
) -> RankingTold:
    """Async, because the board is read on the event loop only; the database waits in a thread."""
    state = request.app.state
    wish = Wish.read(raw or b"{}")
    case, memory = await run_in_threadpool(_case_with_memory, session, case_id, caller, today)
    question = question_of_case(case).question(state.atlas, state.lexicon, today)
    board = current(state.board)
    as_of = board.as_of
    found = search(board, state.atlas, state.lexicon, ask(question, state.lexicon, today, wish), memory)
    language = preferred(request.headers.get("accept-language"))
    told, judged = answer(found, board.cards, as_of, language), found.judged()

    def keep() -> RankingTold:
        row = queries.keep_ranking(
            session,
            care_request_id=case_id,
            ranked_by=caller.subject,
            today=today,
            as_of=as_of,
            weights_version=found.ranking.weights_version,
            question=question_kept(found, language),
            candidates=rows_kept(judged),
            answer=orjson.loads(told),
        )
        record(session, caller, "rank-case", "ranking", str(row.id))
        return RankingTold.of(row)

    kept = await run_in_threadpool(keep)
    response.headers["Location"] = f"{PREFIX}/care-requests/{case_id}/rankings/{kept.id}"
    response.headers["Content-Language"] = language
    return kept


@router.get(
    "/care-requests/{case_id}/rankings",
    summary="De bewaarde rangschikkingen van een casus, nieuwste eerst",
    responses=refuses(403),
)
def list_rankings(
    *, case_id: UUID, caller: Reader, session: InTransaction, limit: Limit = 20, cursor: Cursor = None
) -> Page[RankingSummary]:
    own_case(find_case(session, case_id, caller.organisation))
    after = read_cursor(cursor, datetime.fromisoformat, UUID)
    rows = queries.rankings_of(session, case_id, after=after, limit=limit + 1)
    last = rows[limit - 1] if len(rows) > limit else None
    more = cursor_of(last.ranked_at.isoformat(), str(last.id)) if last else None
    return Page(items=[RankingSummary.of(row) for row in rows[:limit]], next=more)


@router.get(
    "/care-requests/{case_id}/rankings/{ranking_id}",
    summary="Eén bewaarde rangschikking, zoals zij was",
    responses=refuses(403),
)
def get_ranking(case_id: UUID, ranking_id: UUID, caller: Reader, session: InTransaction) -> RankingTold:
    own_case(find_case(session, case_id, caller.organisation))
    row = queries.find_ranking(session, case_id, ranking_id)
    if row is None:
        raise NothingThere("Deze rangschikking bestaat niet bij deze casus.")
    record(session, caller, "see-ranking", "ranking", str(row.id))
    return RankingTold.of(row)


def _case_with_memory(session: Session, case_id: UUID, caller: Identity, today: date) -> tuple[Row[Any], Memory]:
    """The case, with who refused it and where a place is held for it."""
    case = own_case(find_case(session, case_id, caller.organisation))
    held = [option.offer_id for option in options_of(session, case_id, today)]
    return case, Memory(refused_offers(session, case_id), held)


def current(board: Board) -> Board:
    """The board, unless it knows nothing or only what was. Raises Unavailable."""
    if not board.ready or board.age_seconds(datetime.now(UTC)) > OLDEST_BOARD_SECONDS:
        raise Unavailable("Het overzicht van het aanbod is even niet actueel. Probeer het zo opnieuw.")
    return board
