"""The SQL of an import: what a provider has and states now, and what it said of its files before. Writing the
statements is done by the one statement of `supply`."""

from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.intake.memory import Memory
from availability.intake.offers import OwnOffer
from availability.supply.messages import FIGURES
from availability.upserts import upsert, write

_SAID = ", ".join(f"said.{name}" for name in FIGURES)

_OWN_OFFERS = text(f"""
    SELECT offer.id, offer.name, location.name AS location, location.place, said.id AS version, {_SAID}
    FROM offer
    JOIN location ON location.id = offer.location_id
    LEFT JOIN current_capacity ON current_capacity.offer_id = offer.id
    LEFT JOIN capacity_statement said ON said.id = current_capacity.statement_id
    WHERE offer.provider_agb = :provider AND coalesce(offer.published_until, 'infinity') >= :today
    ORDER BY offer.name, location.place, location.name, offer.id
""")  # noqa: S608 - only names of our own columns


def own_offers(session: Session, provider: str, today: date) -> list[OwnOffer]:
    """Every offer of the provider that has not ended, in the order of the template."""
    rows = session.execute(_OWN_OFFERS, {"provider": provider, "today": today})
    return [
        OwnOffer(
            row.id,
            row.name,
            row.location,
            row.place,
            row.version,
            {name: getattr(row, name) for name in FIGURES} if row.version else {},
        )
        for row in rows
    ]


_REMEMBER_COLUMNS = upsert(
    "column_choice", ("provider_agb", "header"), {"provider_agb": "text", "header": "text", "field": "text"}
)
_REMEMBER_OFFERS = upsert(
    "offer_choice", ("provider_agb", "words"), {"provider_agb": "text", "words": "text", "offer_id": "bigint"}
)


def memory_of(session: Session, provider: str) -> Memory:
    """What this provider's planners said of earlier files."""
    whose = {"provider": provider}
    columns = session.execute(text("SELECT header, field FROM column_choice WHERE provider_agb = :provider"), whose)
    offers = session.execute(text("SELECT words, offer_id FROM offer_choice WHERE provider_agb = :provider"), whose)
    return Memory({row.header: row.field for row in columns}, {row.words: row.offer_id for row in offers})


def remember(session: Session, provider: str, learnt: Memory) -> None:
    """The newest answer holds."""
    columns = [{"provider_agb": provider, "header": header, "field": field} for header, field in learnt.columns.items()]
    offers = [{"provider_agb": provider, "words": words, "offer_id": offer} for words, offer in learnt.offers.items()]
    write(session, _REMEMBER_COLUMNS, columns)
    write(session, _REMEMBER_OFFERS, offers)


def forget(session: Session, provider: str) -> None:
    for table in ("column_choice", "offer_choice"):
        session.execute(text(f"DELETE FROM {table} WHERE provider_agb = :provider"), {"provider": provider})  # noqa: S608 - our own names
