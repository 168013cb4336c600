"""Many forms and referrals at once, as columns. Ids are the caller's; what became of them is told by events."""

import pandas as pd
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.copying import copy_in
from availability.referrals.document_queries import NOW
from availability.referrals.reasons import Reason
from matcher.case_events import EventKind

FORM = ["id", "care_request_id", "content", "filled_in_at", "filled_in_by"]
REFERRAL = [
    "id",
    "care_request_id",
    "form_id",
    "provider_agb",
    "offer_id",
    "network_request_id",
    "sent_on",
    "sent_at",
    "sent_by",
    "due_on",
]


MEMBER = ["region_code", "provider_agb", "valid_from", "valid_until"]
NETWORK_REQUEST = ["id", "care_request_id", "form_id", "region_code", "asked_on", "asked_at", "asked_by", "due_on"]
OPTION = ["id", "offer_id", "care_request_id", "last_day", "held_at", "held_by", "referral_id"]

_DOCUMENTS = text(f"""
    WITH told AS (
        SELECT DISTINCT ON (referral_id) id, referral_id, occurred_on, recorded_at, recorded_by,
            coalesce(values ->> 'reason', '{Reason.OTHER}') AS reason
        FROM case_event
        WHERE kind IN (
            '{EventKind.REFERRAL_REFUSED}', '{EventKind.NETWORK_DECLINED}', '{EventKind.ACCEPTANCE_WITHDRAWN}'
        )
        ORDER BY referral_id, id
    ), numbered AS (
        SELECT told.*, CAST(nextval('refusal_number') AS text) AS number FROM (SELECT * FROM told ORDER BY id) AS told
    )
    INSERT INTO refusal (
        number, referral_id, event_id, care_request_id, provider_agb, offer_id, issued_on, issued_at, issued_by,
        reason, seal, statement_then, profile_then, question_then, stated_open
    )
    SELECT 'AW-' || to_char(told.occurred_on, 'YYYY') || '-' || lpad(number, greatest(6, length(number)), '0'),
        refused.id, told.id, asked.id, refused.provider_agb, refused.offer_id, told.occurred_on, told.recorded_at,
        told.recorded_by, told.reason, replace(concat(gen_random_uuid(), gen_random_uuid()), '-', ''),
        statement_now, profile_now, question_now, stated_open
    FROM numbered told
    JOIN referral refused ON refused.id = told.referral_id
    JOIN care_request asked ON asked.id = refused.care_request_id
    CROSS JOIN LATERAL ({NOW} GROUP BY asked.id) now
    WHERE NOT EXISTS (SELECT FROM refusal WHERE refusal.event_id = told.id)
    RETURNING number
""")  # noqa: S608 - from constants


def write_forms(session: Session, forms: pd.DataFrame) -> int:
    """`content` is JSON."""
    return copy_in(session, "enrolment_form", forms[FORM])


def write_referrals(session: Session, referrals: pd.DataFrame) -> int:
    """`network_request_id` may be left out: then none went through a network."""
    given = referrals if "network_request_id" in referrals else referrals.assign(network_request_id=None)
    return copy_in(session, "referral", given[REFERRAL])


def write_members(session: Session, members: pd.DataFrame) -> int:
    return copy_in(session, "network_member", members[MEMBER])


def write_network_requests(session: Session, requests: pd.DataFrame) -> int:
    return copy_in(session, "network_request", requests[NETWORK_REQUEST])


def write_options(session: Session, options: pd.DataFrame) -> int:
    return copy_in(session, "place_option", options[OPTION])


def write_refusals(session: Session) -> int:
    """A document for every refusal that was told and has none, in the order in which they were told."""
    return len(session.execute(_DOCUMENTS).all())
