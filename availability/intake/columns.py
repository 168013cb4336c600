"""Which column of a spreadsheet holds what: one table of columns, and how a header is recognised in it.

A header may be a synonym, have a typing error, or stand under a merged group ("Wachttijd" above "Intake" and "Start").
What is given by the person who sends the file goes before what we recognise.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from pydantic.alias_generators import to_camel
from rapidfuzz import fuzz, process

from availability.intake import cells
from availability.intake.cells import Value
from availability.intake.spreadsheet import Cell, Line, Sheet, Unreadable
from availability.refusals import Fault, Invalid


@dataclass(frozen=True)
class Column:
    field: str
    header: str
    """In the template, and in what we say of it."""
    synonyms: tuple[str, ...]
    read: Callable[[Cell], Value]
    explained: str
    width: int = 14

    @cached_property
    def code(self) -> str:
        """As the API names it."""
        return to_camel(self.field)


COLUMNS = (
    Column(
        "offer_id", "Aanbod-id", ("id", "aanbodnummer", "aanbodcode", "aanbod nr", "offer id", "kenmerk aanbod"),
        cells.identifier, "Ons nummer van het aanbod. Niet veranderen.", 11,
    ),
    Column(
        "name", "Aanbod", ("naam", "naam aanbod", "aanbod naam", "voorziening", "groep", "afdeling", "product"),
        cells.text, "De naam van het aanbod.", 42,
    ),
    Column(
        "place", "Plaats", ("locatie", "vestiging", "vestigingsplaats", "woonplaats", "stad"),
        cells.text, "Waar het aanbod is.", 18,
    ),
    Column(
        "total_places", "Totaal", ("totaal plekken", "plekken", "plaatsen", "capaciteit", "bedden"),
        cells.whole_number, "Alle plekken samen.", 10,
    ),
    Column(
        "occupied_places", "Bezet", ("bezette plekken", "bezetting", "plekken bezet", "in zorg", "geplaatst"),
        cells.whole_number, "Plekken waar nu een kind is.", 10,
    ),
    Column(
        "reserved_places", "Gereserveerd", ("gereserveerde plekken", "reserveringen", "toegezegd"),
        cells.whole_number, "Plekken die voor een kind zijn toegezegd.",
    ),
    Column(
        "open_places", "Vrij", ("vrije plekken", "open plekken", "beschikbaar", "beschikbare plekken"),
        cells.whole_number, "Plekken waar nu een kind kan starten: hoogstens totaal min bezet min gereserveerd.", 10,
    ),
    Column(
        "intake_wait_days", "Wachttijd intake (dagen)",
        ("intake", "aanmeldwachttijd", "wachttijd aanmelding", "wachttijd tot intake", "aanmelding", "intakewachttijd"),
        cells.days, "Dagen van aanmelding tot het eerste gesprek.", 24,
    ),
    Column(
        "treatment_wait_days", "Wachttijd start (dagen)",
        ("start", "behandelwachttijd", "wachttijd behandeling", "wachttijd start hulp", "behandeling", "start hulp"),
        cells.days, "Dagen van het eerste gesprek tot de hulp start.", 24,
    ),
    Column(
        "admission_stop", "Opnamestop", ("stop", "cliëntenstop", "aanmeldstop", "opname stop", "opnamestop ja nee"),
        cells.yes_or_no, "Ja: voorlopig geen nieuwe kinderen. Leeg betekent nee.", 12,
    ),
    Column(
        "available_from", "Plek vanaf", ("beschikbaar vanaf", "vrij vanaf", "vrij per", "vanaf", "datum beschikbaar"),
        cells.day, "De dag vanaf wanneer er een plek is, bijvoorbeeld 1-12-2026. Leeg: onbekend.", 13,
    ),
    Column(
        "waiting_count", "Wachtend", ("wachtenden", "wachtlijst", "op wachtlijst", "kinderen wachtend"),
        cells.whole_number, "Kinderen op de wachtlijst. Leeg: onbekend.", 11,
    ),
    Column(
        "started_last_90_days", "Gestart in 90 dagen", ("gestart", "gestart laatste 90 dagen", "instroom 90 dagen"),
        cells.whole_number, "Kinderen bij wie de hulp startte in de laatste 90 dagen. Leeg: onbekend.", 20,
    ),
    Column(
        "withdrawn_last_90_days", "Afgehaakt in 90 dagen", ("afgehaakt", "afgehaakt laatste 90 dagen"),
        cells.whole_number, "Kinderen die in 90 dagen van de wachtlijst gingen zonder start. Leeg: onbekend.", 21,
    ),
    Column(
        "note", "Opmerking", ("opmerkingen", "toelichting", "notitie", "bijzonderheden"),
        cells.text, "Kort, en niets over een kind: geen naam, nummer of adres.", 40,
    ),
    Column(
        "etag", "Versie", ("version", "etag", "versienummer"),
        cells.identifier, "Hieraan zien wij of iemand anders ondertussen iets opgaf. Niet veranderen.", 11,
    ),
)  # fmt: skip

BY_FIELD = {column.field: column for column in COLUMNS}
BY_CODE = {column.code: column for column in COLUMNS}

IDENTIFYING = ("offer_id", "name", "place", "etag")
"""The columns that say which offer is meant, and what was seen of it; the others are figures."""

_WAITS = {"intake_wait_days", "treatment_wait_days"}
_UNITS = {"dag", "dagen", "d", "week", "weken", "wk", "wkn"}
_NOISE = _UNITS | {"aantal", "het", "de", "in"}
_ALIKE = 84
"""Of 100: one typing error in a word of four letters still passes."""


class How(StrEnum):
    """Why a header was taken for a column."""

    NAME = "name"
    ALIKE = "alike"
    GIVEN = "given"
    REMEMBERED = "remembered"
    IGNORED = "ignored"


def plain(words: str) -> str:
    """Words to compare by: small letters without accents, signs and what does not tell columns apart."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    parts = re.findall(r"[a-z0-9]+", "".join(each for each in letters if not unicodedata.combining(each)))
    return " ".join(part for part in parts if part not in _NOISE)


