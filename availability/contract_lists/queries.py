"""The SQL of lists of contracts: every provider that a row may name, and what an organisation said of its lists before.
Contracts themselves are `contracts`' to write."""

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.contract_lists.memory import ListMemory
from availability.upserts import upsert, write

_PROVIDERS = text("SELECT agb_code, name FROM provider ORDER BY name, agb_code")


def provider_names(session: Session) -> dict[str, str]:
    """Name by AGB code: some thousands for the whole country."""
    return {row.agb_code: row.name for row in session.execute(_PROVIDERS)}


_COLUMNS = text("SELECT header, field FROM contract_column_choice WHERE organisation = :organisation")
_NAMES = text("SELECT words, provider_agb FROM provider_choice WHERE organisation = :organisation")

_REMEMBER_COLUMNS = upsert(
    "contract_column_choice",
    ("organisation", "header"),
    {"organisation": "text", "header": "text", "field": "text"},
)
_REMEMBER_NAMES = upsert(
    "provider_choice",
    ("organisation", "words"),
    {"organisation": "text", "words": "text", "provider_agb": "text"},
)


def memory_of(session: Session, organisation: str) -> ListMemory:
    """What the managers of this organisation said of earlier lists."""
    whose = {"organisation": organisation}
    return ListMemory(
        {row.header: row.field for row in session.execute(_COLUMNS, whose)},
        {row.words: row.provider_agb for row in session.execute(_NAMES, whose)},
    )


def remember(session: Session, organisation: str, learnt: ListMemory) -> None:
    """The newest answer holds."""
    whose = {"organisation": organisation}
    columns = [{**whose, "header": header, "field": field} for header, field in learnt.columns.items()]
    names = [{**whose, "words": words, "provider_agb": code} for words, code in learnt.providers.items()]
    write(session, _REMEMBER_COLUMNS, columns)
    write(session, _REMEMBER_NAMES, names)


def forget(session: Session, organisation: str) -> None:
    for table in ("contract_column_choice", "provider_choice"):
        session.execute(text(f"DELETE FROM {table} WHERE organisation = :whose"), {"whose": organisation})  # noqa: S608 - our own names
