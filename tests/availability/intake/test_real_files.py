"""Five files as other systems export them: each is taken in as it is, or after one answer that is remembered."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tests.availability.builders import a_location, an_offer
from tests.availability.intake.planner import Cells, Planner, as_csv, as_workbook

pytestmark = pytest.mark.slow


@dataclass(frozen=True)
class Real:
    make: Callable[[Planner], bytes]
    columns: dict[str, str | None] = field(default_factory=dict)
    """What a human says of the columns that our words do not cover."""
    offers: dict[int, str] = field(default_factory=dict)
    """Which offer a human says that a row means: row → willows or anchor."""
    willows: dict[str, Any] = field(default_factory=dict)
    anchor: dict[str, Any] = field(default_factory=dict)
    """What is stated afterwards."""


FULL = {"totalPlaces": 12, "occupiedPlaces": 12, "reservedPlaces": 0, "openPlaces": 0}
ROOM = {"totalPlaces": 13, "occupiedPlaces": 9, "reservedPlaces": 1, "openPlaces": 3}


def _client_records(planner: Planner) -> bytes:
    """An export of client records: commas, Windows-1252, a quote around every cell, dots in dates, J and N."""
    header = ["Aanbod-ID", "Voorziening", "Capaciteit", "Bezetting", "Reserveringen", "Beschikbaar", "Vrij per",
              "Cliëntenstop", "Toelichting"]  # fmt: skip
    rows: list[Cells] = [
        header,
        [planner.willows, "Gezinshuis De Wilgen", 13, 9, 1, 3, "1.12.2026", "N", "één groep erbij"],
        [planner.anchor, "Logeeropvang “Het Anker”", 12, 12, 0, 0, "", "J", ""],
    ]
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    return as_csv(*quoted, delimiter=",", encoding="cp1252")


def _report_with_sections(planner: Planner) -> bytes:
    """A printed report kept as CSV: a mark, titles, headings, subtotals, 14,0 for 14, a signature below."""
    rows: tuple[Cells, ...] = (
        ["Bezettingsrapportage", "", "", "", "", "", ""],
        ["Peildatum", "21-11-2026", "", "", "", "", ""],
        [],
        ["Afdeling", "Locatie", "Plaatsen", "In zorg", "Toegezegd", "Open plekken", "Aanmeldwachttijd"],
        ["Cluster Wonen", "", "", "", "", "", ""],
        ["Gezinshuis De Wilgen", "Arnhem", "13,0", "9,0", "1,0", "3,0", "14,0"],
        ["Subtotaal", "", "13,0", "9,0", "1,0", "3,0", ""],
        ["Cluster Logeren", "", "", "", "", "", ""],
        ["Logeeropvang Het Anker", "Ede", "12,0", "12,0", "0,0", "0,0", "2,5 weken"],
        ["Subtotaal", "", "12,0", "12,0", "0,0", "0,0", ""],
        ["Totaal generaal", "", "25,0", "21,0", "1,0", "3,0", ""],
        [],
        ["Gemaakt door planning", "", "", "", "", "", ""],
    )
    return b"\xef\xbb\xbf" + as_csv(*rows)


def _planning_board(planner: Planner) -> bytes:
    """A workbook of the planners: a title, merged groups in the header, waits in weeks, real dates, sums below."""
    return as_workbook(
        ["Plekkenoverzicht week 48"],
        ["Bijgewerkt door planning", None, date(2026, 11, 21)],
        [],
        ["Aanbod", "Plaats", "Plekken", None, None, None, "Wachttijd (weken)", None, "Vrij vanaf"],
        [None, None, "Totaal", "Bezet", "Gereserveerd", "Vrij", "Intake", "Start", None],
        ["Gezinshuis De Wilgen", "Arnhem", 13, 9, 1, 3, "2,5", 6, date(2026, 12, 1)],
        [None],
        ["Logeeropvang Het Anker", "Ede", 12, 12, 0, 0, 1, 4.0, None],
        ["Totaal", None, 25, 21, 1, 3],
        merged=("A4:A5", "B4:B5", "C4:F4", "G4:H4", "I4:I5"),
    )


def _bed_register(planner: Planner) -> bytes:
    """A register with words of its own, tabs and UTF-16, as Excel's "Unicode text" makes it."""
    rows: tuple[Cells, ...] = (
        ["Huisnaam", "Kamers", "Kamers in gebruik", "Vrij", "Toegezegd", "Kleur op bord", "Opnamestop"],
        ["De Wilgen gezinshuis Arnem", 13, 9, 3, 1, "groen", "nee"],
        ["Het Anker logeren Ede", 12, 12, 0, 0, "rood", "ja"],
    )
    return as_csv(*rows, delimiter="\t", encoding="utf-16")


