"""What the rows of a file would change: every row judged by itself, with all its faults at once. Pure.

The rules for figures are those of `supply` (`Statement`); here only: what a row leaves out stays as it is, and a row
without any figure says nothing.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from pydantic import ValidationError

from availability.faults import faults_of
from availability.intake.capacity import BY_FIELD, IDENTIFYING
from availability.intake.cells import Value
from availability.intake.columns import Table, plain
from availability.intake.offers import By, Found, Likeness, OwnOffer, OwnOffers
from availability.intake.spreadsheet import MOST_ROWS, TOO_MANY_ROWS, Cell, Line, TooManyRows
from availability.preconditions import Expects, Precondition, version_of
from availability.refusals import Fault, Invalid
from availability.supply.drafts import Draft
from availability.supply.messages import FIGURES, Statement


class Kind(StrEnum):
    """What a row does."""

    CHANGED = "changed"
    FIRST = "first"
    """Nothing was ever stated of this offer."""
    UNCHANGED = "unchanged"
    """Confirms what holds."""
    EMPTY = "empty"
    """No figure is filled in, so the offer is left as it is."""
    FAULTY = "faulty"


Counts = Counter[Kind]


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the file, judged."""

    number: int
    kind: Kind
    name: str | None = None
    """As the file has it; so is `place`."""
    place: str | None = None
    offer: OwnOffer | None = None
    by: By | None = None
    changes: tuple[tuple[str, Value, Value], ...] = ()
    """Field, was, becomes."""
    faults: tuple[Fault, ...] = ()
    proposals: tuple[Likeness, ...] = ()
    draft: Draft | None = None
    """What is put to the database; None when no offer is known or nothing is said."""

    @property
    def words(self) -> str | None:
        return f"{self.name}, {self.place}" if self.name and self.place else self.name

    def with_faults(self, *faults: Fault) -> "Row":
        return replace(self, kind=Kind.FAULTY, faults=(*self.faults, *faults)) if faults else self


TWICE = "Dit aanbod staat ook in rij {others}. Laat één rij staan."
_TOTALS = {"totaal", "totalen", "subtotaal", "som", "eindtotaal"}
"""How the sum under a table or a group begins; what comes after it ("Totaal generaal") only says of what."""


def judge(table: Table, offers: OwnOffers, confirmed: Mapping[int, int], *, jumps_meant: bool) -> list[Row]:
    """Every row of the table. `confirmed`: row → offer, as a human said. Raises TooManyRows."""
    rows = [
        row
        for line in table.lines
        if (row := _row(table, line, offers, confirmed.get(line.number), jumps_meant)) is not None
    ]
    if len(rows) > MOST_ROWS:
        raise TooManyRows(TOO_MANY_ROWS)
    return _each_offer_once(rows)


def _row(table: Table, line: Line, offers: OwnOffers, confirmed: int | None, jumps_meant: bool) -> Row | None:
    """The row, or None when the line holds nothing of ours."""
    if table.is_empty(line):
        return None
    known, unread = table.read(line, IDENTIFYING)
    name = known.get("name")
    number_unread = any(fault.pointer == "/offerId" for fault in unread)
    found = Found() if number_unread and not confirmed else _found(offers, known, confirmed)
    if _is_sum(name, found) and not known.get("offer_id"):
        return None
    if not _says_something(table, line):
        return Row(line.number, Kind.EMPTY, name, known.get("place"))
    faults = [*unread, found.fault] if found.fault else unread
    row = Row(line.number, Kind.CHANGED, name, known.get("place"), found.offer, found.by, proposals=found.proposals)
    row = row.with_faults(*faults)
    return _with_figures(row, table, line, known.get("etag"), jumps_meant)


def _found(offers: OwnOffers, known: Mapping[str, Any], confirmed: int | None) -> Found:
    if confirmed is not None:
        return offers.given(confirmed)
    return offers.meant(known.get("offer_id"), known.get("name"), known.get("place"))


