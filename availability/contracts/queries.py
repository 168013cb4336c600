"""The SQL of contracts: what is agreed now, and every change that led to it."""

from collections.abc import Collection, Mapping, Sequence
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


_TYPES = {
    "number": "text", "scope": "text", "valid_from": "date", "valid_until": "date", "suspended_from": "date",
    "suspended_until": "date", "update_term_days": "integer", "answer_term_days": "integer",
}  # fmt: skip
_NAMES = ", ".join(TERMS)
_TYPED = ", ".join(f"{name} {_TYPES[name]}" for name in TERMS)

_ADD = text(f"""
    INSERT INTO contract (provider_agb, {_NAMES})
    SELECT provider, {_NAMES} FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (provider text, {_TYPED})
    ON CONFLICT (provider_agb, number) DO NOTHING RETURNING id, provider_agb, number
""")  # noqa: S608 - only names of our own columns

_CHANGE = text(f"""
    UPDATE contract SET version = contract.version + 1,
        ({_NAMES}) = ROW ({", ".join(f"given.{name}" for name in TERMS)})
    FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS given (id bigint, {_TYPED})
    WHERE contract.id = given.id RETURNING contract.id, contract.version
""")  # noqa: S608 - only names of our own columns

_GIVEN_LINES = """unnest(CAST(:contracts AS bigint[]), CAST(:care_types AS text[]), CAST(:areas AS text[]))
    AS given (contract, care_type, area)"""

_DROP_LINES = text(f"""
    DELETE FROM contract_line WHERE contract_id = ANY (:contracts) AND NOT EXISTS (
        SELECT FROM {_GIVEN_LINES}
        WHERE (given.contract, care_type, area) = (contract_id, care_type_code, area_code))
""")  # noqa: S608 - ours
_ADD_LINES = text(f"""
    INSERT INTO contract_line (contract_id, care_type_code, area_code)
    SELECT given.contract, care_type, area FROM {_GIVEN_LINES} ON CONFLICT DO NOTHING
""")  # noqa: S608 - ours

_TELL = text("""
    INSERT INTO contract_change (contract_id, version, changed_by, source, before, after)
    SELECT contract, version, :by, source, before, after FROM jsonb_to_recordset(CAST(:rows AS jsonb))
        AS told (contract bigint, version integer, source text, before jsonb, after jsonb)
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


def add(session: Session, caller: Identity, begun: Sequence[Change]) -> dict[tuple[str, str], int]:
    """The id of each new contract by (provider, number); without those that there are already."""
    rows = session.execute(_ADD, {"rows": _json([_terms(each.after) for each in begun])})
    ids = {(row.provider_agb, row.number): row.id for row in rows}
    keyed = {ids.get((each.after.provider, each.after.number)): each for each in begun}
    added = {id_: each for id_, each in keyed.items() if id_ is not None}
    _set_lines(session, added)
    _tell(session, caller, added, dict.fromkeys(added, 1))
    return ids


def change(session: Session, caller: Identity, made: Mapping[int, Change]) -> None:
    """What becomes of each contract, by its id."""
    terms = [{"id": id_, **_terms(each.after)} for id_, each in made.items()]
    versions = {row.id: row.version for row in session.execute(_CHANGE, {"rows": _json(terms)})}
    _set_lines(session, made)
    _tell(session, caller, made, versions)


def history(session: Session, id_: int, before: int, limit: int) -> list[Row[Any]]:
    """The changes of a contract, newest first, below the version `before`."""
    return list(session.execute(_HISTORY, {"contract": id_, "before": before, "limit": limit}))


def _terms(content: ContractContent) -> dict[str, Any]:
    return {"provider": content.provider, **{name: getattr(content, name) for name in TERMS}}


def _set_lines(session: Session, contents: Mapping[int, Change]) -> None:
    lines = [(id_, line.care_type, line.area) for id_, each in contents.items() for line in each.after.lines]
    columns = zip(*lines, strict=True) if lines else ((), (), ())
    values = {name: list(each) for name, each in zip(("contracts", "care_types", "areas"), columns, strict=True)}
    for step in (_DROP_LINES, _ADD_LINES):
        session.execute(step, values)


def _tell(session: Session, caller: Identity, changes: Mapping[int, Change], versions: Mapping[int, int]) -> None:
    rows = [
        {
            "contract": id_,
            "version": versions[id_],
            "source": each.source,
            "before": _written(each.before) if each.before else None,
            "after": _written(each.after),
        }
        for id_, each in changes.items()
    ]
    session.execute(_TELL, {"rows": _json(rows), "by": f"{caller.organisation}:{caller.subject}"})


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps(rows).decode()


def _written(content: ContractContent) -> dict[str, Any]:
    return content.model_dump(mode="json", by_alias=True)
