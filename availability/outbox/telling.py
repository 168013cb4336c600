"""`tell`: write, in the transaction of what happened, that somebody must hear of it. Sending comes after the commit.

A notice is for one role at one organisation. It reaches them in the list of their home page, and by every address and
webhook they registered. What a notice may say is a short list of words (`VALUES`): nothing of a child fits in it.
"""

import json
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

Value = str | int | date


class Notice(StrEnum):
    """What there is to tell."""

    REFERRAL_RECEIVED = "referral-received"
    REFERRAL_ANSWERED = "referral-answered"
    REFERRAL_QUESTION = "referral-question"
    REFERRAL_QUESTION_ANSWERED = "referral-question-answered"
    REFERRAL_WITHDRAWN = "referral-withdrawn"
    PLACE_FOUND = "place-found"
    NEEDED_AGAIN = "needed-again"
    CORRECTED = "corrected"
    ACCEPTANCE_WITHDRAWN = "acceptance-withdrawn"
    OPTION_EXPIRING = "option-expiring"
    OPTION_EXPIRED = "option-expired"
    TASK_DUE = "task-due"
    TASK_LATE = "task-late"
    CAPACITY_SUITS_CASE = "capacity-suits-case"
    CAPACITY_DUE = "capacity-due"
    CAPACITY_STALE = "capacity-stale"
    CAPACITY_MISSING = "capacity-missing"
    TABLE_DUE = "table-due"
    TABLE_STALE = "table-stale"
    STATEMENT_CONTRADICTED = "statement-contradicted"
    PLACE_MAY_BE_FREE = "place-may-be-free"
    NETWORK_ASKED = "network-asked"
    NETWORK_PROPOSED = "network-proposed"
    NETWORK_DECIDED = "network-decided"
    RET_REGISTERED = "ret-registered"
    RET_DECIDED = "ret-decided"
    CONTACT_FAILED = "contact-failed"
    ESCALATION_REPORTED = "escalation-reported"
    OFFICIAL_ASKED = "official-asked"
    OFFICIAL_DECIDED = "official-decided"
    BROKER_ASKED = "broker-asked"
    BROKER_ANSWERED = "broker-answered"
    REVIEW_DUE = "review-due"
    GUARANTEE_NOT_KEPT = "guarantee-not-kept"
    GUARANTEE_KEPT = "guarantee-kept"
    WEBHOOK_TEST = "webhook-test"


VALUES = frozenset(
    {"event", "offer", "offers", "provider", "organisation", "care_type", "region", "task", "due", "on", "number"}
)
"""The words a notice may carry: names of events, offers, organisations and tasks, days and counts."""

_TELL = text("""
    WITH told AS (
        INSERT INTO notice (kind, organisation, role, key, link, values)
        VALUES (:kind, :organisation, :role, :key, :link, CAST(:values AS jsonb))
        ON CONFLICT (organisation, role, kind, key) DO NOTHING
        RETURNING id, kind, organisation, role
    ), sent AS (
        INSERT INTO delivery (notice_id, contact_address_id, webhook_id)
        SELECT told.id, way.contact_address_id, way.webhook_id
        FROM told JOIN (
            SELECT organisation, role, kinds, id AS contact_address_id, CAST(NULL AS uuid) AS webhook_id
            FROM contact_address
            UNION ALL
            SELECT organisation, role, kinds, NULL, id FROM webhook
        ) AS way USING (organisation, role)
        WHERE way.kinds = '{}' OR told.kind = ANY (way.kinds)
    )
    SELECT id FROM told
""")


def tell(
    session: Session,
    notice: Notice,
    *,
    organisation: str,
    role: str,
    key: str,
    link: str = "",
    values: Mapping[str, Value] | None = None,
) -> UUID | None:
    """Write the notice and its deliveries, in the caller's transaction; answers its id, None when it was told already.

    `role` is one of `access.identity.Role`; `key` is opaque; `link` leads into the dashboard, from its root.
    Raises ValueError when `values` names a word that is not in VALUES.
    """
    said = dict(values or {})
    if unknown := said.keys() - VALUES:
        raise ValueError(f"A notice has no {sorted(unknown)}; it may say {sorted(VALUES)}.")
    kept = json.dumps(said, default=str)
    given = {"kind": notice, "organisation": organisation, "role": role, "key": key, "link": link, "values": kept}
    told: UUID | None = session.execute(_TELL, given).scalar_one_or_none()
    return told
