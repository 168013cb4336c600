"""The history of cases: what happened is appended here, by every noun, and the state is told from it.

A case is locked while something is added, so that what the rules judged is what the event is added to.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases import event_queries
from availability.cases.answer_terms import keep_terms
from availability.cases.arrangements import Arrangement
from availability.cases.corrections import tell_of_correction
from availability.cases.event_queries import History
from availability.cases.notices import tell_of
from availability.cases.refusals import NotNow
from availability.idempotency import NEVER, Retry
from availability.referrals import option_queries
from availability.refusals import NotFound
from matcher.case_events import Event, EventKind, Value
from matcher.case_history import CLOSINGS
from matcher.enrolment import Phase, State, refusal_of, state_of

NOTHING_MORE: Mapping[str, Value] = MappingProxyType({})
NOTHING_SAID: Mapping[str, str] = MappingProxyType({})

STATUS_OF: Mapping[Phase, str] = {Phase.SEARCH: "open", Phase.HELP: "started", Phase.CLOSED: "closed"}
"""How a list of cases names a phase."""

FREES_PLACES = frozenset({*CLOSINGS, EventKind.CORRECTED})
"""After these, a place may be held for a case that no longer waits for it."""


def append(
    session: Session,
    caller: Identity,
    case_id: UUID,
    kind: EventKind,
    occurred: date,
    *,
    party: str | None = None,
    referral: UUID | str | None = None,
    refers_to: int | None = None,
    on_behalf_of: str | None = None,
    values: Mapping[str, Value] = NOTHING_MORE,
    notes: Mapping[str, str] = NOTHING_SAID,
    retry: Retry = NEVER,
    today: date,
) -> Event:
    """Add what happened, and let the case and whoever must act know.

    Whether the caller may is asked before; whether it can be is asked here: raises NotNow.
    """
    history, now = lock(session, case_id)
    said = Event(
        history.events[-1].id + 1, kind, occurred, now, party, str(referral) if referral else None, refers_to, values
    )
    why_not = refusal_of(history.facts, history.events, said, today)
    if why_not is not None:
        raise NotNow(why_not)
    event = event_queries.insert_event(session, caller, case_id, said, on_behalf_of=on_behalf_of, retry=retry)
    if notes:
        event_queries.insert_notes(session, event.id, notes)
    after = History(history.facts, (*history.events, event))
    told = state_of(*after, today)
    event_queries.mirror(session, case_id, STATUS_OF[told.phase], told.municipality)
    keep_terms(session, told.tasks)
    if kind in FREES_PLACES:
        option_queries.let_go(session, case_id)
    tell_of(session, history, after, event, told)
    if kind is EventKind.CORRECTED:
        tell_of_correction(session, caller, history, state_of(*history, today), event)
    return event


def lock(session: Session, case_id: UUID) -> tuple[History, datetime]:
    """The history of one case, which nobody adds to until this transaction ends, and the moment. Raises NotFound."""
    now = event_queries.lock_case(session, case_id)
    if now is None:
        raise NotFound("Deze casus bestaat niet.")
    return facts_and_events(session, [case_id])[case_id], now


def begin(session: Session, caller: Identity, case: Row[Any], here: Arrangement, *, retry: Retry, today: date) -> Event:
    """Open the history of a case that was just stored: what is fixed of it from now on."""
    values = {"route": here.route.value, "municipality": case.municipality_code, "region": here.region}
    opened = Event(0, EventKind.OPENED, today, case.opened_at, values=values)
    return event_queries.insert_event(session, caller, case.id, opened, retry=retry)


def facts_and_events(session: Session, case_ids: Iterable[UUID]) -> dict[UUID, History]:
    """The histories of many cases, with one statement."""
    return event_queries.histories(session, list(case_ids))


def state(session: Session, case_id: UUID, today: date) -> State:
    """Where one case stands today. Raises NotFound."""
    found = facts_and_events(session, [case_id])
    if case_id not in found:
        raise NotFound("Deze casus bestaat niet.")
    return state_of(found[case_id].facts, found[case_id].events, today)
