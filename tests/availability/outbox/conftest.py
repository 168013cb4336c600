"""A world in which things are really sent: a database that commits, and receivers that listen."""

from collections.abc import Iterator

import pytest
from pydantic import SecretStr
from sqlalchemy.orm import Session, sessionmaker

from availability.database import make_engine, make_sessions
from availability.outbox.sending import PostOffice
from availability.settings import Settings
from tests.availability.outbox.receivers import Mailbox, Receiver, a_mail_server, a_receiver
from tests.conftest import demo_settings


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


@pytest.fixture
def sending(own_database_url: str, mailbox: Mailbox) -> Iterator[Settings]:
    """Settings with a mail server that listens."""
    with a_mail_server(mailbox) as url:
        yield demo_settings(own_database_url).model_copy(update={"smtp_url": SecretStr(url)})


@pytest.fixture
def sessions(own_database_url: str) -> Iterator[sessionmaker[Session]]:
    engine = make_engine(own_database_url)
    yield make_sessions(engine)
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
