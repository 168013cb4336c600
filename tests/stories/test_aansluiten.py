"""The examples of docs/aansluiten.md, run as they stand against a demo world: first the shell's, then Python's."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import demo_settings
from tests.stories.conftest import Service

pytestmark = pytest.mark.slow

PAGE = Path(__file__).parents[2] / "docs" / "aansluiten.md"


def _examples(language: str) -> str:
    return "\n".join(re.findall(rf"^```{language}\n(.*?)^```", PAGE.read_text(), re.DOTALL | re.MULTILINE))


def _script(service: Service) -> str:
    """All examples as one script, speaking to this service with this interpreter."""
    shell = _examples("bash").replace("localhost:8000", service.api.removeprefix("http://"))
    shell = shell.replace(".venv/bin/zorg", f"{sys.executable} -m availability.cli")
    return f"{shell}\ncat > aansluiten.py << 'EINDE'\n{_examples('python')}\nEINDE\n{sys.executable} aansluiten.py\n"


def test_the_examples_keep_capacity_by_machine(service: Service, tmp_path: Path) -> None:
    settings = demo_settings(service.database_url)
    surroundings = {
        **os.environ,
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": service.database_url,
        "ZORG_DEMO_KEY": settings.demo_key.get_secret_value(),
        "PYTHONPATH": str(PAGE.parents[1]),
    }
    command = ["bash", "-euo", "pipefail", "-c", _script(service)]
    done = subprocess.run(
        command, env=surroundings, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 0, done.stderr
    assert '"source":"confirmation"' in done.stdout
    assert "[200, 200]" in done.stdout
    assert '"code":"changed-meanwhile"' in done.stdout
    said = done.stdout.splitlines()
    assert "0 fresh" in done.stdout
    assert "/openPlaces Vrij (2) is meer dan er over is: totaal 3 min bezet 3 min gereserveerd 0 is 0." in said
    assert "/intakeWaitDays Geef 0 of meer." in said
    assert said[-1].startswith("Kijk in errors")
