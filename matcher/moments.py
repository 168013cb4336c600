"""The moments of a case that follow from its events: each as positions in its history, in order."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from matcher.approaches import ACCEPTANCES, asked_of, places_of, stuck
from matcher.case_events import Event, EventKind, Route, Value
from matcher.case_forms import day_in
from matcher.case_history import PLACEMENTS, History
from matcher.duties import Mark, Moment, Moments, Positions

E = EventKind

SAYING: dict[Mark, tuple[EventKind, str, Value]] = {
    Mark.JUDGED_LATE: (E.START_JUDGED, "timely", False),
    Mark.JUDGED_TIMELY: (E.START_JUDGED, "timely", True),
    Mark.REQUEST_WRONG: (E.REQUEST_ACKNOWLEDGED, "correct", False),
    Mark.NO_VIEW: (E.RET_OUTCOME, "outcome", "no-view"),
    Mark.ESCALATE: (E.ESCALATION_DECIDED, "escalate", True),
    Mark.RAISED_1: (E.COOPERATION_RAISED, "level", 1),
    Mark.RAISED_2: (E.COOPERATION_RAISED, "level", 2),
    Mark.RAISED_3: (E.COOPERATION_RAISED, "level", 3),
    Mark.BROKER_ASKED_URGENTLY: (E.BROKER_ASKED, "urgent", True),
}
"""Marks that are an event which says just this."""

STEP_1 = {
    Route.ACCESS: (E.TALKED_WITH_LOCAL_TEAM,),
    Route.PROVIDER: (E.TALKED_WITH_LOCAL_TEAM, E.TALKED_WITH_PROVIDER),
}
TURNED_DOWN = (E.REFERRAL_REFUSED, E.NO_ANSWER, E.ACCEPTANCE_WITHDRAWN, Mark.JUDGED_LATE)
"""What a provider's "no" can be; each opens step 5."""


def moments_of(history: History) -> Moments:
    """Where in the history each kind of event and each mark is."""
    found: dict[Moment, Positions] = {kind: [] for kind in (*EventKind, *Mark)}
    for position, event in enumerate(history.events):
        found[event.kind].append(position)
    for mark, (kind, name, value) in SAYING.items():
        found[mark] = [at for at in found[kind] if history.events[at].values.get(name) == value]
    for derived, derive in DERIVED.items():
        found[derived] = derive(history, found)
    return found


def _intended(history: History, found: Moments) -> Positions:
    return (found[E.INTENTION_RECORDED] or sorted(found[E.OPENED] + found[E.REOPENED]))[:1]


def _contacted(history: History, found: Moments) -> Positions:
    return _all_of([found[kind] for kind in STEP_1[history.route]])


def _ready_to_send(history: History, found: Moments) -> Positions:
    return _all_of([found[Mark.CONTACTED], found[E.DETERMINED]])


def _all_of(each: Sequence[Positions]) -> Positions:
    """Once all have happened: the latest of their first times."""
    return [max(positions[0] for positions in each)] if all(each) else []


def _received(history: History, found: Moments) -> Positions:
    return (found[E.DETERMINATION_RECEIVED] or found[E.DETERMINATION_SENT])[:1]


def _turned_down(history: History, found: Moments) -> Positions:
    return sorted(at for moment in TURNED_DOWN for at in found[moment])


def _step_5_opened(history: History, found: Moments) -> Positions:
    skipped = [at for at in found[E.STEP_SKIPPED] if history.events[at].values["step"] == "3"]
    return sorted(_turned_down(history, found) + skipped)


def _approaches(history: History, found: Moments, later: bool) -> Positions:
    opened = min(found[Mark.STEP_5_OPENED], default=len(history.events))
    return [at for at in found[E.REFERRAL_SENT] if (at > opened) is later]


def _general(history: History, found: Moments) -> Positions:
    """Only while it has not said no: after that, determination and allocation are needed again."""
    over = {history.events[at].referral for at in (*_turned_down(history, found), *found[E.REFERRAL_WITHDRAWN])}
    return [
        at
        for at in found[E.REFERRAL_SENT]
        if _is_general(history.events[at]) and history.events[at].referral not in over
    ]


def _is_general(sent: Event) -> bool:
    return bool(sent.values.get("general"))


def _found(history: History, found: Moments) -> Positions:
    return sorted(at for kind in ACCEPTANCES for at in found[kind])


