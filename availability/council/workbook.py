"""The report for the council as a workbook: the figures, their line over two years, and how each was computed."""

import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell as SheetCell
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from availability.clock import dutch_day
from availability.council.messages import CouncilFigure, CouncilReport
from availability.intake.spreadsheet import Cell, harmless
from matcher.council_words import UNITS
from matcher.dutch import day

Columns = Sequence[tuple[str, int]]

ABOUT = (("Over dit rapport", 30), ("", 90))
FIGURES = (
    ("Cijfer", 34), ("Gaat over", 24), ("Waarde", 10), ("Eenheid", 12), ("In woorden", 22), ("Uit hoeveel", 34),
    ("Doel", 14), ("Doel gehaald", 16), ("In één zin", 66),
)  # fmt: skip
COMPARED = (("{against}", 22), ("Vergeleken met {against}", 30))
"""Of each period that the figures are held against: what it was, and what that says."""
COMPUTED = (
    ("Cijfer", 34), ("Wat het zegt", 66), ("Hoe berekend", 110), ("Dit cijfer", 66), ("Waar het doel vandaan komt", 90),
)  # fmt: skip


def as_workbook(report: CouncilReport) -> bytes:
    book = Workbook(write_only=True)
    book.properties.title = report.title
    book.properties.language = "nl"
    _sheet(book, "Cijfers", _columns(report), (_figure(each) for each in report.figures))
    _sheet(book, "Verloop", _quarters(report), (_line(each) for each in report.figures))
    _sheet(book, "Hoe berekend", COMPUTED, (_computed(each) for each in report.figures))
    _sheet(book, "Over dit rapport", ABOUT, _about(report))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _columns(report: CouncilReport) -> Columns:
    held_against = [each.against for each in report.figures[0].trends]
    compared = [
        ((text := header.format(against=against))[:1].upper() + text[1:], width)
        for against in held_against
        for header, width in COMPARED
    ]
    return (*FIGURES, *compared)


def _figure(figure: CouncilFigure) -> list[Cell]:
    one, many = UNITS[figure.unit]
    value: list[Cell] = [figure.value, one if figure.value == 1 else many, figure.text, figure.from_how_much]
    target: list[Cell] = [figure.target.text if figure.target else "", figure.reached_text]
    trends = [text for each in figure.trends for text in (each.value_text, each.text)]
    return [figure.indicator.name, figure.area.name, *value, *target, figure.sentence, *trends]


def _quarters(report: CouncilReport) -> Columns:
    return (("Cijfer", 34), ("Eenheid", 12), *((point.period, 16) for point in report.figures[0].line))


def _line(figure: CouncilFigure) -> list[Cell]:
    """Numbers where there are any, so that one can go on with them; else the word that stands in their place."""
    points: list[Cell] = [point.text if point.value is None else point.value for point in figure.line]
    return [figure.indicator.name, UNITS[figure.unit][1], *points]


def _computed(figure: CouncilFigure) -> list[Cell]:
    source = figure.target.source if figure.target else ""
    return [figure.indicator.name, figure.meaning, figure.how, figure.computed, source]


def _about(report: CouncilReport) -> Iterator[Sequence[Cell]]:
    yield ["Rapport", report.title]
    yield ["Periode", report.period.name]
    yield ["Van", report.period.first_day]
    yield ["Tot en met", report.period.last_day]
    yield ["Gepubliceerd", day(dutch_day(report.published_at))]
    yield from (["Let op", note] for note in report.notes)
    yield from (["Bron", source] for source in report.sources)


def _sheet(book: Workbook, name: str, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
    sheet: Worksheet = book.create_sheet(name)
    sheet.freeze_panes = "B2"
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    sheet.append([_cell(sheet, header, Font(bold=True)) for header, _ in columns])
    for row in rows:
        sheet.append([_cell(sheet, harmless(each) if isinstance(each, str) else each) for each in row])


def _cell(sheet: Worksheet, value: Cell, font: Font | None = None) -> SheetCell:
    cell = WriteOnlyCell(sheet, value)  # type: ignore[arg-type]  # a date is one of openpyxl's values too
    cell.alignment = Alignment(vertical="top", wrap_text=True)
    if font is not None:
        cell.font = font
    return cell
