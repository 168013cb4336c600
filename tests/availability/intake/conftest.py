"""A planner at the keyboard."""

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from tests.availability.intake.planner import Planner
from tests.conftest import Token


@pytest.fixture
def planner(client: TestClient, session: Session, token: Token) -> Planner:
    return Planner(client, session, token)