def _place_stands(history: History, found: Moments) -> Positions:
    return places_of(history, asked_of(history))


def _needs_request(history: History, found: Moments) -> Positions:
    general = {history.events[at].referral for at in found[E.REFERRAL_SENT] if _is_general(history.events[at])}
    return [at for at in found[Mark.FOUND] if history.events[at].referral not in general]


def _needs_allocation(history: History, found: Moments) -> Positions:
    """The first 301 goes out on the determination; another provider gets its own once it was found."""
    allocated = {history.events[at].referral for at in found[E.ALLOCATION_SENT]}
    if not found[Mark.STEP_5_OPENED] and not allocated:
        return []
    return [at for at in found[Mark.NEEDS_REQUEST] if history.events[at].referral not in allocated]


def _late_start(history: History, found: Moments) -> Positions:
    starts = ((at, day_in(history.events[at], "startDate")) for at in found[E.REFERRAL_ACCEPTED])
    return [at for at, start in starts if start is not None and start > _wanted_at(history, found, at)]


def _wanted_at(history: History, found: Moments, accepted: int) -> date:
    """The day that was wanted when a provider accepted: a change of it later judges no promise anew."""
    changes = (day_in(history.events[at], "neededFromBefore") for at in found[E.QUESTION_CHANGED] if at > accepted)
    return next((before for before in changes if before is not None), history.facts.needed_from)


def _asked_calmly(history: History, found: Moments) -> Positions:
    return [at for at in found[E.BROKER_ASKED] if at not in found[Mark.BROKER_ASKED_URGENTLY]]


def _help_with_end(history: History, found: Moments) -> Positions:
    last = found[E.DETERMINED][-1:]
    until = last and day_in(history.events[last[0]], "until")
    return sorted(at for kind in PLACEMENTS for at in found[kind])[:1] if until else []


DERIVED: dict[Mark, Callable[[History, Moments], Positions]] = {
    Mark.INTENDED: _intended,
    Mark.CONTACTED: _contacted,
    Mark.READY_TO_SEND: _ready_to_send,
    Mark.RECEIVED: _received,
    Mark.GENERAL_APPROACH: _general,
    Mark.STEP_5_OPENED: _step_5_opened,
    Mark.FIRST_APPROACH: partial(_approaches, later=False),
    Mark.LATER_APPROACH: partial(_approaches, later=True),
    Mark.FOUND: _found,
    Mark.PLACE_STANDS: _place_stands,
    Mark.NEEDS_REQUEST: _needs_request,
    Mark.NEEDS_ALLOCATION: _needs_allocation,
    Mark.LATE_START: _late_start,
    Mark.BROKER_ASKED: _asked_calmly,
    Mark.HELP_WITH_END: _help_with_end,
    Mark.STUCK: stuck,
}
"""In this order: a mark may lean on those before it."""

FOLLOWS_FROM: dict[Mark, tuple[Moment, ...]] = {
    Mark.INTENDED: (E.OPENED, E.INTENTION_RECORDED, E.REOPENED),
    Mark.READY_TO_SEND: (Mark.CONTACTED, E.DETERMINED),
    Mark.RECEIVED: (E.DETERMINATION_SENT, E.DETERMINATION_RECEIVED),
    Mark.GENERAL_APPROACH: (E.REFERRAL_SENT,),
    Mark.FIRST_APPROACH: (E.REFERRAL_SENT,),
    Mark.LATER_APPROACH: (E.REFERRAL_SENT,),
    Mark.FOUND: ACCEPTANCES,
    Mark.PLACE_STANDS: ACCEPTANCES,
    Mark.NEEDS_REQUEST: ACCEPTANCES,
    Mark.NEEDS_ALLOCATION: ACCEPTANCES,
    Mark.LATE_START: (E.REFERRAL_ACCEPTED,),
    Mark.STEP_5_OPENED: TURNED_DOWN,
    Mark.STUCK: (*TURNED_DOWN, E.NETWORK_DECLINED, E.RET_OUTCOME, E.ESCALATION_DECIDED, E.ESCALATION_TALKED),
    Mark.BROKER_ASKED: (E.BROKER_ASKED,),
    Mark.HELP_WITH_END: PLACEMENTS,
}
"""What a derived mark is seen to follow from, for the drawing. Step 1 differs per route: `STEP_1`."""
