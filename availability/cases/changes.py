"""Changes of a case that belong in its history: its end, its return, another responsible municipality, and what its
terms are judged by: the day on which help is needed and the month of birth.
"""

from datetime import date
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases.arrangements import NO_REGION
from availability.cases.history import append
from availability.cases.messages import CareRequestContent, CaseStatus
from availability.geography.atlas import Atlas
from availability.refusals import Fault, Invalid
from matcher.case_events import EventKind, Value

BY_STATUS: dict[tuple[str, CaseStatus], EventKind] = {
    (CaseStatus.OPEN, CaseStatus.CLOSED): EventKind.WITHDRAWN,
    (CaseStatus.CLOSED, CaseStatus.OPEN): EventKind.REOPENED,
}
"""What a worker means who sets another status; a start and an end have a day and a reason, and are told as events."""


OTHER = "other"
"""Who closes or opens a case by its status says no reason; who tells it as an event does."""


def record_changes(
    session: Session, caller: Identity, stored: Row[Any], content: CareRequestContent, *, atlas: Atlas, today: date
) -> None:
    """Raises Invalid for a status that only an event can give, and NotNow when the rules say no."""
    if content.municipality != stored.municipality_code:
        region = atlas.region_of(content.municipality, today) or NO_REGION
        moved = {"municipality": content.municipality, "region": region}
        append(session, caller, stored.id, EventKind.MUNICIPALITY_CHANGED, today, values=moved, today=today)
    if asked_otherwise := _asked_otherwise(stored, content):
        append(session, caller, stored.id, EventKind.QUESTION_CHANGED, today, values=asked_otherwise, today=today)
    if content.status != stored.status:
        meant = BY_STATUS.get((stored.status, content.status))
        if meant is None:
            raise Invalid(
                "De invoer klopt niet.", (Fault("/status", "Leg de start of het einde vast als gebeurtenis."),)
            )
        append(session, caller, stored.id, meant, today, values={"reason": OTHER}, today=today)


def _asked_otherwise(stored: Row[Any], content: CareRequestContent) -> dict[str, Value]:
    """Which day was wanted before, and that the month of birth is another: which one, the history need not keep."""
    changed: dict[str, Value] = {}
    if content.needed_from != stored.needed_from:
        changed["neededFromBefore"] = stored.needed_from.isoformat()
    if content.birth_month != stored.birth_month:
        changed["birthMonth"] = True
    return changed
