"""The SQL behind the shortage radar: what is asked now and was asked before, and what was refused for want of room."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.referrals.queries import VOID

_OPEN_REQUESTS = text("""
SELECT id, municipality_code, pc4, birth_month, care_type_codes, opened_at, needed_from, max_distance_km, need_codes,
       gender, setting, past_eighteen
FROM care_request
WHERE status = 'open'
ORDER BY id
""")

_LOCATIONS = text("SELECT id, municipality_code, place FROM location")

# A case was open until help started, or else until the last thing that happened to it.
_OPEN_ON = text("""
WITH known AS (
    SELECT care_type_codes[1] AS care_type_code, municipality_code,
           CAST(opened_at AT TIME ZONE 'Europe/Amsterdam' AS date) AS opened,
           CASE WHEN status = 'open' THEN 'infinity' ELSE coalesce(ended.day, '-infinity') END AS closed
    FROM care_request
    LEFT JOIN LATERAL (
        SELECT coalesce(min(occurred_on) FILTER (WHERE kind = 'started'), max(occurred_on)) AS day
        FROM case_event WHERE status <> 'open' AND care_request_id = care_request.id
    ) AS ended ON true
    WHERE municipality_code = ANY (:municipalities)
)
SELECT care_type_code, municipality_code, on_day, count(*) AS open_requests
FROM known, unnest(CAST(:days AS date[])) AS on_day
WHERE opened <= on_day AND closed > on_day
GROUP BY care_type_code, municipality_code, on_day
""")

_REFUSED = text(f"""
SELECT request.care_type_codes[1] AS care_type_code, request.municipality_code, count(*) AS refusals
FROM refusal
JOIN case_event event ON event.id = refusal.event_id AND NOT {VOID}
JOIN care_request request ON request.id = refusal.care_request_id
WHERE request.municipality_code = ANY (:municipalities)
  AND refusal.reason IN ('no-place', 'no-timely-place') AND refusal.issued_on > :since
GROUP BY 1, 2
""")  # noqa: S608 - from constants


def open_requests(session: Session) -> Sequence[Row[Any]]:
    """Every open case in the country. 0.1 s for ten thousand."""
    return session.execute(_OPEN_REQUESTS).all()


def locations(session: Session) -> dict[int, tuple[str, str]]:
    """Per location its municipality and its place."""
    return {row.id: (row.municipality_code, row.place) for row in session.execute(_LOCATIONS)}


def open_on(session: Session, municipalities: Sequence[str], days: Sequence[date]) -> Sequence[Row[Any]]:
    """How many cases were open at the end of each day, per care type that was wanted most and municipality."""
    return session.execute(_OPEN_ON, {"municipalities": list(municipalities), "days": list(days)}).all()


def refused_for_want_of_room(session: Session, municipalities: Sequence[str], since: date) -> Sequence[Row[Any]]:
    """How many refusals after that day said that there is no place, or none in time; without those taken back."""
    return session.execute(_REFUSED, {"municipalities": list(municipalities), "since": since}).all()
