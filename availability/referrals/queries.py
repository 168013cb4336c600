"""The SQL of referrals. How one stands is read from the case's history, by the last event about it that decides.

An event that was corrected away does not count.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, insert, text
from sqlalchemy.orm import Session

from availability.access.identity import Identity, Role
from availability.cases.taken_back import taken_back
from availability.referrals.form import Form
from availability.referrals.standing import LAPSES, STANDINGS, UNCHOSEN, WAITING, Stand
from availability.referrals.tables import EnrolmentForm, Referral
from availability.supply.running import runs_on
from matcher.case_events import EventKind
from matcher.case_history import PLACEMENTS
from matcher.question import Scope

_FORMS = EnrolmentForm.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it
_REFERRALS = Referral.__table__  # type: ignore[attr-defined]


def _listed(values: Sequence[str]) -> str:
    return ", ".join(f"'{value}'" for value in values)


_DECIDING = _listed(list(STANDINGS))
_WHEN = " ".join(f"WHEN '{kind}' THEN '{standing}'" for kind, standing in STANDINGS.items())


VOID = taken_back("event")

_PLACED = _listed([kind.value for kind in PLACEMENTS])

_FALLS_THROUGH = f"""
    (over.kind = '{EventKind.REOPENED}' OR over.referral_id = event.referral_id AND (
        over.kind IN ('{EventKind.ACCEPTANCE_WITHDRAWN}', '{EventKind.REFERRAL_WITHDRAWN}')
        OR over.kind = '{EventKind.START_JUDGED}' AND over.values ->> 'timely' = 'false'))
"""

_KEPT_ELSEWHERE = f"""
    EXISTS (
        SELECT FROM case_event event
        WHERE event.care_request_id = asked.id AND event.referral_id <> referral.id
          AND event.kind IN ('{EventKind.REFERRAL_ACCEPTED}', '{EventKind.NETWORK_CONFIRMED}') AND NOT {VOID}
          AND NOT EXISTS (
              SELECT FROM case_event over
              WHERE over.care_request_id = asked.id AND over.id > event.id AND {_FALLS_THROUGH}
                AND NOT {taken_back("over")}
          )
    )
"""  # noqa: S608 - from constants
"""Another provider promised a place, and that stands (see `matcher.approaches.places_of`)."""

STANDING_OF = f"""
    LEFT JOIN LATERAL (
        SELECT event.id, event.occurred_on, CASE WHEN event.values ->> 'timely' = 'false' THEN '{Stand.TOO_LATE}'
            ELSE CASE event.kind {_WHEN} END END AS said
        FROM case_event event
        WHERE event.referral_id = referral.id AND event.kind IN ({_DECIDING})
          AND NOT {VOID}
        ORDER BY event.id + 0 DESC LIMIT 1
    ) latest ON true
    CROSS JOIN LATERAL (
        SELECT coalesce(bool_or(event.kind = '{EventKind.REOPENED}'), false) OR asked.status = 'closed' AS is_over,
            bool_or(event.kind IN ({_PLACED})) AS placed,
            bool_or(event.kind IN ({_PLACED})
                AND (event.party <> referral.provider_agb OR event.referral_id <> referral.id)) AS placed_elsewhere
        FROM case_event event
        WHERE event.care_request_id = asked.id AND event.id > latest.id
          AND event.kind IN ({_PLACED}, '{EventKind.REOPENED}') AND NOT {VOID}
    ) since_then
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN latest.said IS NULL THEN '{Stand.WITHDRAWN}'
            WHEN latest.said IN ('{Stand.ACCEPTED}', '{Stand.STARTED}') AND since_then.is_over THEN CASE
                WHEN latest.said = '{Stand.STARTED}' OR since_then.placed AND since_then.placed_elsewhere IS NOT TRUE
                THEN '{Stand.ENDED}' ELSE '{Stand.LAPSED}' END
            WHEN latest.said = '{Stand.ACCEPTED}' AND asked.status = 'started' THEN CASE
                WHEN since_then.placed_elsewhere THEN '{Stand.LAPSED}' ELSE '{Stand.STARTED}' END
            WHEN NOT latest.said IN ({_listed(sorted(LAPSES | UNCHOSEN))}) THEN latest.said
            WHEN EXISTS (
                SELECT FROM referral other JOIN case_event event ON event.referral_id = other.id
                WHERE other.network_request_id = referral.network_request_id
                  AND event.kind = '{EventKind.NETWORK_CONFIRMED}' AND NOT {VOID}
            ) THEN '{Stand.NOT_CHOSEN}'
            WHEN (since_then.is_over OR asked.status <> 'open') AND latest.said <> '{Stand.WITHDRAWN}'
            THEN '{Stand.LAPSED}'
            WHEN latest.said IN ({_listed(sorted(WAITING))}) AND {_KEPT_ELSEWHERE} THEN '{Stand.PLACE_FOUND}'
            ELSE latest.said
        END AS standing
    ) stands
