"""`zorg publish`: freeze a quarter's figures for everybody."""

from typing import Annotated

import typer

from availability.cli.expected import Stop
from availability.cli.surroundings import database, transaction
from availability.clock import calendar
from availability.geography.atlas import load_atlas
from availability.publication.periods import Quarter
from availability.publication.snapshot import publish as freeze
from availability.vocabulary.lexicon import load_lexicon

app = typer.Typer()


@app.command()
def publish(
    period: Annotated[str | None, typer.Argument(help="Het kwartaal, zoals 2026-Q3; anders het laatste.")] = None,
) -> None:
    """Telt een kwartaal, verbergt kleine aantallen en zet de cijfers vast voor iedereen."""
    today = calendar()()
    try:
        quarter = Quarter.parse(period) if period else Quarter.last_before(today)
    except ValueError:
        raise Stop("Schrijf een kwartaal als 2026-Q3.") from None
    with database() as url, transaction(url) as session:
        figures = freeze(session, quarter, load_atlas(session), load_lexicon(session), today)
    typer.echo(f"✓ {quarter} staat vast: {figures} cijfers.")
