"""The SQL of stored rankings. Every look-up is by case: whose case it is, the caller has asked before."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, func, insert, select, tuple_
from sqlalchemy.orm import Session

from availability.matching.tables import StoredRanking

_TABLE = StoredRanking.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
_SUMMARY: tuple[ColumnElement[Any], ...] = (
    _TABLE.c.id,
    _TABLE.c.ranked_at,
    _TABLE.c.today,
    _TABLE.c.as_of,
    _TABLE.c.weights_version,
    func.jsonb_array_length(_TABLE.c.answer["matches"]).label("matches"),
)


def keep_ranking(session: Session, **values: Any) -> Row[Any]:  # noqa: ANN401 - one value per column
    return session.execute(insert(_TABLE).values(**values).returning(*_SUMMARY, _TABLE.c.answer)).one()


def find_ranking(session: Session, case: UUID, ranking: UUID) -> Row[Any] | None:
    """One ranking of this case, with its answer."""
    of_case = (_TABLE.c.id == ranking, _TABLE.c.care_request_id == case)
    statement: Select[Any] = select(*_SUMMARY, _TABLE.c.answer).where(*of_case)
    return session.execute(statement).one_or_none()


def rankings_of(session: Session, case: UUID, *, after: Sequence[Any] | None, limit: int) -> list[Row[Any]]:
    """The newest first, without their answers."""
    statement = select(*_SUMMARY).where(_TABLE.c.care_request_id == case)
    if after is not None:
        statement = statement.where(tuple_(_TABLE.c.ranked_at, _TABLE.c.id) < tuple_(*after))
    newest_first = (_TABLE.c.ranked_at.desc(), _TABLE.c.id.desc())
    return list(session.execute(statement.order_by(*newest_first).limit(limit)))


def kept_ranking(session: Session, ranking: UUID) -> Row[Any] | None:
    """All that was kept of one ranking, for whoever may explain it."""
    return session.execute(select(*_TABLE.columns).where(_TABLE.c.id == ranking)).one_or_none()
