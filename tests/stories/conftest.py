"""The real thing for the stories: a demo world, `zorg serve`, `zorg dashboard`, and a Chromium that stays at home."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from shutil import which

import httpx2
import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

from availability.access.demo import mint_demo_token
from availability.clock import dutch_day
from availability.database import make_engine, make_sessions
from dashboard.client import Client
from data.demo import load_world
from tests.conftest import copied_database, demo_settings

CHROMIUMS = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""A browser that asks nothing of the internet by itself; as root it has no sandbox."""

READY_SECONDS = 120.0


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--screenshots", metavar="DIR", help="keep a picture of every page in this folder")


@dataclass(frozen=True)
class Service:
    """The API and the screens at work on a demo world of their own."""

    api: str
    screens: str
    database_url: str

    def token(self, role: str, organisation: str) -> str:
        return mint_demo_token(demo_settings(self.database_url), role, organisation, datetime.now(UTC))

    @contextmanager
    def client(self) -> Iterator[Client]:
        with httpx2.Client(base_url=f"{self.api}/v1/") as http:
            yield Client(http)


@pytest.fixture(scope="module")
def world(server_url: str, template: str) -> Iterator[str]:
    """A database that holds the demo world of today; its URL."""
    with copied_database(server_url, template, "stories") as url:
        engine = make_engine(url)
        with make_sessions(engine).begin() as session:
            load_world(session, today=dutch_day(datetime.now(UTC)))
        engine.dispose()
        yield url


@pytest.fixture(scope="module")
def service(world: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Started as an operator starts it, ended as an operator ends it; once, since a start takes longer than a story."""
    folder = tmp_path_factory.mktemp("said")
    api, screens = a_free_port(), a_free_port()
    found = Service(f"http://127.0.0.1:{api}", f"http://127.0.0.1:{screens}", world)
    surroundings = {
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": world,
        "ZORG_DEMO_KEY": demo_settings(world).demo_key.get_secret_value(),
        "ZORG_API_URL": found.api,
    }
    with ExitStack() as running:
        running.enter_context(a_process("serve", api, surroundings, folder))
        running.enter_context(a_process("dashboard", screens, surroundings, folder))
        until_ready(f"{found.api}/v1/health", folder / "serve.txt")
        until_ready(f"{found.screens}/_stcore/health", folder / "dashboard.txt")
        yield found


@dataclass
class Desk:
    """Somebody at a screen. What the page complains of, and whom it tried to reach outside, is kept."""

    page: Page
    complaints: list[str] = field(default_factory=list)

    def sign_in(self, role: str, organisation: str, service: Service) -> None:
        """With a token of one's own, by keyboard; whoever sat here before is gone."""
        self.page.context.clear_cookies()
        self.page.goto(service.screens)
        own = self.page.get_by_text("Ik heb een eigen toegangstoken")
        own.wait_for()
        self.page.wait_for_timeout(300)  # what opens while the page is still drawn may be drawn anew, closed
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0)
        own.click()
        self.page.locator("input[type=password]").fill(service.token(role, organisation))
        self.page.keyboard.press("Enter")
        self.page.get_by_role("button", name="Afmelden").wait_for()


def a_chromium() -> str:
    """The browser of this machine: the one that CHROMIUM names, else the first that is there."""
    named = os.environ.get("CHROMIUM")
    found = next(filter(None, map(which, (named,) if named else CHROMIUMS)), None)
    assert found, "no Chromium found: install it, or say where it is in CHROMIUM"
    return found


@pytest.fixture
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=a_chromium(), args=QUIET)
        yield chromium
        chromium.close()


def a_desk(browser: Browser, width: int = 1440, height: int = 900) -> Desk:
    """A browser window of somebody's own. Whatever is not on this machine stays unreachable, and is complained of."""
    context = browser.new_context(viewport={"width": width, "height": height}, locale="nl-NL")
    context.set_default_timeout(30_000)
    desk = Desk(context.new_page())

    def only_here(route: Route) -> None:
        if route.request.url.startswith("http://127.0.0.1:"):
            route.continue_()
        else:
            desk.complaints.append(f"asked for {route.request.url}")
            route.abort()

    context.route(lambda url: url.startswith("http"), only_here)
    desk.page.on("console", lambda said: desk.complaints.append(said.text) if said.type == "error" else None)
    desk.page.on("pageerror", lambda error: desk.complaints.append(str(error)))
    return desk


@pytest.fixture
def pictures(request: pytest.FixtureRequest) -> Path | None:
    """Where pictures are kept, if anybody wants them."""
    wanted = request.config.getoption("--screenshots", default=None)
    if wanted is None:
        return None
    folder = Path(wanted)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def a_free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


@contextmanager
def a_process(command: str, port: int, surroundings: dict[str, str], folder: Path) -> Iterator[None]:
    """`zorg COMMAND` on a port, until the story ends. What it says is kept in the folder."""
    line = [sys.executable, "-m", "availability.cli", command, "--port", str(port)]
    environment = {**os.environ, **surroundings}
    with (
        (folder / f"{command}.txt").open("wb") as said,
        subprocess.Popen(line, env=environment, stdout=said, stderr=subprocess.STDOUT) as process,
    ):
        try:
            yield
        finally:
            process.send_signal(signal.SIGINT)
            process.wait(30)


def until_ready(address: str, said: Path) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        try:
            if httpx2.get(address).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError(f"nothing answers at {address}:\n{said.read_text()}")
