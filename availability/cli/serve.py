"""`zorg serve`: the API, as it runs in production."""

import os
from contextlib import nullcontext
from typing import Annotated

import typer
import uvicorn
from fastapi import FastAPI

from availability.app import create_app
from availability.cli.surroundings import database
from availability.settings import Settings

app = typer.Typer()

FAREWELL_SECONDS = 10
"""How long running requests may take once the service is asked to stop."""


@app.command()
def serve(
    host: Annotated[str, typer.Option(help="Het adres waarop de API luistert.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="De poort van de API.", min=1, max=65535)] = 8000,
    workers: Annotated[int, typer.Option(help="Het aantal processen.", min=1)] = 1,
) -> None:
    """Start de API. De instellingen staan in omgevingsvariabelen ZORG_…"""
    settings = Settings()
    with database() if settings.environment == "demo" else nullcontext(settings.database_url) as url:
        os.environ["ZORG_DATABASE_URL"] = url
        uvicorn.run(
            f"{__name__}:create",
            factory=True,
            host=host,
            port=port,
            workers=workers,
            access_log=False,  # ours names route templates; uvicorn's would name paths and queries
            server_header=False,
            timeout_graceful_shutdown=FAREWELL_SECONDS,
            log_level="warning",
        )


def create() -> FastAPI:
    """What uvicorn calls in each of its processes."""
    return create_app(Settings())