"""  # noqa: S608 - from constants
"""Of one referral there are few events: `+ 0` keeps the planner from walking all events by their number instead.

Joined to `referral` and its case `asked`: `latest` is the deciding event, `stands.standing` what it comes to. All of it
corrected away: nothing was ever asked. A case that was opened anew asks its earlier referrals nothing."""

_SHOWN = f"""
    SELECT referral.id, referral.care_request_id, referral.offer_id, referral.provider_agb, referral.contract_id,
        referral.network_request_id, referral.sent_on, referral.due_on, referral.form_id,
        stands.standing, coalesce(latest.occurred_on, referral.sent_on) AS since,
        CAST(accepted.values ->> 'startDate' AS date) AS start_date,
        CAST(judged.values ->> 'timely' AS boolean) AS judged_timely,
        offer.name AS offer_name, offer.care_type_code, provider.name AS provider_name,
        form.content AS form, refusal.number AS refusal_number, refusal.reason, refusal.need_codes AS refused_needs,
        refusal.sharpened_on, refusal.statement_then, refusal.stated_open, refusal.issued_on,
        option.last_day AS option_until, asked.organisation, asked.status AS case_status,
        asked.reference, asked.birth_month, asked.pc4, asked.municipality_code, asked.care_type_codes,
        asked.needed_from, asked.urgency, asked.need_codes, asked.gender, asked.siblings, asked.past_eighteen,
        asked.setting,
        coalesce(CAST((
            SELECT event.values ->> 'neededFromBefore' FROM case_event event
            WHERE event.care_request_id = asked.id AND event.id > accepted.id
              AND event.kind = '{EventKind.QUESTION_CHANGED}' AND event.values ? 'neededFromBefore' AND NOT {VOID}
            ORDER BY event.id LIMIT 1
        ) AS date), asked.needed_from) AS wanted_then
    FROM referral
    JOIN care_request asked ON asked.id = referral.care_request_id
    JOIN provider ON provider.agb_code = referral.provider_agb
    JOIN enrolment_form form ON form.id = referral.form_id
    {STANDING_OF}
    LEFT JOIN LATERAL (
        SELECT event.values, event.id FROM case_event event
        WHERE event.referral_id = referral.id
          AND event.kind IN ('{EventKind.REFERRAL_ACCEPTED}', '{EventKind.NETWORK_PROPOSED}') AND NOT {VOID}
        ORDER BY event.id + 0 DESC LIMIT 1
    ) accepted ON true
    LEFT JOIN LATERAL (
        SELECT event.values FROM case_event event
        WHERE event.referral_id = referral.id AND event.kind = '{EventKind.START_JUDGED}' AND event.id > accepted.id
          AND NOT {VOID}
        ORDER BY event.id + 0 DESC LIMIT 1
    ) judged ON true
    LEFT JOIN offer ON offer.id = referral.offer_id
    LEFT JOIN LATERAL (
        SELECT refusal.* FROM refusal JOIN case_event event ON event.id = refusal.event_id
        WHERE refusal.referral_id = referral.id AND NOT {VOID}
        ORDER BY refusal.event_id + 0 DESC LIMIT 1
    ) refusal ON true
    LEFT JOIN place_option option
        ON option.offer_id = referral.offer_id AND option.care_request_id = referral.care_request_id
        AND option.ended_at IS NULL AND option.last_day >= :today
