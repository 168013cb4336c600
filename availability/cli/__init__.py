"""The `zorg` command: the outermost layer, one file per command.

Each module named in COMMANDS has an `app` whose commands join `zorg`. Only the module of the command that was asked for
is imported, so that `zorg token` need not wait for what the API or the bench wants.
"""

import sys
from importlib import import_module

import typer

from availability.cli.console import complain
from availability.cli.expected import sentences_for

COMMANDS = {
    "demo": "Start alles: database, gegevens, demowereld, API en scherm.",
    "serve": "Start de API.",
    "dashboard": "Start het scherm.",
    "clockwork": "Doet wat vanzelf moet gebeuren, in een eigen proces.",
    "migrate": "Brengt de database naar de nieuwste vorm.",
    "load": "Laadt gegevens: reference, areas of demo.",
    "token": "Geeft een toegangstoken voor de demo.",
    "bench": "Meet hoe snel een vraag beantwoord wordt.",
    "explain": "Vertelt een bewaarde rangschikking opnieuw.",
    "cluster": "De eigen databaseserver van deze map.",
    "publish": "Zet de wachttijden van een kwartaal vast voor iedereen.",
    "openapi": "Geeft de beschrijving van de API.",
}
"""Each command's module, and what it does in the list that `zorg --help` shows."""


def main() -> None:
    """Runs the command that was typed. What we expect can go wrong is said in a sentence, without a traceback."""
    try:
        _zorg(sys.argv[1:])(prog_name="zorg")
    except Exception as error:
        sentences = sentences_for(error)
        if not sentences:
            raise
        complain(*sentences)
        raise SystemExit(1) from None


def _zorg(arguments: list[str]) -> typer.Typer:
    zorg = typer.Typer(
        help="Zorgbeschikbaarheid: een plek vinden voor een kind.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,  # a traceback with local values could show what was said about a child
    )
    zorg.callback()(lambda: None)
    if arguments and arguments[0] in COMMANDS:
        zorg.add_typer(import_module(f"{__name__}.{arguments[0]}").app)
    else:
        for name, purpose in COMMANDS.items():
            zorg.command(name, help=purpose)(lambda: None)  # to be listed, never to be run
    return zorg
