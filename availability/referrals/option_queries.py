"""The SQL of options. Two teams meet on the offer's row of `current_capacity`: who has it locked counts and holds.

The providers' statements meet there too, so nobody holds a place that is taken back at the same moment. Always in this
order: the case, then the capacity.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.taken_back import taken_back
from matcher.case_events import EventKind

_RUNNING = "option.ended_at IS NULL AND option.last_day >= :today"

_SHOWN = f"""
    SELECT option.id, option.offer_id, option.care_request_id, option.last_day, option.held_at, option.referral_id,
        offer.name AS offer_name, provider.agb_code, provider.name AS provider_name
    FROM place_option option
    JOIN offer ON offer.id = option.offer_id
    JOIN provider ON provider.agb_code = offer.provider_agb
    WHERE {_RUNNING}
"""  # noqa: S608 - from constants

_OF_CASE = text(f"{_SHOWN} AND option.care_request_id = :case ORDER BY option.last_day, option.id")
_ONE = text(f"{_SHOWN} AND option.care_request_id = :case AND option.offer_id = :offer")

_LOCK = text("SELECT statement_id FROM current_capacity WHERE offer_id = :offer FOR UPDATE")

_ROOM = text(f"""
    SELECT said.open_places, said.admission_stop,
        (SELECT count(*) FROM place_option option WHERE option.offer_id = :offer AND {_RUNNING}) AS held
    FROM current_capacity JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE current_capacity.offer_id = :offer
""")  # noqa: S608 - from constants
"""A statement of its own after the lock: so it sees what was committed while we waited."""

_HOLD = text("""
    INSERT INTO place_option (offer_id, care_request_id, last_day, held_by)
    VALUES (:offer, :case, :last_day, :held_by)
""")

_EXPIRE_OWN = text("""
    UPDATE place_option SET ended_at = now(), ended_how = 'expired'
    WHERE offer_id = :offer AND care_request_id = :case AND ended_at IS NULL AND last_day < :today
""")

_END = text("""
    UPDATE place_option SET ended_at = now(), ended_how = :how
    WHERE offer_id = :offer AND care_request_id = :case AND ended_at IS NULL
    RETURNING id
""")

_PROMISES = f"event.kind IN ('{EventKind.REFERRAL_ACCEPTED}', '{EventKind.NETWORK_CONFIRMED}')"

_LET_GO = text(f"""
    UPDATE place_option option SET ended_at = now(), ended_how = 'released'
    FROM care_request asked
    WHERE asked.id = :case AND option.care_request_id = asked.id AND option.ended_at IS NULL
      AND (asked.status = 'closed' OR NOT EXISTS (
              SELECT FROM case_event event
              WHERE event.referral_id = option.referral_id AND {_PROMISES} AND NOT {taken_back("event")}
          ) AND (asked.status = 'started' OR EXISTS (
              SELECT FROM case_event event
              WHERE event.referral_id = option.referral_id
                AND ({_PROMISES} OR event.kind = '{EventKind.REFERRAL_SENT}') AND {taken_back("event")}
          )))
""")  # noqa: S608 - from constants

_KEEP_FOR = text("""
    UPDATE place_option SET referral_id = :referral, last_day = greatest(last_day, :until)
    WHERE offer_id = :offer AND care_request_id = :case AND ended_at IS NULL AND last_day >= :today
    RETURNING id
""")

_PROMISED = f"""
    SELECT max(event.recorded_at) FROM case_event event
    WHERE event.referral_id = option.referral_id
      AND event.kind IN ('{EventKind.REFERRAL_ACCEPTED}', '{EventKind.NETWORK_CONFIRMED}')
"""  # noqa: S608 - from constants

_EXPIRE = text(f"""
    WITH over AS (
        SELECT option.id, promised.at FROM place_option option
        JOIN current_capacity ON current_capacity.offer_id = option.offer_id
        JOIN capacity_statement said ON said.id = current_capacity.statement_id
        CROSS JOIN LATERAL ({_PROMISED}) promised (at)
        WHERE option.ended_at IS NULL AND (option.last_day < :today OR said.stated_at > promised.at)
        ORDER BY option.id FOR UPDATE OF option SKIP LOCKED
    )
    UPDATE place_option option
    SET ended_at = now(), ended_how = CASE WHEN over.at IS NULL THEN 'expired' ELSE 'used' END
    FROM over, offer
    WHERE option.id = over.id AND offer.id = option.offer_id
    RETURNING option.id, option.care_request_id, option.last_day, option.ended_how, offer.name AS offer_name
""")  # noqa: S608 - from constants
"""A place that was promised is counted once the provider states anew what it has: then nobody need hold it."""

_ENDING = text("""
    SELECT option.id, option.care_request_id, option.last_day, offer.name AS offer_name
    FROM place_option option
    JOIN offer ON offer.id = option.offer_id
    WHERE option.ended_at IS NULL AND option.last_day = :day AND option.referral_id IS NULL
    ORDER BY option.id
""")


def options_of(session: Session, case: UUID, today: date) -> Sequence[Row[Any]]:
    """What is held for a case today, first to end first."""
    return session.execute(_OF_CASE, {"case": case, "today": today}).all()


def running_option(session: Session, case: UUID, offer: int, today: date) -> Row[Any] | None:
    return session.execute(_ONE, {"case": case, "offer": offer, "today": today}).one_or_none()


def lock_places(session: Session, offer: int) -> bool:
    """Nobody else counts or states places of this offer until the transaction ends; False: nothing was ever stated."""
    return session.execute(_LOCK, {"offer": offer}).first() is not None


def room(session: Session, offer: int, today: date) -> Row[Any]:
    """Open places as stated, whether there is a stop, and how many places are held. Lock first."""
    return session.execute(_ROOM, {"offer": offer, "today": today}).one()


def hold(session: Session, case: UUID, offer: int, *, today: date, last_day: date, held_by: str) -> None:
    asked = {"case": case, "offer": offer, "today": today}
    session.execute(_EXPIRE_OWN, asked)
    session.execute(_HOLD, asked | {"last_day": last_day, "held_by": held_by})


def end(session: Session, case: UUID, offer: int, how: str) -> bool:
    """The place is free again, or filled; False when none was held."""
    return session.execute(_END, {"case": case, "offer": offer, "how": how}).first() is not None


def let_go(session: Session, case: UUID) -> None:
    """Free what nobody waits for any longer: all when the case is over, what was not promised when help started, and
    what was promised, or asked, by mistake."""
    session.execute(_LET_GO, {"case": case})


def keep_for_referral(session: Session, case: UUID, offer: int, referral: UUID, *, until: date, today: date) -> bool:
    """The place stays held until the provider's answer is due; False when none was held."""
    values = {"case": case, "offer": offer, "referral": referral, "until": until, "today": today}
    return session.execute(_KEEP_FOR, values).first() is not None


def expire(session: Session, today: date) -> Sequence[Row[Any]]:
    """End what is over; several clocks may do so at once."""
    return session.execute(_EXPIRE, {"today": today}).all()


def ending_on(session: Session, day: date) -> Sequence[Row[Any]]:
    return session.execute(_ENDING, {"day": day}).all()
