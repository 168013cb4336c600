"""Speaking to the person at the terminal: progress and complaints on stderr, so that stdout holds answers only."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn

console = Console(stderr=True, highlight=False)


def say(text: str) -> None:
    console.print(text)


def complain(*sentences: str) -> None:
    for sentence in sentences:
        console.print("✗", sentence, style="red", markup=False, soft_wrap=True)


@contextmanager
def step(what: str) -> Iterator[Callable[[float], None]]:
    """Shows that something is under way, and how long it took once it succeeded; tell it how far it is as 0..1."""
    began = time.monotonic()
    looks = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(bar_width=30))
    with Progress(*looks, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=None)
        yield lambda share: progress.update(task, total=1.0, completed=share)
    say(f"[green]✓[/green] {what} [dim]{_seconds(time.monotonic() - began)}[/dim]")


def _seconds(seconds: float) -> str:
    return f"{seconds:.1f} s".replace(".", ",")
