"""`zorg openapi`: the description of the API, as it is committed and served."""

import sys

import typer

from availability.app import create_app
from availability.cli.surroundings import demo_settings
from availability.description import describe, written

app = typer.Typer()


@app.command()
def openapi() -> None:
    """Geeft de beschrijving van de API (OpenAPI)."""
    sys.stdout.buffer.write(written(describe(create_app(demo_settings(database_url="")))))
