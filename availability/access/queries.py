"""The SQL of access: what an organisation is called, and who there is to be in the demo."""

from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

_NAMES = """
    SELECT code, name FROM municipality UNION ALL SELECT code, name FROM youth_region
    UNION ALL SELECT agb_code, name FROM provider UNION ALL SELECT agb_code, name FROM certified_institution
"""

_NAME = text(f"SELECT name FROM ({_NAMES}) AS organisation (code, name) WHERE code = :code LIMIT 1")  # noqa: S608 - ours

_ACCOUNTS = text(f"""
    SELECT account.role, account.organisation, named.name, account.note
    FROM demo_account account LEFT JOIN ({_NAMES}) AS named (code, name) ON named.code = account.organisation
    ORDER BY account.sort, account.role, account.organisation
""")  # noqa: S608 - ours


def organisation_name(session: Session, code: str) -> str | None:
    name: str | None = session.execute(_NAME, {"code": code}).scalar_one_or_none()
    return name


def demo_accounts(session: Session) -> list[Row[Any]]:
    return list(session.execute(_ACCOUNTS))
