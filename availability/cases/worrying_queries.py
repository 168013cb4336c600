"""The SQL of the worryingly waiting of a region."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from operator import attrgetter

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cases.day_queries import CASE_COLUMNS, RunningCase, case_of
from availability.cases.event_queries import HISTORY_COLUMNS

_ONCE_MARKED = text(f"""
    SELECT {CASE_COLUMNS}, false AS own, {HISTORY_COLUMNS}
    FROM region_membership member
    JOIN care_request ON care_request.municipality_code = member.municipality_code AND care_request.status = 'open'
    JOIN case_event event ON event.care_request_id = care_request.id
    WHERE member.region_code = :region AND member.valid @> CAST(:today AS date) AND EXISTS (
        SELECT FROM case_event marked WHERE marked.care_request_id = care_request.id AND marked.kind = 'worry-marked'
    )
    ORDER BY care_request.id, event.id
""")  # noqa: S608 - ours

_NOTES = text("SELECT event_id, notes FROM case_note WHERE event_id = ANY (:events)")


def once_marked(session: Session, region: str, today: date) -> list[RunningCase]:
    """The cases of a region in which a place is looked for and that were ever marked; the rules say which still are."""
    rows = session.execute(_ONCE_MARKED, {"region": region, "today": today})
    return [case_of(list(of_case)) for _, of_case in groupby(rows, key=attrgetter("case_id"))]


def notes_of(session: Session, events: Sequence[int]) -> dict[int, dict[str, str]]:
    return {row.event_id: row.notes for row in session.execute(_NOTES, {"events": list(events)})}
