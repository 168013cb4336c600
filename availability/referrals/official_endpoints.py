"""Help without a contract, over HTTP: the designated official is asked first, about the provider of one offer.

The decision is an event of the case. It blocks this referral and nothing else: the search goes on beside it.
"""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from availability.access.permissions import Action
from availability.cases import history
from availability.description import refuses
from availability.idempotency import Once
from availability.messages import Message, RawBody, takes
from availability.referrals.asking import (
    Around,
    acting,
    needs_no_permission,
    offer_meant,
    own_case_of,
    searching_case,
)
from availability.referrals.form import FreeText
from availability.referrals.messages import OfferName, OfferNumber, ProviderName
from availability.referrals.refusals import NeedsNoPermission
from availability.referrals.sending import recorded_before
from matcher.case_events import EventKind

router = APIRouter(tags=["aanmeldingen"])

Sender = Annotated[Around, Depends(acting(Action.SEND_REFERRAL))]


class NonContractedQuestion(Message):
    """Which help is meant, and why none that is contracted will do."""

    offer_id: OfferNumber
    question: FreeText


class NonContractedQuestionTold(Message):
    offer: OfferName
    provider: ProviderName
    allowed: bool
    """Whether the official said yes already."""


@router.post(
    "/care-requests/{case_id}/non-contracted-questions",
    summary="De aangewezen functionaris vragen of hulp zonder contract mag",
    status_code=201,
    openapi_extra=takes(NonContractedQuestion),
    responses=refuses(403, 409),
)
def ask_official(case_id: UUID, around: Sender, raw: RawBody, retry: Once) -> NonContractedQuestionTold:
    own_case_of(around, case_id)
    asked = NonContractedQuestion.read(raw)
    case = searching_case(around, case_id)
    offer = offer_meant(around, case, asked.offer_id)
    if needs_no_permission(offer):
        raise NeedsNoPermission(offer.provider_name)
    if not recorded_before(around, retry):
        history.append(
            around.session,
            around.caller,
            case.id,
            EventKind.OFFICIAL_ASKED,
            around.today,
            party=offer.provider_agb,
            values={"question": "non-contracted"},
            notes={"question": asked.question},
            retry=retry,
            today=around.today,
        )
        around.audit("ask-official", "care-request", case_id)
    return NonContractedQuestionTold(
        offer=OfferName(id=offer.id, name=offer.name),
        provider=ProviderName(agb_code=offer.provider_agb, name=offer.provider_name),
        allowed=offer.allowed,
    )
