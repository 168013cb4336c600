"""The SQL of describing offers. Matching hears of it by the triggers of the board."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, insert, text, update
from sqlalchemy.orm import Session

from availability.offers.messages import LocationContent, OfferContent, columns_of
from availability.supply.tables import Offer
from availability.vocabulary.lexicon import Lexicon

_TABLE = Offer.__table__  # type: ignore[attr-defined]  # SQLModel does not declare it

_OFFER = text("""
    SELECT offer.*,
           ARRAY(SELECT municipality_code FROM served_area WHERE offer_id = offer.id ORDER BY 1) AS municipalities
    FROM offer WHERE id = :id FOR UPDATE
""")

# A key share of those who add offers goes together with it; who else describes one of this provider waits.
_PROVIDER = text("SELECT agb_code FROM provider WHERE agb_code = :provider FOR NO KEY UPDATE")

_SAME = text("""
    SELECT id FROM offer
    WHERE provider_agb = :provider AND location_id = :location AND care_type_code = :care_type
      AND lower(name) = lower(:name) AND coalesce(published_until, 'infinity') >= :today
      AND id IS DISTINCT FROM CAST(:but AS bigint)
    ORDER BY id LIMIT 1
""")

_LEAVE = text("DELETE FROM served_area WHERE offer_id = :offer AND NOT municipality_code = ANY (:municipalities)")
_ENTER = text("""
    INSERT INTO served_area (offer_id, municipality_code) SELECT :offer, unnest(CAST(:municipalities AS text[]))
    ON CONFLICT DO NOTHING
""")

_LOCATIONS = text("""
    SELECT id, name, pc4, place, municipality_code AS municipality
    FROM location WHERE provider_agb = :provider ORDER BY name, place, id
""")

_SETTLE = text("""
    INSERT INTO location (provider_agb, name, pc4, place, municipality_code, point)
    SELECT :provider, :name, pc4, place, municipality_code, centre FROM postcode WHERE pc4 = :pc4
    RETURNING id, name, pc4, place, municipality_code AS municipality
""")


def hold_provider(session: Session, provider: str) -> bool:
    """Whether there is such a provider; if so, nobody else describes its offers until the transaction ends."""
    return session.execute(_PROVIDER, {"provider": provider}).one_or_none() is not None


def offer_to_change(session: Session, offer: int) -> Row[Any] | None:
    """The offer with its municipalities, locked until the transaction ends."""
    return session.execute(_OFFER, {"id": offer}).one_or_none()


def same_offer(
    session: Session, provider: str, content: OfferContent, today: date, but: int | None = None
) -> int | None:
    """Another offer of the provider that has not ended and that nobody could tell from this one."""
    values = {"provider": provider, "location": content.location_id, "care_type": content.care_type}
    found: int | None = session.execute(
        _SAME, {**values, "name": content.name, "today": today, "but": but}
    ).scalar_one_or_none()
    return found


def add_offer(session: Session, provider: str, content: OfferContent, lexicon: Lexicon) -> int:
    values = columns_of(content, lexicon)
    statement = insert(_TABLE).values(provider_agb=provider, **values).returning(_TABLE.c.id)
    offer: int = session.execute(statement).scalar_one()
    _serve(session, offer, content.municipalities)
    return offer


def change_offer(session: Session, offer: int, content: OfferContent, lexicon: Lexicon) -> None:
    values = columns_of(content, lexicon)
    session.execute(update(_TABLE).where(_TABLE.c.id == offer).values(version=_TABLE.c.version + 1, **values))
    _serve(session, offer, content.municipalities)


def exclude_needs(session: Session, offer: int, needs: int) -> None:
    """From now on the offer does not serve these needs (a mask)."""
    values = {
        "excludes": _TABLE.c.excludes.op("|")(needs),
        "serves": _TABLE.c.serves.op("&")(~needs),
        "version": _TABLE.c.version + 1,
    }
    session.execute(update(_TABLE).where(_TABLE.c.id == offer).values(values))


def _serve(session: Session, offer: int, municipalities: Sequence[str]) -> None:
    for step in (_LEAVE, _ENTER):
        session.execute(step, {"offer": offer, "municipalities": list(municipalities)})


def locations_of(session: Session, provider: str) -> Sequence[Row[Any]]:
    return session.execute(_LOCATIONS, {"provider": provider}).all()


def add_location(session: Session, provider: str, content: LocationContent) -> Row[Any]:
    values = {"provider": provider, "name": content.name, "pc4": content.pc4}
    return session.execute(_SETTLE, values).one()
