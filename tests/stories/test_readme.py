"""The README's own commands, run as they stand against a demo world."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import demo_settings
from tests.stories.conftest import Service

pytestmark = pytest.mark.slow

README = Path(__file__).parents[2] / "README.md"


def _commands(service: Service) -> str:
    """All of the README's bash, speaking to this service and this interpreter's `zorg`, never waiting for a key."""
    blocks = re.findall(r"^```bash\n(.*?)^```", README.read_text(), re.DOTALL | re.MULTILINE)
    assert len(blocks) == 2, "the README tells the main job in two steps"
    return (
        "\n".join(blocks)
        .replace("localhost:8000", service.api.removeprefix("http://"))
        .replace(".venv/bin/zorg", f"{sys.executable} -m availability.cli")
        .replace("| more", "")
    )


def test_the_commands_of_the_readme_find_a_place_and_close_it(service: Service) -> None:
    settings = demo_settings(service.database_url)
    surroundings = {
        **os.environ,
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": service.database_url,
        "ZORG_DEMO_KEY": settings.demo_key.get_secret_value(),
    }
    command = ["bash", "-euo", "pipefail", "-c", _commands(service)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, timeout=120, check=False)

    assert done.returncode == 0, done.stderr
    assert '"matches": [' in done.stdout
    assert '"admissionStop":true' in done.stdout
    assert "'admission-stop'" in done.stdout.splitlines()[-1]
