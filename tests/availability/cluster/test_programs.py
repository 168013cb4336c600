from pathlib import Path

import pytest

from availability.cluster import programs
from availability.cluster.troubles import PostgisMissing, PostgresMissing


def install(folder: Path, version: int, postgis: bool) -> Path:
    """A PostgreSQL as far as looking for one goes."""
    bin_folder, shared = folder / f"{version}" / "bin", folder / f"{version}" / "share"
    bin_folder.mkdir(parents=True)
    (shared / "extension").mkdir(parents=True)
    if postgis:
        (shared / "extension" / "postgis.control").touch()
    answers = {"initdb": "", "pg_ctl": "", "postgres": f"postgres (PostgreSQL) {version}.2", "pg_config": str(shared)}
    for name, answer in answers.items():
        (bin_folder / name).write_text(f'#!/bin/sh\necho "{answer}"\n')
        (bin_folder / name).chmod(0o755)
    return bin_folder


@pytest.fixture
def only_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(programs, "INSTALL_PATTERNS", (f"{tmp_path}/*/bin",))
    monkeypatch.setenv("PATH", "/nowhere")
    return tmp_path


def test_the_newest_with_postgis_is_taken(only_here: Path) -> None:
    install(only_here, 15, postgis=True)
    newest = install(only_here, 16, postgis=True)
    install(only_here, 17, postgis=False)
    assert programs.best_programs() == programs.Programs(16, newest)


def test_without_postgresql_it_says_what_to_type(only_here: Path) -> None:
    (only_here / "15" / "bin").mkdir(parents=True)  # only the client is installed
    with pytest.raises(PostgresMissing, match="Typ: make install"):
        programs.best_programs()


def test_without_postgis_it_names_the_version_that_lacks_it(only_here: Path) -> None:
    install(only_here, 15, postgis=False)
    with pytest.raises(PostgisMissing, match="PostGIS ontbreekt bij PostgreSQL 15"):
        programs.best_programs()
