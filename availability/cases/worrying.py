"""The worryingly waiting: marked by a worker's judgement, watched by a review date, never put in an order of need."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from availability.cases import worrying_queries
from availability.cases.day_queries import RunningCase
from matcher.case_events import EventKind
from matcher.enrolment import state_of

REVIEW = "review-worry"
"""The task that stays open for as long as somebody waits worryingly."""


@dataclass(frozen=True, slots=True)
class Worry:
    case: RunningCase
    marked_on: date
    reviewed_on: date
    review_on: date
    said_in: int
    """The event with the reviewer and the help that bridges the wait."""


def worrying_in(session: Session, region: str, today: date) -> list[Worry]:
    """By review date only: who waits worse is for people to say."""
    found = (_worry(case, today) for case in worrying_queries.once_marked(session, region, today))
    return sorted((each for each in found if each), key=lambda each: (each.review_on, each.case.id))


def _worry(case: RunningCase, today: date) -> Worry | None:
    task = next((task for task in state_of(*case.history, today).tasks if task.code == REVIEW), None)
    if task is None or task.event is None:
        return None
    marks = [event.occurred for event in case.history.events if event.kind is EventKind.WORRY_MARKED]
    said = next(event for event in case.history.events if event.id == task.event)
    return Worry(case, max(marks), said.occurred, task.due, said.id)


def words_of(session: Session, worries: Collection[Worry]) -> dict[int, dict[str, str]]:
    """What was said in words with the last look at each."""
    return worrying_queries.notes_of(session, [each.said_in for each in worries])