def _exchange(planner: Planner) -> bytes:
    """What a link writes at night: `sep=;`, a mark, the API's own names, blank rows, ISO dates, true and false."""
    header = ["offerId", "totalPlaces", "occupiedPlaces", "reservedPlaces", "openPlaces", "admissionStop",
              "availableFrom", "startedLast90Days"]  # fmt: skip
    rows = as_csv(
        header,
        [planner.willows, " 13 ", "9", "1", "3", "false", "2026-12-01", "4"],
        [],
        [planner.anchor, "12", "12", "0", "0", "true", "2026-12-01T00:00:00", "0"],
        [],
    )
    return b"\xef\xbb\xbfsep=;\r\n" + rows


REAL = {
    "client records": Real(
        _client_records,
        willows={**ROOM, "admissionStop": False, "availableFrom": "2026-12-01", "note": "één groep erbij"},
        anchor={**FULL, "admissionStop": True},
    ),
    "a report with sections": Real(
        _report_with_sections,
        willows={**ROOM, "intakeWaitDays": 14},
        anchor={**FULL, "intakeWaitDays": 18},
    ),
    "a planning board": Real(
        _planning_board,
        willows={**ROOM, "intakeWaitDays": 18, "treatmentWaitDays": 42, "availableFrom": "2026-12-01"},
        anchor={**FULL, "intakeWaitDays": 7, "treatmentWaitDays": 28},
    ),
    "a bed register": Real(
        _bed_register,
        columns={"Huisnaam": "name", "Kamers": "totalPlaces", "Kamers in gebruik": "occupiedPlaces",
                 "Kleur op bord": None},
        offers={2: "willows", 3: "anchor"},
        willows={**ROOM, "admissionStop": False},
        anchor={**FULL, "admissionStop": True},
    ),
    "an exchange": Real(
        _exchange,
        willows={**ROOM, "availableFrom": "2026-12-01", "startedLast90Days": 4},
        anchor={**FULL, "admissionStop": True, "startedLast90Days": 0},
    ),
}  # fmt: skip


def choices(planner: Planner, real: Real) -> str:
    """What the planner answers, once."""
    offers = [{"row": row, "offerId": getattr(planner, name)} for row, name in real.offers.items()]
    return json.dumps({"columns": real.columns, "offers": offers})


@pytest.mark.parametrize("system", REAL)
def test_a_file_of_another_system_loads_with_the_right_figures(planner: Planner, system: str) -> None:
    real = REAL[system]
    sent = planner.send(real.make(planner), choices(planner, real))
    assert sent.status_code == 200, sent.text
    assert sent.json()["counts"]["changed"] == 2
    for offer, expected in ((planner.willows, real.willows), (planner.anchor, real.anchor)):
        now = planner.current(offer)
        assert {name: now[name] for name in expected} == expected


@pytest.mark.parametrize("name", REAL)
def test_the_next_file_of_that_system_asks_nothing(planner: Planner, name: str) -> None:
    real = REAL[name]
    planner.send(real.make(planner), choices(planner, real))
    again = planner.send(real.make(planner))
    assert again.status_code == 200, again.text
    assert again.json()["counts"]["unchanged"] == 2


def test_titles_headings_and_sums_are_no_offers(planner: Planner) -> None:
    rows = planner.preview(_report_with_sections(planner))["rows"]
    assert [row["offerId"] for row in rows if row["outcome"] == "changed"] == [planner.willows, planner.anchor]
    assert not [row for row in rows if row["faults"]]


def test_an_offer_that_is_called_like_a_sum_is_one(planner: Planner) -> None:
    ede = a_location(planner.session, planner.provider, place="Ede", name="Zuid")
    whole = an_offer(planner.session, planner.provider, ede, name="Totaal gezin")
    rows = planner.preview(as_csv(["Aanbod", "Vrij"], ["Totaal gezin", 0], ["Totaal gezn", 0], ["Totaal alles", 0]))
    assert [(row["row"], row["offerId"], bool(row["proposals"])) for row in rows["rows"]] == [
        (2, whole, False),
        (3, None, True),
    ]
