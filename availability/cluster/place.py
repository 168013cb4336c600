"""Where the private things of one clone live: the state of its commands, and its database server.

An ordinary user has all of it in `.zorg/` of the clone. PostgreSQL refuses to run as root, so root's server runs as
`postgres`, in a place that user can reach even when the clone is closed to others.
"""

import hashlib
import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from availability.cluster.troubles import ForeignOwner, NamelessUser, NoServerUser

CLONE = Path(__file__).resolve().parents[2]
ROOTS_SERVERS = Path("/var/lib/zorg")
SERVER_USER = "postgres"
"""The user that the packages of Debian, Ubuntu and others make for the server."""

PORT = 5432
"""Only part of the socket's name: the private server listens on no port."""

SOCKET_PATH_BYTES = 103
"""macOS allows 104 bytes with the closing zero, Linux 108; one bound for both."""


@dataclass(frozen=True, slots=True)
class Place:
    """The folders of one clone, and who owns the server's."""

    state: Path
    """Keys, locks and notes of running commands: for the user who types `zorg`."""
    home: Path
    """The server's own folder, closed to everyone but `owner` (and root)."""
    sockets: Path
    owner: pwd.struct_passwd

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def unfinished(self) -> Path:
        """A cluster is made here and renamed when it is whole, so `data` is never half made."""
        return self.home / "data.unfinished"

    @property
    def log(self) -> Path:
        return self.home / "postgresql.log"

    @property
    def socket(self) -> Path:
        return self.sockets / f".s.PGSQL.{PORT}"

    def prepare(self) -> None:
        """Makes the folders, and refuses those of somebody else: what lies there may not be ours to trust."""
        _own_folder(self.state, os.geteuid())
        if self.home.parent == ROOTS_SERVERS:
            ROOTS_SERVERS.mkdir(parents=True, exist_ok=True)
            ROOTS_SERVERS.chmod(0o755)
        for folder in (self.home, self.sockets):
            _own_folder(folder, self.owner.pw_uid, self.owner.pw_gid)


def place_of(state: Path | None = None) -> Place:
    """The place for this clone; `state` or `ZORG_STATE` moves it, say where the clone's disk holds no sockets."""
    state = state or Path(os.environ.get("ZORG_STATE") or CLONE / ".zorg")
    state = state.absolute()
    mark = hashlib.sha256(os.fsencode(state)).hexdigest()[:12]
    if os.geteuid() == 0:
        home, owner = ROOTS_SERVERS / mark, _server_user()
    else:
        home, owner = state / "postgresql", _this_user()
    return Place(state, home, _short_folder(home / "sockets", mark), owner)


def _server_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwnam(SERVER_USER)
    except KeyError:
        raise NoServerUser(SERVER_USER) from None


def _this_user() -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(os.geteuid())
    except KeyError:
        raise NamelessUser(os.geteuid()) from None


def _short_folder(wanted: Path, mark: str) -> Path:
    """The wanted folder, or a short one of our own when a socket in it would have too long a path."""
    if len(os.fsencode(wanted / f".s.PGSQL.{PORT}")) <= SOCKET_PATH_BYTES:
        return wanted
    return Path(f"/tmp/zorg-{os.geteuid()}-{mark}")  # noqa: S108 - made 0700, and refused when not ours


def _own_folder(folder: Path, user: int, group: int = -1) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True)
    except FileExistsError:
        pass
    except PermissionError:
        raise ForeignOwner(folder.parent) from None
    else:
        os.chown(folder, user, group)
    found = folder.lstat()
    if found.st_uid != user or not folder.is_dir() or folder.is_symlink():
        raise ForeignOwner(folder)
    folder.chmod(0o700)
