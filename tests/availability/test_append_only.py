"""What was said and what was done stays: the database itself refuses to change it, whoever asks."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session


@pytest.mark.parametrize(
    "table", ["capacity_statement", "audit_entry", "case_event", "contract_change", "protection_table_statement"]
)
@pytest.mark.parametrize("change", ["UPDATE {} SET id = id", "DELETE FROM {}", "TRUNCATE {} CASCADE"])
def test_no_row_is_changed_or_taken_away(session: Session, table: str, change: str) -> None:
    with pytest.raises(IntegrityError, match="appended, never changed"):
        session.execute(text(change.format(table)))
