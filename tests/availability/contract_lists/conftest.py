"""A contract manager with a list."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.contract_lists.lister import Lister
from tests.conftest import Token


@pytest.fixture
def lister(client: TestClient, session: Session, token: Token) -> Lister:
    return Lister(client, session, token)
