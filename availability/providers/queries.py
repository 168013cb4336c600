"""The SQL of providers: found by name or AGB code, added, and reached otherwise."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.providers.messages import ProviderContent, Reached

_SHOWN = "SELECT agb_code, name, phone, email, website FROM provider"

# Each word in the name as written, or nearly so: who seeks does not know how it is registered.
_FOUND = text(f"""
    {_SHOWN}
    WHERE NOT EXISTS (
        SELECT FROM unnest(CAST(:words AS text[])) AS word
        WHERE NOT (name ILIKE '%' || word || '%' OR starts_with(agb_code, word)
                   OR word_similarity(word, name) >= :likeness))
      AND (name, agb_code) > (:after_name, :after_code)
    ORDER BY name, agb_code LIMIT :limit
""")

_ALIKE = 0.45
"""From here on a word is taken for the other: a letter less, or two that changed places. As the social map has it."""

_ONE = text(f"{_SHOWN} WHERE agb_code = :agb_code")
_TO_CHANGE = text(f"{_SHOWN} WHERE agb_code = :agb_code FOR NO KEY UPDATE")

_ADD = text("""
    INSERT INTO provider (agb_code, name, phone, email, website) VALUES (:agb_code, :name, :phone, :email, :website)
    ON CONFLICT DO NOTHING RETURNING agb_code, name, phone, email, website
""")

_REACH = text("""
    UPDATE provider SET phone = :phone, email = :email, website = :website WHERE agb_code = :agb_code
    RETURNING agb_code, name, phone, email, website
""")


def providers(session: Session, words: Sequence[str], after: Sequence[str] | None, limit: int) -> Sequence[Row[Any]]:
    """Those in whose name or code every word is found, by name."""
    name, code = after or ("", "")
    values = {"words": list(words), "likeness": _ALIKE, "limit": limit}
    return session.execute(_FOUND, {**values, "after_name": name, "after_code": code}).all()


def provider(session: Session, agb_code: str, *, to_change: bool = False) -> Row[Any] | None:
    """One provider; `to_change` keeps it locked until the transaction ends."""
    return session.execute(_TO_CHANGE if to_change else _ONE, {"agb_code": agb_code}).one_or_none()


def add(session: Session, content: ProviderContent) -> Row[Any] | None:
    """None when there is one with this code."""
    return session.execute(_ADD, content.model_dump()).one_or_none()


def reach(session: Session, agb_code: str, reached: Reached) -> Row[Any]:
    return session.execute(_REACH, {"agb_code": agb_code, **reached.model_dump()}).one()
