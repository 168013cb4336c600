"""Long runs with faults, for `make torture`."""

import os
import random
import signal
import threading
import time
from contextlib import suppress

import psycopg
import pytest

from availability.cluster import Server

pytestmark = [pytest.mark.torture, pytest.mark.timeout(1800)]

ROUNDS = 40


def write_until_killed(url: str, acknowledged: list[int]) -> None:
    """Commits one number after another, and keeps those of which the server said that they are in."""
    with suppress(psycopg.OperationalError), psycopg.connect(url, autocommit=True) as connection:
        while True:
            number = len(acknowledged)
            connection.execute("INSERT INTO kept VALUES (%s)", [number])
            acknowledged.append(number)


def test_nothing_that_was_committed_is_lost_however_often_the_server_is_killed(server: Server) -> None:
    moments = random.Random(20261121)
    acknowledged: list[int] = []
    with server.in_use() as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept (number integer)")
    for _ in range(ROUNDS):
        with server.in_use() as url:
            writer = threading.Thread(target=write_until_killed, args=(url, acknowledged))
            writer.start()
            time.sleep(moments.uniform(0.05, 0.5))
            os.kill(int((server.place.data / "postmaster.pid").read_text().split("\n")[0]), signal.SIGKILL)
            writer.join()
        with server.in_use() as url, psycopg.connect(url) as connection:
            kept = {number for (number,) in connection.execute("SELECT number FROM kept")}
        assert kept >= set(acknowledged)
    assert len(acknowledged) > ROUNDS
