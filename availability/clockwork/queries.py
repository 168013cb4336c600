"""The SQL of the clockwork: how far it came, and whose statements want attention."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import CursorResult, Result, Row, text
from sqlalchemy.orm import Session

from availability.supply.messages import FIGURES
from availability.supply.queries import UPDATE_TERM
from matcher.freshness import DUE_BEFORE_DAYS

_BEGIN_DAY = text("""
    INSERT INTO clockwork_mark (work, position)
    SELECT :work, CAST(:today AS text)
    WHERE :trusted OR abs(CAST(:today AS date) - CAST(now() AT TIME ZONE 'Europe/Amsterdam' AS date)) <= 1
    ON CONFLICT (work) DO UPDATE SET position = excluded.position, at = now()
    WHERE clockwork_mark.position <> excluded.position
    RETURNING work
""")

_TO_BE_RENEWED = text(f"""
    SELECT * FROM (
        SELECT offer.id AS offer_id, offer.name AS offer_name, offer.provider_agb, coalesce(said.id, 0) AS statement_id,
            coalesce(CAST(said.stated_at AT TIME ZONE 'Europe/Amsterdam' AS date), offer.published_from) AS stated_on,
            {UPDATE_TERM} AS update_term
        FROM offer
        LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
        LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
        WHERE offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :today
    ) AS standing
    WHERE :today > stated_on + update_term - {DUE_BEFORE_DAYS}
    ORDER BY provider_agb, offer_id
""")  # noqa: S608 - names and numbers of our own

_REMIND = text("""
    INSERT INTO reminder (offer_id, statement_id, step, reminded_on)
    SELECT offer_id, statement_id, step, :today
    FROM unnest(CAST(:offers AS bigint[]), CAST(:statements AS bigint[]), CAST(:steps AS integer[]))
        AS due (offer_id, statement_id, step)
    ON CONFLICT DO NOTHING
    RETURNING offer_id
""")

_LINK = text("""
    INSERT INTO confirmation_link (notice_id, provider_agb, offer_ids, expires_at)
    VALUES (:notice, :provider, :offers, :expires_at)
""")

_FIND_LINK = """
    SELECT link.id, link.provider_agb, link.offer_ids, link.expires_at, link.used_at, provider.name AS provider_name
    FROM confirmation_link link JOIN provider ON provider.agb_code = link.provider_agb
    WHERE link.id = :link
"""

_LINK_READ, _LINK_LOCKED = text(_FIND_LINK), text(_FIND_LINK + " FOR UPDATE OF link")

_USE_LINK = text("UPDATE confirmation_link SET used_at = now() WHERE id = :link")

_LINKED = text(f"""
    SELECT offer.id AS offer_id, offer.name, location.place, said.id AS statement_id, said.stated_at,
        {", ".join(f"said.{name}" for name in FIGURES)}
    FROM offer
    JOIN location ON location.id = offer.location_id
    JOIN current_capacity ON current_capacity.offer_id = offer.id
    JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE offer.id = ANY (:offers) AND offer.provider_agb = :provider
      AND coalesce(offer.published_until, 'infinity') >= :today
    ORDER BY offer.name, offer.id
""")  # noqa: S608 - ours

_FORGET_NOTICES = text("""
    DELETE FROM notice WHERE id IN (
        SELECT id FROM notice
        WHERE told_at < :before
          AND NOT EXISTS (SELECT FROM delivery WHERE delivery.notice_id = notice.id AND delivery.state = 'waiting')
        ORDER BY told_at LIMIT :most
    )
""")

_FORGET_AUDIT = text("SELECT forget_audit(:before, :most)")

_FORGET_ENDED_SECRETS = text("DELETE FROM former_secret WHERE ends_at <= now()")


def begin_day(session: Session, work: str, today: date, *, trusted: bool) -> bool:
    """Whether this work is still to be done today; it counts as done when the transaction commits.

    A clock that differs more than a day from the database's own is not believed, unless it is frozen on purpose.
    """
    values = {"work": work, "today": today.isoformat(), "trusted": trusted}
    return session.execute(_BEGIN_DAY, values).one_or_none() is not None


def to_be_renewed(session: Session, today: date) -> list[Row[Any]]:
    """The published offers whose statement is in the last week of its term or older, by provider."""
    return list(session.execute(_TO_BE_RENEWED, {"today": today}))


def remind(session: Session, due: Sequence[tuple[int, int, int]], today: date) -> set[int]:
    """Note reminders (offer, statement, step); answers the offers whose reminder is new."""
    offers, statements, steps = (list(each) for each in zip(*due, strict=True)) if due else ([], [], [])
    values = {"offers": offers, "statements": statements, "steps": steps, "today": today}
    return set(session.execute(_REMIND, values).scalars())


def make_link(session: Session, notice: UUID, provider: str, offers: Sequence[int], expires_at: datetime) -> None:
    values = {"notice": notice, "provider": provider, "offers": list(offers), "expires_at": expires_at}
    session.execute(_LINK, values)


def find_link(session: Session, link: UUID, *, to_use: bool = False) -> Row[Any] | None:
    """The link; `to_use` keeps it locked until the transaction ends, so that it is used once."""
    return session.execute(_LINK_LOCKED if to_use else _LINK_READ, {"link": link}).one_or_none()


def use_link(session: Session, link: UUID) -> None:
    session.execute(_USE_LINK, {"link": link})


def linked_offers(session: Session, link: Row[Any], today: date) -> list[Row[Any]]:
    """The offers of the link that can still be confirmed, with what holds now."""
    values = {"offers": link.offer_ids, "provider": link.provider_agb, "today": today}
    return list(session.execute(_LINKED, values))


def forget_notices(session: Session, before: datetime, most: int) -> int:
    """The oldest first, with the deliveries and links that go with them, but for what is still to be sent. Answers how
    many."""
    return _count(session.execute(_FORGET_NOTICES, {"before": before, "most": most}))


def forget_audit(session: Session, before: datetime, most: int) -> int:
    """Nothing of the last five years, whatever is asked: the database sees to that. Answers how many."""
    return int(session.execute(_FORGET_AUDIT, {"before": before, "most": most}).scalar_one())


def forget_ended_secrets(session: Session) -> int:
    return _count(session.execute(_FORGET_ENDED_SECRETS))


def _count(result: Result[Any]) -> int:
    return cast("CursorResult[Any]", result).rowcount
