"""How long the steps of a case took: every turn that somebody ever had, when it began, when it was due, how it ended.

The same tables are walked as for what is open now (see `tasks`), so a figure and a desk never speak of other terms. A
turn is held against its own term; the overall term of the route is a turn of its own. After a change of route or
municipality time begins anew, as the terms do. A turn that is open, or that ended because the search ended, was not
done: it took at least so long (it is *censored*), and leaving it out would praise the slowest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import groupby
from operator import attrgetter

from matcher.beside_routes import BESIDE_DUTIES
from matcher.case_events import Actor, CaseFacts, Event, EventKind, Route
from matcher.case_forms import Phase
from matcher.case_history import CLOSINGS, History, history_of, in_order
from matcher.duties import Duty, Moment
from matcher.moments import moments_of
from matcher.routes import ROUTE_DUTIES
from matcher.tasks import KEYS, Reading, closers, overall_of, task_of
from matcher.working_days import DUTCH_HOLIDAYS, Holidays, working_days_left

E = EventKind

TIMED = tuple(
    duty
    for duty in (*ROUTE_DUTIES, *BESIDE_DUTIES)
    if duty.phase is Phase.SEARCH and (duty.step != "beside" or duty.code == "make-contact")
)
"""The steps of the routes until the start, and the contact that had to be repaired before the first of them."""

DONE_BY: dict[str, tuple[Moment, ...]] = {
    "answer-referral": (E.REFERRAL_ACCEPTED, E.REFERRAL_REFUSED),
    "answer-network": (E.NETWORK_PROPOSED, E.NETWORK_DECLINED),
    "choose-next-step": (E.REFERRAL_SENT, E.NETWORK_ASKED, E.RET_REGISTERED),
    "discuss-in-ret": (E.RET_DISCUSSED, E.RET_OUTCOME),
    "make-contact": (E.CONTACT_MADE, E.TALKED_WITH_LOCAL_TEAM),
}
"""What the doing of a duty is, where that is more than the first of what closes it."""

OVERALL = ("1-4", "be-clear", Actor.WORKER)
"""The overall term of a route: from the talk of step 1 until it is clear who helps."""


class Ending(StrEnum):
    DONE = "done"
    STOPPED = "stopped"
    """It was skipped, taken back, or the search ended before it was done."""
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Turn:
    """One thing that one desk had to do in a case. Days are working days after the day on which it began."""

    route: Route
    step: str
    code: str
    actor: Actor
    began: date
    days: int
    """Until it ended; of what is open, until the last day that is looked at."""
    allowed: int
    """The term."""
    ending: Ending
    late: bool
    """The term was over before it ended, or is over by now."""

    @property
    def is_judged(self) -> bool:
        """Whether it is known if it kept its term: done, or the term went by."""
        return self.late or self.ending is Ending.DONE


def turns_of(
    facts: CaseFacts, events: Sequence[Event], until: date, calendar: Holidays = DUTCH_HOLIDAYS
) -> Iterator[Turn]:
    """Every turn of a case as it stood at the end of a day; what happened later, even if it is known by now, is out."""
    for told in rounds(facts, events, until):
        history = history_of(facts, told)
        walk = _Walk(Reading(history, moments_of(history), calendar), until)
        for duty in TIMED:
            if history.route in duty.routes:
                yield from walk.turns(duty)
        yield from walk.overall()


def rounds(facts: CaseFacts, events: Sequence[Event], until: date) -> Iterator[list[Event]]:
    """What stood on a day, once for each time that the case was open until then."""
    standing = [event for event in in_order(facts, events) if event.occurred <= until]
    if not any(event.kind is E.OPENED for event in standing):
        return
    for at, event in enumerate(standing):
        if event.kind is E.REOPENED and history_of(facts, standing[:at]).closing is not None:
            yield standing[:at]
    yield standing


@dataclass(frozen=True, slots=True)
class _Walk:
    """One time that a case was open."""

    reading: Reading
    until: date

    @property
    def history(self) -> History:
        return self.reading.history

    def turns(self, duty: Duty) -> Iterator[Turn]:
        """One for each time that the duty was open, for each thing it can be open for."""
        events, until_closing = self.history.events, self._closing()
        ended: dict[object, int] = {}
        for at in sorted({at for moment in duty.opens for at in self.reading.moments[moment]}):
            key, ends = KEYS[duty.per](events[at]), closers(self.reading, duty, at)
            running = at < ended.get(key, 0)
            if at > until_closing or running or (not duty.again and any(n <= at for n in ends)):
                continue
            ended[key] = min((n for n in ends if n > at), default=len(events))
            yield from self._turn(duty, at, ended[key], until_closing)

    def _closing(self) -> int:
        """Where the search ended; beyond the last event while it has not."""
        closings = (at for at, event in enumerate(self.history.events) if event.kind in CLOSINGS)
        return next(closings, len(self.history.events))

    def _turn(self, duty: Duty, at: int, end: int, closing: int) -> Iterator[Turn]:
        events, opening = self.history.events, self.history.events[at]
        over = events[end] if end < len(events) else None
        if closing < len(events) and (over is None or over.occurred > events[closing].occurred):
            end, over = closing, events[closing]
        if over is not None and over.id == opening.id:
            return  # what counts as done by the very event that asks for it was nobody's turn
        task = task_of(self.reading, duty, opening, None)
        done_by = DONE_BY.get(duty.code, duty.closes[:1])
        done = any(end in self.reading.moments[moment] for moment in done_by)
        ending = Ending.OPEN if over is None else Ending.DONE if done else Ending.STOPPED
        ended_on = self.until if over is None else over.occurred
        changed = self.history.changed_on
        began = max(opening.occurred, changed) if changed <= ended_on else opening.occurred
        yield self._spent((duty.step, duty.code, duty.actor), began, task.due, (ended_on, ending))

    def overall(self) -> Iterator[Turn]:
        term = overall_of(self.reading)
        if term is None:
            return
        closing = self.history.closing
        ended_on, ending = self.until, Ending.OPEN
        if term.stopped_on is not None:
            ended_on, ending = term.stopped_on, Ending.DONE
        elif closing is not None:
            ended_on, ending = closing.occurred, Ending.STOPPED
        yield self._spent(OVERALL, term.since, term.due, (ended_on, ending))

    def _spent(self, duty: tuple[str, str, Actor], began: date, due: date, over: tuple[date, Ending]) -> Turn:
        ended_on, ending = over
        calendar = self.reading.calendar
        days = max(working_days_left(began, ended_on, calendar), 0)
        allowed = max(working_days_left(began, due, calendar), 0)
        return Turn(self.history.route, *duty, began, days, allowed, ending, late=ended_on > due)


# --- how long they took --------------------------------------------------------------------------------------------


def done_within(turns: Sequence[Turn], share: float) -> int | None:
    """The working days within which this share was done; None where too few were followed for so long.

    The product-limit estimate (Kaplan and Meier 1958): who is open or stopped counts as far as it was followed.
    """
    waiting, not_done = len(turns), 1.0
    for days, ended in groupby(sorted(turns, key=attrgetter("days")), key=attrgetter("days")):
        then = list(ended)
        not_done *= 1 - sum(turn.ending is Ending.DONE for turn in then) / waiting
        if not_done <= 1 - share + ROUNDING:
            return int(days)
        waiting -= len(then)
    return None


ROUNDING = 1e-9
