"""`zorg bench`: the table of speeds. The peers live with the tests, so it runs in a clone only."""

import sys
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from availability.cli.expected import Stop
from availability.cli.surroundings import own_server
from availability.cluster import Server, place_of

app = typer.Typer()

CLONE = Path(__file__).parents[2]


@app.command()
def bench(
    offers: Annotated[list[int] | None, typer.Option(help="Hoeveel aanbod; mag vaker.", min=1000)] = None,
    questions: Annotated[int, typer.Option(help="Hoeveel vragen.", min=1)] = 400,
) -> None:
    """Meet hoe snel een vraag beantwoord wordt, naast andere manieren om dat te doen."""
    if not (CLONE / "tests" / "bench").is_dir():
        raise Stop("De vergelijking staat bij de tests. Voer zorg bench uit in een kloon van het project.")
    sys.path.insert(0, str(CLONE))
    measure = import_module("tests.bench.table").measure
    for size in offers or [10_000, 100_000]:
        if given := own_server():
            measure(given, size, questions, typer.echo)
            continue
        with Server(place_of()).in_use() as server_url:
            measure(server_url, size, questions, typer.echo)
