"""One clone's private PostgreSQL server: made, started, shared, stopped and destroyed.

It listens on no port. Its only door is a socket in a folder closed to others, and behind it PostgreSQL asks the kernel
who is calling (`peer`): the user of this clone is let in, nobody else, and there is no password to keep or to leak.
Everyone who uses the server holds a shared lock; whoever leaves last stops it. A killed process loses its lock with
its life, so nothing has to be tidied up.
"""

import fcntl
import os
import pwd
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO
from urllib.parse import quote

from availability.cluster.place import PORT, Place
from availability.cluster.processes import command_of
from availability.cluster.programs import Programs, best_programs, installed, run_as
from availability.cluster.troubles import (
    ClusterTrouble,
    NotACluster,
    OtherVersion,
    PostgisMissing,
    ProgramFailed,
    StillInUse,
)
from availability.migrations.rights import SERVICE

ROLE = "zorg"

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    # Each new connection would load it at its first point on the map: 9 ms, against 2 ms to start with it.
    "shared_preload_libraries": "postgis-3",
    "shared_buffers": "128MB",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    # Short, set-based statements: compiling or spreading them costs more than it gives.
    "jit": "off",
    "max_parallel_workers_per_gather": "0",
    "max_parallel_maintenance_workers": "0",
    "random_page_cost": "1.1",
    "timezone": "UTC",
    "log_timezone": "UTC",
    # A failing statement may carry what was said about a child: neither it, its values nor its row reach the log.
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}

PATIENCE = 60.0
"""Seconds for the server to start: recovery after a kill can take a while on a slow disk."""

FAREWELL = 10.0
"""Seconds to stop in order; after that at once, and the next start recovers. A demo must end within half a minute."""

PASSING = ("shared memory block", '"postmaster.pid" already exists')
"""What PostgreSQL says while a killed server's children let go, or while another start is under way: wait."""


