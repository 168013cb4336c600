"""What openpyxl reads of a workbook: the visible sheets, row after row, as they are unpacked.

A cell may show something and yet hold nothing that can be taken over: a formula that was never calculated, a number
that is shown as a percentage. Such a cell is no empty one; openpyxl alone does not tell them apart.
"""

import io
import warnings
from collections.abc import Iterator, Sequence, Set
from typing import Any

import openpyxl
from openpyxl.styles.numbers import BUILTIN_FORMATS, BUILTIN_FORMATS_MAX_SIZE
from openpyxl.worksheet._reader import FORMULA_TAG, VALUE_TAG, WorkSheetParser

# Excel's extensions (icons, sparklines) say nothing of the cells.
warnings.filterwarnings("ignore", category=UserWarning, module=r"openpyxl\..*")

_LAST_ROW = 1_048_576
"""Of an Excel sheet; a file that names a later row was not made by a spreadsheet."""

NO_OUTCOME = "(formule zonder uitkomst)"
NEVER_CALCULATED = "Deze formule is nog niet uitgerekend. Open het bestand in Excel, sla het op en stuur het opnieuw."
A_PERCENTAGE = "Geef een aantal, geen percentage."


class NoNumber(str):
    """What a cell shows that holds nothing to take over; `why` is a sentence."""

    __slots__ = ("why",)
    why: str

    @classmethod
    def of(cls, shown: str, why: str) -> "NoNumber":
        cell = cls(shown)
        cell.why = why
        return cell


Rows = Iterator[tuple[int, Sequence[object]]]
"""Number and cells of each row that holds any."""


def visible_sheets(raw: bytes, most_columns: int) -> list[tuple[str, Rows]]:
    """Each with its name. Rows are read as they are asked for; a damaged file raises anything, then or here."""
    book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True, keep_links=False)
    percentages = _percentages(book)
    visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    return [(sheet.title, _rows(sheet, percentages, most_columns)) for sheet in visible]


def _rows(sheet: Any, percentages: Set[int], most_columns: int) -> Rows:  # noqa: ANN401 - openpyxl's inside is not typed
    """What the file says of its own size is not believed."""
    book, before = sheet.parent, 0
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        parser.percentages = percentages
        for number, cells in parser.parse():
            if number > _LAST_ROW:
                return
            if number > before and cells:
                yield number, _in_place(cells, most_columns)
                before = number


def _in_place(cells: Sequence[dict[str, Any]], most_columns: int) -> Sequence[object]:
    values: list[object] = [None] * min(max(cell["column"] for cell in cells), most_columns)
    for cell in cells:
        if cell["column"] <= most_columns:
            values[cell["column"] - 1] = cell["value"]
    return values


class _Parser(WorkSheetParser):
    """Openpyxl's own reading of a sheet, which also tells a cell without a usable value from an empty one."""

    percentages: Set[int] = frozenset()
    """The styles that show a number a hundredfold."""

    def parse_cell(self, element: Any) -> dict[str, Any]:  # noqa: ANN401 - of whichever XML library there is
        cell: dict[str, Any] = super().parse_cell(element)
        if cell["value"] is None:
            cell["value"] = _never_calculated(element)
        elif cell["style_id"] in self.percentages and isinstance(cell["value"], int | float):
            cell["value"] = NoNumber.of(f"{cell['value']:.0%}", A_PERCENTAGE)
        return cell


def _never_calculated(element: Any) -> NoNumber | None:  # noqa: ANN401 - as above
    """A formula without an outcome, as programs write it that do not calculate. An empty text is an outcome."""
    if element.find(FORMULA_TAG) is None:
        return None
    is_empty_text = element.get("t") == "str" and element.find(VALUE_TAG) is not None
    return None if is_empty_text else NoNumber.of(NO_OUTCOME, NEVER_CALCULATED)


def _percentages(book: Any) -> Set[int]:  # noqa: ANN401 - as above
    """The styles of this workbook that show percentages."""
    formats = BUILTIN_FORMATS | dict(enumerate(book._number_formats, start=BUILTIN_FORMATS_MAX_SIZE))
    return {at for at, style in enumerate(book._cell_styles) if "%" in str(formats.get(style.numFmtId, ""))}
