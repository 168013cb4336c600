"""The quarterly report as files to hand in: what is reported, and beside it how each figure came about."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from availability.intake.spreadsheet import Cell, harmless
from availability.quarterly.messages import QuarterlyReport

REPORTED = (
    ("AGB-code", 11), ("Aanbieder", 34), ("Kwartaal", 10), ("Peildatum", 12), ("Code vorm", 10),
    ("Vorm van jeugdhulp", 52), ("Code regio", 10), ("Jeugdregio", 26), ("Aantal wachtenden", 18),
    ("Wachttijd tot intake (dagen)", 26), ("Wachttijd intake tot start (dagen)", 32),
    ("Geschatte wachttijd (dagen)", 26), ("Aantal aanbod", 14), ("Aanbod zonder opgave", 21),
    ("Aanbod zonder aantal wachtenden", 32), ("Aanbod zonder opgave in dit kwartaal", 35), ("Oudste opgave", 14),
)  # fmt: skip
"""Header and width of what is handed in."""

COMPUTED = (
    ("Vorm van jeugdhulp", 52), ("Jeugdregio", 26), ("Aanbod-id", 10), ("Aanbod", 42), ("Opgave van", 12),
    ("Plekken", 10), ("Intake (dagen)", 14), ("Start (dagen)", 14), ("Wachtend", 10),
)  # fmt: skip

EXPLAINED = (
    "Dit overzicht volgt de Regeling Jeugdwet, artikel 8g, tweede lid, onder b, 13°.",
    "Het aantal wachtenden is de som van wat per aanbod is opgegeven.",
    "De geschatte wachttijd is het gemiddelde over alle plekken, naar boven afgerond.",
    "Per aanbod telt de laatste opgave tot en met de peildatum.",
    "Aanbod dat voor de peildatum ophield telt niet mee. Zo telt wat verhuisde één keer.",
    "Staat er aanbod zonder aantal wachtenden? Dan wachten er minstens zoveel kinderen als hier staat.",
    "Aanbod zonder opgave in dit kwartaal telt mee met de laatste opgave van daarvoor.",
    "De regio is de jeugdregio van de locatie op de peildatum.",
    "Een lege cel betekent: niet opgegeven. Dat is iets anders dan nul.",
)

Columns = Sequence[tuple[str, int]]


def as_csv(report: QuarterlyReport) -> bytes:
    """What is handed in: semicolons, and a mark by which Excel knows UTF-8."""
    written = io.StringIO(newline="")
    lines = csv.writer(written, delimiter=";")
    lines.writerow([header for header, _ in REPORTED])
    lines.writerows([_text(cell) for cell in row] for row in _reported(report))
    return written.getvalue().encode("utf-8-sig")


def as_workbook(report: QuarterlyReport) -> bytes:
    """What is handed in, what it was computed from, and how."""
    book = Workbook(write_only=True)
    _sheet(book, "Opgave", REPORTED, _reported(report))
    _sheet(book, "Berekening", COMPUTED, _computed(report))
    _sheet(book, "Uitleg", (("Zo is dit berekend", 110),), _explained(report))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _reported(report: QuarterlyReport) -> Iterator[list[Cell]]:
    whose: list[Cell] = [report.provider.agb_code, report.provider.name, report.quarter, report.as_of]
    for line in report.lines:
        which: list[Cell] = [line.form.code, line.form.name, line.region.code, line.region.name]
        waits: list[Cell] = [line.waiting_count, line.intake_wait_days, line.treatment_wait_days, line.wait_days]
        missing: list[Cell] = [line.offers, line.offers_never_stated, line.offers_waiting_unknown]
        not_in_it = line.offers_never_stated + line.offers_stated_before
        yield [*whose, *which, *waits, *missing, not_in_it, line.oldest_stated_on]


def _computed(report: QuarterlyReport) -> Iterator[list[Cell]]:
    for line in report.lines:
        for part in line.parts:
            said: list[Cell] = [part.stated_on, part.total_places, part.intake_wait_days, part.treatment_wait_days]
            yield [line.form.name, line.region.name, part.offer_id, part.offer, *said, part.waiting_count]


def _explained(report: QuarterlyReport) -> Iterator[Sequence[Cell]]:
    yield from ([sentence] for sentence in EXPLAINED)
    for line in report.lines:
        yield [f"{line.form.name}, {line.region.name}: {line.how_waiting} {line.how_wait} {line.how_recent}"]


def _sheet(book: Workbook, name: str, columns: Columns, rows: Iterable[Sequence[Cell]]) -> None:
    sheet: Worksheet = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for at, (_, width) in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(at)].width = width
    headers = [WriteOnlyCell(sheet, header) for header, _ in columns]
    for header in headers:
        header.font = Font(bold=True)
    sheet.append(headers)
    for row in rows:
        sheet.append([harmless(cell) if isinstance(cell, str) else cell for cell in row])


def _text(cell: Cell) -> str:
    return "" if cell is None else harmless(str(cell))
