"""The SQL of contracts: what is agreed now, and every change that led to it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

import orjson
from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.contracts.messages import TERMS, ContractContent

_LINES = """(
    SELECT coalesce(json_agg(json_build_object('care_type', care_type_code, 'area', area_code)
                             ORDER BY care_type_code, area_code), '[]')
    FROM contract_line WHERE contract_id = contract.id
) AS lines"""

_SHOWN = f"""
    SELECT contract.*, provider.name AS provider_name, {_LINES}
    FROM contract JOIN provider ON provider.agb_code = contract.provider_agb
"""  # noqa: S608 - ours

_PAUSED = (
    "coalesce(contract.suspended_from <= :today AND coalesce(contract.suspended_until, 'infinity') >= :today, false)"
)
_ENDED, _BEGUN = "coalesce(contract.valid_until, 'infinity') < :today", "contract.valid_from <= :today"

STANDINGS = {
    "ended": _ENDED,
    "upcoming": f"NOT {_ENDED} AND NOT {_BEGUN}",
    "suspended": f"NOT {_ENDED} AND {_BEGUN} AND {_PAUSED}",
    "running": f"NOT {_ENDED} AND {_BEGUN} AND NOT {_PAUSED}",
}
"""The same as `messages.standing_on`; a test holds them together."""

FILTERS = {
    "areas": "EXISTS (SELECT FROM contract_line WHERE contract_id = contract.id AND area_code = ANY (:areas))",
    "provider": "contract.provider_agb = :provider",
    "care_type": "EXISTS (SELECT FROM contract_line WHERE contract_id = contract.id AND care_type_code = :care_type)",
    "q": "(provider.name ILIKE :q OR contract.number ILIKE :q)",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which contracts somebody wants to see; None does not narrow."""

    areas: list[str] | None = None
    provider: str | None = None
    care_type: str | None = None
    q: str | None = None
    standing: str | None = None


