import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from availability.cli import main
from availability.cluster import Server, place_of

Zorg = Callable[..., int]


@pytest.fixture
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder of its own for keys, notes and database, so that a demo of the developer is left in peace."""
    state = tmp_path / "state"
    monkeypatch.setenv("ZORG_STATE", str(state))
    for name in ("ZORG_DATABASE_URL", "ZORG_DEMO_KEY", "ZORG_ENVIRONMENT"):
        monkeypatch.delenv(name, raising=False)
    yield state
    server = Server(place_of(state))
    server.destroy()
    shutil.rmtree(server.place.home, ignore_errors=True)


@pytest.fixture
def zorg(monkeypatch: pytest.MonkeyPatch) -> Zorg:
    """Types a command, and gives its exit status: `zorg("token", "admin", "-")`."""

    def type_command(*words: str) -> int:
        monkeypatch.setattr(sys, "argv", ["zorg", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return type_command
