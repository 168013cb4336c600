"""The SQL of an import: what a provider has and states now. Writing it is done by the one statement of `supply`."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.intake.offers import OwnOffer
from availability.supply.messages import FIGURES

_SAID = ", ".join(f"said.{name}" for name in FIGURES)

_OWN_OFFERS = text(f"""
    SELECT offer.id, offer.name, location.place, said.id AS version, {_SAID}
    FROM offer
    JOIN location ON location.id = offer.location_id
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE offer.provider_agb = :provider AND coalesce(offer.published_until, 'infinity') >= :today
    ORDER BY offer.name, location.place, offer.id
""")  # noqa: S608 - only names of our own columns


def own_offers(session: Session, provider: str, today: date) -> list[OwnOffer]:
    """Every offer of the provider that has not ended, in the order of the template."""
    rows = session.execute(_OWN_OFFERS, {"provider": provider, "today": today})
    return [
        OwnOffer(
            row.id,
            row.name,
            row.place,
            row.version,
            {name: getattr(row, name) for name in FIGURES} if row.version else {},
        )
        for row in rows
    ]
