"""What the worker does with a referral beside sending it, and how either side takes something back."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from availability.cases import history
from availability.outbox.telling import Notice, tell
from availability.referrals import options
from availability.referrals.asking import Around, worker_of
from availability.referrals.messages import StartJudgement, Withdrawal, unknown_needs
from availability.referrals.noting import note, referral_at_hand, tell_provider
from availability.referrals.reasons import Reason
from availability.referrals.refusals import NotNow
from availability.referrals.refusing import Grounds, refuse
from availability.referrals.standing import WITHDRAWABLE, Stand
from availability.refusals import Invalid
from matcher.case_events import EventKind
from matcher.case_history import history_of


def judge_start(around: Around, referral: UUID, said: StartJudgement) -> None:
    """Whether a start after the wanted day is in time all the same."""
    row = referral_at_hand(around, referral)
    if row.standing != Stand.ACCEPTED:
        raise NotNow(row.standing)
    event = note(around, row, EventKind.START_JUDGED, timely=said.timely)
    if not said.timely:
        options.release(around, row.care_request_id, row.offer_id)
        tell_provider(around, row, Notice.REFERRAL_WITHDRAWN, event)


def note_no_answer(around: Around, referral: UUID) -> None:
    """The term passed, and nothing came: that opens step 5 as a refusal does. The routes know when it passed."""
    row = referral_at_hand(around, referral)
    if row.standing != Stand.OPEN:
        raise NotNow(row.standing)
    note(around, row, EventKind.NO_ANSWER)


def withdraw_referral(around: Around, referral: UUID, said: Withdrawal) -> None:
    """The worker no longer asks."""
    row = referral_at_hand(around, referral)
    if row.standing not in WITHDRAWABLE:
        raise NotNow(row.standing)
    event = note(around, row, EventKind.REFERRAL_WITHDRAWN, notes={"explanation": said.explanation})
    if row.offer_id is not None:
        options.release(around, row.care_request_id, row.offer_id)
    tell_provider(around, row, Notice.REFERRAL_WITHDRAWN, event)


def withdraw_acceptance(around: Around, referral: UUID, said: Withdrawal) -> None:
    """The provider cannot do what it promised or proposed: that is a refusal too, seen by everyone who must."""
    row = referral_at_hand(around, referral)
    if row.standing not in {Stand.ACCEPTED, Stand.PROPOSED}:
        raise NotNow(row.standing)
    if faults := unknown_needs(said.needs, around.lexicon, "/needs"):
        raise Invalid("De invoer klopt niet.", faults)
    reason = said.reason or Reason.OTHER
    proposed = row.standing == Stand.PROPOSED
    event = note(
        around,
        row,
        EventKind.NETWORK_DECLINED if proposed else EventKind.ACCEPTANCE_WITHDRAWN,
        reason=reason.value,
        notes={"explanation": said.explanation},
    )
    refuse(around, row, Grounds(reason, said.explanation, said.needs), event)
    for organisation, role in _who_must_see(around, row):
        tell(
            around.session,
            Notice.ACCEPTANCE_WITHDRAWN,
            organisation=organisation,
            role=role,
            key=f"{row.id}:{event.id}",
            link="/casussen",
            values={"provider": row.provider_name, "on": around.today},
        )


def _who_must_see(around: Around, row: Row[Any]) -> set[tuple[str, str]]:
    """The worker; the responsible municipality, which may have allocated; the RET, when the case lies there."""
    facts, events = history.facts_and_events(around.session, [row.care_request_id])[row.care_request_id]
    now = history_of(facts, events)
    municipality = row.municipality_code
    seen_by = {
        worker_of(around.session, row.care_request_id),
        (municipality, "local-team"),
        (municipality, "back-office"),
    }
    if any(event.kind is EventKind.RET_REGISTERED for event in now.events):
        seen_by.add((now.region, "ret-chair"))
    return seen_by
