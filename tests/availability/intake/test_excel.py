"""What a workbook shows and yet does not hold; and the sheets that are not read."""

import io
from collections.abc import Sequence
from zipfile import ZipFile

import openpyxl
import pytest

from tests.availability.intake.planner import Planner, as_csv, as_workbook

pytestmark = pytest.mark.slow


def with_cells(file: bytes, **cells: str) -> bytes:
    """The workbook with this XML for these cells of its first sheet."""
    part = "xl/worksheets/sheet1.xml"
    written = io.BytesIO()
    with ZipFile(io.BytesIO(file)) as package, ZipFile(written, "w") as changed:
        for each in package.namelist():
            content = package.read(each).decode()
            if each == part:
                for reference, xml in cells.items():
                    begin = content.index(f'<c r="{reference}"')
                    end = min(
                        content.index(sign, begin) + len(sign) for sign in ("</c>", "/>") if sign in content[begin:]
                    )
                    content = content[:begin] + xml + content[end:]
            changed.writestr(each, content)
    return written.getvalue()


def formula(reference: str, outcome: str = "", kind: str = "n") -> str:
    return f'<c r="{reference}" t="{kind}"><f>A1+1</f>{outcome}</c>'


def with_sheets(**sheets: Sequence[Sequence[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


class TestFormulas:
    def test_one_that_was_never_calculated_is_no_empty_cell(self, planner: Planner) -> None:
        file = as_workbook(["Aanbod-id", "Wachtend", "Stop", "Vrij"], [planner.willows, 7, 1, 2])
        spoiled = with_cells(file, B2=formula("B2"), C2=formula("C2", "<v></v>"))
        (row,) = planner.preview(spoiled)["rows"]
        assert [(fault["column"], fault["detail"][:34]) for fault in row["faults"]] == [
            ("Opnamestop", "Deze formule is nog niet uitgereke"),
            ("Wachtend", "Deze formule is nog niet uitgereke"),
        ]

    def test_a_row_of_formulas_only_does_not_vanish(self, planner: Planner) -> None:
        file = as_workbook(["Aanbod-id", "Vrij"], [planner.anchor, 1], [planner.willows, 2])
        spoiled = with_cells(file, A3=formula("A3"), B3=formula("B3"))
        assert planner.faults(spoiled) == {3: [("Aanbod-id", "unreadable"), ("Vrij", "unreadable")]}

    def test_an_outcome_is_read_and_an_empty_text_is_an_outcome(self, planner: Planner) -> None:
        file = as_workbook(["Aanbod-id", "Wachtend", "Vrij"], [planner.willows, 7, 2])
        calculated = with_cells(file, B2=formula("B2", "<v></v>", "str"), C2=formula("C2", "<v>1</v>"))
        (row,) = planner.preview(calculated)["rows"]
        assert row["faults"] == []
        assert ("openPlaces", 2, 1) in [(each["field"], each["was"], each["becomes"]) for each in row["changes"]]

    def test_one_in_a_column_that_is_not_ours_is_nobodys_business(self, planner: Planner) -> None:
        file = as_workbook(["Aanbod-id", "Vrij", "Kleur"], [planner.willows, 1, 3])
        assert planner.faults(with_cells(file, C2=formula("C2"))) == {}

    @pytest.mark.parametrize("shown_as", ["0%", "0.00%", '0.0" %"'])
    def test_a_number_that_is_shown_as_a_percentage_is_no_number_of_places(
        self, planner: Planner, shown_as: str
    ) -> None:
        book = openpyxl.Workbook()
        for row in (["Aanbod-id", "Bezetting"], [planner.willows, 1.0]):
            book.worksheets[0].append(row)
        book.worksheets[0]["B2"].number_format = shown_as
        written = io.BytesIO()
        book.save(written)
        (row,) = planner.preview(written.getvalue())["rows"]
        assert [fault["detail"] for fault in row["faults"]] == ["Geef een aantal, geen percentage."]


class TestSheets:
    def test_those_that_are_not_read_are_named(self, planner: Planner) -> None:
        table: list[list[object]] = [["Aanbod-id", "Vrij"], [planner.willows, 1]]
        previewed = planner.preview(with_sheets(Arnhem=table, Ede=table, Notities=[["Bel Jan"]], Leeg=[]))
        assert previewed["sheet"] == "Arnhem"
        assert previewed["leftOutSheets"] == [
            {"name": "Ede", "isTable": True},
            {"name": "Notities", "isTable": False},
        ]

    def test_the_table_is_found_beyond_a_few_others(self, planner: Planner) -> None:
        others = {f"Maand {number}": [["Niets"]] for number in range(12)}
        file = with_sheets(**others, Nu=[["Aanbod-id", "Vrij"], [planner.willows, 1]])
        assert planner.preview(file)["sheet"] == "Nu"

    def test_beyond_what_is_looked_at_they_are_named_too(self, planner: Planner) -> None:
        others = {f"Blad {number}": [["Niets"]] for number in range(25)}
        file = with_sheets(Nu=[["Aanbod-id", "Vrij"], [planner.willows, 1]], **others)
        assert len(planner.preview(file)["leftOutSheets"]) == 25

    def test_our_own_explanation_is_not_left_out(self, planner: Planner) -> None:
        assert planner.preview(planner.template().content)["leftOutSheets"] == []

    def test_a_csv_has_but_one(self, planner: Planner) -> None:
        previewed = planner.preview(as_csv(["Aanbod-id", "Vrij"], [planner.willows, 1]))
        assert (previewed["sheet"], previewed["leftOutSheets"]) == ("", [])
