"""Taking back a "niets veranderd" that was a slip of the hand, over HTTP.

Only a confirmation, and only on its own day. Its figures are those of the statement before, so nobody was told a wrong
number; only the day was wrong. Figures that were wrong are corrected by a new statement, and a first statement has
nothing before it.
"""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Response

from availability.access.audit import record
from availability.access.identity import Identity
from availability.access.permissions import Action, Relation, allowed, may
from availability.clock import Today, dutch_day
from availability.database import InTransaction
from availability.description import refuses
from availability.preconditions import SeenVersion, etag_of
from availability.refusals import Conflict, NotAllowed, NotFound, PreconditionFailed
from availability.retractions import queries
from availability.supply import catalogue
from availability.supply.entries import CONFIRMATION
from availability.supply.messages import Capacity

router = APIRouter(tags=["aanbod"])

OfferId = Annotated[int, Path(ge=1, le=2**63 - 1)]
Planner = Annotated[Identity, Depends(may(Action.STATE_CAPACITY))]

NO_SUCH_OFFER = "Dit aanbod bestaat niet."
NOT_YOURS = "Dit aanbod is van een andere aanbieder. U kunt alleen uw eigen plekken opgeven."
NEVER_STATED = "Voor dit aanbod is nog geen opgave. Er is niets terug te nemen."
NO_CONFIRMATION = "Alleen “niets veranderd” kunt u terugnemen. Klopt een getal niet? Doe dan een nieuwe opgave."
NOT_TODAY = "Dit bevestigde u eerder dan vandaag. Geef de getallen van nu op."


@router.delete(
    "/offers/{offer_id}/capacity/confirmation",
    summary="“Niets veranderd” terugnemen: de opgave van daarvoor geldt weer, met haar eigen dag",
    responses=refuses(403, 409, 412, 428),
)
def take_back_confirmation(
    *, offer_id: OfferId, caller: Planner, seen: SeenVersion, session: InTransaction, today: Today, response: Response
) -> Capacity:
    offer = catalogue.find_offer(session, offer_id, today, caller.organisation)
    if offer is None:
        raise NotFound(NO_SUCH_OFFER)
    if offer.agb_code != caller.organisation and not allowed(caller, Action.STATE_CAPACITY, Relation.ANY):
        raise NotAllowed(NOT_YOURS)
    if (current := queries.lock_current(session, offer_id)) is None:
        raise PreconditionFailed(NEVER_STATED)
    seen.require(current)
    again = _taken_back(session, current, today)
    record(session, caller, "take-back-confirmation", "capacity-statement", str(again))
    response.headers["ETag"] = etag_of(again)
    holds = catalogue.find_offer(session, offer_id, today, caller.organisation)
    assert holds is not None  # it was there a moment ago, and whose it is does not change
    return Capacity.of(holds, today)


def _taken_back(session: InTransaction, current: int, today: date) -> int:
    """The statement that holds from now on. Raises Conflict."""
    said = queries.said(session, current)
    if said.source != CONFIRMATION:
        raise Conflict(NO_CONFIRMATION)
    if dutch_day(said.stated_at) != today:
        raise Conflict(NOT_TODAY)
    again = queries.take_back(session, current)
    if again is None:
        raise Conflict(NO_CONFIRMATION)
    return again
