"""What a provider answers, and what the worker says to its question.

Everything happens under the lock of the case, so of two answers at once the second finds the first.
"""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.cases.endpoints import own_case
from availability.cases.messages import FURTHEST_AHEAD
from availability.cases.queries import find_case
from availability.idempotency import KeyReused, Retry
from availability.outbox.telling import Notice
from availability.referrals import options, queries
from availability.referrals.asking import Around, askable_offer
from availability.referrals.messages import AnswerKind, ReferralAnswer, Reply, unknown_needs
from availability.referrals.noting import note, referral_at_hand, tell_provider, tell_worker
from availability.referrals.refusals import NotNow
from availability.referrals.refusing import Grounds, refuse
from availability.referrals.sending import sent_before
from availability.referrals.standing import ANSWERABLE, Stand
from availability.refusals import Fault, Invalid
from matcher.case_events import EventKind


def answer(around: Around, referral: UUID, said: ReferralAnswer, retry: Retry) -> None:
    """Record the provider's answer. Raises NotFound, NotNow, Invalid, or KeyReused."""
    if _done_before(around, referral, retry):
        return
    row = referral_at_hand(around, referral)
    if row.standing not in ANSWERABLE:
        raise NotNow(row.standing)
    ANSWERS[said.answer](around, row, said, retry)


def _done_before(around: Around, referral: UUID, retry: Retry) -> bool:
    made = sent_before(around, retry)
    if made is not None and made != referral:
        raise KeyReused
    return made is not None


def _accept(around: Around, row: Row[Any], said: ReferralAnswer, retry: Retry) -> None:
    """To the network it is a proposal; directly it is a promise, and the place is held from now on."""
    assert said.start_date is not None
    through_network = row.network_request_id is not None
    _require_possible(around, said, through_network)
    kind = EventKind.NETWORK_PROPOSED if through_network else EventKind.REFERRAL_ACCEPTED
    if through_network:
        assert said.offer_id is not None
        _take_offer(around, row, said.offer_id)
    event = note(around, row, kind, retry=retry, startDate=said.start_date.isoformat())
    if not through_network:
        options.promise(around, row.care_request_id, row.offer_id, row.id, until=said.start_date)
    tell_worker(around, row, Notice.NETWORK_PROPOSED if through_network else Notice.REFERRAL_ANSWERED, event)


def _require_possible(around: Around, said: ReferralAnswer, through_network: bool) -> None:
    assert said.start_date is not None
    wrong = (
        (said.start_date < around.today, "/startDate", "Kies vandaag of een latere dag."),
        (said.start_date > around.today + FURTHEST_AHEAD, "/startDate", "Kies een dag binnen vijf jaar."),
        (through_network and said.offer_id is None, "/offerId", "Zeg met welk aanbod u kunt helpen."),
        (not through_network and said.offer_id is not None, "/offerId", "Het aanbod staat al in de aanmelding."),
    )
    faults = tuple(Fault(pointer, detail) for is_wrong, pointer, detail in wrong if is_wrong)
    if faults:
        raise Invalid("De invoer klopt niet.", faults)


def _take_offer(around: Around, row: Row[Any], offer_id: int) -> None:
    """The offer with which a member of the network can help: its own, and one that this case may use."""
    case = own_case(find_case(around.session, row.care_request_id, row.organisation))
    offer = askable_offer(around, case, offer_id)
    if offer.provider_agb != row.provider_agb:
        raise Invalid("De invoer klopt niet.", (Fault("/offerId", "Kies een van uw eigen soorten aanbod."),))
    queries.offered(around.session, row.id, offer.id, offer.contract_id)


def _ask(around: Around, row: Row[Any], said: ReferralAnswer, retry: Retry) -> None:
    if row.network_request_id is not None:
        raise Invalid("De invoer klopt niet.", (Fault("/answer", "Het netwerk overlegt samen; stel daar uw vraag."),))
    if row.standing == Stand.QUESTION:
        raise NotNow(row.standing)
    event = note(around, row, EventKind.REFERRAL_QUESTION_ASKED, retry=retry, notes={"question": said.question})
    tell_worker(around, row, Notice.REFERRAL_QUESTION, event)


def _refuse(around: Around, row: Row[Any], said: ReferralAnswer, retry: Retry) -> None:
    if faults := unknown_needs(said.needs, around.lexicon, "/needs"):
        raise Invalid("De invoer klopt niet.", faults)
    assert said.reason is not None
    through_network = row.network_request_id is not None
    kind = EventKind.NETWORK_DECLINED if through_network else EventKind.REFERRAL_REFUSED
    event = note(around, row, kind, retry=retry, reason=said.reason.value)
    refuse(around, row, Grounds(said.reason, said.explanation, said.needs, said.start_possible_on), event)
    tell_worker(around, row, Notice.REFERRAL_ANSWERED, event)


ANSWERS: Mapping[AnswerKind, Callable[[Around, Row[Any], ReferralAnswer, Retry], None]] = {
    AnswerKind.ACCEPT: _accept,
    AnswerKind.QUESTION: _ask,
    AnswerKind.REFUSE: _refuse,
}


def reply(around: Around, referral: UUID, said: Reply, retry: Retry) -> None:
    """The worker answers the provider's question."""
    if _done_before(around, referral, retry):
        return
    row = referral_at_hand(around, referral)
    if row.standing != Stand.QUESTION:
        raise NotNow(row.standing)
    event = note(around, row, EventKind.REFERRAL_QUESTION_ANSWERED, retry=retry, notes={"answer": said.text})
    tell_provider(around, row, Notice.REFERRAL_QUESTION_ANSWERED, event)
