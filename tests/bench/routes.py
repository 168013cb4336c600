"""What is called over HTTP: a FastAPI "hello", the project, and the same route on the best SQL and on ORM rows.

The peers have the project's own edge, token, validation and refusals. They tell no reasons and look no further when
little fits: both are in their favour.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

import orjson
import psycopg
from fastapi import APIRouter, Depends, FastAPI, Request, Response

from availability.access.identity import Identity, bearer
from availability.access.permissions import Action, Relation, require
from availability.app import create_app, lifespan
from availability.database import InTransaction
from availability.matching.messages import MatchQuestion
from availability.messages import RawBody, raw_body
from availability.settings import Settings
from matcher.offers import day_of
from matcher.question import Question
from tests.bench.asked import in_numbers
from tests.bench.engines.postgis import OPTIONS, SERVED
from tests.bench.orm import ranked_by_rows
from tests.bench.statement import BY_CHORD, for_postgres, statement, values
from tests.bench.worlds import plain

CONNECTIONS = 4
"""To the database; more did not help one worker."""

BEST_TWENTY = for_postgres(
    "SELECT best.*, o.name, p.agb_code, p.name AS provider, l.name AS location, l.place FROM ("
    + statement(
        "bench_sheet",
        asked="care_type = ANY ($care_types) AND area = ANY ($areas)",
        distance=BY_CHORD,
        served=SERVED,
        answer="offer_id, score, start_day, distance_km, contract_id",
    )
    + "LIMIT 20) AS best JOIN offer o ON o.id = best.offer_id JOIN provider p ON p.agb_code = o.provider_agb"
    " JOIN location l ON l.id = o.location_id"
)


def hello() -> FastAPI:
    """The least that FastAPI can do."""
    app = FastAPI()

    @app.get("/hello")
    async def greet() -> dict[str, str]:
        return {"hello": "world"}

    return app


def matches() -> FastAPI:
    """The project, with the two peers beside its own route."""
    app = create_app(Settings())
    app.router.lifespan_context = _with_connections
    peers = APIRouter()
    peers.add_api_route("/best-sql", best_sql, methods=["POST"])
    peers.add_api_route("/orm-rows", orm_rows, methods=["POST"])
    app.router.routes[:0] = peers.routes  # in front, so that the router finds them as soon as the project's
    return app


@asynccontextmanager
async def _with_connections(app: FastAPI) -> AsyncIterator[None]:
    url = plain(app.state.settings.database_url)
    options = OPTIONS.format(plans="force_generic_plan")
    made = [await psycopg.AsyncConnection.connect(url, autocommit=True, options=options) for _ in range(CONNECTIONS)]
    app.state.connections = asyncio.LifoQueue[psycopg.AsyncConnection[Any]]()
    for connection in made:
        app.state.connections.put_nowait(connection)
    async with lifespan(app):
        yield
    for connection in made:
        await connection.close()


async def best_sql(request: Request) -> Response:
    """Bytes in, bytes out, and one prepared statement in between."""
    require(await bearer(request), Action.MATCH, Relation.ANY)
    question = _question(request, await raw_body(request))
    state = request.app.state
    connection = await state.connections.get()
    try:
        cursor = await connection.execute(BEST_TWENTY, values(in_numbers(state, question)), prepare=True)
        rows = await cursor.fetchall()
    finally:
        state.connections.put_nowait(connection)
    return _answer([_told(*row) for row in rows])


def orm_rows(
    request: Request, raw: RawBody, caller: Annotated[Identity, Depends(bearer)], session: InTransaction
) -> list[dict[str, Any]]:
    """As it is often written: entities in, dictionaries out, judged by the project's own matcher."""
    require(caller, Action.MATCH, Relation.ANY)
    return ranked_by_rows(session, request.app.state.atlas, _question(request, raw))


def _question(request: Request, raw: bytes) -> Question:
    state = request.app.state
    return MatchQuestion.read(raw).question(state.atlas, state.lexicon, state.today())


def _told(
    offer: int, score: int, start: int, distance: float, contract: int,
    name: str, agb_code: str, provider: str, location: str, place: str,
) -> dict[str, Any]:  # fmt: skip
    return {
        "offerId": offer,
        "score": score,
        "expectedStart": None if start > 10**6 else day_of(start),
        "distanceKm": round(distance, 1),
        "contractId": contract,
        "offer": name,
        "provider": {"agbCode": agb_code, "name": provider},
        "location": {"name": location, "place": place},
    }


def _answer(matches: list[dict[str, Any]]) -> Response:
    return Response(orjson.dumps({"matches": matches}), media_type="application/json")
