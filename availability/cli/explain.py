"""`zorg explain`: a stored ranking told again from what was kept, and compared with what was said then."""

from collections.abc import Iterator, Mapping
from typing import Annotated, Any
from uuid import UUID

import typer

from availability.cli.expected import Stop
from availability.cli.surroundings import database, transaction
from availability.matching.keeping import Kept, told_again
from availability.matching.queries import kept_ranking

app = typer.Typer()

Told = Mapping[str, Any]


@app.command()
def explain(ranking: Annotated[str, typer.Argument(help="Het kenmerk van een bewaarde rangschikking.")]) -> None:
    """Berekent een bewaarde rangschikking opnieuw en laat zien hoe elk punt tot stand kwam."""
    kept = _kept(ranking)
    again = told_again(kept)
    typer.echo(f"Gemaakt voor {kept.today}, met het aanbod van {kept.as_of:%Y-%m-%d %H:%M:%S} en de")
    typer.echo(f"gewichten van versie {kept.weights_version}.\n")
    for line in _lines(again):
        typer.echo(line)
    differences = list(differences_between(kept.answer, again))
    if differences:
        raise Stop("Opnieuw berekend komt er iets anders uit: " + ", ".join(differences[:5]) + ".")
    typer.echo("\nOpnieuw berekend: precies hetzelfde.")


def differences_between(told: object, again: object, place: str = "") -> Iterator[str]:
    """Where two answers differ, as JSON pointers."""
    if isinstance(told, dict) and isinstance(again, dict) and told.keys() == again.keys():
        for name in told:
            yield from differences_between(told[name], again[name], f"{place}/{name}")
    elif isinstance(told, list) and isinstance(again, list) and len(told) == len(again):
        for position, (each, other) in enumerate(zip(told, again, strict=True)):
            yield from differences_between(each, other, f"{place}/{position}")
    elif told != again:
        yield place or "/"


def _kept(ranking: str) -> Kept:
    try:
        identity = UUID(ranking)
    except ValueError:
        raise Stop("Geef het kenmerk (id) van een bewaarde rangschikking.") from None
    with database() as url, transaction(url) as session:
        row = kept_ranking(session, identity)
    if row is None:
        raise Stop("Deze rangschikking is hier niet bewaard.")
    return Kept(row.question, row.candidates, row.today, row.as_of, row.weights_version, row.answer)


def _lines(told: Told) -> Iterator[str]:
    for match in told["matches"]:
        yield f"{match['rank']:>3}  {match['score']:>3} punten  {match['offer']} ({match['provider']['name']})"
        for reason in match["reasons"]:
            yield f"     {reason['points']:>3} van {reason['maximum']:<3} {reason['text']}"
    yield f"\nAfgevallen: {told['excluded']['total']}"
    for rule in told["excluded"]["byRule"]:
        yield f"     {rule['count']:>5}  {rule['text']}"
    for title, listed in (("Bijna passend", "nearMisses"), ("Wat als", "relaxations")):
        if told[listed]:
            yield f"\n{title}:"
            yield from (
                f"     {each.get('offer', '')}{': ' if 'offer' in each else ''}{each['text']}" for each in told[listed]
            )
    if told["nonContracted"]:
        yield "\nNiet gecontracteerd:"
        yield from (f"     {each['offer']} ({each['provider']['name']})" for each in told["nonContracted"])
