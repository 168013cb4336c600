"""Finding the PostgreSQL that is installed here, with PostGIS, and running its programs as the server's owner."""

import os
import pwd
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from availability.cluster.troubles import PostgisMissing, PostgresMissing

INSTALL_PATTERNS = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat, from PostgreSQL's own packages
    "/opt/homebrew/opt/postgresql*/bin",  # Homebrew on Apple silicon
    "/usr/local/opt/postgresql*/bin",  # Homebrew on Intel
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


@dataclass(frozen=True, slots=True)
class Programs:
    """One installed PostgreSQL: its major version and the folder of its programs."""

    version: int
    folder: Path

    @property
    def has_postgis(self) -> bool:
        shared = Path(_said(self.folder / "pg_config", "--sharedir").strip())
        return (shared / "extension" / "postgis.control").is_file()

    def run(self, name: str, *arguments: str | Path, owner: pwd.struct_passwd) -> subprocess.CompletedProcess[str]:
        """Runs a program as the owner of the server, in a folder and with surroundings that user may see."""
        return run_as(owner, [str(self.folder / name), *map(str, arguments)])


def run_as(owner: pwd.struct_passwd, command: list[str], text: str | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command as `owner`; never with the PG… variables of the person who types, which may point elsewhere."""
    surroundings = {key: value for key, value in os.environ.items() if not key.startswith("PG")}
    surroundings |= {"LC_ALL": "C", "HOME": owner.pw_dir, "USER": owner.pw_name}
    as_root = os.geteuid() == 0
    return subprocess.run(  # noqa: S603 - no shell; our own commands
        command,
        input=text,
        stdin=None if text is not None else subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        cwd="/",
        env=surroundings,
        user=owner.pw_uid if as_root else None,
        group=owner.pw_gid if as_root else None,
        extra_groups=[] if as_root else None,
    )


def installed() -> list[Programs]:
    """Every PostgreSQL found here, the newest first."""
    found = {programs.version: programs for folder in _folders() if (programs := _look_in(folder))}
    return [found[version] for version in sorted(found, reverse=True)]


def best_programs() -> Programs:
    """The newest PostgreSQL that has PostGIS."""
    here = installed()
    if not here:
        raise PostgresMissing
    for programs in here:
        if programs.has_postgis:
            return programs
    raise PostgisMissing(here[0].version)


def _folders() -> Iterator[Path]:
    for pattern in INSTALL_PATTERNS:
        yield from Path("/").glob(pattern.removeprefix("/"))
    if on_path := shutil.which("initdb"):
        yield Path(on_path).resolve().parent


def _look_in(folder: Path) -> Programs | None:
    """None where the server is missing: Debian leaves a folder with only the client programs."""
    if not all((folder / name).is_file() for name in ("initdb", "pg_ctl", "postgres", "pg_config")):
        return None
    version = re.search(r"\) (\d+)", _said(folder / "postgres", "--version"))
    return Programs(int(version[1]), folder) if version else None


def _said(program: Path, question: str) -> str:
    answer = subprocess.run(  # noqa: S603 - a program found in PostgreSQL's own folder
        [program, question], capture_output=True, text=True, check=False
    )
    return answer.stdout
