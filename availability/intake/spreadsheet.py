"""A spreadsheet as plain lines of cells, whatever program made it. What the columns mean is not known here.

A file comes from outside, so it is read with bounds: unpacked size, rows, columns and length of a cell. What is not a
plain table (macros, a password, an old format) is refused with a sentence that says what to do.
"""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import islice
from zipfile import BadZipFile, ZipFile

from availability.intake.excel import NoNumber, visible_sheets
from availability.refusals import Invalid, TooLarge

Cell = str | int | float | bool | date | None
"""None: empty."""

MOST_ROWS = 10_000
MOST_COLUMNS = 100
LONGEST_CELL = 5_000
MOST_SHEETS = 20
_ROWS_BESIDE = 100
"""Titles, headers and totals come on top of the rows."""
_MOST_UNPACKED = 16_000_000
"""Bytes. Ten thousand rows of our template unpack to six million; every million more may cost a third of a second."""
_MOST_PARTS = 500


class Unreadable(Invalid):
    code = "unreadable-file"
    title = "Dit bestand is niet te lezen"
    advice = "Begin met het sjabloon, of sla uw tabel op als .xlsx of als CSV UTF-8."


class TooManyRows(TooLarge):
    code = "too-many-rows"
    title = "Het bestand is te groot"
    advice = "Verdeel de rijen over meer bestanden."


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    """As the spreadsheet shows it, from 1."""
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    lines: tuple[Line, ...]
    """Those that hold something; none of a sheet that was not looked at."""
    name: str = ""
    """On its tab; a CSV has none."""
    was_read: bool = True


EMPTY = "Dit bestand is leeg. Vul het sjabloon in en stuur het opnieuw."
NO_TABLE = "Dit is geen spreadsheet. Stuur een bestand dat eindigt op .xlsx of .csv."
OLD_EXCEL = "Dit Excel-bestand is te oud of heeft een wachtwoord. Sla het op als .xlsx zonder wachtwoord."
MACROS = "Dit bestand bevat macro's. Sla het op als .xlsx zonder macro's."
UNPACKS_TOO_FAR = "Dit bestand is uitgepakt veel te groot. Kopieer alleen uw tabel naar een nieuw bestand."
BROKEN = "Dit Excel-bestand is beschadigd. Open het in Excel en sla het opnieuw op."
STRANGE_LETTERS = "De letters in dit bestand zijn niet te lezen. Sla het op als CSV UTF-8."
LONG_CELL = "In rij {row} staat een cel met meer dan 5.000 tekens. Maak die korter."
TOO_MANY_ROWS = "Dit bestand heeft meer dan 10.000 rijen. Verdeel het over meer bestanden."


