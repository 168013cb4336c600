"""The SQL of the quarterly report: what last held of each offer at the end of a quarter."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.quarterly.quarter import Quarter
from matcher.quarterly import Stated

# The offers that were published on some day of the quarter, each with its last statement up to the day of reckoning;
# care that CBS does not count has no form.
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
      AND offer.published_from <= :until AND coalesce(offer.published_until, 'infinity') >= :since
""")

_FORMS = text("SELECT code, label FROM code WHERE list_code = 'CBS-HULPVORM'")

_NAME = text("SELECT name FROM provider WHERE agb_code = :provider")


def stated_by(session: Session, provider: str, quarter: Quarter, until: date) -> list[Stated]:
    """Every offer of the quarter, with what held of it on the day `until`."""
    values = {"provider": provider, "since": quarter.first_day, "until": until}
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
