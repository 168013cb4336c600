"""The life of a case along the routes 301 and 315: whose turn it is and which terms run, from its events alone.

One function walks every row of every table in the same way. `today` moves no term: it only says how near an age of
sixteen or eighteen is, and what may be recorded by now.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from matcher.admission import desk_of, possible_at, refusal_at
from matcher.case_events import Actor, CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.case_forms import STEPS, Phase
from matcher.duties import Mark
from matcher.gates import Desk
from matcher.tasks import Overall, Task, overall_of
from matcher.working_days import DUTCH_HOLIDAYS, Holidays

__all__ = [
    "Actor", "CaseFacts", "Event", "EventKind", "Overall", "Phase", "Route", "State", "Step", "StepStatus", "Task",
    "WorkerRole", "refusal_of", "state_of",
]  # fmt: skip

E = EventKind


class StepStatus(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the route, with its day."""

    code: str
    status: StepStatus
    done_on: date | None = None
    """On which it was really done."""
    opened_on: date | None = None
    """Since when somebody has a task in it."""
    skipped_on: date | None = None


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands."""

    route: Route
    municipality: str
    """Responsible now."""
    region: str
    phase: Phase
    steps: tuple[Step, ...]
    tasks: tuple[Task, ...]
    """The soonest term first."""
    closed_by: EventKind | None
    """What ended the search, or the help after it."""
    closed_on: date | None
    co_owner: str | None
    """The provider first approached, once the case is in step 5."""
    overall: Overall | None
    in_crisis: bool
    worrying: bool
    _desk: Desk = field(repr=False, compare=False)

    @property
    def possible(self) -> frozenset[EventKind]:
        """Of these kinds at least one event could be recorded today. Made when asked: a list of cases needs none."""
        return possible_at(self._desk)


def state_of(facts: CaseFacts, events: Sequence[Event], today: date, calendar: Holidays = DUTCH_HOLIDAYS) -> State:
    """The case as its events leave it."""
    desk = desk_of(facts, events, today, calendar)
    history = desk.history
    return State(
        route=history.route,
        municipality=history.municipality,
        region=history.region,
        phase=history.phase,
        steps=tuple(_step(desk, code) for code in STEPS),
        tasks=desk.tasks,
        closed_by=history.closing.kind if history.closing else None,
        closed_on=history.closing.occurred if history.closing else None,
        co_owner=_co_owner(desk),
        overall=overall_of(desk.reading),
        in_crisis=bool(desk.open_tasks("arrange-crisis-help")),
        worrying=bool(desk.open_tasks("review-worry")),
        _desk=desk,
    )


def refusal_of(
    facts: CaseFacts, events: Sequence[Event], new: Event, today: date, calendar: Holidays = DUTCH_HOLIDAYS
) -> str | None:
    """Why an event may not be recorded now, as a code of `case_words.REFUSALS`; None when it may."""
    return refusal_at(desk_of(facts, events, today, calendar), new)


def _co_owner(desk: Desk) -> str | None:
    """The first one asked stays co-owner of the search in all of step 5."""
    if not desk.reading.events(Mark.STEP_5_OPENED):
        return None
    return next((event.party for event in desk.reading.events(E.REFERRAL_SENT)), None)


DONE_BY: dict[str, tuple[EventKind | Mark, ...]] = {
    "1": (Mark.CONTACTED,),
    "2": (E.DETERMINED,),
    "3": (E.DETERMINATION_SENT, E.REFERRAL_SENT),
    "4": (E.ALLOCATION_SENT,),
    "5A": (E.NETWORK_CONFIRMED,),
    "5B": (E.RET_OUTCOME,),
    "6": (E.ESCALATION_TALKED,),
}
"""All of these, and the step was done."""


def _step(desk: Desk, code: str) -> Step:
    opened = [task.opened_on for task in desk.tasks if task.step == code]
    if opened:
        return Step(code, StepStatus.OPEN, opened_on=min(opened))
    skipped = [event.occurred for event in desk.reading.events(E.STEP_SKIPPED) if event.values["step"] == code]
    if skipped:
        return Step(code, StepStatus.SKIPPED, skipped_on=skipped[0])
    each = [desk.reading.events(moment)[:1] for moment in DONE_BY[code]]
    if all(each):
        return Step(code, StepStatus.DONE, max(events[0].occurred for events in each))
    return Step(code, StepStatus.WAITING)
