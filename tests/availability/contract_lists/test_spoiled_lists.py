"""Spoiled lists of contracts: every fault named by row and column, nothing saved; what is beside the rows is no row."""

import io

import openpyxl
import pytest

from tests.availability.builders import AMSTERDAM, a_contract
from tests.availability.contract_lists.lister import Lister
from tests.availability.intake.planner import Cells, as_csv, as_workbook

pytestmark = pytest.mark.slow

Fault = tuple[str | None, str]

HEADER = (
    "Contractnummer", "AGB-code", "Aanbieder", "Zorgvorm", "Gebied", "Reikwijdte", "Ingangsdatum", "Einddatum",
    "Opgeschort vanaf", "Opgeschort tot en met", "Actualiseren binnen (dagen)", "Antwoord binnen (werkdagen)",
)  # fmt: skip


def row_of(lister: Lister, **other: object) -> Cells:
    """A good row for De Eik, with something else in it."""
    good = {"Contractnummer": "2027-2", "AGB-code": lister.provider, "Zorgvorm": "Gezinshuis", "Gebied": "Arnhem",
            "Ingangsdatum": "1-1-2027"}  # fmt: skip
    return [
        {**good, **{name.replace("_", " "): value for name, value in other.items()}}.get(name, "") for name in HEADER
    ]


