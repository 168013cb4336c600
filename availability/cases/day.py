"""My day: what one role at one organisation must do today, over every case it has to do with; and what changed.

The histories of all cases concerned come with one statement; the rules then tell each case's tasks.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from availability.access.identity import Identity
from availability.cases import day_queries
from availability.cases.day_queries import RunningCase
from availability.cases.parties import is_for, membership
from matcher.enrolment import Task, state_of

LOOKS_BACK = frozenset({
    "review-worry", "hold-evaluation", "make-perspective-plan", "invite-wmo-adviser", "arrange-adult-care"
})  # fmt: skip
"""Tasks in which somebody looks again at how it goes, on a day agreed before."""

THIS_WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class CaseTask:
    """A task with the case it belongs to."""

    case: RunningCase
    task: Task


@dataclass(frozen=True, slots=True)
class Day:
    cases: int
    mine: tuple[CaseTask, ...]
    """The soonest term first, so what is late comes before all."""
    waiting_for: tuple[CaseTask, ...]
    """What others should have done in the caller's own cases."""

    @property
    def reviews(self) -> tuple[CaseTask, ...]:
        return tuple(each for each in self.mine if each.task.code in LOOKS_BACK)

    def due_until(self, last: date) -> int:
        return sum(each.task.due <= last for each in self.mine)


def day_of(session: Session, caller: Identity, today: date) -> Day:
    cases = day_queries.running_cases(session, membership(caller, today))
    tasks = list(_tasks(cases, today))
    return Day(
        cases=len(cases),
        mine=_soonest_first(each for each in tasks if is_for(caller, each.task)),
        waiting_for=_soonest_first(
            each for each in tasks if each.case.is_own and each.task.due < today and not is_for(caller, each.task)
        ),
    )


def _tasks(cases: Sequence[RunningCase], today: date) -> Iterator[CaseTask]:
    for case in cases:
        for task in state_of(*case.history, today).tasks:
            yield CaseTask(case, task)


def _soonest_first(tasks: Iterator[CaseTask]) -> tuple[CaseTask, ...]:
    return tuple(sorted(tasks, key=lambda each: (each.task.due, each.case.reference, each.task.code)))
