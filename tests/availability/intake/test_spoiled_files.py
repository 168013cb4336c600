"""Spoiled spreadsheets: every fault named by its row, nothing saved."""

import io
from collections.abc import Callable
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest

from tests.availability.intake.planner import Planner, as_csv, as_workbook

pytestmark = pytest.mark.slow

Fault = tuple[str | None, str]
Spoiled = Callable[[Planner], bytes]

HEADER = ["Aanbod-id", "Aanbod", "Vrij", "Bezet", "Totaal", "Opnamestop", "Plek vanaf", "Opmerking"]


def row_of(planner: Planner, **other: object) -> list[object]:
    """A good row for De Wilgen, with something else in it."""
    row = {"Aanbod-id": planner.willows, "Aanbod": "Gezinshuis De Wilgen", "Vrij": 2, "Bezet": 9, "Totaal": 12}
    return [{**row, **other}.get(header, "") for header in HEADER]


def one(**other: object) -> Spoiled:
    """A file with one good row (2) and one spoiled row (3)."""

    def make(planner: Planner) -> bytes:
        good = [planner.anchor, "Logeeropvang Het Anker", 2, 9, 12, "nee", "", ""]
        return as_csv(HEADER, good, row_of(planner, **other))

    return make


SPOILED: dict[str, tuple[Spoiled, dict[int, list[Fault]]]] = {
    "more open than is left": (one(Vrij=3), {3: [("Vrij", "too-many-open")]}),
    "a word for a number": (one(Bezet="negen"), {3: [("Bezet", "unreadable")]}),
    "a fraction of a place": (one(Totaal="12,5"), {3: [("Totaal", "unreadable")]}),
    "a negative number": (one(Bezet="-1"), {3: [("Bezet", "greater-than-equal")]}),
    "a number that cannot be": (one(Totaal="1200000"), {3: [("Totaal", "less-than-equal")]}),
    "an emptied number": (one(Totaal=""), {3: [("Totaal", "missing")]}),
    "neither yes nor no": (one(Opnamestop="misschien"), {3: [("Opnamestop", "unreadable")]}),
    "a day that does not exist": (one(**{"Plek vanaf": "31-2-2027"}), {3: [("Plek vanaf", "unreadable")]}),
    "no day at all": (one(**{"Plek vanaf": "na de zomer"}), {3: [("Plek vanaf", "unreadable")]}),
    "an American day": (one(**{"Plek vanaf": "12/31/2026"}), {3: [("Plek vanaf", "unreadable")]}),
    "an e-mail address in the note": (one(Opmerking="mail jan@x.nl"), {3: [("Opmerking", "personal-data")]}),
    "a note without end": (one(Opmerking="a" * 501), {3: [("Opmerking", "string-too-long")]}),
    "somebody else's number": (one(**{"Aanbod-id": 999999999}), {3: [("Aanbod-id", "unknown-offer")]}),
    "a number that is a word": (one(**{"Aanbod-id": "A-17"}), {3: [("Aanbod-id", "unreadable")]}),
    "rows that were sorted apart": (
        lambda planner: as_csv(
            HEADER,
            [planner.willows, "Logeeropvang Het Anker", 2, 9, 12],
            [planner.anchor, "Gezinshuis De Wilgen", 2, 9, 12],
        ),
        {2: [("Aanbod-id", "other-name")], 3: [("Aanbod-id", "other-name")]},
    ),
    "the same offer twice": (
        lambda planner: as_csv(HEADER, row_of(planner), row_of(planner, Vrij=1)),
        {2: [("Aanbod-id", "double")], 3: [("Aanbod-id", "double")]},
    ),
    "a name that we do not know": (
        lambda planner: as_csv(["Aanbod", "Vrij"], ["Zorgboerderij Zonnehoeve", 2]),
        {2: [("Aanbod-id", "unknown-offer")]},
    ),
    "no offer at all": (
        lambda planner: as_csv(["Aanbod-id", "Aanbod", "Vrij"], ["", "", 2]),
        {2: [("Aanbod-id", "no-offer")]},
    ),
    "a version that we never gave": (
        lambda planner: as_csv(["Aanbod-id", "Vrij", "Versie"], [planner.willows, 2, 999999999]),
        {2: [("Versie", "changed")]},
    ),
    "a calculation that failed": (
        lambda planner: as_workbook(["Aanbod-id", "Vrij"], [planner.willows, "#DEEL/0!"]),
        {2: [("Vrij", "unreadable")]},
    ),
    "several faults in several rows": (
        lambda planner: as_csv(
            HEADER,
            row_of(planner, Vrij="veel", Bezet="?", Opnamestop="soms"),
            [],
            [planner.anchor, "", 5, 9, 12, "", "morgen"],
        ),
        {
            2: [("Vrij", "unreadable"), ("Bezet", "missing"), ("Opnamestop", "unreadable")],
            4: [("Plek vanaf", "unreadable"), ("Vrij", "too-many-open")],
        },
    ),
}


