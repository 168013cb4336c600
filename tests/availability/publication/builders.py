"""Cases and what happened to them, as short as a test wants them."""

import uuid
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from availability.cases.tables import CareRequest, CaseEvent
from matcher.case_events import EventKind
from tests.availability.builders import ARNHEM

INSTITUTION = "41000999"
"""Of a youth-protection worker, outside every local team."""


def a_case(session: Session, opened: date, **changes: Any) -> uuid.UUID:
    """A youth-protection worker's, in Arnhem."""
    values = {
        "reference": "2026-0001",
        "organisation": INSTITUTION,
        "opened_by": "test",
        "opened_at": datetime(opened.year, opened.month, opened.day, 9, tzinfo=UTC),
        "municipality_code": ARNHEM,
        "pc4": "6811",
        "birth_month": "2013-05",
        "care_type_codes": ["gezinshuis"],
        "needed_from": opened,
        **changes,
    }
    return uuid.UUID(str(session.scalar(insert(CareRequest).values(**values).returning(text("id")))))


def happened(session: Session, case: uuid.UUID, kind: EventKind, on: date, **changes: Any) -> int:
    """The number of the event."""
    usual = {"recorded_by": "test", "role": "youth-protection", "organisation": INSTITUTION, "values": {}}
    values = {"care_request_id": case, "kind": kind.value, "occurred_on": on, **usual, **changes}
    return int(session.scalar(insert(CaseEvent).values(**values).returning(text("id"))) or 0)
