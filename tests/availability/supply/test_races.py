"""Many writers at once, for real: committed, over HTTP, on one offer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.access.demo import mint_demo_token
from availability.app import create_app
from availability.database import make_engine
from tests.availability.builders import a_provider, an_offer
from tests.availability.supply.test_capacity import STATEMENT
from tests.conftest import demo_settings, started

pytestmark = pytest.mark.slow

WRITERS = 32


class Arena:
    """One offer, and a client that many threads may use."""

    def __init__(self, client: TestClient, offer: int, authorization: str, url: str) -> None:
        self.client, self.offer, self.url = client, offer, url
        self.authorization = authorization

    def put(self, statement: dict[str, Any], **headers: str) -> Any:
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        path = f"/offers/{self.offer}/capacity"
        return self.client.put(path, json=statement, headers={"Authorization": self.authorization, **sent})

    def count(self, query: str) -> int:
        engine = make_engine(self.url)
        with engine.connect() as connection:
            found: int = connection.execute(text(query), {"offer": self.offer}).scalar_one()
        engine.dispose()
        return found

    @property
    def statements(self) -> int:
        return self.count("SELECT count(*) FROM capacity_statement WHERE offer_id = :offer")


@pytest.fixture
def arena(own_database_url: str) -> Iterator[Arena]:
    settings = demo_settings(own_database_url)
    engine = make_engine(own_database_url)
    with Session(engine) as session, session.begin():
        provider = a_provider(session)
        offer = an_offer(session, provider)
    engine.dispose()
    authorization = "Bearer " + mint_demo_token(settings, "provider", provider, datetime.now(UTC))
    with started(create_app(settings)) as client:
        yield Arena(client, offer, authorization, own_database_url)


def _all_at_once(write: Any, times: int = WRITERS) -> list[Any]:
    with ThreadPoolExecutor(WRITERS) as pool:
        return list(pool.map(write, range(times)))


def test_of_many_first_statements_exactly_one_is_accepted(arena: Arena) -> None:
    answers = _all_at_once(lambda n: arena.put(STATEMENT | {"waitingCount": n}, if_none_match="*"))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (WRITERS - 1)
    assert arena.statements == 1


def test_of_many_changes_on_the_same_version_exactly_one_is_accepted(arena: Arena) -> None:
    seen = arena.put(STATEMENT, if_none_match="*").headers["etag"]
    answers = _all_at_once(lambda n: arena.put(STATEMENT | {"waitingCount": n}, if_match=seen))
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (WRITERS - 1)
    assert arena.statements == 2


def test_no_update_is_lost_when_everybody_adds_one(arena: Arena) -> None:
    """Each writer reads, adds one and writes on what it read, until it is accepted."""
    arena.put(STATEMENT | {"waitingCount": 0}, if_none_match="*")

    def add_one(_: int) -> None:
        while True:
            read = arena.client.get(f"/offers/{arena.offer}/capacity", headers={"Authorization": arena.authorization})
            changed = STATEMENT | {"waitingCount": read.json()["waitingCount"] + 1}
            if arena.put(changed, if_match=read.headers["etag"]).status_code == 200:
                return

    _all_at_once(add_one)
    read = arena.client.get(f"/offers/{arena.offer}/capacity", headers={"Authorization": arena.authorization})
    assert read.json()["waitingCount"] == WRITERS
    assert arena.statements == WRITERS + 1


def test_who_overwrites_whatever_is_there_is_always_accepted_once(arena: Arena) -> None:
    arena.put(STATEMENT, if_none_match="*")
    answers = _all_at_once(lambda n: arena.put(STATEMENT | {"waitingCount": n}, if_match="*"))
    assert {answer.status_code for answer in answers} == {200}
    assert arena.statements == WRITERS + 1
    current = "SELECT statement_id = (SELECT max(id) FROM capacity_statement WHERE offer_id = :offer)::bigint"
    assert arena.count(f"{current} FROM current_capacity WHERE offer_id = :offer")


def test_one_key_is_one_statement_however_often_it_is_sent(arena: Arena) -> None:
    answers = _all_at_once(lambda _: arena.put(STATEMENT, if_none_match="*", idempotency_key="een"))
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.headers["etag"] for answer in answers}) == 1
    assert arena.statements == 1
