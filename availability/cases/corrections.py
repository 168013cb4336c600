"""Who must hear that something proves not to have happened: whoever was told of it, and whoever recorded it.

The same desks hear when the correction is taken back in its turn, for then it did happen after all.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence

from sqlalchemy.orm import Session

from availability.access.identity import Identity, Role
from availability.cases import event_queries
from availability.cases.event_queries import History
from availability.cases.notices import TOLD, Desk, provider_of, worker
from availability.outbox.telling import Notice, Value, tell
from matcher.case_events import Event, EventKind
from matcher.case_words import EVENTS
from matcher.enrolment import State

E = EventKind

Whom = Callable[[History, State, Event], list[Desk]]


def _provider(history: History, _: State, event: Event) -> list[Desk]:
    asked = event.party or provider_of(history.events, event.referral)
    return [(asked, Role.PROVIDER)] if asked else []


def _network(history: History, _: State, __: Event) -> list[Desk]:
    """All that were asked with it."""
    return [(each.party, Role.PROVIDER) for each in history.events if each.kind is E.NETWORK_ASKED and each.party]


def _worker(history: History, state: State, _: Event) -> list[Desk]:
    return worker(history, state)


def _local_team(_: History, state: State, __: Event) -> list[Desk]:
    return [(state.municipality, Role.LOCAL_TEAM)]


def _back_office(_: History, state: State, __: Event) -> list[Desk]:
    return [(state.municipality, Role.BACK_OFFICE)]


def _expert_team(history: History, state: State, _: Event) -> list[Desk]:
    """When the case lies there."""
    return [(state.region, Role.RET_CHAIR) for each in history.events if each.kind is E.RET_REGISTERED]


HEARD: Mapping[EventKind, Sequence[Whom]] = {
    E.REFERRAL_SENT: (_provider,),
    E.REFERRAL_QUESTION_ASKED: (_worker,),
    E.REFERRAL_QUESTION_ANSWERED: (_provider,),
    E.REFERRAL_ACCEPTED: (_worker, _provider),
    E.START_JUDGED: (_provider,),
    E.REFERRAL_REFUSED: (_worker, _provider, _back_office),
    E.NO_ANSWER: (_provider,),
    E.ACCEPTANCE_WITHDRAWN: (_worker, _provider, _local_team, _back_office, _expert_team),
    E.REFERRAL_WITHDRAWN: (_provider,),
    E.NETWORK_ASKED: (_provider,),
    E.NETWORK_PROPOSED: (_worker, _provider),
    E.NETWORK_DECLINED: (_worker, _provider),
    E.NETWORK_CONFIRMED: (_worker, _network),
    E.RET_REGISTERED: (_expert_team,),
    E.RET_PROVIDER_ASKED: (_provider,),
    E.ALLOCATION_SENT: (_provider,),
}
"""Beside `notices.TOLD`: what the referrals, the network and the RET tell of, and what puts a task at a desk."""

LEADS_TO: Mapping[Role, str] = {
    Role.PROVIDER: "/aanmeldingen",
    Role.RET_CHAIR: "/agenda",
    Role.REGIONAL_CONTACT: "/meldingen",
    Role.YOUTH_PROTECTION: "/casussen",
}
"""Where one looks how it stands now; other roles on their day."""


def tell_of_correction(session: Session, caller: Identity, before: History, state: State, correction: Event) -> None:
    """`before` is the history without the correction, `state` what it came to. Who corrects need not be told."""
    target = _meant(before.events, correction)
    if correction.values["what"] != "void" or target is None:
        return
    recorded = event_queries.find_event(session, target.id)
    desks = {*_hearers(before, state, target), (recorded.organisation, Role(recorded.role))}
    said: dict[str, Value] = {"event": EVENTS[target.kind], "on": target.occurred}
    provider = _named(session, before, target)
    for organisation, role in sorted(desks - {(caller.organisation, caller.role)}):
        tell(
            session,
            Notice.CORRECTED,
            organisation=organisation,
            role=role.value,
            key=f"event-{correction.id}",
            link=LEADS_TO.get(role, "/mijn-dag"),
            values=said | _provider_for(provider, organisation, role),
        )


def _meant(events: Sequence[Event], correction: Event) -> Event | None:
    """What it is about in the end: of a correction of a correction, the event that was corrected first."""
    target = next((event for event in events if event.id == correction.refers_to), None)
    return _meant(events, target) if target is not None and target.kind is E.CORRECTED else target


def _hearers(history: History, state: State, event: Event) -> Iterator[Desk]:
    for whom in HEARD.get(event.kind, ()):
        yield from whom(history, state, event)
    if event.kind in TOLD:
        _, told, _ = TOLD[event.kind]
        yield from (desk for desk in told(history, state) if desk[0])


def _named(session: Session, history: History, event: Event) -> tuple[str, str] | None:
    """The provider that the event is about, with its name."""
    asked = event.party or provider_of(history.events, event.referral)
    name = event_queries.provider_name(session, asked) if asked else None
    return (asked, name) if asked and name else None


def _provider_for(named: tuple[str, str] | None, organisation: str, role: Role) -> dict[str, Value]:
    """Which provider it was: not for another provider, that need not know where a child is or was asked for."""
    if named is None or (role is Role.PROVIDER and organisation != named[0]):
        return {}
    return {"provider": named[1]}
