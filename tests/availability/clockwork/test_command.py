"""`zorg clockwork`: the same work in a process of its own, that stops when it is asked to."""

import os
import subprocess
import sys
import time

import psycopg
import pytest

from tests.conftest import demo_settings

SECONDS = 60


@pytest.mark.slow
def test_it_works_without_a_port_and_ends_when_asked(own_database_url: str) -> None:
    surroundings = {
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": own_database_url,
        "ZORG_DEMO_KEY": demo_settings(own_database_url).demo_key.get_secret_value(),
    }
    command = [sys.executable, "-m", "availability.cli", "clockwork"]
    with subprocess.Popen(command, env=os.environ | surroundings, stdout=subprocess.DEVNULL) as clockwork:
        await_work(own_database_url)
        clockwork.terminate()
        assert clockwork.wait(20) == 0


def await_work(url: str) -> None:
    deadline = time.monotonic() + SECONDS
    with psycopg.connect(url, autocommit=True) as connection:
        while connection.execute("SELECT count(*) FROM clockwork_mark WHERE work = 'room'").fetchone() != (1,):
            assert time.monotonic() < deadline, "nothing was done"
            time.sleep(0.1)
