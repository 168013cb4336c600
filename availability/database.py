"""The database: one engine per process, one transaction per request, and the only commit.

Everything below flushes at most. `get_session` must be depended on with `scope="function"`: otherwise FastAPI commits
after the response was sent, and a failing commit would be reported as success.
"""

from collections.abc import Iterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy import Engine, MetaData, create_engine
from sqlalchemy.orm import Session, sessionmaker
from sqlmodel import SQLModel

NAMING_CONVENTION = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that `problems` can translate it into a sentence."""

metadata: MetaData = SQLModel.metadata
metadata.naming_convention = NAMING_CONVENTION


LONGEST_WAIT_SECONDS = 5
"""For a free connection. Who has none by then had better come back later than wait behind all the others."""

SETTINGS = ("jit=off", "max_parallel_workers_per_gather=0", "timezone=UTC")
"""For short, set-based statements: JIT and parallel workers cost more than they give here."""

BOUNDS = ("statement_timeout=60s", "lock_timeout=10s")
"""For requests: one that hangs holds a connection that others wait for. Better an answer that says so."""


def make_engine(url: str, pool_size: int = 10, *, bounded: bool = False) -> Engine:
    """An engine. `bounded` gives up what takes too long: right for requests, wrong for migrations and loading."""
    settings = SETTINGS + BOUNDS if bounded else SETTINGS
    return create_engine(
        url,
        pool_size=pool_size,
        max_overflow=pool_size,
        pool_timeout=LONGEST_WAIT_SECONDS,
        pool_pre_ping=True,
        connect_args={"options": " ".join(f"-c {setting}" for setting in settings)},
    )


def make_sessions(engine: Engine) -> sessionmaker[Session]:
    return sessionmaker(engine, expire_on_commit=False)


def get_session(request: Request) -> Iterator[Session]:
    """One transaction for one request: committed when the handler returned, rolled back when it raised."""
    sessions: sessionmaker[Session] = request.app.state.sessions
    with sessions() as session, session.begin():
        yield session


InTransaction = Annotated[Session, Depends(get_session, scope="function")]
