"""The examples of docs/aansluiten.md, run as they stand: against a demo world, and Python's also against a service that
fails in every way in which one can try again."""

import json
import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.conftest import demo_settings
from tests.stories.conftest import Service

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "aansluiten.md"


def _blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE)


def _examples(language: str) -> str:
    return "\n".join(_blocks(language))


def _script(service: Service) -> str:
    """All examples as one script, speaking to this service with this interpreter."""
    shell = _examples("bash").replace("localhost:8000", service.api.removeprefix("http://"))
    shell = shell.replace(".venv/bin/zorg", f"{sys.executable} -m availability.cli")
    return f"{shell}\ncat > aansluiten.py << 'EINDE'\n{_examples('python')}\nEINDE\n{sys.executable} aansluiten.py\n"


def test_the_examples_keep_capacity_by_machine(service: Service, tmp_path: Path) -> None:
    settings = demo_settings(service.database_url)
    surroundings = {
        **os.environ,
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": service.database_url,
        "ZORG_DEMO_KEY": settings.demo_key.get_secret_value(),
        "PYTHONPATH": str(PAGE.parents[1]),
    }
    command = ["bash", "-euo", "pipefail", "-c", _script(service)]
    done = subprocess.run(
        command, env=surroundings, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert '"source":"confirmation"' in done.stdout
    assert "[200, 200]" in done.stdout
    assert '"code":"changed-meanwhile"' in done.stdout
    said = done.stdout.splitlines()
    assert "0 fresh 2030-03-01 Alleen doordeweeks" in done.stdout
    assert "/openPlaces Vrij (2) is meer dan er over is: totaal 3 min bezet 3 min gereserveerd 0 is 0." in said
    assert "/intakeWaitDays Geef 0 of meer." in said
    assert said[-1].startswith("Kijk in errors")


NOW = {
    "offerId": 7,
    "totalPlaces": 12,
    "occupiedPlaces": 9,
    "reservedPlaces": 1,
    "openPlaces": 2,
    "intakeWaitDays": 14,
    "treatmentWaitDays": 28,
    "admissionStop": False,
    "availableFrom": "2030-03-01",
    "waitingCount": 4,
    "startedLast90Days": 6,
    "withdrawnLast90Days": 1,
    "note": "Alleen doordeweeks",
    "statedAt": "2026-11-01T09:00:00Z",
    "statedBy": "00100002:epd",
    "source": "api",
    "freshness": "fresh",
    "dueOn": "2026-12-01",
    "etag": '"31"',
}

DROPPED = 0


class Faltering:
    """A service that answers each PUT with the next of `answers`; DROPPED hangs up without a word."""

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.puts: list[tuple[str, str, dict[str, Any]]] = []
        """Key, `If-Match` and body."""
        self.gets = 0

    def capacity(self) -> dict[str, Any]:
        self.gets += 1
        return NOW | {"etag": f'"{30 + self.gets}"'}


def _handler_of(service: Faltering) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.say(200, service.capacity())

        def do_PUT(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            service.puts.append((self.headers["idempotency-key"], self.headers["if-match"], body))
            if status := service.answers.pop(0):
                self.say(status, NOW | body)
            else:
                self.close_connection = True

        def say(self, status: int, document: dict[str, Any]) -> None:
            self.send_response(status)
            if status == 503:
                self.send_header("Retry-After", "2")
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler


State = Callable[..., Any]


@pytest.fixture
def state_at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Faltering], State]]:
    """The page's own `state`, speaking to such a service, without the pauses."""
    servers: list[tuple[ThreadingHTTPServer, threading.Thread]] = []

    def at(service: Faltering) -> State:
        server = ThreadingHTTPServer(("127.0.0.1", 0), _handler_of(service))
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        servers.append((server, thread))
        for name, value in {"api": f"127.0.0.1:{server.server_port}/v1", "token": "x", "agb": "00100002"}.items():
            monkeypatch.setenv(name, value)
        known: dict[str, Any] = {}
        exec(_blocks("python")[0], known)  # what the page tells people to run
        found: State = known["state"]
        return found

    monkeypatch.setattr(time, "sleep", lambda _: None)
    yield at
    for server, thread in servers:
        server.shutdown()
        thread.join()
        server.server_close()


def test_the_example_sends_along_every_figure_that_it_does_not_change(state_at: Callable[[Faltering], State]) -> None:
    service = Faltering(200)
    state_at(service)(7, openPlaces=0)
    ((_, _, body),) = service.puts
    statement = json.loads((PAGE.parents[1] / "openapi.json").read_text())["components"]["schemas"]["Statement"]
    assert set(body) == set(statement["properties"]) - {"confirmed"}
    assert body == {name: NOW[name] for name in body} | {"openPlaces": 0}


def test_the_example_repeats_the_same_with_the_same_key_when_it_cannot_know(
    state_at: Callable[[Faltering], State],
) -> None:
    """What was stored before the line fell is stored once, and nobody's later change spoils the repeat."""
    service = Faltering(DROPPED, 503, 200)
    assert state_at(service)(7, openPlaces=0)["openPlaces"] == 0
    assert len(service.puts) == 3
    assert all(each == service.puts[0] for each in service.puts)
    assert service.gets == 1


def test_the_example_makes_a_new_message_with_a_new_key_when_somebody_else_was_first(
    state_at: Callable[[Faltering], State],
) -> None:
    service = Faltering(412, 200)
    state_at(service)(7, openPlaces=0)
    (first_key, first_seen, _), (second_key, second_seen, _) = service.puts
    assert first_key != second_key
    assert (first_seen, second_seen) == ('"31"', '"32"')


@pytest.mark.parametrize(
    ("answers", "failure", "asked"),
    [
        ([400], HTTPError, 1),
        ([409], HTTPError, 1),
        ([503] * 4, HTTPError, 4),
        ([412] * 4, HTTPError, 4),
        ([DROPPED] * 4, ConnectionError, 4),
    ],
)
def test_the_example_gives_up_at_once_or_in_the_end(
    state_at: Callable[[Faltering], State], answers: list[int], failure: type[OSError], asked: int
) -> None:
    service = Faltering(*answers)
    with pytest.raises(failure) as given_up:
        state_at(service)(7, openPlaces=0)
    if isinstance(given_up.value, HTTPError):
        given_up.value.close()
    assert len(service.puts) == asked
