"""What a command finds around it: the settings, the database, and the key of the demo."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pydantic import SecretStr
from sqlalchemy.orm import Session

from availability.cli.expected import Stop
from availability.cluster import Server, ensure_database, place_of
from availability.database import make_engine, make_sessions
from availability.settings import Settings

DATABASE = "zorg"


def own_server() -> str:
    """The URL of the operator's own database, empty when there is none."""
    return os.environ.get("ZORG_DATABASE_URL", "")


@contextmanager
def database() -> Iterator[str]:
    """The operator's own database, or `zorg` on the private server, which runs for as long as it is needed."""
    if given := own_server():
        yield given
        return
    with Server(place_of()).in_use() as server_url:
        yield ensure_database(server_url, DATABASE)


@contextmanager
def transaction(url: str) -> Iterator[Session]:
    """One transaction on a connection of its own."""
    engine = make_engine(url)
    try:
        with make_sessions(engine).begin() as session:
            yield session
    finally:
        engine.dispose()


def demo_settings(database_url: str) -> Settings:
    return Settings(environment="demo", database_url=database_url, demo_key=SecretStr(demo_key()))


def demo_key() -> str:
    """The key that signs this clone's demo tokens: ZORG_DEMO_KEY, or one made once and kept for this user alone."""
    if given := os.environ.get("ZORG_DEMO_KEY"):
        return given
    file = _key_file()
    if not file.exists():
        _keep(file, secrets.token_urlsafe(32))
    return file.read_text()


def known_demo_key() -> str:
    """The key of a demo that was started before. Raises Stop when there was none."""
    if not os.environ.get("ZORG_DEMO_KEY") and not _key_file().exists():
        raise Stop("Er is nog geen demo gestart. Typ eerst: make demo")
    return demo_key()


def _key_file() -> Path:
    return place_of().state / "demo-key"


def _keep(file: Path, secret: str) -> None:
    """Written beside and linked into place, so that two first starts agree on one whole key."""
    place_of().prepare()
    draft = file.with_name(f"{file.name}.{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(secret)
    try:
        file.hardlink_to(draft)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