SPOILED: dict[str, tuple[dict[str, object], list[Fault]]] = {
    "no number": ({"Contractnummer": ""}, [("Contractnummer", "missing")]),
    "a number with a name in it": ({"Contractnummer": "mail jan@huis.nl"}, [("Contractnummer", "personal-data")]),
    "no provider": ({"AGB-code": ""}, [("AGB-code", "missing")]),
    "a word for a code": ({"AGB-code": "De Eik"}, [("AGB-code", "unreadable")]),
    "a code that nobody has": ({"AGB-code": "99999999"}, [("AGB-code", "unknown")]),
    "a code of another": ({"Aanbieder": "Pleegzorg Het Anker"}, [("AGB-code", "other-name")]),
    "no care type": ({"Zorgvorm": ""}, [("Zorgvorm", "missing")]),
    "a care type that nobody knows": ({"Zorgvorm": "Perceel 9"}, [("Zorgvorm", "unknown-product")]),
    "care without a contract": ({"Zorgvorm": "Jongerenwerk"}, [("Zorgvorm", "general")]),
    "an area that does not exist": ({"Gebied": "Atlantis"}, [("Gebied", "unknown")]),
    "an area of another": ({"Gebied": "Amsterdam"}, [("Gebied", "not-allowed")]),
    "a scope of one's own": ({"Reikwijdte": "soms"}, [("Reikwijdte", "unreadable")]),
    "no first day": ({"Ingangsdatum": ""}, [("Ingangsdatum", "missing")]),
    "a first day that does not exist": ({"Ingangsdatum": "31-2-2027"}, [("Ingangsdatum", "unreadable")]),
    "a first day of long ago": ({"Ingangsdatum": "1-1-1899"}, [("Ingangsdatum", "day-out-of-reach")]),
    "an end before the beginning": ({"Einddatum": "31-12-2026"}, [("Einddatum", "period")]),
    "a pause that never began": ({"Opgeschort tot en met": "1-2-2027"}, [("Opgeschort tot en met", "period")]),
    "a term in words": ({"Actualiseren binnen (dagen)": "snel"}, [("Actualiseren binnen (dagen)", "unreadable")]),
    "a term of years": ({"Actualiseren binnen (dagen)": 999}, [("Actualiseren binnen (dagen)", "less-than-equal")]),
    "more than five days to answer": (
        {"Antwoord binnen (werkdagen)": 6}, [("Antwoord binnen (werkdagen)", "less-than-equal")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("what", SPOILED)
def test_a_spoiled_row_is_named_and_nothing_is_saved(lister: Lister, what: str) -> None:
    spoiled, faults = SPOILED[what]
    good = row_of(lister, Contractnummer="2027-1")
    assert lister.faults(good, row_of(lister, **spoiled), header=HEADER) == {3: faults}
    assert lister.save(good, row_of(lister, **spoiled), header=HEADER).status_code == 400
    assert lister.numbers() == set()


def test_headings_sums_and_a_header_again_are_no_rows(lister: Lister) -> None:
    rows = (
        ["Perceel 1: wonen", *[""] * 11],
        row_of(lister),
        ["Totaal", "", "", 1, *[""] * 8],
        HEADER,
        ["Eindtotaal (2 contracten)", *[""] * 11],
        ["Opgesteld door inkoop", *[""] * 11],
    )
    previewed = lister.preview(*rows, header=HEADER)
    assert previewed["skippedRows"] == [2, 4, 5, 6, 7]
    assert previewed["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "faulty": 0}


def test_a_contract_that_is_called_like_a_sum_is_one(lister: Lister) -> None:
    previewed = lister.preview(row_of(lister, Contractnummer="Totaal 2027"), header=HEADER)
    assert (previewed["skippedRows"], previewed["counts"]["new"]) == ([], 1)


@pytest.mark.parametrize("alone", ["Zorgvorm", "Gebied"])
def test_what_may_belong_to_a_merged_cell_above_it_is_never_dropped_unseen(lister: Lister, alone: str) -> None:
    below = ["Pleegzorg" if name == alone == "Zorgvorm" else "Renkum" if name == alone else "" for name in HEADER]
    assert 3 in lister.faults(row_of(lister), below, header=HEADER)


@pytest.mark.parametrize("last", ["31-12-9999", "31-12-2999", "onbepaalde tijd", "Doorlopend", "-", "geen einddatum"])
def test_an_end_that_is_no_end_is_none(lister: Lister, last: str) -> None:
    assert lister.save(row_of(lister, Einddatum=last), header=HEADER).status_code == 200
    assert lister.kept("2027-2")["validUntil"] is None


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
def test_letters_and_signs_between_cells_are_found_out(lister: Lister, encoding: str, delimiter: str) -> None:
    header = ("Contractnummer", "AGB-code", "Zorgvorm", "Ingangsdatum", "Beëindigd per", "Toelichting")
    row = ("2027-É", lister.provider, "Gezinshuis", "1-1-2027", "", "één")
    sent = lister.send(as_csv(header, row, delimiter=delimiter, encoding=encoding))
    assert sent.status_code == 200, sent.text
    assert lister.numbers() == {"2027-É"}


def test_two_columns_of_one_meaning_are_asked_about(lister: Lister) -> None:
    refused = lister.send(as_csv(("Contractnummer", "Nummer", "AGB-code", "Zorgvorm"), ("1", "2", "3", "4")))
    assert refused.status_code == 400
    assert {fault["code"] for fault in refused.json()["errors"]} == {"double-column"}


def test_a_sheet_that_is_not_read_is_named(lister: Lister) -> None:
    book = openpyxl.Workbook()
    for title, number in (("Perceel 1", "2027-1"), ("Perceel 2", "2027-2")):
        sheet = book.create_sheet(title)
        for row in (HEADER, row_of(lister, Contractnummer=number)):
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    previewed = lister.send(written.getvalue(), dryRun="true").json()
    assert (previewed["sheet"], previewed["leftOutSheets"]) == ("Perceel 1", [{"name": "Perceel 2", "isTable": True}])


def test_every_faulty_row_is_said_in_the_table_that_comes_back(lister: Lister) -> None:
    a_contract(lister.session, lister.provider, (AMSTERDAM,), number="2027-2")
    file = as_workbook(HEADER, row_of(lister), row_of(lister, **{"AGB-code": "", "Aanbieder": "Jeughulp De Eik"}))
    assert lister.send(file, dryRun="true", format="xlsx").status_code == 200
    (first, second) = lister.send(file, dryRun="true").json()["faultyRows"]
    assert [fault["code"] for fault in first["faults"]] == ["not-allowed"]
    assert [fault["code"] for fault in second["faults"]] == ["provider-unconfirmed"]
