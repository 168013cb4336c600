"""The spreadsheets we hand out: a template with what holds now, and a sent file with what to correct in it.

Every text of another is written so that no spreadsheet takes it for a formula.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from zipfile import ZipFile

import openpyxl
from openpyxl import Workbook
from openpyxl.cell.cell import Cell as WrittenCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from availability.intake import cells
from availability.intake.columns import WHAT_TO_CORRECT, Column, Form, Table
from availability.intake.preview import shown
from availability.intake.spreadsheet import MOST_ROWS, Cell, harmless
from availability.refusals import Fault

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv"

EXPLANATION = "Uitleg"
_LARGEST_TAKEN_WHOLE = 3_000_000
"""Bytes, unpacked: some five thousand rows of our template, for which openpyxl takes a few seconds."""

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


def corrections(table: Table, faults: Mapping[int, Sequence[Fault]], sent: bytes = b"") -> bytes:
    """The sent table as it was, with a last column that says what to correct; `faults` by the number of the row.

    `sent`: the file. A workbook that is not very large comes back as the sender made it.
    """
    said = {table.header.number: WHAT_TO_CORRECT}
    said |= {number: _sentences(table.form, wrong) for number, wrong in faults.items()}
    if opened := _own_workbook(sent) if table.sheet.name else None:
        return _in_own_workbook(opened, table, said)
    return _in_new_workbook(table, said)


def _column_for_remarks(table: Table) -> int:
    """From 1: behind the table, or where they stand already when such a file is sent again."""
    last = max(len(line.cells) for line in table.sheet.lines)
    header = table.header.cells
    return header.index(WHAT_TO_CORRECT) + 1 if WHAT_TO_CORRECT in header else last + 1


def _own_workbook(sent: bytes) -> Workbook | None:
    """The sender's formulas, layout and other sheets; None for what is too large to take whole into memory."""
    with suppress(Exception):  # it was read once already; what cannot be written again comes back as plain values
        with ZipFile(io.BytesIO(sent)) as package:
            if sum(part.file_size for part in package.infolist()) > _LARGEST_TAKEN_WHOLE:
                return None
        return openpyxl.load_workbook(io.BytesIO(sent), keep_links=False)
    return None


def _in_own_workbook(book: Workbook, table: Table, said: Mapping[int, str]) -> bytes:
    sheet, at, header = book[table.sheet.name], _column_for_remarks(table), table.header.number
    for merged in [each for each in sheet.merged_cells.ranges if each.min_col <= at <= each.max_col]:
        sheet.unmerge_cells(str(merged))  # a title over the whole width
    for line in table.lines:
        sheet.cell(line.number, at).value = None
    for number, remark in said.items():
        cell = sheet.cell(number, at)
        cell.value = _as_written(remark)
        for name, look in (_HEADER if number == header else _TO_CORRECT).items():
            setattr(cell, name, look)
    sheet.column_dimensions[get_column_letter(at)].width = 80
    return _saved(book)


def _in_new_workbook(table: Table, said: Mapping[int, str]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(table.form.sheet)
    at = _column_for_remarks(table)
    header = table.header
    sheet.freeze_panes = f"A{header.number + 1}"
    sheet.column_dimensions[get_column_letter(at)].width = 80
    written = 0
    for line in table.sheet.lines:
        for _ in range(line.number - written - 1):
            sheet.append([])
        style = _HEADER if line is header else {}
        row = [_cell(sheet, cell, style) for cell in (*line.cells, *[None] * (at - len(line.cells)))]
        row[at - 1] = _cell(sheet, said.get(line.number, ""), style or _TO_CORRECT)
        sheet.append(row)
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
