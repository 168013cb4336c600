"""A case's history and where it stands, as they go over the wire."""

from collections.abc import Container, Mapping
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row

from availability.messages import Message
from matcher.case_events import Actor, EventKind, Route, Value
from matcher.case_forms import Phase
from matcher.case_words import EVENTS, TASKS
from matcher.enrolment import Overall, State, Step, StepStatus
from matcher.enrolment import Task as OpenTask
from matcher.working_days import working_days_left


class CaseEvent(Message):
    """What happened, who recorded it and when. `onBehalfOf`: who did it, without an account.

    `values` and `notes` are empty for a party that may know that it happened, and not what was said.
    """

    id: int
    kind: EventKind
    text: str
    occurred_on: date
    recorded_at: datetime
    role: str
    organisation: str
    on_behalf_of: str | None
    party: str | None
    referral: UUID | None
    refers_to: int | None
    values: Mapping[str, Value]
    notes: Mapping[str, str]

    @classmethod
    def of(cls, row: Row[Any], reads: Container[str]) -> Self:
        """`reads`: the kinds of which the caller may read what was said; of a correction, that of what is corrected."""
        said_of = row.about_kind if row.kind == EventKind.CORRECTED else row.kind
        may_read = said_of in reads
        return cls(
            id=row.id,
            kind=EventKind(row.kind),
            text=EVENTS[EventKind(row.kind)],
            occurred_on=row.occurred_on,
            recorded_at=row.recorded_at,
            role=row.role,
            organisation=row.organisation,
            on_behalf_of=row.on_behalf_of,
            party=row.party,
            referral=row.referral_id,
            refers_to=row.refers_to,
            values=row.values if may_read else {},
            notes=(row.notes or {}) if may_read else {},
        )


class Task(Message):
    """One thing one desk must do. `daysLeft` in working days: 0 is today, below it is late."""

    code: str
    text: str
    step: str
    actor: Actor
    organisation: str
    opened_on: date
    due: date
    overall_due: date | None
    days_left: int
    late: bool
    mine: bool
    """Whether it is for the caller to do."""
    referral: UUID | None
    party: str | None
    event: int | None

    @classmethod
    def of(cls, task: OpenTask, today: date, *, mine: bool) -> Self:
        return cls(**task_fields(task, today), mine=mine)


def task_fields(task: OpenTask, today: date) -> dict[str, Any]:
    return {
        "code": task.code,
        "text": TASKS[task.code],
        "step": task.step,
        "actor": task.actor,
        "organisation": task.organisation,
        "opened_on": task.opened_on,
        "due": task.due,
        "overall_due": task.overall_due,
        "days_left": working_days_left(today, task.due),
        "late": task.due < today,
        "referral": task.referral and UUID(task.referral),
        "party": task.party,
        "event": task.event,
    }


class CaseStep(Message):
    code: str
    status: StepStatus
    done_on: date | None

    @classmethod
    def of(cls, step: Step) -> Self:
        return cls(code=step.code, status=step.status, done_on=step.done_on)


class OverallTerm(Message):
    """The term of the whole route, from the day step 1 was really done."""

    since: date
    due: date
    stopped_on: date | None

    @classmethod
    def of(cls, overall: Overall) -> Self:
        return cls(since=overall.since, due=overall.due, stopped_on=overall.stopped_on)


class CaseState(Message):
    """Where a case stands today; `possible` is what the caller may record now."""

    route: Route
    municipality: str
    region: str
    phase: Phase
    steps: list[CaseStep]
    tasks: list[Task]
    possible: list[EventKind]
    closed_by: EventKind | None
    closed_on: date | None
    co_owner: str | None
    overall: OverallTerm | None
    in_crisis: bool
    worrying: bool

    @classmethod
    def of(cls, state: State, tasks: list[Task], possible: frozenset[EventKind]) -> Self:
        return cls(
            route=state.route,
            municipality=state.municipality,
            region=state.region,
            phase=state.phase,
            steps=[CaseStep.of(step) for step in state.steps],
            tasks=tasks,
            possible=[kind for kind in EventKind if kind in possible],
            closed_by=state.closed_by,
            closed_on=state.closed_on,
            co_owner=state.co_owner,
            overall=OverallTerm.of(state.overall) if state.overall else None,
            in_crisis=state.in_crisis,
            worrying=state.worrying,
        )
