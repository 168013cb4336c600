"""Five lists as other systems and offices make them: each is taken in as it is, or after one remembered answer."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import pytest

from tests.availability.builders import ARNHEM
from tests.availability.contract_lists.lister import Lister
from tests.availability.contracts.manager import REGION
from tests.availability.intake.planner import Cells, as_csv, as_workbook

pytestmark = pytest.mark.slow

Agreed = tuple[str, str, str | None, list[tuple[str, str]]]
"""Provider's name, first day, last day, care types with their areas."""


@dataclass(frozen=True)
class Real:
    make: Callable[[Lister], bytes]
    kept: dict[str, Agreed]
    columns: dict[str, str | None] = field(default_factory=dict)
    """What a human says of the columns that our words do not cover."""
    providers: dict[str, str] = field(default_factory=dict)
    """Which provider a human says that a name means: name → oak or anchor."""
    skipped: int = 0


OAK, ANCHOR = "Jeugdhulp De Eik", "Pleegzorg Het Anker"


def _contract_system(lister: Lister) -> bytes:
    """An export of a contract system: semicolons, Windows-1252, a quote around every cell, an end that is no end."""
    header: Cells = ["Contract nr", "Zorgaanbieder", "AGB", "Product", "Gemeente of regio", "Looptijd van",
                     "Looptijd tot en met", "Geïndexeerd"]  # fmt: skip
    rows: list[Cells] = [
        header,
        ["2027-A", OAK, lister.provider, "Gezinshuis", "Gemeente Arnhem", "01-01-2027", "31-12-9999", "ja"],
        ["2027-A", OAK, lister.provider, "Pleegzorg", "Gemeente Arnhem", "01-01-2027", "31-12-9999", "ja"],
        ["2027-B", ANCHOR, lister.other, "Pleegzorg", "", "01-01-2027", "31-12-2028", "één keer"],
    ]  # fmt: skip
    quoted = [[f'"{cell}"' for cell in row] for row in rows]
    return as_csv(*quoted, encoding="cp1252")


def _office_workbook(lister: Lister) -> bytes:
    """A workbook of an office: titles, a merged header, a heading per lot, subtotals, real days, a signature."""
    return as_workbook(
        ["Overzicht contracten jeugdhulp 2027"],
        ["Stand van", date(2026, 11, 21)],
        [],
        ["Contractnummer", "Aanbieder", "Zorgvorm", "Gebied", "Looptijd", None, "Budget"],
        [None, None, None, None, "Van", "Tot en met", None],
        ["Perceel 1: wonen"],
        ["2027-A", OAK, "Gezinshuis", "Arnhem", date(2027, 1, 1), date(9999, 12, 31), 100_000],
        ["2027-A", OAK, "Pleegzorg", "Arnhem", date(2027, 1, 1), date(9999, 12, 31), 50_000],
        ["Subtotaal perceel 1", None, 2, None, None, None, 150_000],
        [None],
        ["Perceel 2: pleegzorg"],
        ["Contractnummer", "Aanbieder", "Zorgvorm", "Gebied", "Van", "Tot en met", "Budget"],
        ["2027-B", ANCHOR, "Pleegzorg", REGION, date(2027, 1, 1), date(2028, 12, 31), 80_000],
        ["Totaal", None, None, None, None, None, 230_000],
        ["Opgesteld door team inkoop"],
        merged=("A4:A5", "B4:B5", "C4:C5", "D4:D5", "E4:F4", "G4:G5", "A6:G6"),
    )


def _names_only(lister: Lister) -> bytes:
    """A list of a secretary, without codes: names as people say them, commas, an accent in Windows-1252."""
    rows: list[Cells] = [
        ["Contract", "Organisatie", "Zorgvorm", "Gemeente", "Ingang", "Einde contract"],
        ["2027-A", "Stichting De Eik (jeugdhulp)", "gezinshuis", "Arnhem", "1 januari 2027", "onbepaalde tijd"],
        ["2027-A", "Stichting De Eik (jeugdhulp)", "pleegzorg", "Arnhem", "1 januari 2027", ""],
        ["2027-B", "Het Ánker", "pleegzorg", "hele regio Centraal Gelderland", "1 jan 2027", "31 december 2028"],
    ]
    return as_csv(*rows, delimiter=",", encoding="cp1252")


