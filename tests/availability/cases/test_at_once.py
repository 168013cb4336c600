"""Many at once on one case: what is added is judged against what is really there, and a retry adds nothing."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from fastapi.testclient import TestClient

from availability.app import create_app
from availability.settings import Settings
from tests.availability.cases.casework import Person
from tests.conftest import Token, demo_settings, started

pytestmark = pytest.mark.slow

WRITERS = 12


@pytest.fixture
def service(own_database_url: str) -> Iterator[TestClient]:
    with started(create_app(demo_settings(own_database_url))) as client:
        yield client


@pytest.fixture
def worker(service: TestClient, settings: Settings, token: Token) -> Person:
    return Person(service, token, "youth-protection", "90009001")


def test_of_many_who_close_a_case_one_does(worker: Person) -> None:
    case, today = worker.opens(), worker.get("/my-day").json()["today"]
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(
            pool.map(lambda _: worker.tell(case, "withdrawn", today, values={"reason": "other"}), range(WRITERS))
        )
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (WRITERS - 1)
    assert worker.kinds(case) == ["opened", "withdrawn"]


def test_one_key_from_many_is_one_event(worker: Person) -> None:
    case, today = worker.opens(), worker.get("/my-day").json()["today"]
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda _: worker.tell(case, "intention-recorded", today, key="een"), range(WRITERS)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert worker.kinds(case) == ["opened", "intention-recorded"]


def test_one_key_from_many_opens_one_case(worker: Person) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda _: worker.open(headers={"Idempotency-Key": "een"}), range(WRITERS)))
    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1
    assert len(worker.get("/care-requests").json()["items"]) == 1
