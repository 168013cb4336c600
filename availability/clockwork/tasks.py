"""Telling whose task must be done today, and whose term has passed: each task once for either.

A term never moves a case by itself; it shows, and tells.
"""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.cases.day import LOOKS_BACK
from availability.cases.event_queries import History
from availability.cases.history import facts_and_events
from availability.cases.parties import ACTS_AS, WITHIN
from availability.clockwork import queries
from availability.clockwork.surroundings import Surroundings
from availability.outbox.telling import Notice, tell
from matcher.case_words import TASKS
from matcher.enrolment import Task, state_of

CASES_AT_ONCE = 200
"""Histories held in memory together."""

WHERE: dict[str, str] = {"provider": "aanmeldingen", "ret-chair": "agenda", "regional-contact": "meldingen"}
"""On which page a role finds its tasks, where that is not Mijn dag."""

_RUNNING = text("SELECT id FROM care_request WHERE status <> 'closed' ORDER BY id")


def tell_of_tasks(surroundings: Surroundings) -> None:
    """Once a day, all that is due or late by then and was not told before."""
    today = surroundings.today()
    with surroundings.sessions.begin() as session:
        if queries.begin_day(session, "tasks", today, trusted=surroundings.settings.today is not None):
            tell_due_and_late(session, today)


def tell_due_and_late(session: Session, today: date) -> None:
    for case, history, task in _urgent_tasks(session, today):
        role = _role(history, task)
        tell(
            session,
            _notice(task, today),
            organisation=task.organisation,
            role=role,
            key=_key(case, task),
            link=WHERE.get(role, "mijn-dag"),
            values={"task": TASKS[task.code], "due": task.due},
        )


def _urgent_tasks(session: Session, today: date) -> Iterator[tuple[UUID, History, Task]]:
    """Every open task of every running case whose last day is today or past."""
    running = iter(session.execute(_RUNNING).scalars().all())
    while cases := list(islice(running, CASES_AT_ONCE)):
        yield from _urgent_of(session, cases, today)


def _urgent_of(session: Session, cases: Sequence[UUID], today: date) -> Iterator[tuple[UUID, History, Task]]:
    for case, history in facts_and_events(session, cases).items():
        for task in state_of(history.facts, history.events, today).tasks:
            if task.due <= today and task.organisation:
                yield case, history, task


def _notice(task: Task, today: date) -> Notice:
    if task.due < today:
        return Notice.TASK_LATE
    return Notice.REVIEW_DUE if task.code in LOOKS_BACK else Notice.TASK_DUE


def _role(history: History, task: Task) -> str:
    """As whom the organisation hears it: its workers by the case, others by what they do."""
    if task.actor in WITHIN:
        return history.facts.worker_role.value
    (role,) = ACTS_AS[task.actor]
    return role.value


def _key(case: UUID, task: Task) -> str:
    """The same task with another term is told anew."""
    return f"{case}:{task.code}:{task.referral}:{task.party}:{task.event}:{task.due}"
