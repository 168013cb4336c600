"""Peers of the capacity writes, as services for uvicorn.

Of one statement: the same route without a database, and with rows of an ORM. Of ten thousand: the same route with
nothing behind it but COPY.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from itertools import count
from types import SimpleNamespace

import orjson
import psycopg
from fastapi import APIRouter, FastAPI, Request, Response
from sqlalchemy import text
from sqlmodel import select

from availability.access.audit import record
from availability.access.permissions import Action, Relation, allowed
from availability.app import create_app
from availability.clock import Today
from availability.database import InTransaction, make_engine, make_sessions
from availability.messages import RawBody
from availability.preconditions import Expects, SeenVersion, etag_of
from availability.refusals import NotAllowed, NotFound, PreconditionFailed
from availability.settings import Settings
from availability.supply.drafts import Draft, read_drafts
from availability.supply.endpoints import ListBody, OfferId, Planner, Source
from availability.supply.entries import Author, Entry
from availability.supply.messages import FIGURES, Capacity, Statement
from availability.supply.queries import Outcome, Stated
from availability.supply.tables import CapacityStatement, CurrentCapacity, Offer
from tests.bench.worlds import plain as plain_url


class Forgetful:
    """A writer that accepts everything and keeps nothing."""

    def __init__(self) -> None:
        self._ids = count(1)

    async def state(self, entry: Entry) -> Stated:
        draft, author = entry.draft, entry.author
        return Stated(Outcome.ACCEPTED, None, _row(draft, next(self._ids), datetime.now(UTC), author))


def without_database() -> FastAPI:
    """The whole service, its route included; only what is stated is not kept."""
    app = create_app(Settings())

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.writer = Forgetful()
        yield

    app.router.lifespan_context = lifespan
    return app


plain = APIRouter()


@plain.put("/offers/{offer_id}/capacity")
def put_as_rows(
    *,
    offer_id: OfferId,
    caller: Planner,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    today: Today,
    response: Response,
    source: Source,
) -> Capacity:
    """As one writes it on a first day: load the rows, look, change them, add some."""
    offer = session.get(Offer, offer_id)
    if offer is None:
        raise NotFound("Dit aanbod bestaat niet.")
    if offer.provider_agb != caller.organisation and not allowed(caller, Action.STATE_CAPACITY, Relation.ANY):
        raise NotAllowed("Dit aanbod is van een andere aanbieder.")
    holds = select(CurrentCapacity).where(CurrentCapacity.offer_id == offer_id).with_for_update()
    current = session.execute(holds).scalar_one()
    if seen.expects is Expects.SEEN and current.statement_id not in seen.seen:
        raise PreconditionFailed("Iemand anders was u voor.")
    figures = Statement.read(raw)
    statement = CapacityStatement(
        offer_id=offer_id,
        stated_at=datetime.now(UTC),
        stated_by=f"{caller.organisation}:{caller.subject}",
        source=source,
        **{name: getattr(figures, name) for name in FIGURES},
    )
    session.add(statement)
    session.flush()
    assert statement.id is not None
    current.statement_id = statement.id
    record(session, caller, "state-capacity", "capacity-statement", str(statement.id))
    response.headers["ETag"] = etag_of(statement.id)
    row = {**statement.model_dump(), "statement_id": statement.id, "update_term": 30}
    return Capacity.of(SimpleNamespace(**row), today)  # type: ignore[arg-type]  # stands for a row


copying = APIRouter()

COPIED = ("id", "offer_id", *FIGURES, "stated_at", "stated_by", "source", "idempotency_key")
INTO = f"COPY bench_copied ({', '.join(COPIED)}) FROM STDIN"


@copying.post("/capacity-statements")
def copy_many(request: Request, caller: Planner, raw: ListBody, today: Today, source: Source) -> Response:
    """What is said is read and answered as in the service, and appended with COPY: nothing is judged, kept current,
    audited or told to a board."""
    now, author = datetime.now(UTC), Author.of(caller, source)
    drafts = read_drafts(raw)
    rows = [_row(draft, next(request.app.state.ids), now, author) for draft in drafts]
    with psycopg.connect(plain_url(request.app.state.settings.database_url)) as connection:
        with connection.cursor() as cursor, cursor.copy(INTO.encode()) as copy:
            for row, draft in zip(rows, drafts, strict=True):
                figures = (getattr(row, name) for name in FIGURES)
                copy.write_row((row.statement_id, row.offer_id, *figures, now, row.stated_by, source, draft.key))
        connection.commit()
    items = [
        {"offerId": row.offer_id, "status": 200, "capacity": Capacity.sent(row, today), "problem": None}  # type: ignore[arg-type]  # stands for a row
        for row in rows
    ]
    return Response(orjson.dumps({"items": items}, option=orjson.OPT_UTC_Z), media_type="application/json")


def _row(draft: Draft, statement_id: int, now: datetime, author: Author) -> SimpleNamespace:
    said = {name: getattr(draft.figures, name) for name in FIGURES}
    return SimpleNamespace(
        offer_id=draft.offer_id, statement_id=statement_id, stated_at=now, stated_by=author.stated_by,
        source=author.source, update_term=30, **said,
    )  # fmt: skip


def copying_many() -> FastAPI:
    """The same service with that route in front."""
    app = create_app(Settings())
    app.router.routes[:0] = copying.routes

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        app.state.ids = count(1)
        yield

    app.router.lifespan_context = lifespan
    return app


def rows_of_an_orm() -> FastAPI:
    """The same service with that route in front, and a session per request."""
    app = create_app(Settings())
    app.router.routes[:0] = plain.routes

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        engine = make_engine(app.state.settings.database_url, app.state.settings.database_pool)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        app.state.sessions = make_sessions(engine)
        yield
        engine.dispose()

    app.router.lifespan_context = lifespan
    return app
