"""When a provider's answer is due, kept beside its referral: the routes say it, a list is sorted by it and shows it.

Every event of a case may move a term, so with every event the day is kept anew. It is never judged by.
"""

from collections.abc import Iterable, Mapping
from datetime import date

from sqlalchemy import text
from sqlalchemy.orm import Session

from matcher.tasks import Task

AWAITS_AN_ANSWER = frozenset({"answer-referral", "answer-network"})
"""The tasks of a case that wait for a provider's answer."""

_KEEP = text("""
    UPDATE referral SET due_on = kept.due_on
    FROM unnest(CAST(:referrals AS uuid[]), CAST(:days AS date[])) AS kept (id, due_on)
    WHERE referral.id = kept.id AND referral.due_on <> kept.due_on
""")


def keep_terms(session: Session, tasks: Iterable[Task]) -> None:
    """An answer that nobody waits for keeps the day on which it was due."""
    due = due_days(tasks)
    if due:
        session.execute(_KEEP, {"referrals": list(due), "days": list(due.values())})


def due_days(tasks: Iterable[Task]) -> Mapping[str, date]:
    """The day by referral."""
    return {task.referral: task.due for task in tasks if task.code in AWAITS_AN_ANSWER and task.referral}
