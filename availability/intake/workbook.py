"""The spreadsheets we hand out: a template with what holds now, and a sent file with what to correct in it.

Every text of another is written so that no spreadsheet takes it for a formula.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from availability.intake import cells
from availability.intake.columns import Column, Form, Table
from availability.intake.preview import shown
from availability.intake.spreadsheet import MOST_ROWS, Cell, harmless
from availability.refusals import Fault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

EXPLANATION = "Uitleg"
WHAT_TO_CORRECT = "Wat moet u aanpassen?"

_HEADER = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="FFE3EAF2")}
_TO_CORRECT = {"font": Font(color="FF9C1C1C"), "alignment": Alignment(wrap_text=True, vertical="top")}
_GIVEN = {"font": Font(color="FF6B7280")}
"""What is ours, and not to be changed."""

Style = Mapping[str, object]


Values = Mapping[str, Cell]
"""What a row holds, by field."""


def template_workbook(form: Form, rows: Iterable[Values]) -> bytes:
    """What holds now, to be changed and sent back."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(form.sheet)
    sheet.freeze_panes = "D2"
    for at, column in enumerate(form.columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = column.width
    sheet.append([_cell(sheet, column.header, _HEADER) for column in form.columns])
    for values in rows:
        sheet.append([_template_cell(sheet, form, column, values.get(column.field)) for column in form.columns])
    _let_choose_yes_or_no(sheet, form)
    _explain(book, form)
    return _saved(book)


def template_csv(form: Form, rows: Iterable[Values]) -> bytes:
    """The same as text: semicolons, and a mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, delimiter=";")
    lines.writerow([column.header for column in form.columns])
    lines.writerows([_csv_cell(values.get(column.field)) for column in form.columns] for values in rows)
    return written.getvalue().encode("utf-8-sig")


def corrections(table: Table, faults: Mapping[int, Sequence[Fault]]) -> bytes:
    """The sent table as it was, with a last column that says what to correct; `faults` by the number of the row."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.form.sheet)
    last = max(len(line.cells) for line in table.sheet.lines)
    header = table.sheet.lines[table.header_at]
    said = {number: _sentences(table.form, wrong) for number, wrong in faults.items()}
    sheet.freeze_panes = f"A{header.number + 1}"
    sheet.column_dimensions[get_column_letter(last + 1)].width = 80
    written = 0
    for line in table.sheet.lines:
        for _ in range(line.number - written - 1):
            sheet.append([])
        style = _HEADER if line is header else {}
        remark = WHAT_TO_CORRECT if line is header else said.get(line.number, "")
        padded = [*line.cells, *[None] * (last - len(line.cells))]
        sheet.append([*(_cell(sheet, cell, style) for cell in padded), _cell(sheet, remark, style or _TO_CORRECT)])
        written = line.number
    return _saved(book)


def _sentences(form: Form, faults: Sequence[Fault]) -> str:
    return "\n".join(
        f"{form.by_code[code].header}: {fault.detail}"
        if (code := fault.pointer.removeprefix("/")) in form.by_code
        else fault.detail
        for fault in faults
    )


def _template_cell(sheet: Worksheet, form: Form, column: Column, value: Cell) -> WrittenCell:
    return _cell(sheet, value, _GIVEN if column.field in form.ours else {})


def _cell(sheet: Worksheet, value: Cell, style: Style) -> WrittenCell:
    cell = WriteOnlyCell(sheet)
    cell.value = _as_written(value)
    if isinstance(value, date):
        cell.number_format = "d-m-yyyy"
    for name, look in style.items():
        setattr(cell, name, look)
    return cell


def _as_written(value: Cell) -> Cell:
    """Yes and no in Dutch; a text harmless, and without the control characters that XML cannot hold."""
    if isinstance(value, str):
        return harmless("".join(each for each in value if each >= " " or each in "\t\n"))
    return shown(value) if isinstance(value, bool) else value


def _csv_cell(value: Cell) -> str:
    return harmless(value) if isinstance(value, str) else shown(value)


def _let_choose_yes_or_no(sheet: Worksheet, form: Form) -> None:
    choice = DataValidation(type="list", formula1='"ja,nee"', allow_blank=True, error=cells.YES_OR_NO)
    for at, column in enumerate(form.columns, start=1):
        if column.read is cells.yes_or_no:
            choice.add(f"{get_column_letter(at)}2:{get_column_letter(at)}{MOST_ROWS + 1}")
            sheet.data_validations.append(choice)


def _explain(book: Workbook, form: Form) -> None:
    sheet = book.create_sheet(EXPLANATION)
    sheet.column_dimensions["A"].width = 26
    sheet.column_dimensions["B"].width = 90
    for sentence in form.how_to:
        sheet.append([sentence])
    sheet.append([])
    sheet.append([_cell(sheet, "Kolom", _HEADER), _cell(sheet, "Wat vult u in?", _HEADER)])
    for column in form.columns:
        sheet.append([column.header, column.explained])


def _saved(book: Workbook) -> bytes:
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()
