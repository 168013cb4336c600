"""A world in which things are really sent: a database that commits, and receivers that listen."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from availability.database import make_engine, make_sessions
from availability.outbox.sending import PostOffice
from availability.settings import Settings
from tests.availability.outbox.receivers import Mailbox, Receiver, a_mail_server, a_receiver
from tests.conftest import copied_database, demo_settings


@pytest.fixture(scope="module")
def committing_url(server_url: str, template: str) -> Iterator[str]:
    """A database for the tests of one file, in which things are committed."""
    with copied_database(server_url, template, "outbox") as url:
        yield url


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def sending(committing_url: str, mailbox: Mailbox) -> Iterator[Settings]:
    """Settings with a mail server that listens."""
    with a_mail_server(mailbox) as url:
        yield demo_settings(committing_url).model_copy(update={"smtp_url": SecretStr(url)})


@pytest.fixture
def sessions(committing_url: str) -> Iterator[sessionmaker[Session]]:
    """Nothing was told yet, and nobody registered."""
    engine = make_engine(committing_url)
    sessions = make_sessions(engine)
    with sessions.begin() as session:
        for table in ("notice", "contact_address", "webhook"):
            session.execute(text(f"DELETE FROM {table}"))
    yield sessions
    engine.dispose()


@pytest.fixture
def office(sending: Settings, sessions: sessionmaker[Session]) -> PostOffice:
    return PostOffice.of(sending, sessions)


@pytest.fixture
def receiver() -> Receiver:
    return Receiver()


@pytest.fixture
def receiver_url(receiver: Receiver) -> Iterator[str]:
    with a_receiver(receiver) as url:
        yield url
