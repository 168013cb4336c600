"""`zorg load`: reference facts, official boundaries, or a demo world."""

import asyncio
import hashlib
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import text

import data
from availability.board.loading import load_board
from availability.cli.console import say, step
from availability.cli.expected import Stop
from availability.cli.migrate import upgrade
from availability.cli.surroundings import database, transaction
from availability.clock import AMSTERDAM
from availability.editions import loaded_edition, note_edition
from availability.geography.atlas import load_atlas
from availability.publication.periods import Quarter
from availability.publication.snapshot import publish
from availability.vocabulary.lexicon import load_lexicon
from data.reference import load_areas, load_reference

app = typer.Typer(name="load", help="Laadt gegevens in de database.", no_args_is_help=True)

REFERENCE, WORLD = "reference", "world"
"""The data of which the edition is kept."""

GIVEN = "folder"
"""Begins the edition of reference data that an operator gave; the demo leaves those as they are."""


class World(StrEnum):
    REGION = "region"
    NATIONAL = "national"


@app.command()
def reference(
    folder: Annotated[Path | None, typer.Argument(help="Map met een nieuwe CBS-indeling; leeg: die van zorg.")] = None,
) -> None:
    """Laadt gemeenten, jeugdregio's, postcodes en zorgvormen."""
    with database() as url:
        upgrade(url)
        with step("Landelijke gegevens laden"), transaction(url) as session:
            counts = load_reference(session, folder)
            note_edition(session, REFERENCE, f"{GIVEN} {_fingerprint(folder)}" if folder else own_edition())
    for file, count in counts.items():
        say(f"  {file}: {count}")


@app.command()
def areas(file: Annotated[Path, typer.Argument(help="GeoJSON met de grenzen van gemeenten.")]) -> None:
    """Neemt de officiële grenzen van gemeenten over."""
    with database() as url, step("Grenzen laden"), transaction(url) as session:
        count = load_areas(session, file)
    say(f"  {count} gemeenten")


@app.command()
def demo(
    world: Annotated[World, typer.Option(help="Hoe groot de demowereld is.")] = World.REGION,
    offers: Annotated[int | None, typer.Option(help="Het aantal keren aanbod, als u een ander aantal wilt.")] = None,
) -> None:
    """Laadt een demowereld met verzonnen aanbieders."""
    with database() as url:
        upgrade(url)
        ensure_reference(url)
        with step("Demowereld laden") as tell:
            ensure_world(url, world, offers, tell)


def ensure_reference(url: str) -> None:
    """Loads our own reference facts, unless these very files are loaded or an operator gave others."""
    with transaction(url) as session:
        known = loaded_edition(session, REFERENCE) or ""
        if known != own_edition() and not known.startswith(GIVEN):
            load_reference(session)
            note_edition(session, REFERENCE, own_edition())


def ensure_world(url: str, world: World, offers: int | None, tell: Callable[[float], None]) -> None:
    """Loads a demo world into a database without one. Raises Stop where it would mix with other data."""
    wanted = f"{world} {offers}" if offers else str(world)
    with transaction(url) as session:
        known = loaded_edition(session, WORLD)
        if known == wanted:
            return
        if known:
            raise Stop(
                f"Hier staat al een andere demowereld ({known}). "
                f'Begin opnieuw: make demo ARGS="--fresh --world {world}"'
            )
        if session.scalar(text("SELECT EXISTS (SELECT FROM provider)")):
            raise Stop("In deze database staan al aanbieders. Een demowereld komt daar niet bij.")
        from data.demo import load_world  # noqa: PLC0415 - most starts find a world and need not wait for pandas

        load_world(session, world.value, offers=offers, today=datetime.now(AMSTERDAM).date(), progress=tell)
        note_edition(session, WORLD, wanted)
    if world is World.REGION:
        _rank_cases(url)
        _publish_quarters(url)


def _publish_quarters(url: str) -> None:
    """Everybody sees waiting times, beside those of a year before: every quarter that is over, of two years."""
    today = datetime.now(AMSTERDAM).date()
    with transaction(url) as session:
        ground = load_atlas(session), load_lexicon(session)
        for quarter in Quarter.of_two_years(today):
            publish(session, quarter, *ground, today)


def _rank_cases(url: str) -> None:
    """What lies before the expert team goes there with a ranking, and providers see how their offers came out in those
    that were kept: that takes a board of what was just committed."""
    from data.demo.expert_team import write_registrations  # noqa: PLC0415 - needs what a world needs
    from data.demo.rankings import write_rankings  # noqa: PLC0415

    board = asyncio.run(load_board(url))
    with transaction(url) as session:
        write_registrations(session, board)
        write_rankings(session, board, datetime.now(AMSTERDAM).date())


def own_edition() -> str:
    return _fingerprint(Path(data.__path__[0]))


def _fingerprint(folder: Path) -> str:
    """Of names and contents, so that a file that is added, changed or renamed makes another edition."""
    digest = hashlib.sha256()
    for file in sorted(folder.glob("*.csv")):
        digest.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()[:16]
