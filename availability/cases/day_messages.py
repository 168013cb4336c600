"""My day as it goes over the wire. A provider sees its referrals, never the case: no case id and no reference."""

from collections.abc import Container, Sequence
from datetime import date, datetime
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row

from availability.cases.day import THIS_WEEK, CaseTask, Day
from availability.cases.event_messages import CaseEvent, Task, task_fields
from availability.cases.parties import EVERYTHING
from availability.messages import Message


class DayTask(Task):
    """A task with the case it belongs to; null for a provider, that knows its referral."""

    case_id: UUID | None
    reference: str | None
    municipality: str

    @classmethod
    def in_case(cls, each: CaseTask, today: date, *, mine: bool, sees_case: bool) -> Self:
        return cls(
            **task_fields(each.task, today),
            mine=mine,
            case_id=each.case.id if sees_case else None,
            reference=each.case.reference if sees_case else None,
            municipality=each.case.municipality,
        )


class Counts(Message):
    """`cases` that run; `open` tasks of the caller, of which `late`, due `today` and due `thisWeek` or earlier."""

    cases: int
    open: int
    late: int
    today: int
    this_week: int


class News(Message):
    """What somebody else recorded."""

    case_id: UUID
    reference: str
    event: CaseEvent

    @classmethod
    def of(cls, row: Row[Any], reads: Container[str]) -> Self:
        """`reads`: in the case of another; in one's own, everything."""
        event = CaseEvent.of(row, EVERYTHING if row.own else reads)
        return cls(case_id=row.care_request_id, reference=row.reference, event=event)


class MyDay(Message):
    today: date
    since: datetime
    counts: Counts
    tasks: list[DayTask]
    waiting_for: list[DayTask]
    reviews: list[DayTask]
    changed: list[News]

    @classmethod
    def of(cls, day: Day, news: Sequence[News], *, today: date, since: datetime, sees_case: bool) -> Self:
        def shown(tasks: Sequence[CaseTask], *, mine: bool) -> list[DayTask]:
            return [DayTask.in_case(each, today, mine=mine, sees_case=sees_case) for each in tasks]

        late = sum(each.task.due < today for each in day.mine)
        return cls(
            today=today,
            since=since,
            counts=Counts(
                cases=day.cases,
                open=len(day.mine),
                late=late,
                today=day.due_until(today) - late,
                this_week=day.due_until(today + THIS_WEEK),
            ),
            tasks=shown(day.mine, mine=True),
            waiting_for=shown(day.waiting_for, mine=False),
            reviews=shown(day.reviews, mine=True),
            changed=list(news),
        )
