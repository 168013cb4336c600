"""The SQL of the shared words: small lists, read whole."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

Rows = Sequence[Row[Any]]

_CARE_TYPES = text("""
    SELECT code, number, name, family, sectors, cbs_form, product_categories, stay, "general", crisis, description,
           synonyms
    FROM care_type ORDER BY sort, code
""")

_NEEDS = text("SELECT code, bit, name, synonyms FROM need ORDER BY bit")


def care_types(session: Session) -> Rows:
    """In the order in which people expect them."""
    return session.execute(_CARE_TYPES).all()


def needs(session: Session) -> Rows:
    return session.execute(_NEEDS).all()
