"""What `make install` does about missing system packages, on systems that are only a folder of stand-in programs."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

SCRIPT = Path(__file__).parents[1] / ".ci" / "system-packages"
TOOLS = ("sh", "dirname", "sed", "tr", "find", "sort", "tail", "cut", "env", "cat")

System = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run_on(tmp_path: Path) -> System:
    """Runs the script where these programs exist and no others: `run_on(sudo="exit 1")`."""

    def run(**programs: str) -> "subprocess.CompletedProcess[str]":
        for tool in TOOLS:
            (tmp_path / tool).symlink_to(shutil.which(tool) or "/nowhere")
        for name, body in programs.items():
            program = tmp_path / name.replace("_", "-")
            program.write_text(f"#!/bin/sh\n{body}\n")
            program.chmod(0o755)
        surroundings = {"PATH": str(tmp_path), "ZORG_DATABASE_URL": "postgresql://db.example/zorg"}
        return subprocess.run(
            [SCRIPT], capture_output=True, text=True, check=False, env=surroundings, stdin=subprocess.DEVNULL
        )

    return run


PYTHON = 'case "$*" in *executable*) echo "$0" ;; esac'
ORDINARY_USER = "echo 1000"
ROOT = "echo 0"


def test_where_everything_is_there_it_says_nothing(run_on: System) -> None:
    outcome = run_on(python3=PYTHON)
    assert (outcome.returncode, outcome.stdout, outcome.stderr) == (0, "", "")


def test_without_rights_it_prints_the_exact_line_to_type(run_on: System) -> None:
    outcome = run_on(apt_get="exit 1", sudo="exit 1", id=ORDINARY_USER)
    assert outcome.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y python3 python3-venv" in outcome.stderr


def test_an_old_python_does_not_count(run_on: System) -> None:
    outcome = run_on(python3="exit 1", apt_get="exit 0", id=ROOT)
    assert outcome.returncode == 1
    assert "Dit systeem geeft geen passende versie van: python" in outcome.stderr


def test_a_python_without_venv_asks_for_venv_only(run_on: System) -> None:
    without_venv = f'case "$*" in *ensurepip*) exit 1 ;; esac\n{PYTHON}'
    outcome = run_on(python3=without_venv, apt_get="exit 1", sudo="exit 1", id=ORDINARY_USER)
    assert "sudo apt-get install -y python3-venv" in outcome.stderr


def test_as_root_it_says_what_it_installs_and_asks_nothing(run_on: System, tmp_path: Path) -> None:
    # The stand-in "installs" a Python, as apt-get would.
    install = f"""echo "$DEBIAN_FRONTEND $*" >> {tmp_path}/asked
        case "$*" in *install*) echo "Unpacking…"
        printf '#!/bin/sh\\n%s\\n' '{PYTHON}' > {tmp_path}/python3 && /bin/chmod +x {tmp_path}/python3 ;; esac"""
    outcome = run_on(apt_get=install, id=ROOT)
    assert outcome.returncode == 0, outcome.stderr
    assert "python3 python3-venv" in outcome.stdout
    assert "Unpacking" not in outcome.stdout + outcome.stderr
    assert "noninteractive install -y" in (tmp_path / "asked").read_text()


def test_when_installing_fails_it_shows_what_the_system_said(run_on: System) -> None:
    outcome = run_on(apt_get='case "$*" in *install*) echo "E: no space left" && exit 100 ;; esac', id=ROOT)
    assert outcome.returncode != 0
    assert "E: no space left" in outcome.stderr


def test_on_a_mac_homebrew_does_it_but_never_as_root(run_on: System) -> None:
    outcome = run_on(brew="exit 0", id=ROOT)
    assert outcome.returncode == 1
    assert "brew install python@3.13" in outcome.stderr


def test_elsewhere_it_names_what_is_needed(run_on: System) -> None:
    outcome = run_on(id=ORDINARY_USER)
    assert outcome.returncode == 1
    assert "Python 3.11 of nieuwer met venv, PostgreSQL met PostGIS" in outcome.stderr