"""  # noqa: S608 - from constants

_ONE = text(f"""
    {_SHOWN} WHERE referral.id = :id AND :organisation IN (referral.provider_agb, asked.organisation)
""")

_CASE_OF = text("SELECT care_request_id FROM referral WHERE id = :id")

_WHOSE = {"provider": "referral.provider_agb = :organisation", "worker": "asked.organisation = :organisation"}
_AFTER = "AND (rank, day, id) > (:after_rank, :after_day, CAST(:after_id AS uuid))"


def _list(whose: str, more: str) -> str:
    """What waits for somebody first, by the day it is due; then the rest, the newest first."""
    return f"""
        SELECT * FROM (
            SELECT shown.*, CASE WHEN waits THEN 0 ELSE 1 END AS rank,
                CASE WHEN waits THEN due_on - DATE '1970-01-01' ELSE DATE '1970-01-01' - sent_on END AS day
            FROM ({_SHOWN} WHERE {whose}) AS shown
            CROSS JOIN LATERAL (SELECT standing IN ({_listed(sorted(WAITING))})) AS waiting (waits)
        ) AS ranked
        WHERE (CAST(:waiting AS boolean) IS NULL OR (rank = 0) = :waiting) {more}
        ORDER BY rank, day, id LIMIT :limit
    """  # noqa: S608 - from constants


_LISTS = {
    (side, paged): text(_list(whose, _AFTER if paged else ""))
    for side, whose in _WHOSE.items()
    for paged in (False, True)
}

_OF_CASE = text(f"{_SHOWN} WHERE referral.care_request_id = :case ORDER BY referral.sent_at, referral.id")

_EXCHANGES = text(f"""
    SELECT event.referral_id, event.kind, event.occurred_on, note.notes
    FROM case_event event JOIN case_note note ON note.event_id = event.id
    WHERE event.referral_id = ANY (:referrals)
      AND event.kind IN ('{EventKind.REFERRAL_QUESTION_ASKED}', '{EventKind.REFERRAL_QUESTION_ANSWERED}')
    ORDER BY event.id
""")  # noqa: S608 - from constants

_ASKABLE = text(f"""
    SELECT offer.id, offer.name, offer.provider_agb, provider.name AS provider_name, offer.care_type_code,
        offer.published_from <= :today AND coalesce(offer.published_until, 'infinity') >= :wanted AS published,
        EXISTS (
            SELECT FROM served_area
            WHERE served_area.offer_id = offer.id AND served_area.municipality_code = :municipality
        ) AS general,
        EXISTS (
            SELECT FROM case_event event JOIN case_event put ON put.id = event.refers_to
            WHERE event.care_request_id = :case AND event.kind = '{EventKind.OFFICIAL_DECIDED}'
              AND event.values ->> 'approved' = 'true' AND put.values ->> 'question' = 'non-contracted'
              AND coalesce(put.party, offer.provider_agb) = offer.provider_agb AND NOT {VOID}
        ) AS allowed,
        agreed.id AS contract_id, agreed.answer_term_days
    FROM offer
    JOIN provider ON provider.agb_code = offer.provider_agb
    LEFT JOIN LATERAL (
        SELECT contract.id, contract.answer_term_days
        FROM contract JOIN contract_line line ON line.contract_id = contract.id
        WHERE contract.provider_agb = offer.provider_agb AND line.care_type_code = offer.care_type_code
          AND line.area_code = ANY (:areas)
          AND {runs_on(":wanted")}
        ORDER BY array_position(ARRAY[{_listed(list(Scope))}], contract.scope), contract.id
        LIMIT 1
    ) agreed ON true
    WHERE offer.id = :offer
