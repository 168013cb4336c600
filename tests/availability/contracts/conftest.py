"""A contract manager at work."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.contracts.manager import Manager
from tests.conftest import Token


@pytest.fixture
def manager(client: TestClient, session: Session, token: Token) -> Manager:
    return Manager(client, session, token)
