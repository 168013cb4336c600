"""The SQL of taking back a confirmation: what was stated before it is stated once more, with its own day and author.

Nothing is deleted. The copy is the newest statement, so it is what holds; that it was said earlier stands in
`stated_at`, that it was recorded now in `recorded_at`.
"""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.supply.messages import FIGURES

_LOCK = text("SELECT statement_id FROM current_capacity WHERE offer_id = :offer FOR UPDATE")
_SAID = text("SELECT source, stated_at FROM capacity_statement WHERE id = :statement")

_COPIED = f"offer_id, stated_at, stated_by, source, {', '.join(FIGURES)}"
_TAKE_BACK = text(f"""
WITH before AS (
    SELECT before.* FROM capacity_statement said JOIN capacity_statement before ON before.offer_id = said.offer_id
    -- what was taken back earlier is older in the list, but was said later
    WHERE said.id = :statement AND before.id < said.id AND before.stated_at < said.stated_at
    ORDER BY before.id DESC LIMIT 1
), again AS (
    INSERT INTO capacity_statement ({_COPIED}) SELECT {_COPIED} FROM before RETURNING offer_id, id
)
UPDATE current_capacity SET statement_id = again.id FROM again WHERE current_capacity.offer_id = again.offer_id
RETURNING statement_id
""")  # noqa: S608 - only names of our own columns


def lock_current(session: Session, offer: int) -> int | None:
    """The statement that holds now; nobody else states anything of this offer until we are done."""
    found: int | None = session.execute(_LOCK, {"offer": offer}).scalar()
    return found


def said(session: Session, statement: int) -> Row[Any]:
    """In which way it was stated, and when."""
    return session.execute(_SAID, {"statement": statement}).one()


def take_back(session: Session, statement: int) -> int | None:
    """State again what was said before this one; its number, or none when there was nothing before."""
    found: int | None = session.execute(_TAKE_BACK, {"statement": statement}).scalar()
    return found