def contracts(
    session: Session, wanted: Wanted, today: date, *, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """By provider, then by number."""
    conditions = [FILTERS[each.name] for each in fields(wanted) if each.name in FILTERS and getattr(wanted, each.name)]
    conditions += [STANDINGS[wanted.standing]] if wanted.standing else []
    conditions += ["(provider.name, contract.id) > (:after_name, :after_id)"] if after else []
    name, number = after or (None, None)
    values = {"areas": wanted.areas, "provider": wanted.provider, "care_type": wanted.care_type}
    return list(
        session.execute(
            text(
                f"{_SHOWN} WHERE {' AND '.join(conditions) or 'true'} ORDER BY provider.name, contract.id LIMIT :limit"
            ),
            {**values, "q": f"%{_literally(wanted.q or '')}%", "today": today, "limit": limit}
            | {"after_name": name, "after_id": number},
        )
    )


def _literally(words: str) -> str:
    """Words in which nothing stands for something else in a LIKE."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_ONE = text(f"{_SHOWN} WHERE contract.id = :id")
_TO_CHANGE = text(f"{_SHOWN} WHERE contract.id = :id FOR UPDATE OF contract")
_BY_NUMBER = text(
    f"{_SHOWN} JOIN unnest(CAST(:providers AS text[]), CAST(:numbers AS text[])) AS asked (provider, number)"
    " ON asked.provider = contract.provider_agb AND asked.number = contract.number"
    " ORDER BY contract.id FOR UPDATE OF contract"
)


def contract(session: Session, id_: int, *, to_change: bool = False) -> Row[Any] | None:
    """One contract; `to_change` keeps it locked until the transaction ends."""
    return session.execute(_TO_CHANGE if to_change else _ONE, {"id": id_}).one_or_none()


def contracts_by_number(session: Session, named: Collection[tuple[str, str]]) -> dict[tuple[str, str], Row[Any]]:
    """Those that exist of (provider, number), locked in one order until the transaction ends."""
    values = {"providers": [provider for provider, _ in named], "numbers": [number for _, number in named]}
    return {(row.provider_agb, row.number): row for row in session.execute(_BY_NUMBER, values)}


_KNOWN = text("SELECT agb_code, name FROM provider WHERE agb_code = ANY (:codes)")


def provider_names(session: Session, codes: Collection[str]) -> dict[str, str]:
    """Of those that we know."""
    return {row.agb_code: row.name for row in session.execute(_KNOWN, {"codes": list(codes)})}


_ADD = text(f"""
    INSERT INTO contract (provider_agb, {", ".join(TERMS)})
    VALUES (:provider, {", ".join(f":{name}" for name in TERMS)})
    ON CONFLICT (provider_agb, number) DO NOTHING RETURNING id
""")  # noqa: S608 - only names of our own columns

_CHANGE = text(f"""
    UPDATE contract SET version = version + 1, {", ".join(f"{name} = :{name}" for name in TERMS)}
    WHERE id = :id RETURNING version
""")  # noqa: S608 - only names of our own columns

_DROP_LINES = text("""
    DELETE FROM contract_line WHERE contract_id = :id AND (care_type_code, area_code) NOT IN (
        SELECT * FROM unnest(CAST(:care_types AS text[]), CAST(:areas AS text[])))
""")
_ADD_LINES = text("""
    INSERT INTO contract_line (contract_id, care_type_code, area_code)
    SELECT :id, care_type, area
    FROM unnest(CAST(:care_types AS text[]), CAST(:areas AS text[])) AS line (care_type, area)
    ON CONFLICT DO NOTHING
""")

_TELL = text("""
    INSERT INTO contract_change (contract_id, version, changed_by, source, before, after)
    VALUES (:contract, :version, :by, :source, CAST(:before AS jsonb), CAST(:after AS jsonb))
""")

_HISTORY = text("""
    SELECT version, changed_at, changed_by, source, before, after FROM contract_change
    WHERE contract_id = :contract AND version < :before ORDER BY version DESC LIMIT :limit
""")


@dataclass(frozen=True, slots=True)
class Change:
    """What a contract was and becomes, and by which way."""

    source: str
    after: ContractContent
    before: ContractContent | None = None
    """None: it begins."""


def add(session: Session, caller: Identity, begun: Change) -> int | None:
    """The id of the new contract; None when the provider has one with this number."""
    id_: int | None = session.execute(_ADD, _terms(begun.after)).scalar_one_or_none()
    if id_ is not None:
        _set_lines(session, id_, begun.after)
        _tell(session, caller, id_, 1, begun)
    return id_


def change(session: Session, caller: Identity, id_: int, made: Change) -> None:
    version = session.execute(_CHANGE, {"id": id_, **_terms(made.after)}).scalar_one()
    _set_lines(session, id_, made.after)
    _tell(session, caller, id_, version, made)


def history(session: Session, id_: int, before: int, limit: int) -> list[Row[Any]]:
    """The changes of a contract, newest first, below the version `before`."""
    return list(session.execute(_HISTORY, {"contract": id_, "before": before, "limit": limit}))


def _terms(content: ContractContent) -> dict[str, Any]:
    return {"provider": content.provider, **{name: getattr(content, name) for name in TERMS}}


def _set_lines(session: Session, id_: int, content: ContractContent) -> None:
    lines = {
        "id": id_,
        "care_types": [line.care_type for line in content.lines],
        "areas": [line.area for line in content.lines],
    }
    for step in (_DROP_LINES, _ADD_LINES):
        session.execute(step, lines)


def _tell(session: Session, caller: Identity, id_: int, version: int, change: Change) -> None:
    values = {
        "contract": id_,
        "version": version,
        "by": f"{caller.organisation}:{caller.subject}",
        "source": change.source,
        "before": orjson.dumps(_written(change.before)).decode() if change.before else None,
        "after": orjson.dumps(_written(change.after)).decode(),
    }
    session.execute(_TELL, values)


def _written(content: ContractContent) -> dict[str, Any]:
    return content.model_dump(mode="json", by_alias=True)
