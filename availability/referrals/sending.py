"""Putting a case to one offer: what must hold before it is sent, when the answer is due, and who hears of it."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.cases import history
from availability.idempotency import KeyReused, Retry, wait_for_twin
from availability.outbox.telling import Notice, tell
from availability.referrals import option_queries, queries
from availability.referrals.asking import ROUTE_ANSWER_DAYS, Around, askable_offer, form_to_send, searching_case
from availability.referrals.messages import Sending
from availability.referrals.refusals import PlaceFound, RunningReferral, SameReferral
from availability.referrals.standing import RUNNING, Stand
from matcher.case_events import EventKind, Value
from matcher.working_days import end_of_working_days


def send(around: Around, case_id: UUID, sending: Sending, retry: Retry) -> UUID:
    """The referral that was made, or that this request made before."""
    if (made := sent_before(around, retry)) is not None:
        return made
    case = searching_case(around, case_id)
    offer = askable_offer(around, case, sending.offer_id)
    _refuse_duplicate(around, case, offer, sending)
    form = form_to_send(around, case, sending.form, determined=not offer.general)
    referral = queries.add_referral(
        around.session,
        care_request_id=case.id,
        form_id=form,
        provider_agb=offer.provider_agb,
        offer_id=offer.id,
        contract_id=offer.contract_id,
        sent_on=around.today,
        sent_by=around.caller.subject,
        due_on=answer_due(around.today, offer.answer_term_days),
    )
    history.append(
        around.session,
        around.caller,
        case.id,
        EventKind.REFERRAL_SENT,
        around.today,
        party=offer.provider_agb,
        referral=referral,
        values=_said_of(offer),
        retry=retry,
        today=around.today,
    )
    due_on = queries.due_of(around.session, referral)
    option_queries.keep_for_referral(
        around.session, case.id, offer.id, referral, until=due_on, today=around.today
    )  # a place that is held stays so until the answer
    tell(
        around.session,
        Notice.REFERRAL_RECEIVED,
        organisation=offer.provider_agb,
        role="provider",
        key=str(referral),
        link="/aanmeldingen",
        values={"offer": offer.name, "due": due_on},
    )
    return referral


def sent_before(around: Around, retry: Retry) -> UUID | None:
    """The referral that this very request was about before. Raises KeyReused when its key belongs to something else."""
    if not recorded_before(around, retry):
        return None
    earlier = queries.earlier(around.session, around.caller, str(retry.key))
    if earlier is None or earlier.referral_id is None:
        raise KeyReused
    made: UUID = earlier.referral_id
    return made


def recorded_before(around: Around, retry: Retry) -> bool:
    """Whether this very request was recorded before; of two at once the second waits for the first."""
    if retry.key is None:
        return False
    wait_for_twin(around.session, around.caller, retry)
    earlier = queries.earlier(around.session, around.caller, retry.key)
    if earlier is not None:
        retry.same_as(earlier.idempotency_digest)
    return earlier is not None


def answer_due(today: date, contract_days: int | None) -> date:
    """A contract may shorten the term of the routes, never lengthen it."""
    return end_of_working_days(today, min(contract_days or ROUTE_ANSWER_DAYS, ROUTE_ANSWER_DAYS))


def _said_of(offer: Row[Any]) -> dict[str, Value]:
    """What the routes must know of a referral; a contract's term only where it is shorter."""
    said: dict[str, Value] = {}
    if offer.general:
        said["general"] = True
    elif offer.contract_id is None:
        said["nonContracted"] = True
    elif offer.answer_term_days < ROUTE_ANSWER_DAYS:
        said["answerDays"] = offer.answer_term_days
    return said


def _refuse_duplicate(around: Around, case: Row[Any], offer: Row[Any], sending: Sending) -> None:
    """Name what runs already, before anything is sent."""
    running = [row for row in queries.referrals_of(around.session, case.id, around.today) if row.standing in RUNNING]
    if any(row.offer_id == offer.id for row in running):
        raise SameReferral(offer.provider_name)
    if kept := next((row for row in running if row.standing == Stand.ACCEPTED), None):
        raise PlaceFound(kept.provider_name)
    if running and not sending.duplicate_confirmed:
        first = running[0]
        raise RunningReferral(first.provider_name, first.offer_name, first.sent_on, first.due_on)
