from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from tests.availability.guarantees.builders import REGION, TODAY
from tests.conftest import Token

ALWAYS_A_FAMILY_HOME = {"careType": "gezinshuis", "reach": "region"}


class Chair:
    """The RET chair of Arnhem's region, or whoever is named."""

    def __init__(self, client: TestClient, token: Token, role: str = "ret-chair", organisation: str = REGION) -> None:
        self.client = client
        self.headers = {"Authorization": token(role, organisation)}

    def send(self, method: str, path: str, body: Any = None, if_match: str | None = None) -> Response:
        headers = self.headers | ({"If-Match": if_match} if if_match else {})
        return self.client.request(method, f"/regions/{path}", json=body, headers=headers)

    def promise(self, **terms: Any) -> Response:
        return self.send("POST", f"{REGION}/guarantees", ALWAYS_A_FAMILY_HOME | terms)

    def promises(self) -> list[dict[str, Any]]:
        items: list[dict[str, Any]] = self.send("GET", f"{REGION}/guarantees").json()["items"]
        return items

    def standings(self, query: str = "") -> list[dict[str, Any]]:
        answer = self.send("GET", f"{REGION}/guarantee-standings{query}")
        assert answer.status_code == 200, answer.text
        items: list[dict[str, Any]] = answer.json()["items"]
        return items


@pytest.fixture
def chair(client: TestClient, token: Token) -> Chair:
    return Chair(client, token)


@pytest.fixture(autouse=True)
def stopped_clock(request: pytest.FixtureRequest) -> Iterator[None]:
    if "client" not in request.fixturenames:
        yield
        return
    app = request.getfixturevalue("running").app
    assert isinstance(app, FastAPI)
    today = app.state.today
    app.state.today = lambda: TODAY
    yield
    app.state.today = today
