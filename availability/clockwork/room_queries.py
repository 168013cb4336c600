"""The SQL of room that came: what was stated since we last looked, and which waiting cases could be helped by it.

What is new is decided as on the board: by the snapshot of the last look, so that a transaction that began early and
committed late is not missed. After a long absence the changes were pruned; then the statements' own moments tell.
"""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.board.feed import RETENTION

LONGEST_TRANSACTION = timedelta(minutes=10)
"""Nothing that states capacity takes longer to commit: an import of 10,000 rows takes seconds."""

MOST_OFFERS = 1000
MOST_CASES = 2000
"""At one look. More room than this at once is a new world (a load, everybody's import), and no news for a person."""

_LOOK = text("""
    SELECT position AS last, at, pg_current_snapshot()::text AS now, clock_timestamp() AS moment,
        at < now() - CAST(:retention AS interval) OR EXISTS (
            SELECT FROM board_change
            WHERE offer_ids IS NULL AND xid >= pg_snapshot_xmin(CAST(position AS pg_snapshot))
              AND NOT pg_visible_in_snapshot(xid, CAST(position AS pg_snapshot))
        ) AS was_away
    FROM clockwork_mark WHERE work = 'room'
""")

_MARK = text("""
    INSERT INTO clockwork_mark (work, position, at) VALUES ('room', :position, :at)
    ON CONFLICT (work) DO UPDATE SET position = excluded.position, at = excluded.at
""")

_HERE = text("SELECT pg_current_snapshot()::text AS now, clock_timestamp() AS moment")

_STATED_SINCE = text("""
    WITH changed (offer_id) AS (
        SELECT unnest(offer_ids) FROM board_change
        WHERE NOT :was_away
          AND xid >= pg_snapshot_xmin(CAST(:last AS pg_snapshot))
          AND NOT pg_visible_in_snapshot(xid, CAST(:last AS pg_snapshot))
        UNION
        SELECT offer_id FROM capacity_statement
        WHERE :was_away AND recorded_at >= CAST(:at AS timestamptz) - CAST(:longest AS interval)
    )
    SELECT offer.id AS offer_id, offer.name AS offer_name, offer.care_type_code, provider.name AS provider_name,
        said.open_places, said.intake_wait_days + said.treatment_wait_days AS wait_days, said.admission_stop,
        before.id AS before_id, before.open_places AS open_before, before.admission_stop AS stop_before,
        before.intake_wait_days + before.treatment_wait_days AS wait_before
    FROM changed
    JOIN offer ON offer.id = changed.offer_id
    JOIN provider ON provider.agb_code = offer.provider_agb
    JOIN current_capacity ON current_capacity.offer_id = offer.id
    JOIN capacity_statement said ON said.id = current_capacity.statement_id
    LEFT JOIN LATERAL (
        SELECT * FROM capacity_statement earlier
        WHERE earlier.offer_id = offer.id AND earlier.id < said.id
          AND earlier.recorded_at < CAST(:at AS timestamptz) - interval '5 seconds'
        ORDER BY earlier.id DESC LIMIT 1
    ) AS before ON true
    WHERE said.recorded_at >= CAST(:at AS timestamptz) - CAST(:longest AS interval)
    ORDER BY said.id LIMIT :most
""")

# What held before is sought a little before the last look: rather the same news again, which its key keeps from being
# told twice, than a statement that was on its way then and is passed over.

# A case could be helped when the offer is contracted for its municipality, or serves it without a contract.
_WAITING = text("""
    SELECT care_request.*, coalesce(opened.role,
        CASE WHEN care_request.organisation LIKE 'GM%' THEN 'local-team' ELSE 'youth-protection' END) AS worker_role
    FROM care_request
    LEFT JOIN case_event opened ON opened.care_request_id = care_request.id AND opened.kind = 'opened'
    WHERE care_request.status = 'open' AND care_request.id IN (
        SELECT waiting.id
        FROM offer
        JOIN care_request waiting ON offer.care_type_code = ANY (waiting.care_type_codes) AND waiting.status = 'open'
        WHERE offer.id = ANY (:offers) AND (
            EXISTS (
                SELECT FROM contract
                JOIN contract_line line ON line.contract_id = contract.id
                WHERE contract.provider_agb = offer.provider_agb AND line.care_type_code = offer.care_type_code
                  AND (line.area_code IN ('NL', waiting.municipality_code) OR line.area_code IN (
                      SELECT region_code FROM region_membership
                      WHERE municipality_code = waiting.municipality_code AND valid @> CAST(:today AS date))))
            OR EXISTS (
                SELECT FROM served_area
                WHERE served_area.offer_id = offer.id AND served_area.municipality_code = waiting.municipality_code)))
    ORDER BY care_request.opened_at, care_request.id LIMIT :most
""")


def look(session: Session) -> Row[Any] | None:
    """How far we looked last time and what to remember of this time; None the first time ever."""
    return session.execute(_LOOK, {"retention": RETENTION}).one_or_none()


def begin(session: Session) -> None:
    """Look from now on: what was there before is no news."""
    here = session.execute(_HERE).one()
    remember(session, here.now, here.moment)


def remember(session: Session, snapshot: str, moment: datetime) -> None:
    """That a look went this far."""
    session.execute(_MARK, {"position": snapshot, "at": moment})


def stated_since(session: Session, seen: Row[Any]) -> list[Row[Any]]:
    """What holds now for the offers that were stated since, beside what held when we last looked."""
    values = {"last": seen.last, "at": seen.at, "was_away": seen.was_away}
    return list(session.execute(_STATED_SINCE, values | {"longest": LONGEST_TRANSACTION, "most": MOST_OFFERS}))


def waiting_for(session: Session, offers: Sequence[int], today: date) -> list[Row[Any]]:
    """The open cases that ask for such care where it is contracted, each with the role of its worker."""
    return list(session.execute(_WAITING, {"offers": list(offers), "today": today, "most": MOST_CASES}))
