"""Which column of a spreadsheet holds what: one table of columns, and how a header is recognised in it.

A header may be a synonym, have a typing error, or stand under a merged group ("Wachttijd" above "Intake" and "Start").
What is given by the person who sends the file goes before what we recognise.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from itertools import pairwise
from typing import Any

from pydantic.alias_generators import to_camel
from rapidfuzz import fuzz, process

from availability.intake import cells
from availability.intake.cells import Unclear, Value
from availability.intake.excel import NoNumber
from availability.intake.spelling import unaccented
from availability.intake.spreadsheet import Cell, Line, Sheet, Unreadable
from availability.intake.units import Unit, unit_of
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


@dataclass(frozen=True)
class Form:
    """One kind of spreadsheet: its columns, and how many of them make a table."""

    sheet: str
    """The name of the sheet in what we hand out."""
    columns: tuple[Column, ...]
    ours: tuple[str, ...]
    """The fields that we fill in, and that are not to be changed."""
    is_enough: Callable[[Set[str]], bool]
    """Whether these fields are enough to go by."""
    missing: str
    """What to say when they are not."""
    how_to: tuple[str, ...]

    @cached_property
    def by_field(self) -> Mapping[str, Column]:
        return {column.field: column for column in self.columns}

    @cached_property
    def by_code(self) -> Mapping[str, Column]:
        return {column.code: column for column in self.columns}

    @cached_property
    def names(self) -> Mapping[str, Column]:
        """Every name of a column, as `plain` writes it."""
        return {plain(name): each for each in self.columns for name in (each.header, each.field, *each.synonyms)}

    def most_alike(self, name: str) -> Column | None:
        """The column whose name differs by a slip of the hand."""
        if len(name) <= 2:
            return None
        best = process.extractOne(name, self.names.keys(), scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return self.names[best[0]] if best else None


_NOISE = {"dag", "dagen", "d", "week", "weken", "wk", "wkn", "aantal", "het", "de", "in"}
_NO_NUMBER_OF: Mapping[Callable[[Cell], Value], Set[Unit]] = {
    cells.days: frozenset(Unit) - {Unit.DAYS, Unit.WEEKS},
    cells.whole_number: {Unit.PERCENT},
}
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
    """Words to compare headers by: without signs and what does not tell columns apart. Names are told apart by more."""
    letters = unaccented(words)
    return " ".join(part for part in re.findall(r"[a-z0-9]+", letters) if part not in _NOISE) or letters.strip()


@dataclass(frozen=True, slots=True)
class Recognised:
    """A header of the file, and the column it was taken for."""

    position: int
    header: str
    column: Column | None
    how: How
    unit: Unit | None = None
    """What it says that it counts in."""

    @property
    def field(self) -> str | None:
        return self.column.field if self.column else None

    def read(self, line: Line) -> Value:
        """What the line says in this column. Raises Unclear."""
        cell = self.cell(line)
        if isinstance(cell, NoNumber):
            raise Unclear(cell.why)
        if self.column is None:
            return None
        is_in_weeks = self.column.read is cells.days and self.unit is Unit.WEEKS
        return cells.weeks(cell) if is_in_weeks else self.column.read(cell)

    @property
    def cannot_be_counted(self) -> bool:
        """Whether its unit makes no number of what it was taken for."""
        return self.column is not None and self.unit in _NO_NUMBER_OF.get(self.column.read, ())

    def cell(self, line: Line) -> Cell:
        return line.cells[self.position] if self.position < len(line.cells) else None


@dataclass(frozen=True)
class Table:
    """A sheet with its header understood."""

    form: Form
    sheet: Sheet
    header_at: int
    """Position of the header among the lines."""
    headers: tuple[Recognised, ...]

    @property
    def header(self) -> Line:
        return self.sheet.lines[self.header_at]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Below the header."""
        return self.sheet.lines[self.header_at + 1 :]

    @cached_property
    def columns(self) -> Mapping[str, Recognised]:
        """By field."""
        return {header.field: header for header in self.headers if header.field}

    @property
    def is_enough(self) -> bool:
        return self.form.is_enough(self.columns.keys())

    def read(self, line: Line, fields: Iterable[str]) -> tuple[dict[str, Any], list[Fault]]:
        """What the line says in these columns, and a fault for each cell that cannot be read."""
        values: dict[str, Any] = {}
        faults = []
        for field in fields:
            if field not in self.columns:
                continue
            try:
                values[field] = self.columns[field].read(line)
            except Unclear as unclear:
                faults.append(Fault(f"/{self.form.by_field[field].code}", str(unclear), "unreadable"))
        return values, faults

    def is_empty(self, line: Line) -> bool:
        """Whether the line holds nothing of ours."""
        return all(header.cell(line) is None for header in self.columns.values())


_HEADER_WITHIN = 30
WHAT_TO_CORRECT = "Wat moet u aanpassen?"
"""The header of our own remarks in a file that goes back; nobody is asked what it holds."""
WHAT_IS_IT = "Zeg wat er in de kolom {header} staat."


