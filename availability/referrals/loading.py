"""Many forms and referrals at once, as columns. Ids are the caller's; what became of them is told by events."""

import pandas as pd
from sqlalchemy.orm import Session

from availability.copying import copy_in

FORM = ["id", "care_request_id", "content", "filled_in_at", "filled_in_by"]
REFERRAL = [
    "id",
    "care_request_id",
    "form_id",
    "provider_agb",
    "offer_id",
    "sent_on",
    "sent_at",
    "sent_by",
    "due_on",
]


def write_forms(session: Session, forms: pd.DataFrame) -> int:
    """`content` is JSON."""
    return copy_in(session, "enrolment_form", forms[FORM])


def write_referrals(session: Session, referrals: pd.DataFrame) -> int:
    return copy_in(session, "referral", referrals[REFERRAL])
