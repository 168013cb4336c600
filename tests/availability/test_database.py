"""Requests do not wait for ever; loading may."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from availability.database import make_engine


@pytest.fixture(params=[True, False], ids=["requests", "loading"])
def engine(request: pytest.FixtureRequest, database_url: str) -> Iterator[Engine]:
    engine = make_engine(database_url, 1, bounded=request.param)
    yield engine
    engine.dispose()


def test_only_requests_give_up_what_takes_too_long(engine: Engine, request: pytest.FixtureRequest) -> None:
    expected = ["1min", "10s"] if "requests" in request.node.name else ["0", "0"]
    with engine.connect() as connection:
        found = [connection.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
    assert found == expected