def _own_words(lister: Lister) -> bytes:
    """A register with words of its own, tabs and UTF-16, as Excel's "Unicode text" makes it."""
    rows: list[Cells] = [
        ["Dossier", "Partij", "Inhoud", "Waar", "Loopt sinds", "Stopt", "Behandelaar inkoop"],
        ["2027-A", OAK, "Gezinshuis", "GM0202", "1.1.2027", "-", "A"],
        ["2027-A", OAK, "Pleegzorg", "GM0202", "1.1.2027", "-", "A"],
        ["2027-B", ANCHOR, "Pleegzorg", "JZ28", "1.1.2027", "31.12.2028", "B"],
    ]
    return as_csv(*rows, delimiter="\t", encoding="utf-16")


def _exchange(lister: Lister) -> bytes:
    """What a link writes at night: `sep=;`, a mark, the API's own names, ISO days, codes without their zeros."""
    rows = as_csv(
        ["number", "provider", "careType", "area", "validFrom", "validUntil", "updateTermDays"],
        ["2027-A", lister.provider, "gezinshuis", ARNHEM, "2027-01-01", "", "14 dagen"],
        [],
        ["2027-A", lister.provider, "pleegzorg", ARNHEM, "2027-01-01", "", "2 weken"],
        ["2027-B", lister.other, "pleegzorg", REGION, "2027-01-01T00:00:00", "2028-12-31", ""],
    )
    return b"\xef\xbb\xbfsep=;\r\n" + rows


KEPT: dict[str, Agreed] = {
    "2027-A": (OAK, "2027-01-01", None, [("gezinshuis", ARNHEM), ("pleegzorg", ARNHEM)]),
    "2027-B": (ANCHOR, "2027-01-01", "2028-12-31", [("pleegzorg", REGION)]),
}

REAL = {
    "a contract system": Real(_contract_system, KEPT),
    "an office": Real(_office_workbook, KEPT, skipped=6),
    "names only": Real(
        _names_only, KEPT, providers={"Stichting De Eik (jeugdhulp)": "oak", "Het Ánker": "anchor"}
    ),
    "own words": Real(
        _own_words,
        KEPT,
        columns={"Dossier": "number", "Partij": "providerName", "Inhoud": "careType", "Waar": "area",
                 "Loopt sinds": "validFrom", "Stopt": "validUntil", "Behandelaar inkoop": None},
    ),
    "an exchange": Real(_exchange, KEPT),
}  # fmt: skip


def choices(lister: Lister, real: Real) -> str:
    """What the manager answers, once."""
    codes = {"oak": lister.provider, "anchor": lister.other}
    return json.dumps(
        {"columns": real.columns, "providers": {name: codes[who] for name, who in real.providers.items()}}
    )


def kept(lister: Lister, number: str) -> Agreed:
    contract = lister.kept(number)
    lines = [(line["careType"]["code"], line["area"]["code"]) for line in contract["lines"]]
    return contract["provider"]["name"], contract["validFrom"], contract["validUntil"], lines


@pytest.mark.parametrize("office", REAL)
def test_a_list_of_another_system_loads_as_it_was_meant(lister: Lister, office: str) -> None:
    real = REAL[office]
    sent = lister.send(real.make(lister), choices(lister, real))
    assert sent.status_code == 200, sent.text
    assert len(sent.json()["skippedRows"]) == real.skipped
    assert {number: kept(lister, number) for number in real.kept} == real.kept
    assert lister.numbers() == set(real.kept)


@pytest.mark.parametrize("office", REAL)
def test_the_next_list_of_that_office_asks_nothing(lister: Lister, office: str) -> None:
    real = REAL[office]
    lister.send(real.make(lister), choices(lister, real))
    again = lister.send(real.make(lister), dryRun="true")
    assert again.status_code == 200, again.text
    assert again.json()["counts"] == {"new": 0, "changed": 0, "unchanged": 2, "faulty": 0}
