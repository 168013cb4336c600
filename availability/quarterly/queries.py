"""The SQL of the quarterly report: what last held of each offer at the end of a quarter."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from matcher.quarterly import Stated

# The offers that are there on the day of reckoning, each with its last statement up to that day. Who waited for one
# that ended waits elsewhere by then, or no more: so what moved counts once. Care that CBS does not count has no form.
_STATED = text("""
    SELECT offer.id, offer.name, care_type.cbs_form AS form, membership.region_code AS region,
           (said.stated_at AT TIME ZONE 'Europe/Amsterdam')::date AS stated_on,
           said.total_places AS places, said.intake_wait_days, said.treatment_wait_days, said.waiting_count
    FROM offer
    JOIN care_type ON care_type.code = offer.care_type_code
    JOIN location ON location.id = offer.location_id
    JOIN region_membership membership
        ON membership.municipality_code = location.municipality_code AND membership.valid @> CAST(:until AS date)
    LEFT JOIN LATERAL (
        SELECT * FROM capacity_statement statement
        WHERE statement.offer_id = offer.id
          AND (statement.stated_at AT TIME ZONE 'Europe/Amsterdam')::date <= :until
        ORDER BY statement.id DESC LIMIT 1
    ) said ON true
    WHERE offer.provider_agb = :provider AND care_type.cbs_form IS NOT NULL
      AND offer.published_from <= :until AND coalesce(offer.published_until, 'infinity') >= :until
""")

_FORMS = text("SELECT code, label FROM code WHERE list_code = 'CBS-HULPVORM'")

_NAME = text("SELECT name FROM provider WHERE agb_code = :provider")


def stated_by(session: Session, provider: str, until: date) -> list[Stated]:
    """Every offer that is published on the day `until`, with what held of it then."""
    values = {"provider": provider, "until": until}
    return [
        Stated(
            offer=row.id,
            name=row.name,
            form=row.form,
            region=row.region,
            stated_on=row.stated_on,
            places=row.places,
            intake_wait=row.intake_wait_days,
            treatment_wait=row.treatment_wait_days,
            waiting=row.waiting_count,
        )
        for row in session.execute(_STATED, values)
    ]


def form_names(session: Session) -> dict[str, str]:
    """The forms of youth care as CBS names them, by code."""
    return {row.code: row.label for row in session.execute(_FORMS)}


def provider_name(session: Session, provider: str) -> str | None:
    name: str | None = session.execute(_NAME, {"provider": provider}).scalar_one_or_none()
    return name
