"""The sheets of a workbook beside the one that is read: whoever sends them must know that nothing is done with them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from availability.intake.columns import Table, understood
from availability.intake.spreadsheet import Sheet, Unreadable
from availability.intake.workbook import EXPLANATION
from availability.refusals import Invalid


@dataclass(frozen=True, slots=True)
class LeftOut:
    name: str
    is_table: bool
    """Whether it could have been sent as well; of a sheet that we did not look at that is not known."""


def left_out(
    table: Table, sheets: tuple[Sheet, ...], given: Mapping[str, str | None], remembered: Mapping[str, str | None]
) -> Iterator[LeftOut]:
    """Every other sheet that holds something. Our own explanation is none, nor is another reading of a CSV."""
    for sheet in sheets:
        if sheet is table.sheet or sheet.name in {"", EXPLANATION} or (sheet.was_read and not sheet.lines):
            continue
        yield LeftOut(sheet.name, _is_table(table, sheet, given, remembered))


def _is_table(
    table: Table, sheet: Sheet, given: Mapping[str, str | None], remembered: Mapping[str, str | None]
) -> bool:
    try:
        understood(table.form, (sheet,), given, remembered)
    except Unreadable:
        return False
    except Invalid:
        return True  # a table, of which something must be said first
    return True
