"""Children who were referred, day by day: what each test tells is what happened, without the routes around it."""

import json
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.builders import ARNHEM, CARE_TYPE

TODAY = date(2026, 11, 23)
"""A Monday."""

_CASE = text("""
    INSERT INTO care_request (reference, organisation, opened_by, municipality_code, pc4, birth_month, care_type_codes,
        needed_from, status, urgency, siblings, past_eighteen, version)
    VALUES ('2026-0042', :arnhem, 'test', :arnhem, '6811', '2013-05', ARRAY[:care_type], :day,
        'open', 'regular', 0, false, 1)
    RETURNING id
""")
_FORM = text(
    "INSERT INTO enrolment_form (care_request_id, content, filled_in_by) VALUES (:case, '{}', 't') RETURNING id"
)
_REFERRAL = text("""
    INSERT INTO referral (care_request_id, form_id, provider_agb, offer_id, sent_on, sent_by, due_on)
    SELECT :case, :form, provider_agb, id, :day, 'test', :day FROM offer WHERE id = :offer RETURNING id
""")
_EVENT = text("""
    INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_by, role, organisation, party, referral_id,
        refers_to, values)
    VALUES (:case, :kind, :day, 'test', 'local-team', :arnhem, :party, :referral, :refers_to, CAST(:values AS jsonb))
    RETURNING id
""")


class Child:
    """Somebody who was referred to an offer, so many days ago."""

    def __init__(self, session: Session, offer: int, days_ago: int, case: UUID | None = None) -> None:
        self.session = session
        day = TODAY - timedelta(days=days_ago)
        known = {"arnhem": ARNHEM, "care_type": CARE_TYPE, "day": day}
        self.case: UUID = case or session.execute(_CASE, known).scalar_one()
        form = session.execute(_FORM, {"case": self.case}).scalar_one()
        values = {"case": self.case, "form": form, "offer": offer, "day": day}
        self.referral: UUID = session.execute(_REFERRAL, values).scalar_one()
        self.told("referral-sent", days_ago, own=True)

    def told(
        self, kind: str, days_ago: int, *, own: bool = False, party: str | None = None, refers_to: int | None = None,
        **values: Any,
    ) -> int:  # fmt: skip
        """Something happened; `own` when it names the referral."""
        row = {
            "case": self.case,
            "kind": kind,
            "day": TODAY - timedelta(days=days_ago),
            "arnhem": ARNHEM,
            "party": party,
            "referral": self.referral if own else None,
            "refers_to": refers_to,
            "values": json.dumps(values),
        }
        event: int = self.session.execute(_EVENT, row).scalar_one()
        return event

    def started(self, days_ago: int) -> "Child":
        self.told("referral-accepted", days_ago + 1, own=True)
        self.told("started", days_ago, own=True)
        return self