_NAMES = {plain(name): column.field for column in COLUMNS for name in (column.header, column.field, *column.synonyms)}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A header of the file, and the column it was taken for."""

    position: int
    header: str
    field: str | None
    how: How
    in_weeks: bool = False

    def read(self, line: Line) -> Value:
        """What the line says in this column. Raises Unclear."""
        cell = self.cell(line)
        if self.in_weeks:
            return cells.weeks(cell)
        return BY_FIELD[self.field].read(cell) if self.field else None

    def cell(self, line: Line) -> Cell:
        return line.cells[self.position] if self.position < len(line.cells) else None


@dataclass(frozen=True)
class Table:
    """A sheet with its header understood."""

    sheet: Sheet
    header_at: int
    """Position of the header among the lines."""
    headers: tuple[Recognised, ...]

    @property
    def lines(self) -> Sheet:
        """Below the header."""
        return self.sheet[self.header_at + 1 :]

    @cached_property
    def columns(self) -> Mapping[str, Recognised]:
        """By field."""
        return {header.field: header for header in self.headers if header.field}


_HEADER_WITHIN = 30
NO_HEADER = (
    "Wij vinden de kolommen niet. Nodig zijn Aanbod-id of Aanbod, en minstens één kolom met getallen, zoals Vrij."
    " Het sjabloon heeft ze allemaal."
)
WHAT_IS_IT = "Zeg wat er in de kolom {header} staat."


Choices = Mapping[str, tuple[str | None, How]]
"""Field by header, as a human said; now or before."""


def understood(
    sheets: tuple[Sheet, ...], given: Mapping[str, str | None], remembered: Mapping[str, str | None] | None = None
) -> Table:
    """The sheet and the header line in which most columns are recognised. Raises Unreadable or Invalid.

    `given`: header → field, said with this file; `remembered`: the same, said with an earlier one (headers as `plain`).
    """
    before = {header: (field, How.REMEMBERED) for header, field in (remembered or {}).items()}
    chosen = before | {plain(header): (field, How.GIVEN) for header, field in given.items()}
    candidates = [
        Table(sheet, at, _headers(above, line, chosen))
        for sheet in sheets
        for at, (above, line) in enumerate(pairwise((Line(0, ()), *sheet[:_HEADER_WITHIN])))
    ]
    best = max(candidates, key=lambda table: len(table.columns), default=None)
    if best is None or not _is_enough(best):
        raise Unreadable(NO_HEADER, tuple(_unknown(sheets)))
    _refuse_doubles(best)
    return best


def _is_enough(table: Table) -> bool:
    fields = table.columns.keys()
    return bool(fields & {"offer_id", "name"}) and bool(fields - set(IDENTIFYING))


def _unknown(sheets: tuple[Sheet, ...]) -> Iterator[Fault]:
    """The widest line of words is most likely the header: what its columns hold can be chosen."""
    lines = (line for sheet in sheets for line in sheet[:_HEADER_WITHIN])
    header = max(lines, key=lambda line: sum(isinstance(cell, str) for cell in line.cells), default=Line(0, ()))
    for cell in header.cells:
        if isinstance(cell, str):
            yield Fault(f"/choices/columns/{cell}", WHAT_IS_IT.format(header=cell), "unknown-column")


def _refuse_doubles(table: Table) -> None:
    """Raises Invalid when two columns were taken for the same: which of them would hold?"""
    known = [header for header in table.headers if header.field]
    faults = tuple(
        Fault(
            f"/choices/columns/{header.header}",
            f"Deze kolom en {table.columns[header.field].header} lijken allebei {BY_FIELD[header.field].header}."
            " Haal er één weg of kies er één.",
            "double-column",
        )
        for header in known
        if header.field and table.columns[header.field] is not header
    )
    if faults:
        raise Invalid("Twee kolommen lijken hetzelfde te zijn.", faults)


def _headers(above: Line, line: Line, chosen: Choices) -> tuple[Recognised, ...]:
    """Every header of the line, with the help of the line above it: merged groups, and cells merged downwards."""
    width = max(len(above.cells), len(line.cells))
    over = (*above.cells, *[None] * (width - len(above.cells)))
    own = (*line.cells, *[None] * (width - len(line.cells)))
    found = [
        _recognised(at, str(cell or upper), str(group or ""), chosen)
        for at, (cell, upper, group) in enumerate(zip(own, over, _groups(over), strict=True))
        if cell or upper
    ]
    return _surest(found)


def _groups(over: tuple[Cell, ...]) -> tuple[Cell, ...]:
    """A merged cell keeps its words at the left: they hold up to the next. A single title above a table is no group."""
    if sum(cell is not None for cell in over) < 2:
        return (None,) * len(over)
    filled: list[Cell] = []
    for cell in over:
        filled.append(cell if cell is not None or not filled else filled[-1])
    return tuple(filled)


def _recognised(position: int, header: str, group: str, chosen: Choices) -> Recognised:
    name, with_group = plain(header), plain(f"{group} {header}")
    field, how = chosen.get(name) or (_NAMES.get(name) or _NAMES.get(with_group), How.NAME)
    if field is None and how is How.NAME:
        field, how = _most_alike(name), How.ALIKE
    weekly = field in _WAITS and bool(set(re.findall(r"[a-z]+", f"{group} {header}".lower())) & {"week", "weken", "wk"})
    return Recognised(position, header, field, how if field else How.IGNORED, weekly)


def _most_alike(name: str) -> str | None:
    best = process.extractOne(name, _NAMES.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE) if len(name) > 2 else None
    return _NAMES[best[0]] if best else None


def _surest(found: list[Recognised]) -> tuple[Recognised, ...]:
    """A header that is only alike gives way to one that has the very name."""
    sure = {header.field for header in found if header.how in {How.NAME, How.GIVEN, How.REMEMBERED}}
    return tuple(
        Recognised(header.position, header.header, None, How.IGNORED)
        if header.how is How.ALIKE and header.field in sure
        else header
        for header in found
    )
