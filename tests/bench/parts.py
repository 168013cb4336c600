"""The parts of the bench, each of which runs alone. Another part is another line in PARTS."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from rich.console import Console

from tests.bench.report import Table, save, show
from tests.bench.worlds import Worlds


@dataclass(frozen=True, slots=True)
class Run:
    """What is to be measured, and where."""

    worlds: Worlds
    sizes: tuple[int, ...]
    questions: int
    console: Console

    @property
    def usual_size(self) -> int:
        """The world of the parts that need only one: a hundred thousand offers, or the largest below it."""
        return max([size for size in self.sizes if size <= 100_000], default=min(self.sizes))

    def say(self, sentence: str) -> None:
        self.console.print(sentence, style="dim", highlight=False)


Part = Callable[[Run], Iterator[Table]]

PARTS: dict[str, str] = {
    "ranking": "tests.bench.ranking",
    "many": "tests.bench.many",
    "http": "tests.bench.over_http",
    "feed": "tests.bench.feed",
    "writing": "tests.bench.writing",
    "batch": "tests.bench.batch",
    "shortages": "tests.bench.shortages",
}
"""Each part's module, imported when it runs; its `measure` gives tables."""


def run(
    server_url: str, *, sizes: tuple[int, ...], questions: int, only: list[str], keep: bool, out: Path | None
) -> None:
    """Measure, show every table as soon as it is there, and save them all."""
    console = Console(width=150)
    tables = []
    with Worlds(server_url, keep=keep) as worlds:
        for name in only or PARTS:
            measure: Part = import_module(PARTS[name]).measure
            for table in measure(Run(worlds, sizes, questions, console)):
                show(table, console)
                tables.append(table)
                if out:
                    save(tables, out)
