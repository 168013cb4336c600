"""`zorg clockwork`: what must happen by itself, in its own process beside APIs that run with ZORG_CLOCKWORK=false."""

import asyncio
import signal
from contextlib import nullcontext

import typer

from availability.app import create_app, lifespan
from availability.cli.surroundings import database
from availability.settings import Settings

app = typer.Typer()


@app.command()
def clockwork() -> None:
    """Verstuurt meldingen en herinneringen, en laat opties aflopen. Ctrl-C stopt het."""
    settings = Settings()
    with database() if settings.environment == "demo" else nullcontext(settings.database_url) as url:
        asyncio.run(_until_stopped(settings.model_copy(update={"database_url": url, "clockwork": True})))


async def _until_stopped(settings: Settings) -> None:
    """The service as it is, without a port: the clockwork ranks on a board of its own."""
    stopped = asyncio.Event()
    for ending in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(ending, stopped.set)
    service = create_app(settings)
    async with lifespan(service):
        await stopped.wait()
