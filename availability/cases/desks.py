"""What lies at a desk beside the routes: reports for the regional contact, questions for the broker or the official.

One shape for all three: the event that put a case there, and what the desk must still do about it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases.day_queries import RunningCase, running_cases
from availability.cases.parties import PARTS, is_for, membership
from matcher.case_events import Event
from matcher.enrolment import Task, state_of


@dataclass(frozen=True, slots=True)
class Put:
    """A case that was put to a desk, by its last such event."""

    case: RunningCase
    event: Event
    tasks: tuple[Task, ...]

    @property
    def due(self) -> date:
        return min((task.due for task in self.tasks), default=date.max)


def put_to(session: Session, caller: Identity, today: date, *, only_open: bool) -> list[Put]:
    """The cases put to the caller's desk: first what is due soonest, then what was handled, the newest first."""
    cases = running_cases(session, membership(caller, today))
    put = [_put(caller, case, today) for case in cases if not case.is_own]
    shown = [each for each in put if each.tasks or not only_open]
    return sorted(shown, key=lambda each: (each.due, -each.event.id))


def _put(caller: Identity, case: RunningCase, today: date) -> Put:
    events: Sequence[Event] = case.history.events
    kinds = PARTS[caller.role].put_by
    last = next(event for event in reversed(events) if event.kind in kinds)
    tasks = state_of(*case.history, today).tasks
    return Put(case, last, tuple(task for task in tasks if is_for(caller, task)))
