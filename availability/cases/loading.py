"""Many cases and what happened to them at once, as columns. Ids are the caller's."""

import pandas as pd
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cases.answer_terms import keep_terms
from availability.cases.event_queries import histories
from availability.copying import copy_in, move_identity, text_arrays
from matcher.enrolment import state_of

CASE = [
    "id",
    "reference",
    "organisation",
    "opened_by",
    "opened_at",
    "status",
    "municipality_code",
    "pc4",
    "birth_month",
    "needed_from",
    "urgency",
    "max_distance_km",
    "gender",
    "siblings",
    "past_eighteen",
    "setting",
    "version",
]
EVENT = [
    "care_request_id",
    "kind",
    "occurred_on",
    "recorded_at",
    "recorded_by",
    "role",
    "organisation",
    "on_behalf_of",
    "party",
    "referral_id",
    "refers_to",
    "values",
]
ROUTE = ["area_code", "valid_from", "route"]
BROKER = ["region_code", "valid_from", "present"]

_SEARCHING = text("SELECT id FROM care_request WHERE id = ANY (CAST(:cases AS uuid[])) AND status = 'open'")

# The nearest area that says something on the day; the rules of a case are fixed when it opens.
_OPEN = text("""
    INSERT INTO case_event (care_request_id, kind, occurred_on, recorded_at, recorded_by, role, organisation, values)
    SELECT care_request.id, 'opened', opened.day, opened_at, opened_by,
        CASE WHEN organisation LIKE 'GM%' THEN 'local-team' ELSE 'youth-protection' END, organisation,
        jsonb_build_object('route', route.route, 'municipality', municipality_code, 'region', coalesce(region_code, ''))
    FROM care_request
    CROSS JOIN LATERAL (SELECT (opened_at AT TIME ZONE 'Europe/Amsterdam')::date AS day) AS opened
    LEFT JOIN region_membership member USING (municipality_code)
    CROSS JOIN LATERAL (
        SELECT enrolment_route.route FROM enrolment_route
        WHERE area_code IN (municipality_code, region_code, 'NL') AND valid_from <= opened.day
        ORDER BY area_code = municipality_code DESC, area_code = region_code DESC, valid_from DESC LIMIT 1
    ) AS route
    WHERE (member.valid IS NULL OR member.valid @> opened.day)
      AND NOT EXISTS (SELECT FROM case_event WHERE care_request_id = care_request.id)
    ORDER BY opened_at, care_request.id
""")


def write_cases(session: Session, cases: pd.DataFrame) -> int:
    """`care_type_codes` and `need_codes` hold lists of codes. Each case gets its opening, by the route of its day."""
    lists = {name: text_arrays(cases[name]) for name in ("care_type_codes", "need_codes")}
    count = copy_in(session, "care_request", cases[CASE].assign(**lists))
    session.execute(_OPEN)
    return count


def write_events(session: Session, events: pd.DataFrame) -> int:
    """What happened after the openings. `id` and `refers_to` are the caller's own numbers, in the order of recording.

    `values` and `notes` are JSON. Status and municipality of the cases are the caller's too: here nothing is judged.
    When an answer is due, the routes say of what was loaded.
    """
    if events.empty:
        return 0
    numbered = _after_what_is_there(session, events)
    count = copy_in(session, "case_event", numbered[["id", *EVENT]])
    move_identity(session, "case_event")
    copy_in(
        session, "case_note", numbered.loc[events.notes.notna(), ["id", "notes"]].rename(columns={"id": "event_id"})
    )
    _keep_terms(session, events)
    return count


def _keep_terms(session: Session, events: pd.DataFrame) -> None:
    told_of = events.care_request_id[events.referral_id.notna()].unique()
    searching = session.execute(_SEARCHING, {"cases": list(told_of)}).scalars().all()
    today = pd.Timestamp(events.occurred_on.max()).date()
    for facts, told in histories(session, searching).values():
        keep_terms(session, state_of(facts, told, today).tasks)


def _after_what_is_there(session: Session, events: pd.DataFrame) -> pd.DataFrame:
    """With ids that nobody has: a case's opening comes before all that happened to it."""
    last = session.execute(text("SELECT coalesce(max(id), 0) FROM case_event")).scalar_one()
    shift = int(last) + 1 - int(events.id.min())
    return events.assign(id=events.id + shift, refers_to=events.refers_to.astype("Int64") + shift)


def write_routes(session: Session, routes: pd.DataFrame) -> int:
    return copy_in(session, "enrolment_route", routes[ROUTE])


def write_brokers(session: Session, brokers: pd.DataFrame) -> int:
    return copy_in(session, "care_broker", brokers[BROKER])
