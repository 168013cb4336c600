import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from availability.cli import children as children_module
from availability.cli.children import Children
from availability.cluster.processes import started_at

SLEEP = [sys.executable, "-c", "import time; time.sleep(600)"]

STUBBORN = """
import signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print("klaar", flush=True)
time.sleep(600)
"""

PARENT = f"""
import subprocess, time
print(subprocess.Popen({SLEEP!r}).pid, flush=True)
time.sleep(600)
"""


@pytest.fixture
def children(tmp_path: Path) -> Iterator[Children]:
    children = Children(tmp_path)
    yield children
    children.end()


def test_all_end_together(children: Children) -> None:
    started = [children.start(name, SLEEP, {}) for name in ("api", "screens")]
    children.end()
    assert [started_at(child.process.pid) for child in started] == [None, None]


def test_a_child_that_does_not_listen_is_ended_all_the_same(
    children: Children, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children_module, "GRACE_SECONDS", 0.3)
    child = children.start("api", [sys.executable, "-c", STUBBORN], {})
    while not child.log.read_text():
        time.sleep(0.02)
    children.end()
    assert started_at(child.process.pid) is None


def test_what_a_child_starts_ends_with_it(children: Children) -> None:
    child = children.start("api", [sys.executable, "-c", PARENT], {})
    while not child.log.read_text().endswith("\n"):
        time.sleep(0.02)
    grandchild = int(child.log.read_text())
    assert started_at(grandchild)
    children.end()
    deadline = time.monotonic() + 5  # it was told to end; on a busy machine it takes a moment until it is gone
    while started_at(grandchild) is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    assert started_at(grandchild) is None


def test_a_child_that_falls_is_noticed_with_its_last_words(children: Children) -> None:
    children.start("screens", SLEEP, {})
    child = children.start("api", [sys.executable, "-c", "raise SystemExit('geen plek meer')"], {})
    child.process.wait()
    assert children.fallen() == child
    assert child.last_words() == "geen plek meer"


def test_orphans_of_a_killed_run_are_ended_by_the_next(children: Children, tmp_path: Path) -> None:
    orphan = children.start("api", SLEEP, {})
    assert Children(tmp_path).end_orphans() == 1
    assert started_at(orphan.process.pid) is None
    assert Children(tmp_path).end_orphans() == 0


def test_a_process_that_took_over_a_noted_number_is_left_alone(tmp_path: Path) -> None:
    with subprocess.Popen(SLEEP, start_new_session=True) as stranger:
        (tmp_path / "children.json").write_text(json.dumps([(stranger.pid, "another boot:12345"), (os.getpid(), None)]))
        assert Children(tmp_path).end_orphans() == 0
        assert started_at(stranger.pid)
        stranger.kill()


def test_a_spoiled_note_stops_nobody(tmp_path: Path) -> None:
    (tmp_path / "children.json").write_text("[[12")
    assert Children(tmp_path).end_orphans() == 0
