import os
from pathlib import Path

import pytest

from availability.cluster import Server, place_of, url_of
from availability.cluster.place import SOCKET_PATH_BYTES


def test_each_folder_has_a_place_of_its_own(tmp_path: Path) -> None:
    assert place_of(tmp_path / "a").home != place_of(tmp_path / "b").home
    assert place_of(tmp_path / "a") == place_of(tmp_path / "a")


def test_the_variable_moves_the_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ZORG_STATE", str(tmp_path))
    assert place_of().state == tmp_path


def test_a_socket_deep_in_the_folders_still_has_a_short_path(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["een-map-met-een-lange-naam"] * 8)
    assert len(os.fsencode(place_of(deep).socket)) <= SOCKET_PATH_BYTES


def test_the_folders_are_closed_to_others(tmp_path: Path) -> None:
    place = place_of(tmp_path / "state")
    place.prepare()
    folders = (place.state, place.home, place.sockets)
    assert {folder.stat().st_mode & 0o077 for folder in folders} == {0}
    place.sockets.rmdir()
    place.home.rmdir()


def test_the_address_names_host_and_port_outright(tmp_path: Path) -> None:
    place = place_of(tmp_path / "een map met spaties")
    assert Server(place).url("zorg").endswith("&port=5432")


@pytest.mark.parametrize(
    ("server", "database"),
    [
        ("postgresql://zorg@/postgres?host=/run/zorg&port=5432", "postgresql://zorg@/zorg?host=/run/zorg&port=5432"),
        ("postgresql://u:p@db.example:5432/postgres", "postgresql://u:p@db.example:5432/zorg"),
        ("postgresql:///postgres", "postgresql:///zorg"),
    ],
)
def test_another_database_on_the_same_server(server: str, database: str) -> None:
    assert url_of(server, "zorg") == database
