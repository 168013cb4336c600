"""The service as a whole: every noun's routes under /v1, one way to refuse, one edge."""

import importlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from fastapi import APIRouter, FastAPI
from prometheus_client import make_asgi_app

from availability.access.tokens import tokens_of
from availability.clock import calendar
from availability.database import make_engine, make_sessions
from availability.observability import API_VERSION, Edge, configure_logs
from availability.problems import answer_with_problems
from availability.settings import Settings

NOUNS = ("access", "geography", "vocabulary", "supply", "matching", "cases", "oversight")
"""In the order in which the description of the API tells them."""


def create_app(settings: Settings) -> FastAPI:
    """The API with all its routes; the database is opened when it starts."""
    configure_logs(settings.log_format)
    app = FastAPI(
        title="Zorgbeschikbaarheid",
        version=API_VERSION,
        redirect_slashes=False,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
    )
    app.state.settings = settings
    app.state.today = calendar(settings.today)
    app.state.tokens = tokens_of(settings)
    for router in routers():
        app.include_router(router, prefix="/v1")
    app.mount("/metrics", make_asgi_app())
    answer_with_problems(app)
    app.add_middleware(Edge)
    return app


def routers() -> list[APIRouter]:
    here = Path(__file__).parent
    built = (noun for noun in NOUNS if (here / noun / "endpoints.py").exists())
    return [importlib.import_module(f"availability.{noun}.endpoints").router for noun in built]


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Open what requests need, close it when the service stops."""
    settings: Settings = app.state.settings
    app.state.engine = make_engine(settings.database_url, settings.database_pool)
    app.state.sessions = make_sessions(app.state.engine)
    try:
        yield
    finally:
        app.state.engine.dispose()
