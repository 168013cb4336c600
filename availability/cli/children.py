"""The processes that a demo starts: noted, watched, ended together; a killed demo's are found again by their note."""

import json
import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from availability.cluster.processes import started_at

GRACE_SECONDS = 12.0
"""More than the API gives its running requests; with the database server's stop well under half a minute."""


@dataclass(frozen=True, slots=True)
class Child:
    """A process that leads a session of its own: Ctrl-C in the terminal reaches only us, and we end it in order."""

    name: str
    process: subprocess.Popen[bytes]
    log: Path

    def last_words(self, lines: int = 12) -> str:
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])


class Children:
    """The children of this run, with a note of each in `folder`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._note = folder / "children.json"
        self._all: list[Child] = []

    def end_orphans(self) -> int:
        """Ends what an earlier run left behind when it was killed; tells how many there were.

        A number alone proves nothing, for it is handed out again: only one that began at the noted moment is ours.
        """
        try:
            noted = json.loads(self._note.read_text())
        except (FileNotFoundError, ValueError):
            return 0
        orphans = [pid for pid, began in noted if began and started_at(pid) == began]
        _end(orphans)
        self._note.unlink()
        return len(orphans)

    def start(self, name: str, command: Sequence[str], surroundings: Mapping[str, str]) -> Child:
        log = self._folder / f"{name}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(  # noqa: S603 - no shell; our own commands
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                env=os.environ | surroundings,
                start_new_session=True,
            )
        child = Child(name, process, log)
        self._all.append(child)
        self._write_note()
        return child

    def fallen(self) -> Child | None:
        """A child that ended although nobody asked it to."""
        return next((child for child in self._all if child.process.poll() is not None), None)

    def end(self) -> None:
        _end([child.process.pid for child in self._all if child.process.poll() is None])
        for child in self._all:
            child.process.wait()
        self._note.unlink(missing_ok=True)

    def _write_note(self) -> None:
        draft = self._note.with_suffix(".draft")
        draft.write_text(json.dumps([(child.process.pid, started_at(child.process.pid)) for child in self._all]))
        draft.replace(self._note)


def _end(leaders: Sequence[int]) -> None:
    """Asks all sessions to end, and ends what does not listen."""
    _signal(leaders, signal.SIGTERM)
    deadline = time.monotonic() + GRACE_SECONDS
    while (leaders := [pid for pid in leaders if started_at(pid)]) and time.monotonic() < deadline:
        time.sleep(0.05)
    _signal(leaders, signal.SIGKILL)


def _signal(leaders: Sequence[int], number: signal.Signals) -> None:
    for pid in leaders:
        try:
            os.killpg(pid, number)
        except ProcessLookupError:
            continue
