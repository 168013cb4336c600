"""The small world, published once for all who look at it."""

import contextlib
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.app import create_app
from tests.availability.board.living import committing
from tests.availability.publication import world
from tests.conftest import copied_database, demo_settings, started


@pytest.fixture(scope="package")
def published_url(server_url: str, template: str) -> Iterator[str]:
    with copied_database(server_url, template, "published") as url:
        for written in (world.fill, world.publish_all):
            with committing(url) as session:
                written(session)
        yield url


@pytest.fixture(scope="package")
def published_client(published_url: str) -> Iterator[TestClient]:
    with started(create_app(demo_settings(published_url))) as client:
        yield client


@pytest.fixture
def published_session(published_url: str) -> Iterator[Session]:
    """What is done here is undone."""
    with contextlib.suppress(Undone), committing(published_url) as session:
        yield session
        raise Undone


class Undone(Exception):
    """Rolls a transaction back."""
