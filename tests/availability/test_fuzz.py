"""Whatever is sent, the answer is one that the description names: never a failure of ours, never something else.

Schemathesis invents the requests from the description; they go to the API through the same client as all tests.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given
from hypothesis import settings as how_hard
from schemathesis.core.result import Ok
from sqlalchemy.orm import Session

from availability.access.demo import mint_demo_token
from availability.app import create_app
from availability.database import make_engine
from availability.description import describe
from availability.settings import Settings
from tests.availability.builders import a_contracted_offer, a_provider
from tests.conftest import copied_database, demo_settings, started

Operation = Any
PROVIDER = "41000001"
CALLERS = (("provider", PROVIDER), ("local-team", "GM0202"), ("admin", "-"))
gently = how_hard(max_examples=12, deadline=None, database=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def api(server_url: str, template: str) -> Iterator[TestClient]:
    """The API with one provider's offers, in a database of its own, because what is invented is really saved."""
    with copied_database(server_url, template, "fuzzed") as url:
        engine = make_engine(url)
        with Session(engine) as session, session.begin():
            provider = a_provider(session, agb_code=PROVIDER)
            for _ in range(3):
                a_contracted_offer(session, provider=provider)
        engine.dispose()
        with started(create_app(demo_settings(url))) as client:
            yield client


def _operations(app: FastAPI) -> list[Operation]:
    schema = schemathesis.openapi.from_dict(describe(app))
    return [each.ok() for each in schema.get_all_operations() if isinstance(each, Ok)]


@pytest.mark.slow
@pytest.mark.parametrize(("role", "organisation"), CALLERS)
def test_every_answer_is_one_that_is_described(api: TestClient, role: str, organisation: str) -> None:
    assert isinstance(api.app, FastAPI)
    settings: Settings = api.app.state.settings
    authorization = "Bearer " + mint_demo_token(settings, role, organisation, datetime.now(UTC))
    operations = _operations(api.app)
    assert len(operations) > 15
    for operation in operations:
        _try(api, operation, authorization)


def _try(api: TestClient, operation: Operation, authorization: str) -> None:
    described = operation.definition.raw["responses"]

    @gently
    @given(case=operation.as_strategy())
    def invent(case: Any) -> None:
        asked = case.as_transport_kwargs(base_url="http://testserver/v1")
        as_sent = {"data": "content"} if isinstance(asked.get("data"), bytes | str) else {}
        parts = ("params", "json", "data")
        wanted = {as_sent.get(part, part): asked[part] for part in parts if asked.get(part) is not None}
        headers = {**asked["headers"], "Authorization": authorization}
        answer = api.request(asked["method"], asked["url"], headers=headers, **wanted)
        where = f"{operation.label} → {answer.status_code}"
        assert answer.status_code != 500, where
        assert str(answer.status_code) in described, where
        told = described[str(answer.status_code)]
        kinds = told.get("content", ["application/problem+json"] if "$ref" in told else [])
        said = answer.headers.get("content-type", "")
        assert any(kind in said for kind in kinds) if kinds else not answer.content, where

    invent()
