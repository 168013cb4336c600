"""Doing what a list says, all of it or nothing. A preview is the same steps, up to the writing itself."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row as StoredRow
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.contract_lists.judging import Key, Known, Listed, Row, changes, compose, listed, read_rows, understand
from availability.contracts import queries as contracts
from availability.contracts.messages import ContractContent, Line, content_of
from availability.contracts.queries import Change
from availability.contracts.refusals import ContractExists
from availability.intake.columns import Table
from availability.preconditions import version_of
from availability.refusals import Fault

LIST = "import"
"""How a contract changed: by a list."""


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAULTY = "faulty"


@dataclass(frozen=True, slots=True)
class Judged:
    """One contract of the list: what becomes of it."""

    contract: Listed
    outcome: Outcome
    stored: StoredRow[Any] | None = None
    """As it is kept now."""
    changes: tuple[tuple[str, Any, Any], ...] = ()
    """Field, was, becomes; of a new contract all that is agreed."""
    added: tuple[Line, ...] = ()
    removed: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Judgement:
    """A whole list, held against what there is."""

    rows: list[Row]
    beside: list[int]
    """The lines that are no rows: headings and sums."""
    contracts: list[Judged]
    basis: int
    """Differs as soon as anything differs with which the list was compared, or that it is taken to mean."""

    @property
    def faults(self) -> Mapping[int, Sequence[Fault]]:
        return {row.number: row.faults for row in self.rows if row.faults}


def judge(session: Session, table: Table, known: Known) -> Judgement:
    """What the list would do. Whatever of it is stored stays locked until the transaction ends."""
    rows, beside = read_rows(table)
    for row in rows:
        understand(row, known)
    found = listed(rows)
    stored = contracts.contracts_by_number(session, [contract.key for contract in found])
    judged = [_judged(contract, stored.get(contract.key), known) for contract in found]
    return Judgement(rows, beside, judged, version_of([_compared(each) for each in judged]))


def carry_out(session: Session, caller: Identity, judgement: Judgement) -> None:
    """Keep what the list says. Raises ContractExists when somebody was just before us."""
    begun = [Change(LIST, content) for _, content in _of(judgement, Outcome.NEW)]
    made = {
        each.stored.id: Change(LIST, content, content_of(each.stored))
        for each, content in _of(judgement, Outcome.CHANGED)
        if each.stored
    }
    added = contracts.add(session, caller, begun)
    if len(added) < len(begun):
        taken = next(each.after.number for each in begun if (each.after.provider, each.after.number) not in added)
        raise ContractExists(f"Iemand anders sloot ondertussen contract {taken}. Kijk de lijst opnieuw na.")
    contracts.change(session, caller, made)
    record(session, caller, "add-contract", "contract", *map(str, added.values()))
    record(session, caller, "change-contract", "contract", *map(str, made))


def _of(judgement: Judgement, outcome: Outcome) -> list[tuple[Judged, ContractContent]]:
    return [
        (each, each.contract.content)
        for each in judgement.contracts
        if each.outcome is outcome and each.contract.content is not None
    ]


def _judged(contract: Listed, stored: StoredRow[Any] | None, known: Known) -> Judged:
    before = content_of(stored) if stored is not None else None
    compose(contract, before, known)
    if contract.content is None:
        return Judged(contract, Outcome.FAULTY, stored)
    changed = tuple(changes(before, contract.content))
    was, becomes = before.lines if before else (), contract.content.lines
    added, removed = _without(becomes, was), _without(was, becomes)
    differs = Outcome.CHANGED if changed or added or removed else Outcome.UNCHANGED
    return Judged(contract, differs if before else Outcome.NEW, stored, changed, added, removed)


def _without(lines: Sequence[Line], others: Sequence[Line]) -> tuple[Line, ...]:
    left_out = set(others)
    return tuple(line for line in lines if line not in left_out)


def _compared(judged: Judged) -> tuple[Key, int, tuple[object, ...]]:
    """Which version of the contract, and what it becomes: the same words may mean something else a moment later."""
    lines = ([(line.care_type, line.area) for line in these] for these in (judged.added, judged.removed))
    version = judged.stored.version if judged.stored is not None else 0
    return judged.contract.key, version, (judged.outcome.value, judged.changes, *lines)
