"""The demo as its user meets it: a real process, real children, a real database of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import psycopg
import pytest

from availability.cli.surroundings import demo_key
from availability.cluster import Server, drop_database, ensure_database, place_of
from availability.cluster.processes import started_at

pytestmark = pytest.mark.slow

ZORG = [sys.executable, "-m", "availability.cli"]

READY = "Stoppen: Ctrl-C"

Start = Callable[..., "Demo"]


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return int(door.getsockname()[1])


class Demo:
    """A running `zorg demo` and what it says."""

    def __init__(self, output: Path, *options: str) -> None:
        self.port, self.dashboard_port = free_port(), free_port()
        self.output = output
        ports = ["--port", str(self.port), "--dashboard-port", str(self.dashboard_port)]
        self._said: IO[bytes] = output.open("wb")
        self.process = subprocess.Popen(
            [*ZORG, "demo", *ports, *options], stdin=subprocess.DEVNULL, stdout=self._said, stderr=subprocess.STDOUT
        )

    @property
    def said(self) -> str:
        return " ".join(self.output.read_text().split())

    def until(self, words: str, seconds: float = 120) -> None:
        deadline = time.monotonic() + seconds
        while words not in self.said:
            assert self.process.poll() is None or words in self.said, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def get(self, path: str, token: str = "") -> dict[str, object]:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}/v1{path}", headers=headers)
        with urllib.request.urlopen(request, timeout=10) as answer:
            found: dict[str, object] = json.load(answer)
            return found

    def end(self, number: signal.Signals = signal.SIGINT, seconds: float = 30) -> int:
        """Sends a signal, and gives the exit status. A demo that needs longer than it promises fails here."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def close(self) -> None:
        if self.process.poll() is None:
            self.end(signal.SIGTERM)
        self._said.close()


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """One folder for all these tests: what the first made, the others find, as a user would."""
    state = tmp_path_factory.mktemp("state")
    yield state
    server = Server(place_of(state))
    server.destroy()
    shutil.rmtree(server.place.home, ignore_errors=True)


@pytest.fixture
def start(state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    monkeypatch.setenv("ZORG_STATE", str(state))
    for name in ("ZORG_DATABASE_URL", "ZORG_DEMO_KEY"):
        monkeypatch.delenv(name, raising=False)
    running: list[Demo] = []

    def start(*options: str) -> Demo:
        running.append(Demo(tmp_path / f"said-{len(running)}.txt", *options))
        return running[-1]

    yield start
    for demo in running:
        demo.close()


def children_of(state: Path) -> list[int]:
    return [pid for pid, _ in json.loads((state / "children.json").read_text())]


def token(*words: str) -> str:
    return subprocess.run([*ZORG, "token", *words], capture_output=True, text=True, check=True).stdout.strip()


def test_from_an_empty_folder_to_a_token_that_works_and_ctrl_c_ends_it_all(start: Start, state: Path) -> None:
    demo = start()
    demo.until(READY)
    assert f"http://127.0.0.1:{demo.port}" in demo.said
    assert f"http://127.0.0.1:{demo.dashboard_port}" in demo.said
    assert "Lokaal team Arnhem GM0202" in demo.said
    assert demo.get("/health") == {"status": "ok"}
    assert demo.get("/me", token("local-team", "GM0202"))["organisation"] == "GM0202"
    family = children_of(state)
    assert len(family) == 2
    assert demo.end(signal.SIGINT) == 0
    assert "Uw gegevens blijven staan." in demo.said
    assert [started_at(pid) for pid in family] == [None, None]
    assert not Server(place_of(state)).answers()


def test_what_was_there_is_there_again_and_a_second_demo_points_to_the_first(start: Start, state: Path) -> None:
    key = demo_key()
    with Server(place_of(state)).in_use() as server_url, psycopg.connect(ensure_database(server_url, "zorg")) as known:
        known.execute("CREATE TABLE IF NOT EXISTS memory (word text)")
    demo = start("--no-dashboard")
    demo.until(READY)
    assert demo_key() == key
    with psycopg.connect(Server(place_of(state)).url("zorg")) as known:
        assert known.execute("SELECT count(*) FROM memory").fetchone() == (0,)
    second = start("--no-dashboard")
    assert second.process.wait(60) == 1
    assert f"draait al: http://127.0.0.1:{demo.port}, proces {demo.process.pid}" in second.said
    assert demo.end(signal.SIGTERM) == 0


def test_fresh_begins_anew(start: Start, state: Path) -> None:
    with Server(place_of(state)).in_use() as server_url:
        drop_database(server_url, "zorg")
        ensure_database(server_url, "left_behind")
    demo = start("--no-dashboard", "--fresh")
    demo.until(READY)
    assert "Oude gegevens weggooien" in demo.said
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        psycopg.connect(Server(place_of(state)).url("left_behind"))


def test_when_a_child_falls_it_says_so_and_all_stops(start: Start, state: Path) -> None:
    demo = start()
    demo.until(READY)
    family = children_of(state)
    os.kill(family[1], signal.SIGKILL)
    assert demo.process.wait(30) == 1
    assert "Het onderdeel dashboard stopte onverwacht" in demo.said
    assert [started_at(pid) for pid in family] == [None, None]


def test_what_a_killed_demo_left_behind_is_ended_by_the_next(start: Start, state: Path) -> None:
    demo = start("--no-dashboard")
    demo.until(READY)
    orphans = children_of(state)
    demo.end(signal.SIGKILL)
    assert started_at(orphans[0])
    again = start("--no-dashboard")
    again.until("Een eerdere demo is afgebroken")
    assert started_at(orphans[0]) is None
    assert again.end() == 0


def test_a_port_in_use_is_named_with_the_option_to_choose_another(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = start("--no-dashboard", "--port", str(port))
        assert demo.process.wait(60) == 1
    assert f"Poort {port} is al in gebruik" in demo.said
    assert f'make demo ARGS="--port {port + 1}"' in demo.said


def test_a_database_of_ones_own_is_never_thrown_away(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZORG_DATABASE_URL", "postgresql://zorg@db.example/zorg")
    demo = start("--no-dashboard", "--fresh")
    assert demo.process.wait(60) == 1
    assert "--fresh verwijdert alleen zorgs eigen database" in demo.said
