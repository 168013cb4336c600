"""The SQL of refusals: issued with a number, kept with how things were then, and read as a document.

How things were is kept as digests: of what the provider stated, of what the offer is, of what is asked. A refusal by a
member of the network is about all its offers of the asked care types.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from availability.cases.taken_back import taken_back

_STATEMENT = (
    "total_places", "occupied_places", "reserved_places", "open_places", "intake_wait_days", "treatment_wait_days",
    "admission_stop", "available_from",
)  # fmt: skip
"""What makes asking again worth while; who only confirms, states nothing new."""

_PROFILE = (
    "location_id", "care_type_code", "age_from", "age_until", "genders", "setting", "serves", "excludes", "only_for",
    "siblings", "past_eighteen", "travels_km",
)  # fmt: skip

_QUESTION = (
    "municipality_code", "pc4", "birth_month", "care_type_codes", "needed_from", "urgency", "max_distance_km",
    "need_codes", "gender", "siblings", "past_eighteen", "setting",
)  # fmt: skip


def _row(table: str, columns: Sequence[str]) -> str:
    return f"ROW({', '.join(f'{table}.{column}' for column in columns)})::text"


NOW = f"""
    SELECT md5(string_agg({_row("said", _STATEMENT)}, ';' ORDER BY offer.id)) AS statement_now,
        md5(string_agg({_row("offer", _PROFILE)}, ';' ORDER BY offer.id)) AS profile_now,
        md5({_row("asked", _QUESTION)}) AS question_now,
        CAST(sum(CASE WHEN said.admission_stop THEN 0 ELSE said.open_places END) AS integer) AS stated_open,
        array_agg(offer.id) AS offers
    FROM offer
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE offer.id = refused.offer_id OR refused.offer_id IS NULL AND offer.provider_agb = refused.provider_agb
        AND offer.care_type_code = ANY (asked.care_type_codes)
"""  # noqa: S608 - from constants
"""How things are: with `refused` (an offer or a provider) and the case `asked`."""

_ISSUE = text(f"""
    WITH number AS (SELECT CAST(nextval('refusal_number') AS text) AS of_ours)
    INSERT INTO refusal (
        number, referral_id, event_id, care_request_id, provider_agb, offer_id, issued_on, issued_by, reason,
        need_codes, explanation, start_possible_on, seal, statement_then, profile_then, question_then, stated_open
    )
    SELECT 'AW-' || to_char(CAST(:today AS date), 'YYYY') || '-' || lpad(of_ours, greatest(6, length(of_ours)), '0'),
        refused.id, :event, asked.id, refused.provider_agb, refused.offer_id, :today, :issued_by, :reason, :needs,
        :explanation, CAST(:start_possible_on AS date), :seal, statement_now, profile_now, question_now, stated_open
    FROM number, referral refused JOIN care_request asked ON asked.id = refused.care_request_id
    CROSS JOIN LATERAL ({NOW} GROUP BY asked.id) now
    WHERE refused.id = :referral
    RETURNING number, stated_open
""")  # noqa: S608 - from constants

_REFUSED = f"""
    SELECT refused.care_request_id, refused.number, refused.referral_id, refused.reason, refused.issued_on,
        refused.provider_agb, provider.name AS provider_name, now.offers,
        refused.statement_then IS DISTINCT FROM statement_now AS statement,
        refused.profile_then IS DISTINCT FROM profile_now AS profile,
        refused.question_then IS DISTINCT FROM question_now AS question
    FROM refusal refused JOIN care_request asked ON asked.id = refused.care_request_id
    JOIN case_event event ON event.id = refused.event_id AND NOT {taken_back("event")}
    JOIN provider ON provider.agb_code = refused.provider_agb
    CROSS JOIN LATERAL ({NOW} GROUP BY asked.id) now
"""  # noqa: S608 - from constants
"""A refusal with what changed since, aspect by aspect (see `reasons.Aspect`)."""

_OF_CASE = text(f"{_REFUSED} WHERE refused.care_request_id = :case ORDER BY refused.issued_at")
_OF_OPEN_CASES = text(f"{_REFUSED} WHERE asked.status = 'open' ORDER BY refused.number")

_STANDS_AS_STATED = text(f"""
    SELECT refused.statement_then IS NOT DISTINCT FROM statement_now
    FROM refusal refused JOIN care_request asked ON asked.id = refused.care_request_id
    CROSS JOIN LATERAL ({NOW} GROUP BY asked.id) now
    WHERE refused.number = :number
""")  # noqa: S608 - from constants

_DOCUMENT = f"""
    SELECT refusal.*, {taken_back("event")} AS revoked, referral.sent_on, referral.due_on, referral.network_request_id,
        provider.name AS provider_name, offer.name AS offer_name, care_type.name AS care_type_name,
        asked.reference, asked.organisation
    FROM refusal
    JOIN case_event event ON event.id = refusal.event_id
    JOIN referral ON referral.id = refusal.referral_id
    JOIN care_request asked ON asked.id = refusal.care_request_id
    JOIN provider ON provider.agb_code = refusal.provider_agb
    LEFT JOIN offer ON offer.id = refusal.offer_id
    LEFT JOIN care_type ON care_type.code = offer.care_type_code
"""  # noqa: S608 - from constants

_BY_REFERRAL = text(f"""
    {_DOCUMENT} WHERE refusal.referral_id = :referral
    ORDER BY refusal.event_id DESC LIMIT 1
""")
_BY_NUMBER = text(f"{_DOCUMENT} WHERE refusal.number = :number")
_SHARPENED = text("UPDATE refusal SET sharpened_on = :today WHERE referral_id = :referral")


def issue(session: Session, referral: UUID, **said: Any) -> Row[Any]:  # noqa: ANN401 - one value per column
    """The number of the new document, and how many places the provider states as open at this moment."""
    return session.execute(_ISSUE, {"referral": referral, **said}).one()


def refusals_of(session: Session, case: UUID) -> Sequence[Row[Any]]:
    """Each refusal of a case with the offers it is about, and whether statement, profile or question changed since."""
    return session.execute(_OF_CASE, {"case": case}).all()


def refusals_of_open_cases(session: Session) -> Sequence[Row[Any]]:
    """The same of every open case in the country."""
    return session.execute(_OF_OPEN_CASES).all()


def stands_as_stated(session: Session, number: str) -> bool:
    """Whether the provider still states what it stated when it refused."""
    return bool(session.execute(_STANDS_AS_STATED, {"number": number}).scalar_one())


def document_of(session: Session, referral: UUID) -> Row[Any] | None:
    """The newest refusal of a referral."""
    return session.execute(_BY_REFERRAL, {"referral": referral}).one_or_none()


def document_numbered(session: Session, number: str) -> Row[Any] | None:
    return session.execute(_BY_NUMBER, {"number": number}).one_or_none()


def sharpened(session: Session, referral: UUID, today: date) -> None:
    session.execute(_SHARPENED, {"referral": referral, "today": today})
