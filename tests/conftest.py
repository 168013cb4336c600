"""A real PostGIS for every test: one template, migrated and filled with the reference data, copied when needed."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from datetime import UTC, datetime

import hypothesis
import psycopg
import pytest
from alembic import command
from alembic.config import Config
from fastapi import FastAPI
from fastapi.testclient import TestClient
from pydantic import SecretStr
from sqlalchemy import Engine, event, make_url, text
from sqlalchemy.orm import Session, sessionmaker
from starlette.concurrency import run_in_threadpool

from availability.access.demo import mint_demo_token
from availability.access.identity import Role
from availability.app import create_app
from availability.cluster import ensure_cluster
from availability.database import make_engine, make_sessions
from availability.migrations.rights import SERVICE, grant_rights
from availability.settings import Settings
from availability.supply import queries
from availability.supply.entries import Entry
from availability.supply.queries import Stated
from availability.supply.writer import Record
from data.reference import load_reference

Token = Callable[[Role | str, str], str]

hypothesis.settings.register_profile("zorg", deadline=None)  # how long a case took says more of the machine
hypothesis.settings.load_profile("zorg")


@pytest.fixture(scope="session")
def server_url() -> str:
    """Where a database may be made: the operator's server, or the private cluster of this clone."""
    given = os.environ.get("ZORG_DATABASE_URL")
    if given:
        return given
    return ensure_cluster()


def _named(server_url: str, name: str) -> str:
    return make_url(server_url).set(database=name).render_as_string(hide_password=False)


def _administer(server_url: str, statement: str) -> None:
    """Statements on databases as a whole, from outside them."""
    plain = make_url(server_url).set(database="postgres", drivername="postgresql")
    with psycopg.connect(plain.render_as_string(hide_password=False), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload, unused-ignore]  # ours


@pytest.fixture(scope="session")
def template(server_url: str) -> Iterator[str]:
    """The name of a database that is migrated and knows the map and the words; nobody connects to it."""
    name = f"zorg_test_{os.getpid()}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _administer(server_url, f"CREATE DATABASE {name}")
    url = _named(server_url, name)
    config = Config(toml_file="pyproject.toml")
    config.attributes["url"] = url
    command.upgrade(config, "head")
    grant_rights(url)
    engine = make_engine(url)
    with make_sessions(engine).begin() as session:
        load_reference(session)
    engine.dispose()
    yield name
    _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@contextmanager
def copied_database(server_url: str, template: str, purpose: str) -> Iterator[str]:
    """A copy of the template for as long as it is needed; its URL."""
    name = f"{template}_{purpose}"
    _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
    _administer(server_url, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _named(server_url, name)
    _administer(server_url, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def database_url(server_url: str, template: str) -> Iterator[str]:
    """The database of tests that roll back."""
    with copied_database(server_url, template, "shared") as url:
        yield url


@pytest.fixture
def own_database_url(server_url: str, template: str) -> Iterator[str]:
    """A database of a test's own, for what must really commit: races, the feed, real servers."""
    with copied_database(server_url, template, "own") as url:
        yield url


@pytest.fixture(scope="session")
def settings(database_url: str) -> Settings:
    return demo_settings(database_url)


def demo_settings(database_url: str) -> Settings:
    """Settings of a demo that tests may freely talk to."""
    return Settings(
        environment="demo",
        database_url=database_url,
        demo_key=SecretStr("a-key-for-the-tests-of-32-bytes!"),
        clockwork=False,  # nothing happens by itself while a test looks
    )


@pytest.fixture(scope="session")
def engine(settings: Settings) -> Iterator[Engine]:
    """One line to the database for all tests that roll back: a new one for each costs more than most of them."""
    engine = make_engine(settings.database_url)
    yield engine
    engine.dispose()


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    """A transaction that is rolled back after the test; a commit inside it is a savepoint."""
    with engine.connect() as connection:
        transaction = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield session
        transaction.rollback()


@contextmanager
def started(app: FastAPI) -> Iterator[TestClient]:
    """The API at work, from the moment that its board is filled."""
    with TestClient(app, base_url="http://testserver/v1", raise_server_exceptions=False) as client:
        deadline = time.monotonic() + 20
        while client.get("/health").status_code != 200:
            assert time.monotonic() < deadline, "the board was not loaded"
            time.sleep(0.01)
        yield client


@pytest.fixture(scope="session")
def running(settings: Settings) -> Iterator[TestClient]:
    """The API, started once for all tests that roll back; its board is live and has no offers."""
    with started(create_app(settings)) as running:
        yield running


@pytest.fixture
def client(running: TestClient, session: Session) -> Iterator[TestClient]:
    """The API, whose requests see what the test's own transaction sees, with a board of the test's own."""
    app = running.app
    assert isinstance(app, FastAPI)
    sessions, board, record = app.state.sessions, app.state.board, app.state.writer.record
    app.state.sessions = as_the_service(
        sessionmaker(session.connection(), join_transaction_mode="create_savepoint", expire_on_commit=False)
    )
    app.state.board = deepcopy(board)
    app.state.writer.record = _recorder(app)
    yield running
    app.state.sessions, app.state.board, app.state.writer.record = sessions, board, record


def as_the_service(sessions: sessionmaker[Session]) -> sessionmaker[Session]:
    """Requests have the rights of the service in the database; the test around them may do all."""
    event.listen(sessions, "after_begin", lambda _, __, connection: connection.exec_driver_sql(f"SET ROLE {SERVICE}"))
    event.listen(sessions, "before_commit", lambda session: session.execute(text("RESET ROLE")))
    return sessions  # a rollback takes the role back by itself


def _recorder(app: FastAPI) -> Record:
    """Records a group of statements in the test's own transaction."""

    def in_session(entries: Sequence[Entry]) -> list[Stated]:
        with app.state.sessions.begin() as session:
            return queries.record(session, entries, app.state.today())

    async def record(entries: Sequence[Entry]) -> list[Stated]:
        return await run_in_threadpool(in_session, entries)

    return record


@pytest.fixture
def token(settings: Settings) -> Token:
    """Makes the Authorization header's value for a role at an organisation: `token("provider", "41000001")`."""

    def make(role: Role | str, organisation: str) -> str:
        return "Bearer " + mint_demo_token(settings, role, organisation, datetime.now(UTC))

    return make