@dataclass(frozen=True, slots=True)
class Server:
    """The private server of one place."""

    place: Place

    def url(self, database: str = "postgres") -> str:
        """Names port and host outright, so that PGHOST and PGPORT of the caller cannot lead elsewhere."""
        return f"postgresql://{ROLE}@/{quote(database)}?host={quote(str(self.place.sockets), safe='/')}&port={PORT}"

    def answers(self) -> bool:
        """Whether somebody listens on our socket."""
        with socket.socket(socket.AF_UNIX) as door:
            door.settimeout(5)
            try:
                door.connect(str(self.place.socket))
            except OSError:
                return False
            return True

    @contextmanager
    def in_use(self) -> Iterator[str]:
        """Gives the URL of a running server, made and started when needed; the last to leave stops it."""
        self.place.prepare()
        with _opened(self.place.state / "users") as users:
            with self._alone():
                self._start()
                fcntl.flock(users, fcntl.LOCK_SH)
            try:
                yield self.url()
            finally:
                with self._alone():
                    if _nobody_else(users) and not self._kept.exists():
                        self._stop()

    def start(self) -> None:
        """Starts the server and leaves it running until `stop`."""
        self.place.prepare()
        with self._alone():
            self._start()
            self._kept.touch()

    def stop(self) -> None:
        with self._undisturbed():
            self._stop()

    def destroy(self) -> None:
        """Removes the server and all its data."""
        with self._undisturbed():
            with suppress(ClusterTrouble):  # of a broken server little may be left to stop
                self._stop()
            for folder in (self.place.home, self.place.sockets):
                shutil.rmtree(folder, ignore_errors=True)

    @property
    def _kept(self) -> Path:
        return self.place.state / "kept"

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """One process at a time makes, starts or stops."""
        with _opened(self.place.state / "lock") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @contextmanager
    def _undisturbed(self) -> Iterator[None]:
        """Alone, and nobody uses the server."""
        self.place.prepare()
        with self._alone(), _opened(self.place.state / "users") as users:
            if not _nobody_else(users):
                raise StillInUse
            yield

    def _start(self) -> None:
        programs = self._programs()
        if self.answers():
            self._await_welcome(programs)
            self._let_in(programs)
            return
        self._kept.unlink(missing_ok=True)
        self._make(programs)
        self._let_in(programs)
        self._forget_dead_server()
        self._launch(programs)

    def _programs(self) -> Programs:
        """The programs that made the data, or the best there are when nothing is made yet."""
        if not self.place.data.exists():
            return best_programs()
        try:
            made_with = (self.place.data / "PG_VERSION").read_text().strip()
        except FileNotFoundError:
            raise NotACluster(self.place.data) from None
        here = {str(programs.version): programs for programs in installed()}
        if made_with not in here:
            raise OtherVersion(made_with, ", ".join(here) or "–")
        if not here[made_with].has_postgis:
            raise PostgisMissing(here[made_with].version)
        return here[made_with]

    def _make(self, programs: Programs) -> None:
        if self.place.data.exists():
            return
        unfinished = self.place.unfinished
        shutil.rmtree(unfinished, ignore_errors=True)
        answer = programs.run(
            "initdb",
            f"--pgdata={unfinished}",
            f"--username={ROLE}",
            "--auth=reject",
            "--no-sync",  # it holds nothing yet: a power cut in its first half minute costs a fresh start, no data
            "--encoding=UTF8",
            "--lc-messages=C",
            "--lc-collate=C",  # the same order on every machine
            f"--lc-ctype={'en_US.UTF-8' if sys.platform == 'darwin' else 'C.UTF-8'}",
            owner=self.place.owner,
        )
        if answer.returncode:
            raise ProgramFailed("De database maken", answer.stdout)
        doors = "local all all peer map=zorg\nlocal replication all peer map=zorg\n"
        self._write(unfinished / "pg_hba.conf", doors)
        unfinished.rename(self.place.data)

    def _let_in(self, programs: Programs) -> None:
        """Who may be whom, as it is today: a server may have been made when there were fewer roles."""
        file = self.place.data / "pg_ident.conf"
        wanted = "".join(f'zorg "{user}" {role}\n' for user in sorted(self._welcome()) for role in (ROLE, SERVICE))
        if file.read_text() == wanted:
            return
        self._write(file, wanted)
        if self.answers():
            self._pg_ctl(programs, "reload")

    def _welcome(self) -> set[str]:
        """The user of the clone, and the owner of the server (for root, that is another one)."""
        return {self.place.owner.pw_name, pwd.getpwuid(os.geteuid()).pw_name}

    def _write(self, file: Path, text: str) -> None:
        """Written by the owner: root follows no link that another user may have laid."""
        answer = run_as(self.place.owner, ["tee", str(file)], text)
        if answer.returncode:
            raise ProgramFailed("De database inrichten", answer.stdout)

    def _forget_dead_server(self) -> None:
        """Removes what a killed server left behind, once nobody listens and its process is not our PostgreSQL.

        PostgreSQL asks only whether the number lives, and after a restart another process may have it.
        """
        note = self.place.data / "postmaster.pid"
        try:
            pid = int(note.read_text().split("\n", 1)[0])
        except (FileNotFoundError, ValueError):
            pid = 0
        if pid and str(self.place.data) in command_of(pid):
            return  # starting or stopping: pg_ctl waits for it
        note.unlink(missing_ok=True)
        self.place.socket.with_name(self.place.socket.name + ".lock").unlink(missing_ok=True)

    def _launch(self, programs: Programs) -> None:
        options = SETTINGS | {"unix_socket_directories": str(self.place.sockets), "port": str(PORT)}
        spelled = shlex.join(part for name, value in options.items() for part in ("-c", f"{name}={value}"))
        if self.place.log.exists():
            self.place.log.replace(self.place.log.with_suffix(".previous.log"))
        deadline = time.monotonic() + PATIENCE
        while True:
            answer = self._pg_ctl(programs, "start", f"--options={spelled}", f"--log={self.place.log}")
            if answer.returncode == 0:
                return
            last_words = _last_lines(self.place.log) or answer.stdout
            if time.monotonic() > deadline or not any(sign in last_words for sign in PASSING):
                raise ProgramFailed("De database starten", last_words, self.place.log)
            time.sleep(0.5)

    def _await_welcome(self, programs: Programs) -> None:
        """A server that another process started, and that is still recovering, lets nobody in yet."""
        door = (f"--host={self.place.sockets}", f"--port={PORT}")
        deadline = time.monotonic() + PATIENCE
        while programs.run("pg_isready", *door, owner=self.place.owner).returncode:
            if time.monotonic() > deadline:
                raise ProgramFailed("De database bereiken", _last_lines(self.place.log), self.place.log)
            time.sleep(0.2)

    def _stop(self) -> None:
        self._kept.unlink(missing_ok=True)
        if not self.answers():
            return
        programs = self._programs()
        for mode in ("fast", "immediate"):
            answer = self._pg_ctl(programs, "stop", f"--mode={mode}", patience=FAREWELL)
            if answer.returncode == 0 or not self.answers():  # it may have been killed meanwhile
                return
        raise ProgramFailed("De database stoppen", _last_lines(self.place.log), self.place.log)

    def _pg_ctl(
        self, programs: Programs, *arguments: str, patience: float = PATIENCE
    ) -> subprocess.CompletedProcess[str]:
        common = (f"--pgdata={self.place.data}", "--wait", f"--timeout={patience:.0f}")
        return programs.run("pg_ctl", *arguments, *common, owner=self.place.owner)


@contextmanager
def _opened(path: Path) -> Iterator[IO[str]]:
    """A file to lock; closing it lets go of the lock, and so does dying."""
    with path.open("a") as file:
        yield file


def _nobody_else(users: IO[str]) -> bool:
    """Whether the shared lock could be made our own."""
    try:
        fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _last_lines(log: Path, count: int = 8) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-count:])
    except FileNotFoundError:
        return ""
