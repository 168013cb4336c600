import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from availability.cluster import Server, place_of


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    """A private server of the test's own; nothing is made until it is used."""
    server = Server(place_of(tmp_path / "state"))
    yield server
    server.destroy()
    shutil.rmtree(server.place.home, ignore_errors=True)
