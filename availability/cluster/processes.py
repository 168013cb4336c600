"""Whether a process that was noted earlier still is that process: numbers are handed out again, start times are not."""

import os
import subprocess
from pathlib import Path


def started_at(pid: int) -> str | None:
    """When the process began, in the system's own spelling; None when it ended or never was."""
    try:
        status = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None if Path("/proc/self").exists() else _lstart(pid)
    # The name between brackets may hold spaces; after it come the state and, 19 places on, the start in ticks.
    state, *numbers = status.rpartition(")")[2].split()
    return None if state == "Z" else f"{_boot()}:{numbers[18]}"


def _lstart(pid: int) -> str | None:
    state, _, began = _asked(pid, "state=,lstart=").partition(" ")
    return None if not began or state.startswith("Z") else began.strip()


def command_of(pid: int) -> str:
    """The command line of a process, empty when there is no such process."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "" if Path("/proc/self").exists() else _asked(pid, "command=")


def _boot() -> str:
    return Path("/proc/sys/kernel/random/boot_id").read_text().strip()


def _asked(pid: int, what: str) -> str:
    answer = subprocess.run(  # noqa: S603 - no shell; a number and two fixed words
        ["ps", "-o", what, "-p", str(pid)],  # noqa: S607 - where ps lives differs per system
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"LC_ALL": "C"},
    )
    return answer.stdout.strip()