""")  # noqa: S608 - from constants
"""One offer as it stands to a municipality on the wanted day: which contract holds, is it general, was it allowed."""

_LAST_FORM = text("""
    SELECT id, content, filled_in_at FROM enrolment_form
    WHERE care_request_id = :case ORDER BY filled_in_at DESC, id LIMIT 1
""")

_OFFERED = text("UPDATE referral SET offer_id = :offer, contract_id = :contract WHERE id = :id")
_DUE = text("SELECT due_on FROM referral WHERE id = :id")

_EARLIER = text("""
    SELECT referral_id, idempotency_digest FROM case_event
    WHERE organisation = :organisation AND recorded_by = :subject AND idempotency_key = :key
""")


def find_referral(session: Session, referral: UUID, organisation: str, today: date) -> Row[Any] | None:
    """One referral, for its provider or the organisation whose case it is."""
    values = {"id": referral, "organisation": organisation, "today": today}
    return session.execute(_ONE, values).one_or_none()


def case_of(session: Session, referral: UUID) -> UUID | None:
    found: UUID | None = session.execute(_CASE_OF, {"id": referral}).scalar_one_or_none()
    return found


def referrals_for(
    session: Session, caller: Identity, today: date, *, waiting: bool | None, after: Sequence[Any] | None, limit: int
) -> list[Row[Any]]:
    """A provider's inbox, or the referrals of a worker's cases: what waits for somebody first.

    A row has `rank` and `day` for the cursor."""
    side = "provider" if caller.role is Role.PROVIDER else "worker"
    rank, day, identity = after or (None, None, None)
    values = {"organisation": caller.organisation, "today": today, "waiting": waiting, "limit": limit}
    place = {"after_rank": rank, "after_day": day, "after_id": identity} if after else {}
    return list(session.execute(_LISTS[side, after is not None], values | place))


def referrals_of(session: Session, case: UUID, today: date) -> list[Row[Any]]:
    """All that was put to providers for one case, oldest first."""
    return list(session.execute(_OF_CASE, {"case": case, "today": today}))


def exchanges(session: Session, referrals: Sequence[UUID]) -> list[Row[Any]]:
    """Questions and answers, in the order in which they were recorded."""
    return list(session.execute(_EXCHANGES, {"referrals": list(referrals)}))


def askable(
    session: Session, case: UUID, offer: int, *, municipality: str, areas: Sequence[str], wanted: date, today: date
) -> Row[Any] | None:
    values = {"case": case, "offer": offer, "municipality": municipality, "areas": list(areas)}
    return session.execute(_ASKABLE, values | {"wanted": wanted, "today": today}).one_or_none()


def last_form(session: Session, case: UUID) -> Row[Any] | None:
    """The form of a case as it was last filled in."""
    return session.execute(_LAST_FORM, {"case": case}).one_or_none()


def keep_form(session: Session, case: UUID, form: Form, filled_in_by: str) -> UUID:
    content = form.model_dump(mode="json", by_alias=True, exclude_none=True)
    values = {"care_request_id": case, "content": content, "filled_in_by": filled_in_by}
    kept: UUID = session.execute(insert(_FORMS).values(values).returning(_FORMS.c.id)).scalar_one()
    return kept


def add_referral(session: Session, **values: Any) -> UUID:  # noqa: ANN401 - one value per column
    made: UUID = session.execute(insert(_REFERRALS).values(values).returning(_REFERRALS.c.id)).scalar_one()
    return made


def offered(session: Session, referral: UUID, offer: int, contract: int | None) -> None:
    """A member of the network said with which offer it can help."""
    session.execute(_OFFERED, {"id": referral, "offer": offer, "contract": contract})


def due_of(session: Session, referral: UUID) -> date:
    """When the answer is due, as the routes say it."""
    due_on: date = session.execute(_DUE, {"id": referral}).scalar_one()
    return due_on


def earlier(session: Session, caller: Identity, key: str) -> Row[Any] | None:
    """What this caller recorded with this key before."""
    values = {"organisation": caller.organisation, "subject": caller.subject, "key": key}
    return session.execute(_EARLIER, values).one_or_none()
