"""`zorg dashboard`: the screens. They reach the service over HTTP only, so all this knows of them is where they are."""

import importlib.util
import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from availability.cli.expected import Stop

app = typer.Typer()


@app.command()
def dashboard(
    host: Annotated[str, typer.Option(help="Het adres waarop het scherm luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort van het scherm.", min=1, max=65535)] = 8501,
) -> None:
    """Start het scherm. ZORG_API_URL zegt waar de API is."""
    page = _first_page()
    command = [sys.executable, "-m", "streamlit", "run", str(page), f"--server.address={host}", f"--server.port={port}"]
    os.execv(sys.executable, [*command, "--server.headless=true"])  # noqa: S606 - no shell; becomes the same process


def _first_page() -> Path:
    found = importlib.util.find_spec("dashboard.streamlit_app")
    if found is None or found.origin is None:
        raise Stop("Het scherm is hier niet geïnstalleerd.")
    return Path(found.origin)