def read_sheets(raw: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of the file; a CSV more than once when it is not clear what parts its columns.

    Raises Unreadable or TooManyRows.
    """
    if not raw.strip():
        raise Unreadable(EMPTY)
    reader = next((read for start, read in _KINDS if raw.startswith(start)), _csv)
    return reader(raw)


def _bounded(lines: Iterable[tuple[int, Sequence[object]]]) -> tuple[Line, ...]:
    """The lines that hold something, by their number, as plain cells. Raises when there is too much of it."""
    kept: list[Line] = []
    for number, values in lines:
        cells = _trimmed(_plain(value, number) for value in islice(values, MOST_COLUMNS))
        if cells:
            kept.append(Line(number, cells))
        if len(kept) > MOST_ROWS + _ROWS_BESIDE:
            raise TooManyRows(TOO_MANY_ROWS)
    return tuple(kept)


def _trimmed(cells: Iterable[Cell]) -> tuple[Cell, ...]:
    row = list(cells)
    while row and row[-1] is None:
        row.pop()
    return tuple(row)


def _plain(value: object, row: int) -> Cell:
    """A cell without time of day, spaces around it, or the apostrophe that keeps a text from being a formula."""
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, bool | int | float | date | NoNumber):
        return value
    text = str(value).replace("\xa0", " ").strip()
    if len(text) > LONGEST_CELL:
        raise Unreadable(LONG_CELL.format(row=row))
    return (text[1:] if is_guarded(text) else text) or None


FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet starts to calculate (OWASP, CSV injection)."""


def is_guarded(text: str) -> bool:
    return text.startswith("'") and text[1:].startswith(FORMULA_STARTS)


def harmless(text: str) -> str:
    """A text that no spreadsheet takes for a formula; reading it back gives the text itself."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


# --- XLSX ---


def _workbook(raw: bytes) -> tuple[Sheet, ...]:
    try:
        _refuse_what_may_harm(raw)
        sheets = visible_sheets(raw, MOST_COLUMNS)
        read = (Sheet(_bounded(rows), name) for name, rows in sheets[:MOST_SHEETS])
        return (*read, *(Sheet((), name, was_read=False) for name, _ in sheets[MOST_SHEETS:]))
    except (Unreadable, TooManyRows):
        raise
    except Exception as broken:  # a damaged or hostile file fails anywhere in the library, and in any way
        raise Unreadable(BROKEN) from broken


def _refuse_what_may_harm(raw: bytes) -> None:
    """Raises Unreadable. Python's zipfile never unpacks more of a part than it announces: those sizes bound it."""
    try:
        with ZipFile(io.BytesIO(raw)) as package:
            parts = package.infolist()
    except BadZipFile as broken:
        raise Unreadable(BROKEN) from broken
    names = {part.filename for part in parts}
    if any(name.endswith("vbaProject.bin") for name in names):
        raise Unreadable(MACROS)
    if "xl/workbook.xml" not in names:
        raise Unreadable(NO_TABLE)
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_UNPACKED:
        raise Unreadable(UNPACKS_TOO_FAR)


# --- CSV ---

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_ENCODINGS = ("utf-8", "cp1252")
"""Without a mark: an older Windows writes cp1252, which is hardly ever valid UTF-8."""


def _csv(raw: bytes) -> tuple[Sheet, ...]:
    text = _decoded(raw)
    if "\0" in text:
        raise Unreadable(NO_TABLE)
    named = text[:4].lower() == "sep=" and text[4:5]
    body = text.partition("\n")[2] if named else text
    readings = [sheet for sign in named or _delimiters(body) if (sheet := _cut(body, sign)) is not None]
    if not readings:
        raise Unreadable(NO_TABLE)
    return tuple(readings)


def _cut(text: str, delimiter: str) -> Sheet | None:
    try:
        return Sheet(_bounded(enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1)))
    except csv.Error:
        return None


def _decoded(raw: bytes) -> str:
    marked = [encoding for mark, encoding in _BYTE_ORDER_MARKS if raw.startswith(mark)]
    for encoding in marked or _ENCODINGS:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise Unreadable(STRANGE_LETTERS)


_ALSO_LIKELY = 0.2


def _delimiters(text: str) -> list[str]:
    """The sign that cuts most lines into the same, largest number of cells, and others that might be it.

    Commas in names or numbers can cut more than what parts the columns: then the header, as it is understood, decides.
    """
    scores = {sign: _evenness(text, sign) for sign in ";,\t|"}
    best = max(scores.values())
    likely = [sign for sign, score in scores.items() if score and score >= _ALSO_LIKELY * best]
    return sorted(likely, key=lambda sign: -scores[sign]) or [";"]


def _evenness(text: str, delimiter: str) -> int:
    sample = io.StringIO(text[:100_000], newline="")
    try:
        widths = Counter(len(cells) for cells in islice(csv.reader(sample, delimiter=delimiter), 50))
    except csv.Error:
        return 0
    return max((times * (width - 1) for width, times in widths.items()), default=0)


def _refusing(sentence: str) -> Callable[[bytes], tuple[Sheet, ...]]:
    def refuse(_: bytes) -> tuple[Sheet, ...]:
        raise Unreadable(sentence)

    return refuse


_KINDS: tuple[tuple[bytes, Callable[[bytes], tuple[Sheet, ...]]], ...] = (
    (b"PK\x03\x04", _workbook),
    (b"\xd0\xcf\x11\xe0", _refusing(OLD_EXCEL)),
    (b"PK", _refusing(NO_TABLE)),
    (b"%PDF", _refusing(NO_TABLE)),
)
"""How a file begins, and who reads it; anything else must be text."""
