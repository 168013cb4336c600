"""What follows from a refusal: the document, the place that is free again, and what it asks of the provider."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.access.identity import Role
from availability.access.permissions import Action
from availability.cases.parties import standing_of
from availability.offers.queries import exclude_needs
from availability.outbox.telling import Notice, tell
from availability.referrals import document_queries, options
from availability.referrals.asking import Around
from availability.referrals.documents import new_seal
from availability.referrals.messages import Sharpening, unknown_needs
from availability.referrals.noting import referral_at_hand
from availability.referrals.reasons import REASONS, Reason
from availability.referrals.refusals import NotNow
from availability.refusals import Invalid
from matcher.case_events import Event, EventKind


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why: the reason, and what goes with it."""

    reason: Reason
    explanation: str | None = None
    needs: tuple[str, ...] = ()
    start_possible_on: date | None = None


def refuse(around: Around, row: Row[Any], grounds: Grounds, event: Event) -> None:
    """Issue the document, give the place free, and ask the provider about a statement that says otherwise."""
    if row.offer_id is not None:
        options.release(around, row.care_request_id, row.offer_id)
    issued = document_queries.issue(
        around.session,
        row.id,
        event=event.id,
        today=around.today,
        issued_by=around.caller.subject,
        reason=grounds.reason.value,
        needs=list(grounds.needs),
        explanation=grounds.explanation,
        start_possible_on=grounds.start_possible_on,
        seal=new_seal(),
    )
    if REASONS[grounds.reason].contradicts_open_places and issued.stated_open and row.offer_name:
        tell(
            around.session,
            Notice.STATEMENT_CONTRADICTED,
            organisation=row.provider_agb,
            role="provider",
            key=issued.number,
            link="/mijn-plekken",
            values={"offer": row.offer_name, "number": issued.stated_open},
        )


def sharpen(around: Around, referral: UUID, said: Sharpening) -> None:
    """The provider says which needs its offer does not serve from now on, or that the profile is right as it is."""
    if faults := unknown_needs(said.excludes, around.lexicon, "/excludes"):
        raise Invalid("De invoer klopt niet.", faults)
    row = referral_at_hand(around, referral)
    if not asks_to_sharpen(row):
        raise NotNow(row.standing)
    exclude_needs(around.session, row.offer_id, around.lexicon.need_mask(said.excludes))
    document_queries.sharpened(around.session, row.id, around.today)


def asks_to_sharpen(row: Row[Any]) -> bool:
    """Refused because of needs, of an offer, and not settled yet."""
    return bool(row.refused_needs and row.offer_id is not None and row.sharpened_on is None)


def may_be_read(around: Around, refusal: Row[Any]) -> bool:
    """Its provider, and every party of the case that hears of refusals: the back office as well as the worker."""
    caller = around.caller
    if caller.role is Role.PROVIDER:
        return bool(caller.organisation == refusal.provider_agb)
    standing = standing_of(around.session, caller, refusal.care_request_id, Action.SEE_REFUSAL, around.today)
    return EventKind.REFERRAL_REFUSED in standing.sees
