"""The whole job over HTTP, on a real server with two workers: a place is stated, found, closed, and gone."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

import httpx2
import pytest

from availability.database import make_engine, make_sessions
from tests.availability.builders import CARE_TYPE, a_contract, a_provider, a_statement, an_offer
from tests.conftest import Token, demo_settings

pytestmark = pytest.mark.slow

WORKERS = 2
PATIENCE_SECONDS = 20
"""A busy machine may be slow; how soon a statement is on every board is measured by the bench."""

QUESTION = {
    "municipality": "GM0202",
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": [CARE_TYPE],
    "neededFrom": "2026-12-01",
}
FIGURES = {
    "totalPlaces": 4,
    "occupiedPlaces": 1,
    "reservedPlaces": 0,
    "openPlaces": 3,
    "intakeWaitDays": 7,
    "treatmentWaitDays": 0,
    "admissionStop": False,
}


@pytest.fixture
def offers(own_database_url: str) -> dict[str, Any]:
    """Two family homes in Arnhem: one that has stated a long wait, and one that never stated anything."""
    engine = make_engine(own_database_url)
    with make_sessions(engine).begin() as session:
        quiet, slow = a_provider(session, name="Gezinshuis De Wilgen"), a_provider(session, name="Gezinshuis Het Anker")
        for provider in (quiet, slow):
            a_contract(session, provider)
        offer, other = an_offer(session, quiet), an_offer(session, slow)
        a_statement(session, other, open_places=0, intake_wait_days=60, treatment_wait_days=30)
    engine.dispose()
    return {"provider": quiet, "offer": offer, "other": other}


@pytest.fixture
def server(own_database_url: str, offers: dict[str, Any]) -> Iterator[str]:
    """The address of `zorg serve` on a free port, ready, ended as an operator would end it."""
    settings = demo_settings(own_database_url)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    surroundings = {
        **os.environ,
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": own_database_url,
        "ZORG_DEMO_KEY": settings.demo_key.get_secret_value(),
    }
    command = [sys.executable, "-m", "availability.cli", "serve", "--port", str(port), "--workers", str(WORKERS)]
    with subprocess.Popen(command, env=surroundings, stderr=subprocess.DEVNULL) as process:
        try:
            address = f"http://127.0.0.1:{port}/v1"
            _until(lambda: _health(address) == 200, 90)
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def _health(address: str) -> int | None:
    try:
        return httpx2.get(f"{address}/health").status_code
    except httpx2.TransportError:
        return None


def _until(happened: Callable[[], bool], seconds: float) -> None:
    """Wait until it happened."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, f"did not happen within {seconds} s"
        time.sleep(0.02)


def _everywhere(ask: Callable[[], bool]) -> bool:
    """So often, each time on a connection of its own, that every worker has surely answered."""
    return all(ask() for _ in range(8 * WORKERS))


def test_a_place_is_stated_found_closed_and_gone(server: str, offers: dict[str, Any], token: Token) -> None:
    worker = {"Authorization": token("local-team", "GM0202")}
    planner = {"Authorization": token("provider", offers["provider"])}
    capacity = f"{server}/offers/{offers['offer']}/capacity"

    def answer() -> dict[str, Any]:
        asked = httpx2.post(f"{server}/matches", json=QUESTION, headers=worker)
        assert asked.status_code == 200, asked.text
        told: dict[str, Any] = asked.json()
        return told

    def top() -> int:
        return int(answer()["matches"][0]["offerId"])

    def rule_counts() -> dict[str, int]:
        return {each["rule"]: each["count"] for each in answer()["excluded"]["byRule"]}

    assert top() == offers["other"], "an offer of which nothing is known is not the first"

    stated = httpx2.put(capacity, json=FIGURES, headers={**planner, "If-None-Match": "*"})
    assert stated.status_code == 200, stated.text
    assert stated.json()["openPlaces"] == 3
    _until(lambda: top() == offers["offer"], PATIENCE_SECONDS)
    _until(lambda: _everywhere(lambda: top() == offers["offer"]), PATIENCE_SECONDS)

    best = answer()["matches"][0]
    assert best["provider"] == {"agbCode": offers["provider"], "name": "Gezinshuis De Wilgen"}
    assert best["openPlaces"] == 3
    assert sum(reason["points"] for reason in best["reasons"]) == best["score"]
    assert all(reason["text"] for reason in best["reasons"])

    stop = {**FIGURES, "admissionStop": True}
    closed = httpx2.put(capacity, json=stop, headers={**planner, "If-Match": stated.headers["ETag"]})
    assert closed.status_code == 200, closed.text
    _until(lambda: _everywhere(lambda: rule_counts() == {"admission-stop": 1}), PATIENCE_SECONDS)

    shown = [match["offerId"] for match in answer()["matches"]]
    assert shown == [offers["other"]]

    history = httpx2.get(f"{capacity}/history", headers=planner).json()["items"]
    assert [each["admissionStop"] for each in history] == [True, False]
