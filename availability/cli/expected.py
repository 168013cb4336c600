"""What we expect can go wrong with a command, and how to say it; everything else keeps its traceback."""

from pydantic import ValidationError

from availability.cluster.troubles import ClusterTrouble
from availability.refusals import Refusal


class Stop(Exception):
    """The command cannot go on; the text says why and what helps."""


def sentences_for(error: Exception) -> list[str]:
    """The sentences for the person at the terminal; none when the error is a fault of ours."""
    match error:
        case Stop() | ClusterTrouble():
            return [str(error)]
        case Refusal():
            return [error.detail, *(f"{fault.pointer}: {fault.detail}" for fault in error.faults)]
        case ValidationError(title="Settings"):
            return [_about_setting(fault["loc"], fault.get("ctx", {}).get("error")) for fault in error.errors()]
        case _ if type(error).__module__.startswith("psycopg.") or type(error).__name__ == "OperationalError":
            return [f"De database is niet bereikbaar. {_first_line(getattr(error, 'orig', error))}"]
        case _:
            return []


def _first_line(error: object) -> str:
    return next(iter(str(error).splitlines()), "")


def _about_setting(place: tuple[int | str, ...], reason: object) -> str:
    """Our own reasons are sentences already; of a wrong value only the name is told, for it may be a secret."""
    return str(reason) if reason else f"ZORG_{'_'.join(map(str, place)).upper()} heeft geen geldige waarde."
