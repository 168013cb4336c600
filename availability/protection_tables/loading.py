"""What tables said, as columns: for a demo world."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in

STATEMENT = ["region_code", "next_free_on", "stated_at", "stated_by"]


def write_table_statements(session: Session, statements: pd.DataFrame) -> int:
    return copy_in(session, "protection_table_statement", statements[STATEMENT])
