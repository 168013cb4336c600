"""The service as a whole: every noun's routes under /v1, one way to refuse, one edge."""

import asyncio
import gc
import importlib
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from functools import partial

from fastapi import APIRouter, FastAPI
from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from availability import description, health, problem_types
from availability.access.denials import Allowance
from availability.access.endpoints import demo_router
from availability.access.tokens import tokens_of
from availability.board.board import Board
from availability.board.feed import follow
from availability.clock import calendar
from availability.clockwork.surroundings import Surroundings
from availability.clockwork.work import clockwork_at_work
from availability.clockwork.works import WORKS
from availability.database import make_engine, make_sessions
from availability.edge import API_VERSION, Edge
from availability.geography.atlas import load_atlas
from availability.geography.outlines import Outlines
from availability.observability import configure_logs
from availability.outbox.demo import demo_router as demo_mails_router
from availability.oversight.country import Overview
from availability.problems import answer_with_problems
from availability.settings import Settings
from availability.supply.writer import writer_at_work
from availability.vocabulary.lexicon import load_lexicon

NOUNS = (
    "matching",
    "supply",
    "intake",
    "offers",
    "contracts",
    "contract_lists",
    "providers",
    "products",
    "protection_tables",
    "retractions",
    "quarterly",
    "waits",
    "hsds",
    "cases",
    "contacts",
    "referrals",
    "geography",
    "vocabulary",
    "oversight",
    "lessons",
    "guarantees",
    "publication",
    "council",
    "outbox",
    "clockwork",
    "access",
)
"""The busiest first: the router tries one route after another."""

FIRST_BOARD_SECONDS = 60
"""A worker that has no board by then starts all the same, and says 503 until it has one."""


def create_app(settings: Settings) -> FastAPI:
    """The API with all its routes; the database is opened when it starts."""
    configure_logs(settings.log_format)
    app = FastAPI(
        title="Zorgbeschikbaarheid",
        version=API_VERSION,
        description=description.DESCRIPTION,
        openapi_tags=[{"name": name, "description": said} for name, said in description.TAGS.items()],
        redirect_slashes=False,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.today = calendar(settings.today)
    app.state.tokens = tokens_of(settings)
    app.state.denials = Allowance()
    for router in [*routers(settings), health.router, problem_types.router, description.router]:
        # Not `include_router`: it searches nested routers twice for each request, 0.4 ms in all with our routes.
        app.router.routes.extend(router.routes)
    answer_with_problems(app)
    app.add_middleware(Edge, metrics_token=settings.asked_for_metrics)
    return app


def routers(settings: Settings) -> list[APIRouter]:
    """Every noun's routes; the demo has its own beside them."""
    nouns = [importlib.import_module(f"availability.{noun}.endpoints").router for noun in NOUNS]
    return [*nouns, demo_router, demo_mails_router] if settings.environment == "demo" else nouns


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what requests need, close it when the service stops. Without a database the service does not start."""
    state = app.state
    state.engine = make_engine(state.settings.database_url, state.settings.database_pool, bounded=True)
    state.sessions = make_sessions(state.engine)
    state.board = Board()
    state.overview = Overview()
    await run_in_threadpool(load_reference, app)
    feed = asyncio.create_task(follow(state.board, state.settings.database_url, partial(_reloaded, app)))
    await _filled(state.board)
    gc.freeze()  # what is loaded stays: a collector that walks it all would hold up every request
    try:
        async with writer_at_work(state.settings.database_url, state.today) as state.writer, clockwork(app):
            yield
    finally:
        feed.cancel()
        await asyncio.gather(feed, return_exceptions=True)
        state.engine.dispose()


def clockwork(app: FastAPI) -> AbstractAsyncContextManager[None]:
    """What must happen by itself, unless it is done by a process of its own."""
    state = app.state
    return clockwork_at_work(WORKS, Surroundings.of(state)) if state.settings.clockwork else nullcontext()


def load_reference(app: FastAPI) -> None:
    """Read the map and the words; requests that run keep what they had."""
    with Session(app.state.engine) as session:
        app.state.atlas, app.state.lexicon = load_atlas(session), load_lexicon(session)
    app.state.outlines = Outlines()


async def _filled(board: Board) -> None:
    """Wait for the first board: of several workers behind one port, none should be asked before it can answer."""
    with suppress(TimeoutError):
        async with asyncio.timeout(FIRST_BOARD_SECONDS):
            while not board.ready:
                await asyncio.sleep(0.01)


async def _reloaded(app: FastAPI) -> None:
    await run_in_threadpool(load_reference, app)
