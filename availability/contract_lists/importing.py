"""Doing what a list says, all of it or nothing. A preview is the same steps, up to the writing itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import Row as StoredRow
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.contract_lists.judging import Key, Known, Listed, Row, changes, compose, listed, read_rows, understand
from availability.contracts import queries as contracts
from availability.contracts.messages import content_of
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
    changes: tuple[tuple[str, Any, Any], ...] = ()
    """Field, was, becomes; empty when it is new."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A whole list, held against what there is."""

    rows: list[Row]
    contracts: list[Judged]
    basis: int
    """Differs as soon as anything differs with which the list was compared."""

    @property
    def faults(self) -> Mapping[int, Sequence[Fault]]:
        return {row.number: row.faults for row in self.rows if row.faults}


def carry_out(session: Session, caller: Identity, table: Table, known: Known, *, keep: bool) -> Judgement:
    """What the list does. Kept only when `keep`, and when not a single row is faulty."""
    rows = read_rows(table)
    for row in rows:
        understand(row, known)
    found = listed(rows)
    stored = contracts.contracts_by_number(session, [contract.key for contract in found])
    judged = [_judge(contract, stored, known) for contract in found]
    judgement = Judgement(rows, judged, _basis(found, stored))
    if keep and not judgement.faults:
        for each in judged:
            _write(session, caller, each, stored.get(each.contract.key))
    return judgement


def _judge(contract: Listed, stored: Mapping[Key, StoredRow[Any]], known: Known) -> Judged:
    row = stored.get(contract.key)
    before = content_of(row) if row is not None else None
    compose(contract, before, known)
    if contract.content is None:
        return Judged(contract, Outcome.FAULTY)
    if before is None:
        return Judged(contract, Outcome.NEW)
    changed = tuple(changes(before, contract.content))
    return Judged(contract, Outcome.CHANGED if changed else Outcome.UNCHANGED, changed)


def _write(session: Session, caller: Identity, judged: Judged, stored: StoredRow[Any] | None) -> None:
    content = judged.contract.content
    assert content is not None
    if stored is None:
        id_ = contracts.add(session, caller, Change(LIST, content))
        if id_ is None:
            raise ContractExists(
                f"Iemand anders sloot ondertussen contract {content.number}. Kijk de lijst opnieuw na."
            )
        record(session, caller, "add-contract", "contract", str(id_))
    elif judged.outcome is Outcome.CHANGED:
        contracts.change(session, caller, stored.id, Change(LIST, content, content_of(stored)))
        record(session, caller, "change-contract", "contract", str(stored.id))


def _basis(found: Sequence[Listed], stored: Mapping[Key, StoredRow[Any]]) -> int:
    return version_of(list(_versions(found, stored)))


def _versions(found: Sequence[Listed], stored: Mapping[Key, StoredRow[Any]]) -> Iterator[tuple[Key, int]]:
    for contract in found:
        row = stored.get(contract.key)
        yield contract.key, row.version if row is not None else 0
