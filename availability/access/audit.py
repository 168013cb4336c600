"""Who did what to which record (NEN 7513), written in the transaction of the change itself; no content, no names."""

from sqlalchemy import insert
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.access.tables import AuditEntry
from availability.request_id import current_request_id


def record(
    session: Session, caller: Identity, action: str, record_kind: str, *record_ids: str, denied: bool = False
) -> None:
    """One audit row for each record, at the database's own time; `denied`: it was asked for, and refused."""
    if not record_ids:
        return
    who_did_what = {
        "subject": caller.subject,
        "organisation": caller.organisation,
        "role": caller.role.value,
        "action": action,
        "record_kind": record_kind,
        "request_id": current_request_id(),
        "denied": denied,
    }
    session.execute(insert(AuditEntry), [who_did_what | {"record_id": each} for each in record_ids])
