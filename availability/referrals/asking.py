"""A case put to somebody: whose case it is, which form goes along, and whether this offer may be asked at all."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends
from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.audit import record
from availability.access.identity import Identity, Role
from availability.access.permissions import Action, may
from availability.cases import history
from availability.cases.endpoints import own_case
from availability.cases.queries import find_case
from availability.clock import Today
from availability.database import InTransaction
from availability.geography.atlas import Atlas, TheAtlas
from availability.referrals import queries
from availability.referrals.form import Form
from availability.referrals.refusals import CaseIsOver, NotContracted, NotPublished
from availability.refusals import Fault, Invalid
from availability.vocabulary.lexicon import Lexicon, TheLexicon
from matcher.case_events import EventKind, Value
from matcher.case_history import history_of

ROUTE_ANSWER_DAYS = 5
"""Working days for a provider, in both routes (see `matcher.enrolment`). A contract may shorten them."""


@dataclass(frozen=True, slots=True)
class Around:
    """What is the same for the whole of one request."""

    session: Session
    caller: Identity
    atlas: Atlas
    lexicon: Lexicon
    today: date

    def audit(self, action: str, record_kind: str, *record_ids: object) -> None:
        """Who did what to which record, in the same transaction."""
        record(self.session, self.caller, action, record_kind, *map(str, record_ids))


def acting(action: Action) -> Callable[..., Awaitable[Around]]:
    """A dependency: who may do this, with all that a request works with."""

    async def around(
        caller: Annotated[Identity, Depends(may(action))],
        session: InTransaction,
        atlas: TheAtlas,
        lexicon: TheLexicon,
        today: Today,
    ) -> Around:
        return Around(session, caller, atlas, lexicon, today)

    return around


def own_case_of(around: Around, case_id: UUID) -> Row[Any]:
    """The caller's own case. Raises NotFound."""
    return own_case(find_case(around.session, case_id, around.caller.organisation))


def searching_case(around: Around, case_id: UUID) -> Row[Any]:
    """The caller's own case, locked until the transaction ends. Raises NotFound, or CaseIsOver."""
    case = own_case(find_case(around.session, case_id, around.caller.organisation, to_change=True))
    if case.status != "open":
        raise CaseIsOver
    return case


def wanted_on(case: Row[Any], today: date) -> date:
    """The day on which a contract must hold."""
    wanted: date = max(case.needed_from, today)
    return wanted


def offer_meant(around: Around, case: Row[Any], offer_id: int, pointer: str = "/offerId") -> Row[Any]:
    """The offer, and how it stands to this case. Raises Invalid, or NotPublished."""
    wanted = wanted_on(case, around.today)
    offer = queries.askable(
        around.session,
        case.id,
        offer_id,
        municipality=case.municipality_code,
        areas=around.atlas.areas_of(case.municipality_code, wanted),
        wanted=wanted,
        today=around.today,
    )
    if offer is None:
        raise Invalid("De invoer klopt niet.", (Fault(pointer, "Dit aanbod kennen wij niet.", "unknown"),))
    if not offer.published:
        raise NotPublished(offer.name)
    return offer


def needs_no_permission(offer: Row[Any]) -> bool:
    """Contracted, or a general provision, which needs no contract."""
    return bool(offer.general or offer.contract_id)


def askable_offer(around: Around, case: Row[Any], offer_id: int) -> Row[Any]:
    """The offer, if this case may be put to it. Raises Invalid, NotPublished or NotContracted."""
    offer = offer_meant(around, case, offer_id)
    if not (needs_no_permission(offer) or offer.allowed):
        raise NotContracted(offer.provider_name, wanted_on(case, around.today))
    return offer


def form_to_send(around: Around, case: Row[Any], form: Form | None, *, determined: bool = True) -> UUID:
    """The form that goes along: this one, or the last one of the case; sent for the first time, it is the
    determination. Raises Invalid."""
    last = queries.last_form(around.session, case.id) if form is None else None
    meant = form or (Form.stored(last.content) if last else None)
    if meant is None:
        raise Invalid("De invoer klopt niet.", (Fault("/form", "Vul eerst het aanmeldformulier in.", "missing"),))
    if faults := meant.faults(around.lexicon, determined=determined):
        raise Invalid("Het aanmeldformulier klopt niet.", faults)
    _determine(around, case, meant)
    if last is not None:
        kept: UUID = last.id
        return kept
    return queries.keep_form(around.session, case.id, meant, around.caller.subject)


def _determine(around: Around, case: Row[Any], form: Form) -> None:
    """The form holds the determination: with the first one that is sent, that was made, and its evaluations agreed."""
    made = form.determination
    facts, events = history.facts_and_events(around.session, [case.id])[case.id]
    if made is None or any(event.kind is EventKind.DETERMINED for event in history_of(facts, events).events):
        return
    begins = wanted_on(case, around.today)
    until = made.until(begins)
    values: dict[str, Value] = {"careType": made.care_type, "from": begins.isoformat(), "until": until.isoformat()}
    agreed: list[tuple[EventKind, dict[str, Value]]] = [
        (EventKind.EVALUATION_AGREED, {"on": moment.isoformat()}) for moment in made.evaluation_moments
    ]
    for kind, said in [(EventKind.DETERMINED, values), *agreed]:
        history.append(around.session, around.caller, case.id, kind, around.today, values=said, today=around.today)


def worker_of(session: Session, case_id: UUID) -> tuple[str, str]:
    """The organisation and the role that hear what becomes of a case."""
    facts = history.facts_and_events(session, [case_id])[case_id].facts
    return facts.organisation, Role(facts.worker_role.value).value
