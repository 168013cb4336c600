"""The SQL of cases. Every look-up is by organisation: another's case does not exist here."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, insert, select, tuple_, update
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases.messages import COLUMNS, CareRequestContent
from availability.cases.tables import CareRequest, CaseEvent

_TABLE = CareRequest.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
_EVENT = CaseEvent.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it


def _values(content: CareRequestContent) -> dict[str, Any]:
    plain = content.model_dump(mode="python")
    return {column: _stored(plain[field]) for field, column in COLUMNS.items()}


def _stored(value: Any) -> Any:  # noqa: ANN401 - whatever a column holds
    return list(value) if isinstance(value, tuple) else value


def open_case(session: Session, caller: Identity, content: CareRequestContent) -> Row[Any]:
    statement = insert(_TABLE).values(
        organisation=caller.organisation, opened_by=caller.subject, version=1, **_values(content)
    )
    return session.execute(statement.returning(*_TABLE.columns)).one()


def opened_with(session: Session, caller: Identity, key: str | None) -> Row[Any] | None:
    """The case that this caller opened with this key, and what was sent with it."""
    statement: Select[Any] = (
        select(*_TABLE.columns, _EVENT.c.idempotency_digest)
        .join(_EVENT, _EVENT.c.care_request_id == _TABLE.c.id)
        .where(
            _EVENT.c.organisation == caller.organisation,
            _EVENT.c.recorded_by == caller.subject,
            _EVENT.c.idempotency_key == key,
            _EVENT.c.idempotency_key.is_not(None),
        )
    )
    return session.execute(statement).one_or_none()


def find_case(session: Session, case: UUID, organisation: str, *, to_change: bool = False) -> Row[Any] | None:
    """One case of this organisation; `to_change` keeps it locked until the transaction ends."""
    statement = select(*_TABLE.columns).where(_TABLE.c.id == case, _TABLE.c.organisation == organisation)
    return session.execute(statement.with_for_update() if to_change else statement).one_or_none()


MIRRORED = frozenset({"status", "municipality_code"})
"""Columns that follow the history, and that only it may write."""


def change_case(session: Session, case: UUID, content: CareRequestContent) -> Row[Any]:
    said = {column: value for column, value in _values(content).items() if column not in MIRRORED}
    statement = update(_TABLE).where(_TABLE.c.id == case).values(version=_TABLE.c.version + 1, **said)
    return session.execute(statement.returning(*_TABLE.columns)).one()


def cases_of(
    session: Session, organisation: str, status: str | None, *, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """The newest first."""
    statement = select(*_TABLE.columns).where(_TABLE.c.organisation == organisation)
    if status is not None:
        statement = statement.where(_TABLE.c.status == status)
    if after is not None:
        statement = statement.where(tuple_(_TABLE.c.opened_at, _TABLE.c.id) < tuple_(*after))
    newest_first = (_TABLE.c.opened_at.desc(), _TABLE.c.id.desc())
    return list(session.execute(statement.order_by(*newest_first).limit(limit)))