Choices = Mapping[str, tuple[str | None, How]]
"""Field by header, as a human said; now or before."""


def understood(
    form: Form,
    sheets: tuple[Sheet, ...],
    given: Mapping[str, str | None],
    remembered: Mapping[str, str | None] | None = None,
) -> Table:
    """The sheet and the header line in which most columns are recognised. Raises Unreadable or Invalid.

    `given`: header → field, said with this file; `remembered`: the same, said with an earlier one (headers as `plain`).
    """
    before = {header: (field, How.REMEMBERED) for header, field in (remembered or {}).items()}
    chosen = before | {plain(header): (field, How.GIVEN) for header, field in given.items()}
    candidates = [
        Table(form, sheet, at, _headers(form, above, line, chosen))
        for sheet in sheets
        for at, (above, line) in enumerate(pairwise((Line(0, ()), *sheet.lines[:_HEADER_WITHIN])))
    ]
    best = max(candidates, key=lambda table: (table.is_enough, len(table.columns)), default=None)
    if best is None or not best.is_enough:
        raise Unreadable(form.missing, tuple(_unknown(candidates)))
    _refuse_unusable(best)
    return best


def _unknown(candidates: Sequence[Table]) -> Iterator[Fault]:
    """The widest line of words is most likely the header: what its columns hold can be said, strange ones first."""
    widest = max(candidates, key=lambda table: sum(isinstance(cell, str) for cell in table.header.cells), default=None)
    headers = widest.headers if widest else ()
    for header in [each for each in headers if each.column is None] or headers:
        yield Fault(f"/choices/columns/{header.header}", WHAT_IS_IT.format(header=header.header), "unknown-column")


TWO_ALIKE = "Deze kolom en {other} lijken allebei {name}. Haal er één weg of kies er één."
OTHER_UNIT = "Deze kolom telt {unit}. Dat past niet bij {name}. Pas de kolom aan, of gebruik hem niet."


def _refuse_unusable(table: Table) -> None:
    """Raises Invalid when a column leaves open what it says: which of two would hold, or how many that is."""
    doubles, units = tuple(_doubles(table)), tuple(_other_units(table))
    if doubles or units:
        said = "Twee kolommen lijken hetzelfde te zijn." if doubles else "Een kolom telt anders dan wij."
        raise Invalid(said, doubles + units)


def _doubles(table: Table) -> Iterator[Fault]:
    """A fault at each of the columns that were taken for the same: either may be the one to leave out."""
    for column in table.form.columns:
        same = [header for header in table.headers if header.column is column]
        for header in same if len(same) > 1 else ():
            other = next(each for each in same if each is not header).header
            sentence = TWO_ALIKE.format(other=other, name=column.header)
            yield Fault(f"/choices/columns/{header.header}", sentence, "double-column")


def _other_units(table: Table) -> Iterator[Fault]:
    for header in table.headers:
        if header.column and header.unit and header.cannot_be_counted:
            sentence = OTHER_UNIT.format(unit=header.unit, name=header.column.header)
            yield Fault(f"/choices/columns/{header.header}", sentence, "other-unit")


def _headers(form: Form, above: Line, line: Line, chosen: Choices) -> tuple[Recognised, ...]:
    """Every header of the line, with the help of the line above it: merged groups, and cells merged downwards."""
    width = max(len(above.cells), len(line.cells))
    over = (*above.cells, *[None] * (width - len(above.cells)))
    own = (*line.cells, *[None] * (width - len(line.cells)))
    found = [
        _recognised(form, at, str(cell or upper), str(group or ""), chosen)
        for at, (cell, upper, group) in enumerate(zip(own, over, _groups(over), strict=True))
        if (cell or upper) not in {None, "", WHAT_TO_CORRECT}
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


def _recognised(form: Form, position: int, header: str, group: str, chosen: Choices) -> Recognised:
    name, with_group, unit = plain(header), plain(f"{group} {header}"), unit_of(header, group)
    if name in chosen:
        field, how = chosen[name]
        return Recognised(position, header, form.by_field[field] if field else None, how, unit)
    column, how = form.names.get(name) or form.names.get(with_group), How.NAME
    if column is None:
        column, how = form.most_alike(name), How.ALIKE
    found = Recognised(position, header, column, how, unit)
    is_beside_it = unit is Unit.PERCENT and found.cannot_be_counted  # how full it is, often next to the number itself
    return Recognised(position, header, None, How.IGNORED) if column is None or is_beside_it else found


def _surest(found: list[Recognised]) -> tuple[Recognised, ...]:
    """A header that is only alike gives way to one that has the very name."""
    sure = {header.field for header in found if header.how in {How.NAME, How.GIVEN, How.REMEMBERED}}
    return tuple(
        Recognised(header.position, header.header, None, How.IGNORED)
        if header.how is How.ALIKE and header.field in sure
        else header
        for header in found
    )
