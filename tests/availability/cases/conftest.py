"""A stopped clock, and the people who have to do with a case in Arnhem."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.availability.builders import ARNHEM
from tests.availability.cases.casework import INSTITUTION, REGION, TODAY, Person
from tests.conftest import Token


@pytest.fixture(autouse=True)
def stopped_clock(running: TestClient) -> Iterator[None]:
    app = running.app
    assert isinstance(app, FastAPI)
    today = app.state.today
    app.state.today = lambda: TODAY
    yield
    app.state.today = today


@pytest.fixture
def protector(client: TestClient, token: Token) -> Person:
    """A youth-protection worker of a certified institution."""
    return Person(client, token, "youth-protection", INSTITUTION)


@pytest.fixture
def team(client: TestClient, token: Token) -> Person:
    """The local team of Arnhem."""
    return Person(client, token, "local-team", ARNHEM)


@pytest.fixture
def office(client: TestClient, token: Token) -> Person:
    return Person(client, token, "back-office", ARNHEM)


@pytest.fixture
def official(client: TestClient, token: Token) -> Person:
    return Person(client, token, "official", ARNHEM)


@pytest.fixture
def chair(client: TestClient, token: Token) -> Person:
    """The chair of the expert team of Arnhem's region."""
    return Person(client, token, "ret-chair", REGION)


@pytest.fixture
def regional(client: TestClient, token: Token) -> Person:
    """The regional contact person."""
    return Person(client, token, "regional-contact", REGION)


@pytest.fixture
def broker(client: TestClient, token: Token) -> Person:
    return Person(client, token, "care-broker", REGION)
