"""Who must hear at once that something happened in a case: one row per kind. Told within the transaction."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from availability.access.identity import Role
from availability.cases.event_queries import History
from availability.outbox.telling import Notice, tell
from matcher.approaches import Asked, asked_of, spared_of
from matcher.case_events import Event, EventKind
from matcher.case_history import history_of
from matcher.enrolment import Phase, State

Desk = tuple[str, Role]
"""An organisation, and in which role it must hear."""

FOUND = (EventKind.REFERRAL_ACCEPTED, EventKind.NETWORK_CONFIRMED, EventKind.DIRECT_PLACEMENT)


def worker(history: History, _: State) -> list[Desk]:
    return [(history.facts.organisation, Role(history.facts.worker_role.value))]


def _official(_: History, state: State) -> list[Desk]:
    return [(state.municipality, Role.OFFICIAL)]


def _regional_contact(_: History, state: State) -> list[Desk]:
    return [(state.region, Role.REGIONAL_CONTACT)]


def _broker(_: History, state: State) -> list[Desk]:
    return [(state.region, Role.CARE_BROKER)]


def _helping_provider(history: History, _: State) -> list[Desk]:
    """The one whose place may come free: that accepted last, or where the child was placed directly."""
    found = next((event for event in reversed(history.events) if event.kind in FOUND), None)
    provider = found and (found.party or provider_of(history.events, found.referral))
    return [(provider, Role.PROVIDER)] if provider else []


def _asked_providers(history: History, _: State) -> list[Desk]:
    """Whoever was still asked, or keeps a place free."""
    return _providers(history, asked_of(history_of(*history)))


def _providers(history: History, asked: Asked) -> list[Desk]:
    named = {party or provider_of(history.events, referral) for _, referral, party in asked if referral}
    return [(provider, Role.PROVIDER) for provider in sorted(each for each in named if each)]


def _other_asked_providers(history: History, state: State) -> list[Desk]:
    helping = _helping_provider(history, state)
    return [desk for desk in _asked_providers(history, state) if desk not in helping]


def provider_of(events: Sequence[Event], referral: str | None) -> str | None:
    """To which provider a referral was put."""
    return next((each.party for each in events if referral and each.referral == referral and each.party), None)


TOLD: Mapping[EventKind, tuple[Notice, Callable[[History, State], Sequence[Desk]], str]] = {
    EventKind.CONTACT_FAILED: (Notice.CONTACT_FAILED, _regional_contact, "/meldingen"),
    EventKind.ESCALATION_REPORTED: (Notice.ESCALATION_REPORTED, _regional_contact, "/meldingen"),
    EventKind.OFFICIAL_ASKED: (Notice.OFFICIAL_ASKED, _official, "/mijn-dag"),
    EventKind.OFFICIAL_DECIDED: (Notice.OFFICIAL_DECIDED, worker, "/casussen"),
    EventKind.BROKER_ASKED: (Notice.BROKER_ASKED, _broker, "/mijn-dag"),
    EventKind.BROKER_ANSWERED: (Notice.BROKER_ANSWERED, worker, "/casussen"),
    EventKind.WITHDRAWN: (Notice.REFERRAL_WITHDRAWN, _asked_providers, "/aanmeldingen"),
    EventKind.STARTED: (Notice.REFERRAL_WITHDRAWN, _other_asked_providers, "/aanmeldingen"),
    EventKind.DIRECT_PLACEMENT: (Notice.REFERRAL_WITHDRAWN, _other_asked_providers, "/aanmeldingen"),
    EventKind.ENDED: (Notice.PLACE_MAY_BE_FREE, _helping_provider, "/mijn-plekken"),
}
"""What is told, to whom, and where it leads. Referrals, the network and the RET tell of their own."""


def tell_of(session: Session, before: History, history: History, event: Event, state: State) -> None:
    """In the transaction of the event; nothing of the child is in it."""
    key, values = f"event-{event.id}", {"on": event.occurred}
    for notice, desks, link in (*_told(history, event, state), *_spared(before, history, state)):
        for organisation, role in desks:
            if organisation:
                tell(session, notice, organisation=organisation, role=role, key=key, link=link, values=values)


def _told(history: History, event: Event, state: State) -> Iterator[tuple[Notice, Sequence[Desk], str]]:
    if event.kind in TOLD:
        notice, whom, link = TOLD[event.kind]
        yield notice, whom(history, state), link


def _spared(before: History, history: History, state: State) -> Iterator[tuple[Notice, Sequence[Desk], str]]:
    """Who need not answer from now on, because another gave a place; and who must again, because that fell through."""
    if state.phase is Phase.SEARCH:
        was, now = spared_of(history_of(*before)), spared_of(history_of(*history))
        still_asked = asked_of(history_of(*history))
        yield Notice.PLACE_FOUND, _providers(history, now - was), "/aanmeldingen"
        yield Notice.NEEDED_AGAIN, _providers(history, (was - now) & still_asked), "/aanmeldingen"
