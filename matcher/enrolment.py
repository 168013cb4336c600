"""The life of a case along the routes 301 and 315: whose turn it is and which terms run, from its events alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.case_events import Actor, CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.working_days import DUTCH_HOLIDAYS, Holidays, end_of_working_days

__all__ = ["Actor", "CaseFacts", "Event", "EventKind", "Route", "State", "Task", "WorkerRole", "refusal_of", "state_of"]


class StepStatus(StrEnum):
    WAITING = "waiting"
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Task:
    """One thing one desk must do, with one term."""

    code: str
    step: str
    actor: Actor
    organisation: str
    opened_on: date
    due: date
    """The term that comes first: of the task itself or of the route."""
    overall_due: date | None = None
    """The route's overall term, while it runs over this task."""
    referral: str | None = None
    party: str | None = None
    """The organisation it is about."""
    event: int | None = None
    """The event that opened it."""


@dataclass(frozen=True, slots=True)
class State:
    """Where a case stands."""

    route: Route
    municipality: str
    region: str
    tasks: tuple[Task, ...]
    possible: frozenset[EventKind]
    closed_by: EventKind | None = None
    closed_on: date | None = None
    co_owner: str | None = None
    overall_due: date | None = None


CLOSING = (EventKind.STARTED, EventKind.DIRECT_PLACEMENT, EventKind.WITHDRAWN, EventKind.ENDED)


def state_of(facts: CaseFacts, events: Sequence[Event], today: date, calendar: Holidays = DUTCH_HOLIDAYS) -> State:
    """The case as its events leave it."""
    closing = next((event for event in events if event.kind in CLOSING), None)
    talked = any(event.kind is EventKind.TALKED_WITH_LOCAL_TEAM for event in events)
    tasks: tuple[Task, ...] = ()
    if closing is None and not talked:
        due = end_of_working_days(facts.opened, 3, calendar)
        tasks = (Task("talk-with-local-team", "1", Actor.WORKER, facts.organisation, facts.opened, due),)
    return State(
        facts.route,
        facts.municipality,
        facts.region,
        tasks,
        frozenset(EventKind),
        closing.kind if closing else None,
        closing.occurred if closing else None,
    )


def refusal_of(
    facts: CaseFacts, events: Sequence[Event], new: Event, today: date, calendar: Holidays = DUTCH_HOLIDAYS
) -> str | None:
    """Why an event may not be recorded now, as a code; None when it may."""
    return "in-the-future" if new.occurred > today else None
