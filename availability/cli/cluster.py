"""`zorg cluster`: the private database server of this clone."""

import typer

from availability.cli.surroundings import own_server
from availability.cluster import Server, place_of

app = typer.Typer(name="cluster", help="De eigen databaseserver van deze map.", no_args_is_help=True)


@app.command()
def start() -> None:
    """Start de server en laat hem draaien. Geeft het adres."""
    server = Server(place_of())
    server.start()
    typer.echo(server.url())


@app.command()
def stop() -> None:
    """Stopt de server."""
    Server(place_of()).stop()


@app.command()
def status() -> None:
    """Zegt of de server draait, en waar."""
    server = Server(place_of())
    typer.echo(f"De server {'draait' if server.answers() else 'draait niet'}: {server.url()}")
    typer.echo(f"De gegevens staan in {server.place.data}")
    if own_server():
        typer.echo("ZORG_DATABASE_URL is gezet: zorg gebruikt die server, niet deze.")
