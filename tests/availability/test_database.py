"""Requests do not wait for ever; loading may."""

import pytest
from sqlalchemy import text

from availability.database import make_engine


@pytest.mark.parametrize(("bounded", "longest"), [(True, ["1min", "10s"]), (False, ["0", "0"])])
def test_only_requests_give_up_what_takes_too_long(database_url: str, bounded: bool, longest: list[str]) -> None:
    engine = make_engine(database_url, 1, bounded=bounded)
    with engine.connect() as connection:
        found = [connection.scalar(text(f"SHOW {name}")) for name in ("statement_timeout", "lock_timeout")]
    engine.dispose()
    assert found == longest
