"""What stands of the events of cases, in SQL: without what was taken back, each on the day it was corrected to.

The rules' own reading is `matcher.case_history`; this one counts over many cases at once.
"""

from matcher.case_events import EventKind

STANDING = f"""
    correction AS (
        SELECT DISTINCT ON (refers_to) refers_to, values ->> 'what' = 'void' AS void,
            CAST(values ->> 'occurred' AS date) AS day
        FROM case_event said
        WHERE kind = '{EventKind.CORRECTED}' AND NOT EXISTS (
            SELECT FROM case_event again WHERE again.refers_to = said.id AND again.values ->> 'what' = 'void')
        ORDER BY refers_to, id DESC
    ),
    happened AS (
        SELECT event.id, event.care_request_id, event.referral_id, event.party, event.kind, event.values,
            coalesce(correction.day, event.occurred_on) AS day
        FROM case_event event LEFT JOIN correction ON correction.refers_to = event.id
        WHERE correction.void IS NOT TRUE AND event.kind <> '{EventKind.CORRECTED}'
    )
"""  # noqa: S608 - from constants
"""The last correction of an event decides."""
