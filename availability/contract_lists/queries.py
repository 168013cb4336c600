"""The SQL of lists of contracts: every provider that a row may name. Contracts themselves are `contracts`' to write."""

from sqlalchemy import text
from sqlalchemy.orm import Session

_PROVIDERS = text("SELECT agb_code, name FROM provider")


def provider_names(session: Session) -> dict[str, str]:
    """Name by AGB code: some thousands for the whole country."""
    return {row.agb_code: row.name for row in session.execute(_PROVIDERS)}