def _is_sum(name: str | None, found: Found) -> bool:
    """A sum is no offer, unless the provider has one that is called so, or nearly so."""
    begins, _, of_what = plain(name or "").partition(" ")
    nearly_so = of_what and any(plain(each.offer.name).startswith(begins) for each in found.proposals)
    return begins in _TOTALS and found.offer is None and not nearly_so


def _says_something(table: Table, line: Line) -> bool:
    return any(header.cell(line) is not None for field, header in table.columns.items() if field in FIGURES)


def _with_figures(row: Row, table: Table, line: Line, seen: int | None, jumps_meant: bool) -> Row:
    """The row with what it states: the figures it gives over those that hold."""
    given, unread = table.read(line, FIGURES)
    unread_codes = {fault.pointer.removeprefix("/") for fault in unread}
    current = row.offer.figures if row.offer else {}
    stated = {BY_FIELD[name].code: value for name, value in {**current, **given}.items()}
    statement, faults = _judged(
        {code: value for code, value in stated.items() if value is not None and code not in unread_codes}
        | {"confirmed": jumps_meant}
    )
    faults = tuple(fault for fault in faults if fault.pointer.removeprefix("/") not in unread_codes)
    row = row.with_faults(*unread, *(fault for fault in faults if _is_known(row, fault)))
    return _drafted(row, statement, given, _precondition(row.offer, table, seen)) if row.offer else row


def _drafted(row: Row, statement: Statement | None, given: Mapping[str, Value], seen: Precondition) -> Row:
    """The row with what it changes and what is put to the database."""
    assert row.offer is not None
    changes = tuple(_changes(row.offer, given))
    if row.faults or statement is None:
        wrong = Invalid("De invoer klopt niet.", row.faults)
        return replace(row, changes=changes, draft=Draft(row.offer.id, seen, wrong=wrong))
    kind = Kind.FIRST if not row.offer.figures else Kind.CHANGED if changes else Kind.UNCHANGED
    return replace(row, kind=kind, changes=changes, draft=Draft(row.offer.id, seen, statement))


def _is_known(row: Row, fault: Fault) -> bool:
    """Of an offer that we do not know yet, what the row leaves out may be stated already."""
    return row.offer is not None or fault.code != "missing"


def _judged(stated: Mapping[str, Any]) -> tuple[Statement | None, tuple[Fault, ...]]:
    try:
        return Statement.model_validate(stated), ()
    except ValidationError as error:
        return None, faults_of(error)


def _changes(offer: OwnOffer, given: Mapping[str, Value]) -> Iterator[tuple[str, Value, Value]]:
    for name, value in given.items():
        was = offer.figures.get(name)
        if value != was:
            yield name, was, value


def _precondition(offer: OwnOffer, table: Table, seen: int | None) -> Precondition:
    """The version in the row; a file without versions goes by what we read just now."""
    version = seen if "etag" in table.columns else offer.version
    return Precondition(Expects.NONE) if version is None else Precondition(Expects.SEEN, (version,))


def _each_offer_once(rows: list[Row]) -> list[Row]:
    """A fault in every row of an offer that has more than one: which of them would hold?"""
    places: dict[int, list[int]] = {}
    for row in rows:
        if row.offer is not None and row.draft is not None:
            places.setdefault(row.offer.id, []).append(row.number)
    return [_single(row, places.get(row.offer.id, []) if row.offer else []) for row in rows]


def _single(row: Row, numbers: Sequence[int]) -> Row:
    if len(numbers) < 2 or row.draft is None:
        return row
    others = ", ".join(str(number) for number in numbers if number != row.number)
    return replace(row.with_faults(Fault("/offerId", TWICE.format(others=others), "double")), draft=None)


def basis_of(rows: Sequence[Row]) -> int:
    """A number that differs as soon as anything differs with which the rows were compared."""
    return version_of([(row.number, row.offer and (row.offer.id, row.offer.version)) for row in rows])


def shown(value: Cell) -> str:
    """A value as it stands in a Dutch spreadsheet."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value.day}-{value.month}-{value.year}"
    return "" if value is None else str(value)
