"""Doing what a file says: all of it or nothing, by the one statement of `supply` that also serves PUT.

A preview is the import itself, undone: so what is previewed is judged by the database just as what is saved.
"""

from collections.abc import Mapping, Sequence
from datetime import date

from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.intake.capacity import CAPACITY
from availability.intake.columns import Form
from availability.intake.preview import Kind, Row
from availability.refusals import Fault, Invalid, Refusal
from availability.supply import queries as supply
from availability.supply.drafts import Draft
from availability.supply.queries import Outcome, Stated
from availability.supply.refusals import UnlikelyJump, jump_faults

CHANGED_MEANWHILE = "Iemand anders gaf ondertussen iets op. Haal een nieuw sjabloon op en kijk dit aanbod na."
NOT_YOURS = "Dit aanbod is niet van u."

FAULTS: Mapping[Outcome, tuple[str, str]] = {
    Outcome.UNKNOWN_OFFER: ("/offerId", NOT_YOURS),
    Outcome.NOT_YOURS: ("/offerId", NOT_YOURS),
    Outcome.CHANGED: ("/etag", CHANGED_MEANWHILE),
    Outcome.STATED_ALREADY: ("/etag", CHANGED_MEANWHILE),
    Outcome.NEVER_STATED: ("/etag", "Van dit aanbod is nog geen opgave. Maak de cel Versie leeg."),
}
"""Where in the row and what to say, per outcome of the write that can befall a row of a file."""

_DONE = {Outcome.ACCEPTED, Outcome.WRONG}
"""What is wrong with a row was said already."""


def carry_out(session: Session, caller: Identity, rows: Sequence[Row], today: date, *, keep: bool) -> list[Row]:
    """Each row with what the database said of it. Kept only when `keep`, and when not a single row is faulty."""
    trial = session.begin_nested()
    told = _written(session, caller, rows, today)
    if keep and not any(row.faults for row in told):
        trial.commit()
    else:
        trial.rollback()
    return told


def _written(session: Session, caller: Identity, rows: Sequence[Row], today: date) -> list[Row]:
    drafted = [row for row in rows if row.draft]
    same = [row for row in drafted if row.kind is Kind.UNCHANGED]
    other = [row for row in drafted if row.kind is not Kind.UNCHANGED]
    told: dict[int, Stated] = {}
    told |= zip(_numbers(same), supply.confirm(session, caller, _drafts(same), today), strict=True)
    told |= zip(_numbers(other), supply.state(session, caller, _drafts(other), today, "import"), strict=True)
    return [row.with_faults(*_faults(row, told[row.number])) if row.number in told else row for row in rows]


def _numbers(rows: Sequence[Row]) -> list[int]:
    return [row.number for row in rows]


def _drafts(rows: Sequence[Row]) -> list[Draft]:
    return [row.draft for row in rows if row.draft]


def _faults(row: Row, stated: Stated) -> list[Fault]:
    if stated.outcome in _DONE:
        return []
    if stated.outcome is Outcome.UNLIKELY_JUMP and row.draft:
        return list(jump_faults(row.draft, stated))
    pointer, sentence = FAULTS[stated.outcome]
    return [Fault(pointer, sentence, stated.outcome.value)]


NOTHING_SAVED = "Er is niets opgeslagen. Kijk {rows} na, en stuur het bestand opnieuw."


def refusal_of(rows: Sequence[Row]) -> Refusal | None:
    """Why nothing was saved: every fault of every row. Unlikely jumps alone are asked back."""
    faults = {row.number: row.faults for row in rows if row.faults}
    only_jumps = all(fault.code == Outcome.UNLIKELY_JUMP for wrong in faults.values() for fault in wrong)
    return nothing_saved(CAPACITY, faults, UnlikelyJump if only_jumps else Invalid) if faults else None


def nothing_saved(form: Form, faults: Mapping[int, Sequence[Fault]], family: type[Refusal] = Invalid) -> Refusal:
    """The refusal of a whole file, for the faults in its rows."""
    rows = "1 rij" if len(faults) == 1 else f"{len(faults)} rijen"
    placed = tuple(_placed(form, number, fault) for number, wrong in faults.items() for fault in wrong)
    return family(NOTHING_SAVED.format(rows=rows), placed)


def _placed(form: Form, number: int, fault: Fault) -> Fault:
    """The fault with its row, for who reads only the sentence too."""
    column = form.by_code.get(fault.pointer.removeprefix("/"))
    where = f"Rij {number}, {column.header}" if column else f"Rij {number}"
    return Fault(f"/rows/{number}{fault.pointer}", f"{where}: {fault.detail}", fault.code)
