"""`zorg bench`: the table of speeds. The peers live with the tests, so it runs in a clone only."""

import sys
from enum import StrEnum
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from availability.cli.expected import Stop
from availability.cli.surroundings import own_server
from availability.cluster import Server, place_of

app = typer.Typer()

CLONE = Path(__file__).parents[2]

USUAL = (10_000, 100_000)
FULL = (*USUAL, 1_000_000)


class Part(StrEnum):
    RANKING = "ranking"
    MANY = "many"
    HTTP = "http"
    FEED = "feed"
    WRITING = "writing"
    BATCH = "batch"
    SHORTAGES = "shortages"


@app.command()
def bench(
    *,
    only: Annotated[list[Part] | None, typer.Option(help="Alleen dit deel; mag vaker.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Ook een wereld met een miljoen maal aanbod.")] = False,
    offers: Annotated[list[int] | None, typer.Option(help="Hoeveel aanbod; mag vaker.", min=1000)] = None,
    questions: Annotated[int, typer.Option(help="Hoeveel vragen.", min=1)] = 400,
    out: Annotated[Path | None, typer.Option(help="Bewaar de tabellen hier, als .md en .json.")] = None,
    keep: Annotated[bool, typer.Option("--keep", help="Bewaar de werelden voor de volgende keer.")] = False,
) -> None:
    """Meet hoe snel een vraag beantwoord wordt, naast andere manieren om dat te doen."""
    if not (CLONE / "tests" / "bench").is_dir():
        raise Stop("De vergelijking staat bij de tests. Voer zorg bench uit in een kloon van het project.")
    sys.path.insert(0, str(CLONE))
    run = import_module("tests.bench.parts").run
    sizes = tuple(offers or (FULL if full else USUAL))
    wanted = {"sizes": sizes, "questions": questions, "only": only or [], "keep": keep, "out": out}
    if given := own_server():
        run(given, **wanted)
        return
    with Server(place_of()).in_use() as server_url:
        run(server_url, **wanted)
