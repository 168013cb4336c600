"""Many at once on the promises of one region: of what all saw one makes a change; what many name is there once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from availability.app import create_app
from tests.availability.guarantees.builders import REGION
from tests.availability.guarantees.conftest import ALWAYS_A_FAMILY_HOME, Chair
from tests.conftest import Token, demo_settings, started

pytestmark = pytest.mark.slow

WRITERS = 8


@pytest.fixture
def chair(own_database_url: str, token: Token) -> Iterator[Chair]:
    with started(create_app(demo_settings(own_database_url))) as client:
        yield Chair(client, token)


def test_of_many_who_name_the_same_one_does(chair: Chair) -> None:
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(pool.map(lambda _: chair.promise(), range(WRITERS)))
    assert sorted(answer.status_code for answer in answers) == [201] + [409] * (WRITERS - 1)
    assert len(chair.promises()) == 1


def test_of_many_who_change_what_they_saw_one_does(chair: Chair) -> None:
    made = chair.promise().json()
    path = f"{REGION}/guarantees/{made['id']}"
    with ThreadPoolExecutor(WRITERS) as pool:
        answers = list(
            pool.map(
                lambda number: chair.send("PUT", path, ALWAYS_A_FAMILY_HOME | {"places": number + 2}, made["etag"]),
                range(WRITERS),
            )
        )
    assert sorted(answer.status_code for answer in answers) == [200] + [412] * (WRITERS - 1)
    (kept,) = chair.promises()
    assert kept == next(answer.json() for answer in answers if answer.status_code == 200)
