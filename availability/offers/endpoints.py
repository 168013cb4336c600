"""Offers described by their providers, over HTTP."""

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Response
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed, may, require
from availability.access.whose import whose
from availability.clock import Today
from availability.codes import AgbCode
from availability.database import InTransaction
from availability.description import refuses
from availability.edge import PREFIX
from availability.geography.atlas import TheAtlas
from availability.messages import Page, RawBody, takes, takes_part_of
from availability.offers import queries
from availability.offers.messages import Location, LocationContent, OfferContent, changed
from availability.preconditions import SeenVersion
from availability.refusals import Conflict, Fault, Invalid, NotFound
from availability.supply import catalogue
from availability.supply.endpoints import OfferId
from availability.supply.messages import Offer
from availability.vocabulary.lexicon import Lexicon, TheLexicon

router = APIRouter(tags=["aanbod"])

Describer = Annotated[Identity, Depends(may(Action.DESCRIBE_OFFER))]
Whose = Annotated[str, Depends(whose(Action.DESCRIBE_OFFER))]

NO_SUCH_OFFER = "Dit aanbod bestaat niet, of is niet meer te vinden."


class OfferExists(Conflict):
    code = "offer-exists"
    title = "Dit aanbod is er al"
    advice = "Wijzig het aanbod dat er al is, of geef het nieuwe een andere naam."


class LocationExists(Conflict):
    code = "location-exists"
    title = "Deze locatie is er al"
    advice = "Gebruik de locatie die er al is, of geef de nieuwe een andere naam."


@router.post(
    "/offers",
    summary="Een nieuw aanbod beschrijven",
    status_code=201,
    openapi_extra=takes(OfferContent),
    responses=refuses(403, 409),
)
def add_offer(
    *,
    caller: Describer,
    provider: Whose,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Offer:
    content = OfferContent.read(raw)
    known = queries.hold_provider(session, provider)
    _require_no_faults(content.faults(lexicon, atlas, _locations(session, provider)), known)
    _require_another_name(session, provider, content, today)
    offer = queries.add_offer(session, provider, content, lexicon)
    record(session, caller, "describe-offer", "offer", str(offer))
    response.headers["Location"] = f"{PREFIX}/offers/{offer}"
    added = _as_it_is_now(session, lexicon, offer, provider, today)
    response.headers["ETag"] = added.etag
    return added


@router.patch(
    "/offers/{offer_id}",
    summary="Een aanbod anders beschrijven, of niet langer tonen (publishedUntil)",
    openapi_extra=takes_part_of(OfferContent),
    responses=refuses(403, 409, 412, 428),
)
def change_offer(
    *,
    offer_id: OfferId,
    caller: Describer,
    seen: SeenVersion,
    raw: RawBody,
    session: InTransaction,
    atlas: TheAtlas,
    lexicon: TheLexicon,
    today: Today,
    response: Response,
) -> Offer:
    stored = _own(queries.offer_to_change(session, offer_id), caller, today)
    seen.require(stored.version)
    content = changed(stored, lexicon, raw)
    provider = stored.provider_agb
    queries.hold_provider(session, provider)
    _require_no_faults(content.faults(lexicon, atlas, _locations(session, provider)))
    _require_another_name(session, provider, content, today, but=offer_id)
    queries.change_offer(session, offer_id, content, lexicon)
    record(session, caller, "change-offer", "offer", str(offer_id))
    now = _as_it_is_now(session, lexicon, offer_id, provider, today)
    response.headers["ETag"] = now.etag
    return now


def _own(row: Row[Any] | None, caller: Identity, today: date) -> Row[Any]:
    """Raises NotFound where a GET would not find it either, and NotAllowed when it is another's."""
    if row is None:
        raise NotFound(NO_SUCH_OFFER)
    relation = Relation.OWN if row.provider_agb == caller.organisation else Relation.ANY
    is_shown = row.published_from <= today and (row.published_until is None or row.published_until >= today)
    if not is_shown and not allowed(caller, Action.DESCRIBE_OFFER, relation):
        raise NotFound(NO_SUCH_OFFER)
    require(caller, Action.DESCRIBE_OFFER, relation)
    return row


def _locations(session: Session, provider: str) -> set[int]:
    return {row.id for row in queries.locations_of(session, provider)}


def _require_no_faults(faults: tuple[Fault, ...], known: bool = True) -> None:
    if not known:
        faults = (*faults, Fault("?provider", "Deze aanbieder kennen wij niet.", "unknown"))
    if faults:
        raise Invalid("De invoer klopt niet.", faults)


def _require_another_name(
    session: Session, provider: str, content: OfferContent, today: date, but: int | None = None
) -> None:
    """Two offers that nobody can tell apart are one too many; so a request that is sent twice adds one offer."""
    same = queries.same_offer(session, provider, content, today, but)
    if same is not None:
        raise OfferExists(f"Op deze locatie is er al een aanbod met deze naam en zorgvorm: nummer {same}.")


def _as_it_is_now(session: Session, lexicon: Lexicon, offer: int, provider: str, today: date) -> Offer:
    row = catalogue.find_offer(session, offer, today, provider)
    assert row is not None
    return Offer.of(row, lexicon, today, with_capacity=True, as_stated=True)


@router.get("/locations", summary="De locaties van een aanbieder")
def list_locations(
    caller: Annotated[Identity, Depends(may(Action.SEE_CAPACITY))], provider: AgbCode, session: InTransaction
) -> Page[Location]:
    rows = queries.locations_of(session, provider)
    return Page(items=[Location.model_validate(row, from_attributes=True) for row in rows])


@router.post(
    "/locations",
    summary="Een nieuwe locatie",
    status_code=201,
    openapi_extra=takes(LocationContent),
    responses=refuses(403, 409),
)
def add_location(caller: Describer, provider: Whose, raw: RawBody, session: InTransaction, atlas: TheAtlas) -> Location:
    content = LocationContent.read(raw)
    unknown = () if atlas.postcode(content.pc4) else (Fault("/pc4", "Deze postcode kennen wij niet.", "unknown"),)
    _require_no_faults(unknown, queries.hold_provider(session, provider))
    here = [row for row in queries.locations_of(session, provider) if row.pc4 == content.pc4]
    if any(row.name.lower() == content.name.lower() for row in here):
        raise LocationExists("Op deze postcode is er al een locatie met deze naam.")
    row = queries.add_location(session, provider, content)
    record(session, caller, "add-location", "location", str(row.id))
    return Location.model_validate(row, from_attributes=True)
