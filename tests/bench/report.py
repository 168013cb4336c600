"""What was measured, as tables: on the screen, as Markdown and as JSON."""

import json
import os
import platform
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table as Drawn

Cell = str | float | int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One comparison. The first column names what was measured; None was not measured or means nothing there."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()


def show(table: Table, console: Console) -> None:
    drawn = Drawn(title=table.title, title_justify="left")
    for number, column in enumerate(table.columns):
        drawn.add_column(column, justify="right" if number else "left", no_wrap=True)
    for row in table.rows:
        drawn.add_row(*map(written, row))
    console.print(drawn)
    for note in table.notes:
        console.print(f"  · {note}", highlight=False)


def save(tables: Sequence[Table], out: Path) -> None:
    """`out`.md to read and `out`.json to compute with."""
    out.parent.mkdir(parents=True, exist_ok=True)
    out.with_suffix(".md").write_text(markdown(tables))
    measured = {"machine": machine(), "tables": [asdict(table) for table in tables]}
    out.with_suffix(".json").write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n")


def markdown(tables: Iterable[Table]) -> str:
    parts = [f"Measured on {machine()}. Ratios count; absolute numbers are this machine's."]
    for table in tables:
        lines = [table.columns, tuple("---:" if n else "---" for n in range(len(table.columns))), *table.rows]
        drawn = "\n".join("| " + " | ".join(map(written, line)) + " |" for line in lines)
        notes = "\n".join(f"- {note}" for note in table.notes)
        parts.append(f"## {table.title}\n\n{drawn}\n\n{notes}".rstrip())
    return "\n\n".join(parts) + "\n"


def machine() -> str:
    """Enough to judge the numbers by, nothing that says whose machine it is."""
    today = datetime.now(UTC).date()
    return (
        f"{today}: {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def written(cell: Cell) -> str:
    """Three digits that count."""
    match cell:
        case None:
            return "–"
        case float() if cell >= 100:
            return f"{cell:,.0f}"
        case float():
            return f"{cell:.3g}" if cell else "0"
        case int():
            return f"{cell:,}"
        case _:
            return cell
