"""Reminding a region's contact person of what its youth-protection table said: before it counts no more, and after.

A table that never said anything is left alone: not every region wants its table here.
"""

from datetime import date

from sqlalchemy.orm import Session

from availability.access.identity import Role
from availability.clockwork.queries import begin_day
from availability.clockwork.surroundings import Surroundings
from availability.outbox.telling import Notice, tell
from availability.protection_tables import queries
from availability.protection_tables.messages import table_of
from matcher.reminding import BEFORE

WHERE = "beschermingstafel"


def remind_tables(surroundings: Surroundings) -> None:
    """Once a day."""
    today = surroundings.today()
    with surroundings.sessions.begin() as session:
        if begin_day(session, "tables", today, trusted=surroundings.settings.today is not None):
            remind(session, today)


def remind(session: Session, today: date) -> None:
    """Tell each region, once for each statement and step: the key sees to that."""
    for region, row in queries.current(session).items():
        table = table_of(row)
        step = table.reminder_step(today)
        if step is not None:
            tell(
                session,
                Notice.TABLE_DUE if step == BEFORE else Notice.TABLE_STALE,
                organisation=region,
                role=Role.REGIONAL_CONTACT,
                key=f"{row.id}:{step}",
                link=WHERE,
                values={"due": table.due_on},
            )
