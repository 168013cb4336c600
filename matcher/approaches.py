"""Who is being asked: the referrals, the network and the expert team that a case still waits for.

When nothing and nobody is asked any more, the search is stuck and its worker must choose. That is what keeps a case
from lying still with nobody's name on it.
"""

from collections.abc import Callable

from matcher.case_events import Event, EventKind
from matcher.case_history import History
from matcher.duties import Moments, Positions

E = EventKind

Approach = tuple[str, str | None, str | None]
"""What is asked (a referral, the network, the RET, an escalation), and of a referral or party its code."""

RET: Approach = ("ret", None, None)
ESCALATION: Approach = ("escalation", None, None)

Asked = frozenset[Approach]

ACCEPTANCES = (E.REFERRAL_ACCEPTED, E.NETWORK_CONFIRMED)


def asked_of(history: History) -> Asked:
    """What is asked now."""
    asked: Asked = frozenset()
    for event in history.events:
        asked = _after(asked, event)
    return asked


def places_of(history: History, asked: Asked) -> Positions:
    """Where a provider promised the place that stands: nothing was withdrawn, and no start judged too late."""
    return [at for at, event in enumerate(history.events) if event.kind in ACCEPTANCES and _referral(event) in asked]


def spared_of(history: History) -> Asked:
    """The providers that were asked and need not answer, as long as another keeps a place: one child, one place."""
    asked = asked_of(history)
    places = {_referral(history.events[at]) for at in places_of(history, asked)}
    return frozenset(each for each in asked - places if each[1] is not None) if places else frozenset()


def stuck(history: History, found: Moments) -> Positions:
    """Each time that the last of what was asked came to nothing."""
    asked: Asked = frozenset()
    moments = []
    for position, event in enumerate(history.events):
        asked = _after(asked, event)
        if not asked and event.kind in ENDINGS and _not_before_step_3(event):
            moments.append(position)
    return moments


def _not_before_step_3(event: Event) -> bool:
    """Skipping a talk, the determination or the messages asks nobody less."""
    return event.values.get("step") not in {"1", "2", "4"}


def _after(asked: Asked, event: Event) -> Asked:
    change = EFFECTS.get(event.kind)
    return change(asked, event) if change else asked


def _referral(event: Event) -> Approach:
    return ("referral", event.referral, None)


def _party(event: Event) -> Approach:
    return ("network", event.referral, event.party)


def _asks_provider(asked: Asked, event: Event) -> Asked:
    return asked | {_referral(event)}


def _asks_network(asked: Asked, event: Event) -> Asked:
    return asked | {_party(event)}


def _ends_provider(asked: Asked, event: Event) -> Asked:
    return asked - {_referral(event)}


def _ends_party(asked: Asked, event: Event) -> Asked:
    return asked - {_party(event)}


def _ends_either(asked: Asked, event: Event) -> Asked:
    """A provider that does not answer was asked alone or as one of the network."""
    return asked - {_party(event)} if _party(event) in asked else asked - {_referral(event)}


def _ends_referral(asked: Asked, event: Event) -> Asked:
    """With a referral to the network, the asking of all of it."""
    return frozenset(approach for approach in asked if approach[1] != event.referral or approach[1] is None)


def _confirms(asked: Asked, event: Event) -> Asked:
    """One of the network is chosen; the others are asked no longer."""
    return frozenset(approach for approach in asked if approach[0] != "network") | {_referral(event)}


def _judges(asked: Asked, event: Event) -> Asked:
    return asked if event.values["timely"] else asked - {_referral(event)}


def _concludes(asked: Asked, event: Event) -> Asked:
    """Without a view on fitting help, the RET hands over to step 6."""
    return asked - {RET} | ({ESCALATION} if event.values["outcome"] == "no-view" else frozenset())


def _decides(asked: Asked, event: Event) -> Asked:
    return asked if event.values["escalate"] else asked - {ESCALATION}


def _skips(asked: Asked, event: Event) -> Asked:
    skipped = {"5A": "network", "5B": "ret", "6": "escalation"}.get(str(event.values["step"]))
    return frozenset(approach for approach in asked if approach[0] != skipped)


BEGINNINGS: dict[EventKind, Callable[[Asked, Event], Asked]] = {
    E.REFERRAL_SENT: _asks_provider,
    E.REFERRAL_ACCEPTED: _asks_provider,
    E.NETWORK_ASKED: _asks_network,
    E.NETWORK_PROPOSED: _asks_network,
    E.NETWORK_CONFIRMED: _confirms,
    E.RET_REGISTERED: lambda asked, event: asked | {RET},
}
ENDINGS: dict[EventKind, Callable[[Asked, Event], Asked]] = {
    E.REFERRAL_REFUSED: _ends_provider,
    E.NO_ANSWER: _ends_either,
    E.ACCEPTANCE_WITHDRAWN: _ends_provider,
    E.REFERRAL_WITHDRAWN: _ends_referral,
    E.START_JUDGED: _judges,
    E.NETWORK_DECLINED: _ends_party,
    E.RET_OUTCOME: _concludes,
    E.ESCALATION_DECIDED: _decides,
    E.ESCALATION_TALKED: lambda asked, event: asked - {ESCALATION},
    E.STEP_SKIPPED: _skips,
}
EFFECTS = BEGINNINGS | ENDINGS
