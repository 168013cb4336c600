"""What lies at a desk, and who waits worryingly, as they go over the wire."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import Row

from availability.cases.desks import Put
from availability.cases.event_messages import CaseEvent, Task
from availability.cases.parties import EVERYTHING
from availability.cases.worrying import Worry
from availability.messages import Message


class CasePut(Message):
    """A case that was put to the caller's desk, by which event, and what the desk must still do."""

    case_id: UUID
    reference: str
    organisation: str
    municipality: str
    open: bool
    event: CaseEvent
    tasks: list[Task]

    @classmethod
    def of(cls, put: Put, event: Row[Any], today: date) -> Self:
        return cls(
            case_id=put.case.id,
            reference=put.case.reference,
            organisation=put.case.organisation,
            municipality=put.case.municipality,
            open=bool(put.tasks),
            event=CaseEvent.of(event, EVERYTHING),  # it was said to this very desk
            tasks=[Task.of(task, today, mine=True) for task in put.tasks],
        )


class WorryinglyWaiting(Message):
    """Who waits while it gets worse: since when, what bridges the wait, and when somebody looks again.

    Which case it is, only a party of it is told.
    """

    case_id: UUID | None
    reference: str | None
    organisation: str
    municipality: str
    care_types: list[str]
    needed_from: date
    marked_on: date
    reviewed_on: date
    review_on: date
    late: bool
    reviewer: str | None
    bridging_help: str | None

    @classmethod
    def of(cls, worry: Worry, words: Mapping[str, str], parties: Collection[UUID], today: date) -> Self:
        is_party = worry.case.id in parties
        return cls(
            case_id=worry.case.id if is_party else None,
            reference=worry.case.reference if is_party else None,
            organisation=worry.case.organisation,
            municipality=worry.case.municipality,
            care_types=list(worry.case.care_types),
            needed_from=worry.case.history.facts.needed_from,
            marked_on=worry.marked_on,
            reviewed_on=worry.reviewed_on,
            review_on=worry.review_on,
            late=worry.review_on < today,
            reviewer=words.get("reviewer"),
            bridging_help=words.get("bridgingHelp"),
        )
