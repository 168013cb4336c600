"""What may be recorded now, and why something may not: its form, its day, its phase, its cause, and its own gates.

A refusal is a code; its sentence is in `case_words`. Who may record what is for permissions, not for here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import product

from matcher.approaches import asked_of
from matcher.case_events import CaseFacts, Event, EventKind, Value, WorkerRole
from matcher.case_forms import FORMS, LAST_DAY, Allowed, Phase, day_in, faults_in
from matcher.case_history import CLOSINGS, PLACEMENTS, corrections_of, history_of, in_order, with_implied
from matcher.gates import GATES, Desk
from matcher.moments import moments_of
from matcher.tasks import Reading, tasks_of
from matcher.working_days import Holidays

E = EventKind

LONGEST_BEFORE = timedelta(days=366)
"""A talk can come before the case was opened; longer before, it is not about this search."""


@dataclass(frozen=True, slots=True)
class Cause:
    """What must have happened first: one of these kinds, saying the same of these fields."""

    kinds: tuple[EventKind, ...]
    same: tuple[str, ...] = ()


_SENT = Cause((E.REFERRAL_SENT,), ("referral",))
_ASKED = Cause((E.NETWORK_ASKED,), ("referral", "party"))
_EITHER = Cause((E.REFERRAL_SENT, E.NETWORK_ASKED), ("referral",))
_FOUND = Cause((E.REFERRAL_ACCEPTED, E.NETWORK_CONFIRMED), ("referral",))
_RET = Cause((E.RET_REGISTERED,))
_WORRY = Cause((E.WORRY_MARKED,))

CAUSES: dict[EventKind, Cause] = {
    E.DETERMINATION_SENT: Cause((E.DETERMINED,)),
    E.DETERMINATION_RECEIVED: Cause((E.DETERMINATION_SENT,)),
    E.REFERRAL_QUESTION_ASKED: _SENT,
    E.REFERRAL_QUESTION_ANSWERED: Cause((E.REFERRAL_QUESTION_ASKED,), ("referral",)),
    E.REFERRAL_ACCEPTED: _SENT,
    E.START_JUDGED: Cause((E.REFERRAL_ACCEPTED,), ("referral",)),
    E.REFERRAL_REFUSED: _SENT,
    E.NO_ANSWER: _EITHER,
    E.ACCEPTANCE_WITHDRAWN: _FOUND,
    E.REFERRAL_WITHDRAWN: _EITHER,
    E.ALLOCATION_REQUESTED: _FOUND,
    E.REQUEST_ACKNOWLEDGED: Cause((E.ALLOCATION_REQUESTED,), ("referral",)),
    E.ALLOCATION_SENT: _EITHER,
    E.ALLOCATION_ACKNOWLEDGED: Cause((E.ALLOCATION_SENT,), ("referral",)),
    E.NETWORK_PROPOSED: _ASKED,
    E.NETWORK_DECLINED: _ASKED,
    E.NETWORK_CONFIRMED: Cause((E.NETWORK_PROPOSED,), ("referral", "party")),
    E.RET_DISCUSSED: _RET,
    E.RET_PROVIDER_ASKED: _RET,
    E.RET_BOEG_INVOLVED: _RET,
    E.RET_OUTCOME: _RET,
    E.ESCALATION_REPORTED: Cause((E.RET_OUTCOME,)),
    E.ESCALATION_ANALYSED: Cause((E.ESCALATION_REPORTED,)),
    E.ESCALATION_DECIDED: Cause((E.ESCALATION_ANALYSED,)),
    E.ESCALATION_TALKED: Cause((E.ESCALATION_DECIDED,)),
    E.ENDED: Cause(PLACEMENTS),
    E.REOPENED: Cause(tuple(CLOSINGS)),
    E.CONTACT_MADE: Cause((E.CONTACT_FAILED,)),
    E.BROKER_ANSWERED: Cause((E.BROKER_ASKED,)),
    E.OFFICIAL_DECIDED: Cause((E.OFFICIAL_ASKED,), ("refers_to",)),
    E.COOPERATION_TALKED: Cause((E.COOPERATION_RAISED,), ("refers_to",)),
    E.CRISIS_ENDED: Cause((E.CRISIS_REPORTED,)),
    E.WORRY_REVIEWED: _WORRY,
    E.WORRY_LIFTED: _WORRY,
    E.EVALUATION_HELD: Cause((E.EVALUATION_AGREED,), ("refers_to",)),
}
"""An answer needs its question. What is not here can happen by itself."""


def is_caused(event: Event, earlier: Iterable[Event]) -> bool:
    """Whether what must have come before an event did, on its day at the latest."""
    cause = CAUSES.get(event.kind)
    return cause is None or any(_causes(each, event, cause) for each in earlier)


def _causes(earlier: Event, event: Event, cause: Cause) -> bool:
    alike = all(_said(earlier, event, name) for name in cause.same)
    return earlier.kind in cause.kinds and earlier.occurred <= event.occurred and alike


def _said(earlier: Event, event: Event, name: str) -> bool:
    if name == "refers_to":
        return event.refers_to == earlier.id
    return bool(getattr(event, name) == getattr(earlier, name))


# --- the judgement -------------------------------------------------------------------------------------------------


def desk_of(facts: CaseFacts, events: Sequence[Event], today: date, calendar: Holidays) -> Desk:
    """The case as its events leave it, for whoever must judge it."""
    history = history_of(facts, events)
    reading = Reading(history, moments_of(history), calendar)
    return Desk(reading, tasks_of(reading, today), asked_of(history), tuple(events), today)


def refusal_at(desk: Desk, new: Event) -> str | None:
    """Why an event may not be recorded now; None when it may."""
    refused = next((code for check in CHECKS if (code := check(desk, new)) is not None), None)
    return refused or _refusal_then(desk, new)


def _refusal_then(desk: Desk, new: Event) -> str | None:
    """Judged by what was open on its own day, where the phase it belongs to has ended since."""
    if desk.history.phase not in FORMS[new.kind].phases:
        ends = {event.id for event in desk.history.events if event.kind in CLOSINGS and event.occurred >= new.occurred}
        events = [event for event in desk.recorded if event.id not in ends]
        desk = desk_of(desk.history.facts, events, desk.today, desk.reading.calendar)
    return _cause(desk, new) or _gates(desk, new)


def _form(desk: Desk, new: Event) -> str | None:
    return "incomplete" if faults_in(new) else None


def _day(desk: Desk, new: Event) -> str | None:
    if new.occurred > desk.today:
        return "in-the-future"
    if _long_before(desk, new.occurred):
        return "too-long-ago"
    opening = desk.history.opening
    before = opening.kind is E.REOPENED and new.occurred < opening.occurred and new.kind is not E.CORRECTED
    return "before-reopening" if before else None


def _long_before(desk: Desk, day: date) -> bool:
    """A year is soon mistyped."""
    return day < desk.history.facts.opened - LONGEST_BEFORE


def _phase(desk: Desk, new: Event) -> str | None:
    """What belongs to a phase that is over may still be told of its own days; another ending may not."""
    if _phases_of(desk, new) & set(FORMS[new.kind].phases):
        return None
    return "not-reopened" if new.kind is E.REOPENED else NOT_NOW[desk.history.phase]


def _phases_of(desk: Desk, new: Event) -> set[Phase]:
    ends = [event.occurred for event in desk.history.events if event.kind in CLOSINGS]
    over = zip((Phase.SEARCH, Phase.HELP), ends, strict=False)
    if new.kind in {*CLOSINGS, E.REOPENED}:
        return {desk.history.phase}
    return {desk.history.phase, *[phase for phase, end in over if new.occurred <= end][:1]}


NOT_NOW = {Phase.SEARCH: "help-not-started", Phase.HELP: "help-started", Phase.CLOSED: "case-closed"}


def _cause(desk: Desk, new: Event) -> str | None:
    cause = CAUSES.get(new.kind)
    return None if cause is None or is_caused(new, desk.reading.events(*cause.kinds)) else "no-cause"


def _gates(desk: Desk, new: Event) -> str | None:
    return next((code for gate in GATES.get(new.kind, ()) if (code := gate(desk, new)) is not None), None)


def _correction(desk: Desk, new: Event) -> str | None:
    if new.kind is not E.CORRECTED:
        return None
    target = next((event for event in desk.recorded if event.id == new.refers_to), None)
    if target is None:
        return "no-such-event"
    redated = day_in(new, "occurred") if new.values["what"] == "redate" else None
    if target.kind is E.OPENED and redated is None:
        return "opening-stays"
    if redated is not None and (target.kind is E.CORRECTED or redated > desk.today):
        return "in-the-future" if redated > desk.today else "nothing-to-redate"
    if redated is not None and _long_before(desk, redated):
        return "too-long-ago"
    facts = desk.history.facts
    lost = _orphans(facts, (*desk.recorded, new)) - _orphans(facts, desk.recorded)
    return "others-build-on-it" if lost else None


def _taken_back(desk: Desk, new: Event) -> str | None:
    """What is void has nothing left to correct; a correction is taken back once, and after that made anew."""
    if new.kind is not E.CORRECTED:
        return None
    if new.refers_to in corrections_of(desk.recorded)[0]:
        return "void-already"
    corrections = {event.id: event.refers_to for event in desk.recorded if event.kind is E.CORRECTED}
    taken_back = {correction for correction, target in corrections.items() if target in corrections}
    return "corrected-back" if new.refers_to in taken_back else None


def _orphans(facts: CaseFacts, events: Sequence[Event]) -> set[int]:
    """The events that miss what must have come before them."""
    own_team = facts.worker_role is WorkerRole.LOCAL_TEAM
    standing = list(with_implied(in_order(facts, events), own_team))
    return {event.id for event in standing if not is_caused(event, standing)}


CHECKS = (_form, _day, _phase, _taken_back, _correction)
"""In this order: the first that says no is the reason."""


# --- what could be recorded ----------------------------------------------------------------------------------------


def possible_at(desk: Desk) -> frozenset[EventKind]:
    """The kinds of event of which at least one could be recorded today."""
    return frozenset(
        kind for kind in EventKind if any(refusal_at(desk, each) is None for each in _examples(desk, kind))
    )


def _examples(desk: Desk, kind: EventKind) -> Iterator[Event]:
    """An event of a kind for each thing it could be about, with every choice and each of what may be said besides."""
    form, cause = FORMS[kind], CAUSES.get(kind)
    if cause is not None and not desk.reading.events(*cause.kinds):
        return
    new = Event(0, kind, desk.today, desk.history.opening.recorded, party="")
    events = desk.history.events
    about = [(event.party, event.referral) for event in events if event.referral] if "referral" in form.needs else []
    targets = [event.id for event in desk.recorded] if "refers_to" in form.needs else [None]
    besides = [{}, *({name: _sample(allowed)[0]} for name, allowed in form.optional.items())]
    choices = [*product(*(_sample(allowed) for allowed in form.values.values()))]
    for (party, referral), target in product(dict.fromkeys([*about, ("", "")]), targets):
        for chosen, beside in product(choices, besides):
            said = dict(zip(form.values, chosen, strict=True)) | beside
            yield replace(new, party=party or "", referral=referral, refers_to=target, values=said)


def _sample(allowed: Allowed) -> Sequence[Value]:
    if isinstance(allowed, tuple):
        return allowed
    samples: dict[object, Sequence[Value]] = {bool: (True,), int: (1, 2, 3), str: ("",), date: (LAST_DAY.isoformat(),)}
    return samples[allowed]
