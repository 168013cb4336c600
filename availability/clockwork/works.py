"""Everything that happens by itself, and how often: the one table of it."""

from datetime import UTC, datetime, time

from availability.clock import AMSTERDAM
from availability.clockwork.reminders import remind_providers
from availability.clockwork.retention import forget_what_is_old
from availability.clockwork.room import tell_of_room
from availability.clockwork.surroundings import Surroundings
from availability.clockwork.tasks import tell_of_tasks
from availability.clockwork.work import Work, in_thread
from availability.guarantees.telling import tell_of_guarantees
from availability.protection_tables.reminding import remind_tables
from availability.referrals.options import expire_options, remind_of_options
from availability.waits.learning import learn_from_news


def send(surroundings: Surroundings) -> None:
    surroundings.office.send_due()


def end_options(surroundings: Surroundings) -> None:
    """An option ends with its day, by the calendar that everybody here goes by."""
    now = _moment(surroundings)
    with surroundings.sessions.begin() as session:
        expire_options(session, now)
        remind_of_options(session, now)


def learn_waits(surroundings: Surroundings) -> None:
    """What a start says of the waits to come reaches every board within a minute."""
    with surroundings.sessions.begin() as session:
        learn_from_news(session, surroundings.today())


def _moment(surroundings: Surroundings) -> datetime:
    """Now; on the frozen day when the calendar is frozen."""
    now = datetime.now(UTC).astimezone(AMSTERDAM)
    return datetime.combine(surroundings.today(), time(now.hour, now.minute), AMSTERDAM)


WORKS = (
    Work("send", 2, in_thread(send)),
    Work("room", 5, tell_of_room),
    Work("options", 60, in_thread(end_options)),
    Work("waits", 60, in_thread(learn_waits)),
    Work("tasks", 300, in_thread(tell_of_tasks)),
    Work("retention", 300, in_thread(forget_what_is_old)),
    Work("reminders", 300, in_thread(remind_providers)),
    Work("tables", 300, in_thread(remind_tables)),
    Work("guarantees", 300, in_thread(tell_of_guarantees)),
)
"""What is done once a day asks every five minutes whether a new day began."""
