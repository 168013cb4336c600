"""What somebody wrote in a cell or a header, and what it means. No database."""

from datetime import date

import pytest

from availability.intake import cells
from availability.intake.capacity import BY_FIELD, CAPACITY, IDENTIFYING
from availability.intake.cells import Unclear
from availability.intake.columns import Recognised, understood
from availability.intake.importing import FAULTS
from availability.intake.spreadsheet import Cell, Line, Sheet, harmless, read_sheets
from availability.refusals import Invalid
from availability.supply.messages import FIGURES
from availability.supply.queries import Outcome


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        (12, 12),
        (12.0, 12),
        ("12", 12),
        ("0.000", 0),
        ("12,0", 12),
        ("12.0", 12),
        ("1.200", 1200),
        ("-3", -3),
        ("onbekend", None),
    ],
)
def test_a_whole_number_as_dutch_people_write_it(cell: Cell, number: int | None) -> None:
    assert cells.whole_number(cell) == number


@pytest.mark.parametrize(
    "cell", ["12,5", 12.5, "0.500", "twaalf", True, date(2026, 12, 1), float("inf"), "１２", "1e3", "12 plekken"]
)
def test_what_is_no_whole_number_is_asked_again(cell: Cell) -> None:
    with pytest.raises(Unclear, match=r"^Geef een heel getal"):
        cells.whole_number(cell)


@pytest.mark.parametrize(("cell", "days"), [("14", 14), ("2 weken", 14), ("2,5 wk", 18), ("10 dagen", 10), ("", None)])
def test_a_wait_may_say_weeks(cell: str, days: int | None) -> None:
    assert cells.days(cell or None) == days


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 12, 1), "1-12-2026", "01/12/2026", "1.12.26", "1 dec 2026", "1 december 2026", "di 1 dec. 2026",
        "2026-12-01", "2026-12-01 00:00:00", 46357, 46357.0, "46357",
    ],
)  # fmt: skip
def test_every_way_to_write_the_first_of_december(cell: Cell) -> None:
    assert cells.day(cell) == date(2026, 12, 1)


@pytest.mark.parametrize("cell", ["31-2-2027", "12/31/2026", "volgende week", "1-12", 12, True, "0-0-0000"])
def test_what_is_no_day_is_asked_again(cell: Cell) -> None:
    with pytest.raises(Unclear):
        cells.day(cell)


@pytest.mark.parametrize(("cell", "meant"), [("ja", True), ("X", True), (1, True), ("Nee", False), (None, False)])
def test_yes_and_no(cell: Cell, meant: bool) -> None:
    assert cells.yes_or_no(cell) is meant


def test_every_figure_has_a_column() -> None:
    assert set(BY_FIELD) == {*FIGURES, *IDENTIFYING}


def test_every_outcome_that_can_befall_a_row_has_a_sentence() -> None:
    never = {Outcome.ACCEPTED, Outcome.WRONG, Outcome.RACED}
    keys = {Outcome.REPLAYED, Outcome.KEY_REUSED, Outcome.UNSAID}  # a row has no key, and always a precondition
    own = {Outcome.UNLIKELY_JUMP}  # names each figure that jumps, with both numbers
    assert set(FAULTS) == set(Outcome) - never - keys - own


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Vrije plekken", "open_places"),
        ("VRIJ", "open_places"),
        ("Berzet", "occupied_places"),
        ("Aantal wachtenden", "waiting_count"),
        ("Cliëntenstop", "admission_stop"),
        ("Kleur", None),
    ],
)
def test_a_header_may_be_a_synonym_or_have_a_typing_error(header: str, field: str | None) -> None:
    table = understood(CAPACITY, (Sheet((Line(1, ("Aanbod-id", "Totaal", header)),)),), {})
    assert table.headers[2].field == field


def _as_read(header: str, group: str = "", field: str | None = None) -> Recognised:
    """The header as it is understood under this group; `field`: what a human says that it holds."""
    own = Line(2, ("Aanbod-id", "Totaal", header))
    sheet = (Line(1, ("Overzicht", "Plekken", group)), own) if group else (own,)
    table = understood(CAPACITY, (Sheet(sheet),), {header: field} if field else {})
    return next(each for each in table.headers if each.header == header)


@pytest.mark.parametrize(
    ("group", "header", "days"),
    [
        ("Wachttijd (weken)", "Intake", 14),
        ("Wachttijd (weken)", "Intake (dagen)", 2),
        ("week 48", "Wachttijd intake (dagen)", 2),
        ("week 48", "Intake", 2),
        ("Wachttijden in week 48", "Intake", 2),
        ("Opgave per week", "Intake", 2),
        ("Wachttijden", "Intake in weken", 14),
        ("", "Wachttijd intake (weken)", 14),
        ("", "Wachttijd intake", 2),
    ],
)
def test_a_wait_counts_in_what_its_own_header_says_or_else_its_group(group: str, header: str, days: int) -> None:
    assert _as_read(header, group).read(Line(3, (1, 9, 2))) == days


@pytest.mark.parametrize(
    ("group", "header"),
    [("Wachttijd (maanden)", "Intake"), ("", "Behandelwachttijd (mnd)"), ("Wachttijd (uren)", "Start")],
)
def test_a_wait_that_counts_in_what_we_cannot_is_refused_and_not_guessed(group: str, header: str) -> None:
    with pytest.raises(Invalid) as refused:
        _as_read(header, group)
    assert [(fault.pointer, fault.code) for fault in refused.value.faults] == [
        (f"/choices/columns/{header}", "other-unit")
    ]


@pytest.mark.parametrize(("group", "header"), [("", "Bezetting %"), ("Percentages", "Bezet"), ("Bezetting", "%")])
def test_a_percentage_is_no_number_of_places(group: str, header: str) -> None:
    assert _as_read(header, group).field is None
    with pytest.raises(Invalid):
        _as_read(header, group, field="occupied_places")


def test_two_columns_of_one_meaning_are_both_named_so_that_either_can_be_left_out() -> None:
    sheet = Sheet((Line(1, ("Aanbod-id", "Vrij", "Open plekken")),))
    with pytest.raises(Invalid) as refused:
        understood(CAPACITY, (sheet,), {})
    assert [fault.pointer for fault in refused.value.faults] == [
        "/choices/columns/Vrij",
        "/choices/columns/Open plekken",
    ]
    assert understood(CAPACITY, (sheet,), {"Vrij": None}).columns["open_places"].header == "Open plekken"


@pytest.mark.parametrize(
    "file",
    [
        "Aanbod;Vrij\nWonen, groot, met tuin;2\nWonen, klein, zonder tuin;3",
        "Aanbod;Vrij;Wachtend\nWonen;2,0;1,0\nPleegzorg;3,0;2,0",
        "Overzicht, week 48, concept\nAanbod;Vrij\nWonen, groot, met tuin;2",
        'Aanbod,Vrij\n"Wonen; groot; met tuin",2',
        "Aanbod\tVrij\nWonen, groot; met tuin\t2",
    ],
)
def test_signs_in_names_and_numbers_do_not_part_the_columns(file: str) -> None:
    table = understood(CAPACITY, read_sheets(file.encode()), {})
    assert {"name", "open_places"} <= table.columns.keys()


@pytest.mark.parametrize("text", ["=1+1", "+31", "-2", "@x", "gewoon"])
def test_a_text_that_is_made_harmless_reads_as_it_was(text: str) -> None:
    (sheet,) = read_sheets(f'a;"{harmless(text)}"'.encode())
    assert [line.cells for line in sheet.lines] == [("a", text)]
    assert not harmless(text).startswith(("=", "+", "-", "@"))