@pytest.mark.parametrize("name", SPOILED)
def test_every_fault_is_named_by_its_row(planner: Planner, name: str) -> None:
    spoiled, expected = SPOILED[name]
    file = spoiled(planner)
    found = planner.faults(file)
    assert {row: sorted(faults, key=str) for row, faults in found.items()} == {
        row: sorted(faults, key=str) for row, faults in expected.items()
    }
    before = planner.statements
    assert planner.send(file).status_code == 400
    assert planner.statements == before


def test_there_are_twenty_spoiled_ones() -> None:
    assert len(SPOILED) >= 20


# --- files that are no table ---


def _zip(**parts: bytes) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return written.getvalue()


def _with_part(name: str, content: bytes) -> bytes:
    written = io.BytesIO(as_workbook(["Aanbod-id", "Vrij"], [1, 2]))
    with ZipFile(written, "a", ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return written.getvalue()


def _with_sheet(cells: str) -> bytes:
    """A workbook whose first sheet is this XML."""
    original = as_workbook(["Aanbod-id", "Vrij"], [1, 2])
    written = io.BytesIO()
    with ZipFile(io.BytesIO(original)) as package, ZipFile(written, "w", ZIP_DEFLATED) as spoiled:
        for part in package.infolist():
            content = package.read(part)
            if part.filename == "xl/worksheets/sheet1.xml":
                content = cells.encode()
            spoiled.writestr(part.filename, content)
    return written.getvalue()


def _cells(*references: str, value: str = "1") -> str:
    """The XML of a sheet with one value in these cells."""
    rows = (f'<row r="{each.lstrip("ADFX")}"><c r="{each}"><v>{value}</v></c></row>' for each in references)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{main}"><sheetData>{"".join(rows)}</sheetData></worksheet>'


_LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))

HOSTILE: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "leeg"),
    "only spaces": (b" \r\n ", "leeg"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0", "geen spreadsheet"),
    "a PDF": (b"%PDF-1.7 ...", "geen spreadsheet"),
    "a letter": (b"Geachte mevrouw,\nHierbij onze plekken.", "kolommen niet"),
    "an old or locked workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "te oud of heeft een wachtwoord"),
    "a broken workbook": (as_workbook(["Aanbod-id"])[:900], "beschadigd"),
    "a package of something else": (_zip(**{"word/document.xml": b"<a/>"}), "geen spreadsheet"),
    "macros": (_with_part("xl/vbaProject.bin", b"\xd0\xcf"), "macro"),
    "a bomb": (_with_part("xl/media/bom.xml", b"\0" * 70_000_000), "uitgepakt veel te groot"),
    "laughing entities": (
        _with_sheet(f'<!DOCTYPE x [<!ENTITY l0 "ha">{_LAUGHS}]>' + _cells("A1", value="&l9;")),
        "beschadigd",
    ),
    "a cell at the end of the world": (_with_sheet(_cells("A1", "XFD1048576")), "kolommen niet"),
    "a row that no spreadsheet has": (_with_sheet(_cells("A99999999999")), "kolommen niet"),
    "a cell without end": (as_csv(["Aanbod-id", "Vrij"], [1, "9" * 6_000]), "meer dan 5.000 tekens"),
    "a quote that never ends": (b'Aanbod-id;Vrij\n"' + b"a" * 200_000, "geen spreadsheet"),
    "too many rows": (as_csv(["Aanbod-id", "Vrij"], *([1, 1] for _ in range(10_200))), "meer dan 10.000 rijen"),
    "no header": (as_csv([1, 2, 3], [4, 5, 6]), "kolommen niet"),
    "two columns for one thing": (as_csv(["Aanbod-id", "Vrij", "Beschikbaar"], [1, 2, 3]), "hetzelfde"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_table_is_refused_calmly(planner: Planner, name: str) -> None:
    file, said = HOSTILE[name]
    refused = planner.send(file, dryRun="true")
    assert refused.status_code in {400, 413}, refused.text
    assert said in refused.json()["detail"]


def test_a_hidden_sheet_is_not_read(planner: Planner) -> None:
    book = openpyxl.Workbook()
    book.worksheets[0].append(["Aanbod-id", "Vrij"])
    book.worksheets[0].append([planner.willows, 1])
    hidden = book.create_sheet("Oud")
    hidden.sheet_state = "hidden"
    hidden.append(["Aanbod-id", "Vrij", "Bezet", "Totaal"])
    hidden.append([planner.willows, 5, 5, 10])
    written = io.BytesIO()
    book.save(written)
    assert [row["row"] for row in planner.preview(written.getvalue())["rows"]] == [2]
