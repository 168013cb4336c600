"""The organisations and accounts of a demo world, as columns."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in


def write_institutions(session: Session, institutions: pd.DataFrame) -> int:
    return copy_in(session, "certified_institution", institutions[["agb_code", "name"]])


def write_accounts(session: Session, accounts: pd.DataFrame) -> int:
    return copy_in(session, "demo_account", accounts[["role", "organisation", "note", "sort"]])
