"""The SQL of deliveries on their way: claimed by one sender at a time, marked when done, tried again when not.

A claim commits before anything is sent. When a sender dies between sending and marking, the claim runs out and the same
message goes out again under the same id: at least once, and whoever receives it can tell (ADR 0013).
"""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity

CLAIMED_FOR = timedelta(minutes=5)
"""Longer than a sender needs for all that it claims at once."""

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 2 * 60, 5 * 60, 10 * 60, 14 * 60, 20 * 60, 24 * 60))
"""After each failed attempt; then it is given up, three days after the first (the pauses of Standard Webhooks)."""

_CLAIM = text("""
    WITH claimed AS (
        UPDATE delivery SET attempts = attempts + 1, due_at = now() + CAST(:claimed_for AS interval)
        WHERE id IN (
            SELECT id FROM delivery
            WHERE state = 'waiting' AND due_at <= now() AND (contact_address_id IS NOT NULL) = :by_email
            ORDER BY due_at LIMIT :most FOR UPDATE SKIP LOCKED
        )
        RETURNING id, notice_id, contact_address_id, webhook_id, attempts
    )
    SELECT claimed.id, claimed.attempts, notice.id AS notice_id, notice.kind, notice.organisation, notice.role,
        notice.link, notice.values, notice.told_at, contact_address.email, webhook.url,
        webhook.secret || ARRAY(
            SELECT secret FROM former_secret WHERE webhook_id = webhook.id AND ends_at > now() ORDER BY ends_at DESC
        ) AS secrets,
        confirmation_link.id AS confirmation_id, confirmation_link.expires_at AS confirmation_expires
    FROM claimed
    JOIN notice ON notice.id = claimed.notice_id
    LEFT JOIN contact_address ON contact_address.id = claimed.contact_address_id
    LEFT JOIN webhook ON webhook.id = claimed.webhook_id
    LEFT JOIN confirmation_link ON confirmation_link.notice_id = notice.id
    ORDER BY notice.told_at, claimed.id
""")

_SENT = text("UPDATE delivery SET state = 'sent', failure = NULL, finished_at = now() WHERE id = :id")

_FAILED = text("""
    UPDATE delivery SET failure = :failure,
        state = CASE WHEN :final THEN 'dead' ELSE 'waiting' END,
        finished_at = CASE WHEN :final THEN now() END,
        due_at = now() + CAST(:pause AS interval)
    WHERE id = :id AND state = 'waiting'
""")

_WITHHOLD = text("""
    UPDATE delivery SET state = 'withheld', finished_at = now()
    WHERE state = 'waiting' AND contact_address_id IS NOT NULL
""")

_STANDING = text("""
    SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting, count(*) FILTER (WHERE state = 'dead') AS dead,
        coalesce(extract(epoch FROM now() - min(notice.told_at) FILTER (WHERE state = 'waiting')), 0) AS oldest
    FROM delivery JOIN notice ON notice.id = delivery.notice_id
    WHERE state IN ('waiting', 'dead')
""")

_SHOWN = """
    SELECT delivery.id, delivery.state, delivery.attempts, delivery.failure, delivery.due_at, delivery.finished_at,
        notice.id AS notice_id, notice.kind, notice.told_at, contact_address.email, delivery.webhook_id
    FROM delivery
    JOIN notice ON notice.id = delivery.notice_id
    LEFT JOIN contact_address ON contact_address.id = delivery.contact_address_id
    WHERE notice.organisation = :organisation AND notice.role = :role
      AND (CAST(:state AS text) IS NULL OR delivery.state = :state)
      AND (CAST(:after_at AS timestamptz) IS NULL OR (notice.told_at, delivery.id) < (:after_at, :after_id))
    ORDER BY notice.told_at DESC, delivery.id DESC LIMIT :limit
"""

_AGAIN = text("""
    UPDATE delivery SET state = 'waiting', attempts = 0, due_at = now(), finished_at = NULL
    FROM notice
    WHERE notice.id = delivery.notice_id AND delivery.id = :id AND delivery.state = 'dead'
      AND notice.organisation = :organisation AND notice.role = :role
    RETURNING delivery.id
""")

_TO_ONE = text("""
    WITH told AS (
        INSERT INTO notice (kind, organisation, role, key)
        SELECT :kind, organisation, role, gen_random_uuid()::text FROM webhook WHERE id = :webhook
        RETURNING id
    )
    INSERT INTO delivery (notice_id, webhook_id) SELECT id, :webhook FROM told
""")


_MAILS = text("""
    SELECT coalesce(delivery.id, notice.id) AS id, coalesce(delivery.attempts, 0) AS attempts,
        notice.id AS notice_id, notice.kind, notice.organisation, notice.role,
        notice.link, notice.values, notice.told_at, contact_address.email, NULL AS url, NULL AS secrets,
        confirmation_link.id AS confirmation_id, confirmation_link.expires_at AS confirmation_expires
    FROM notice
    LEFT JOIN delivery ON delivery.notice_id = notice.id AND delivery.contact_address_id IS NOT NULL
    LEFT JOIN contact_address ON contact_address.id = delivery.contact_address_id
    LEFT JOIN confirmation_link ON confirmation_link.notice_id = notice.id
    WHERE notice.organisation = :organisation AND notice.role = :role
    ORDER BY notice.told_at DESC, notice.id DESC LIMIT 20
""")


def mails_to(session: Session, caller: Identity) -> list[Row[Any]]:
    """The newest messages of a role, as they are sent or would be, whether an address is known or not."""
    return list(session.execute(_MAILS, {"organisation": caller.organisation, "role": caller.role.value}))


def claim(session: Session, *, by_email: bool, most: int) -> list[Row[Any]]:
    """What is due, ours alone until CLAIMED_FOR has passed; commit before sending."""
    return list(session.execute(_CLAIM, {"claimed_for": CLAIMED_FOR, "by_email": by_email, "most": most}))


def mark_sent(session: Session, delivery: UUID) -> None:
    session.execute(_SENT, {"id": delivery})


def mark_failed(session: Session, delivery: UUID, attempts: int, failure: str, *, final: bool) -> bool:
    """`final`: trying again is in vain. Answers whether it is given up."""
    given_up = final or attempts > len(PAUSES)
    pause = PAUSES[min(attempts, len(PAUSES)) - 1]
    session.execute(_FAILED, {"id": delivery, "failure": failure, "final": given_up, "pause": pause})
    return given_up


def withhold_email(session: Session) -> None:
    """There is no mail server: what was to be sent stays readable in the list, and is not sent months later."""
    session.execute(_WITHHOLD)


def standing(session: Session) -> Row[Any]:
    """How many wait and are given up, and for how many seconds the longest waits."""
    return session.execute(_STANDING).one()


def shown(
    session: Session, caller: Identity, state: str | None, *, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """The newest first."""
    after_at, after_id = after or (None, None)
    values = {"organisation": caller.organisation, "role": caller.role.value, "state": state, "limit": limit}
    return list(session.execute(text(_SHOWN), values | {"after_at": after_at, "after_id": after_id}))


def try_again(session: Session, caller: Identity, delivery: UUID) -> bool:
    """Whether there was one that had been given up."""
    values = {"id": delivery, "organisation": caller.organisation, "role": caller.role.value}
    return session.execute(_AGAIN, values).one_or_none() is not None


def send_to_one(session: Session, kind: str, webhook: UUID) -> None:
    """A notice for one webhook alone, to try it out."""
    session.execute(_TO_ONE, {"kind": kind, "webhook": webhook})
