"""A faulty file goes back to its sender: their own workbook, and in it what to correct."""

import io
from typing import Any

import openpyxl
import pytest
from openpyxl.styles import Font

from availability.intake import workbook
from availability.intake.columns import WHAT_TO_CORRECT
from tests.availability.intake.planner import Planner, rows_of

pytestmark = pytest.mark.slow


def own_workbook(planner: Planner) -> bytes:
    """A title over the whole width, a formula, a note, a coloured cell, a width, and another sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Bord"
    for row in (
        ["Onze plekken"],
        ["Aanbod-id", "Vrij", "Som"],
        [planner.willows, "veel", "=A3+1"],
        [planner.anchor, 1],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:H1")
    sheet["B3"].font = Font(bold=True, color="FF00AA00")
    sheet.column_dimensions["A"].width = 33
    book.create_sheet("Rooster").append(["Jan", "=1+1"])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def corrected(planner: Planner, file: bytes) -> bytes:
    answer = planner.send(file, dryRun="true", format="xlsx")
    assert answer.status_code == 200, answer.text
    content: bytes = answer.content
    return content


def test_it_is_the_senders_own_workbook_with_one_column_more(planner: Planner) -> None:
    book = openpyxl.load_workbook(io.BytesIO(corrected(planner, own_workbook(planner))))
    sheet: Any = book["Bord"]
    assert [sheet.cell(row, 4).value for row in (1, 2, 3, 4)] == [
        None, WHAT_TO_CORRECT, "Vrij: Geef een heel getal.", None,
    ]  # fmt: skip
    assert (sheet["A1"].value, sheet["C3"].value) == ("Onze plekken", "=A3+1")
    assert (sheet["B3"].font.bold, sheet.column_dimensions["A"].width) == (True, 33)
    assert book["Rooster"]["B1"].value == "=1+1"


def test_sent_again_the_remarks_are_new_and_nobody_asks_what_they_are(planner: Planner) -> None:
    book = openpyxl.load_workbook(io.BytesIO(corrected(planner, own_workbook(planner))))
    sheet: Any = book["Bord"]
    sheet["B3"], sheet["B4"] = 1, "weinig"
    written = io.BytesIO()
    book.save(written)
    assert [column["header"] for column in planner.preview(written.getvalue())["columns"]] == [
        "Aanbod-id",
        "Vrij",
        "Som",
    ]
    rows = rows_of(corrected(planner, written.getvalue()), "Bord")
    assert [row[3] for row in rows] == [None, WHAT_TO_CORRECT, None, "Vrij: Geef een heel getal."]


def test_what_is_too_large_to_take_whole_comes_back_as_plain_values(
    planner: Planner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook, "_LARGEST_TAKEN_WHOLE", 100)
    rows = rows_of(corrected(planner, own_workbook(planner)))
    assert rows[2][:2] == [planner.willows, "veel"]
    assert rows[2][3] == "Vrij: Geef een heel getal."
