"""`zorg demo`: everything on one machine, from an empty folder to a page to log in to. It never asks anything."""

import fcntl
import json
import os
import signal
import socket
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.error import URLError

import typer
from rich.box import SIMPLE_HEAD
from rich.table import Table

from availability.cli.children import Child, Children
from availability.cli.console import console, say, step
from availability.cli.expected import Stop
from availability.cli.load import World, ensure_reference, ensure_world
from availability.cli.migrate import upgrade
from availability.cli.surroundings import DATABASE, database, demo_key, own_server
from availability.cluster import Server, as_service, drop_database, place_of
from availability.cluster.troubles import StillInUse

app = typer.Typer()

HOST = "127.0.0.1"
"""This machine only: whoever reaches a demo can be anybody in it."""

READY_SECONDS = 120.0

ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


@dataclass(frozen=True, slots=True)
class Post:
    """A process of the demo: how to start it, and when it is ready."""

    name: str
    title: str
    option: str
    port: int
    ready_path: str

    @property
    def address(self) -> str:
        return f"http://{HOST}:{self.port}"

    @property
    def command(self) -> list[str]:
        return [sys.executable, "-m", "availability.cli", self.name, "--host", HOST, "--port", str(self.port)]


@app.command()
def demo(
    port: Annotated[int, typer.Option(help="De poort van de API.", min=1, max=65535)] = 8000,
    dashboard_port: Annotated[int, typer.Option(help="De poort van het scherm.", min=1, max=65535)] = 8501,
    world: Annotated[World, typer.Option(help="Hoe groot de demowereld is.")] = World.REGION,
    no_dashboard: Annotated[bool, typer.Option("--no-dashboard", help="Zonder scherm.")] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Gooit de gegevens van de demo weg en begint opnieuw.")
    ] = False,
) -> None:
    """Start alles: database, gegevens, demowereld, API en scherm. Ctrl-C stopt alles."""
    api = Post("serve", "API", "--port", port, "/v1/health")
    screens = Post("dashboard", "Scherm", "--dashboard-port", dashboard_port, "/_stcore/health")
    posts = [api] if no_dashboard else [api, screens]
    place = place_of()
    place.prepare()
    began = time.monotonic()
    with _only_one(place.state, api), _ended_by_signals():
        children = Children(place.state)
        if orphans := children.end_orphans():
            say(f"Een eerdere demo is afgebroken; {orphans} achtergebleven processen zijn gestopt.")
        for post in posts:
            _refuse_taken_port(post)
        if fresh:
            _forget_everything()
        with _database_filled(world) as url:
            try:
                _start(posts, children, _surroundings(url, api, screens))
                _welcome(posts, time.monotonic() - began)
                _watch(children)
            finally:
                say("De demo stopt…")
                children.end()
    say("De demo is gestopt. Uw gegevens blijven staan.")


def _surroundings(url: str, api: Post, screens: Post) -> dict[str, str]:
    return {
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": url if own_server() else as_service(url),
        "ZORG_DEMO_KEY": demo_key(),
        "ZORG_API_URL": api.address,
        "ZORG_PUBLIC_URL": api.address,
        "ZORG_DASHBOARD_URL": screens.address,
        "NO_PROXY": f"{HOST},{os.environ.get('NO_PROXY', '')}",
    }


@contextmanager
def _only_one(state: Path, api: Post) -> Iterator[None]:
    """One demo at a time in a folder. The lock goes with the process, however that ends."""
    with (state / "demo.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise Stop(f"De demo van deze map draait al: {lock.read()}. Stop die eerst met Ctrl-C.") from None
        lock.truncate(0)
        lock.write(f"{api.address}, proces {os.getpid()}")
        lock.flush()
        yield


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """Ctrl-C, `kill` and a closed terminal all end in order; a second signal does not disturb the tidying up.

    SIGINT is taken even where a shell starts us in the background and ignores it; SIGHUP is left to `nohup`.
    """
    taken = [number for number in ENDINGS if number != signal.SIGHUP or signal.getsignal(number) != signal.SIG_IGN]

    def end(*_: object) -> None:
        for number in taken:
            signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    for number in taken:
        signal.signal(number, end)
    with suppress(KeyboardInterrupt):
        yield


def _refuse_taken_port(post: Post) -> None:
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            door.bind((HOST, post.port))
        except OSError:
            raise Stop(
                f"Poort {post.port} is al in gebruik door een ander programma. "
                f'Kies een andere: make demo ARGS="{post.option} {post.port + 1}"'
            ) from None


def _forget_everything() -> None:
    if own_server():
        raise Stop("--fresh verwijdert alleen zorgs eigen database. Maak de database van ZORG_DATABASE_URL zelf leeg.")
    server = Server(place_of())
    with step("Oude gegevens weggooien"):
        try:
            server.destroy()
        except StillInUse:  # by a test, say: the server is sound then, and our own database is enough
            with server.in_use() as url:
                drop_database(url, DATABASE)


@contextmanager
def _database_filled(world: World) -> Iterator[str]:
    """The URL of a running database with everything the demo shows; what is there already is not loaded again."""
    with ExitStack() as until_end:
        with step("Database starten"):
            url = until_end.enter_context(database())
        with step("Tabellen bijwerken"):
            upgrade(url)
        with step("Landelijke gegevens laden"):
            ensure_reference(url)
        with step("Demowereld laden") as tell:
            ensure_world(url, world, None, tell)
        yield url


def _start(posts: list[Post], children: Children, surroundings: dict[str, str]) -> None:
    for post in posts:
        children.start(post.name, post.command, surroundings)
    for post in posts:
        with step(f"{post.title} starten"):
            _await(post, children)


def _await(post: Post, children: Children) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not _fetch(post.address + post.ready_path):
        if fallen := children.fallen():
            raise Stop(_farewell(fallen))
        if time.monotonic() > deadline:
            raise Stop(f"{post.title} is na {READY_SECONDS:.0f} seconden nog niet klaar.")
        time.sleep(0.1)


def _watch(children: Children) -> None:
    """Returns never: a signal ends it, or a child that fell."""
    while not (fallen := children.fallen()):
        time.sleep(0.25)
    raise Stop(_farewell(fallen))


def _farewell(fallen: Child) -> str:
    return (
        f"Het onderdeel {fallen.name} stopte onverwacht; de demo is daarom gestopt. "
        f"Meer staat in {fallen.log}\n{fallen.last_words()}"
    )


def _fetch(address: str) -> bytes:
    """What stands at one of our own addresses, never by way of a proxy; empty when there is nothing (yet)."""
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(address, timeout=5) as answer:
            return bytes(answer.read())
    except (URLError, OSError):
        return b""


def _welcome(posts: list[Post], seconds: float) -> None:
    people = Table("Rol", "Organisatie", "Wat er te zien is", title="Log in als", title_justify="left", box=SIMPLE_HEAD)
    for person in json.loads(_fetch(posts[0].address + "/v1/demo-accounts") or '{"items": []}')["items"]:
        organisation = " ".join(filter(None, (person["organisationName"], person["organisation"])))
        people.add_row(person["roleName"], organisation, person["note"])
    console.print(people)
    for post in posts:
        say(f"[bold]{post.title:8}[/bold]{post.address}")
    say(f"[bold]{'Token':8}[/bold]{_this_command()} token local-team GM0202")
    say(f"Klaar in {seconds:.0f} s. Stoppen: Ctrl-C.")


def _this_command() -> str:
    """`zorg` as it was typed, so that the hint can be copied."""
    return sys.argv[0] if Path(sys.argv[0]).name == "zorg" else "zorg"
