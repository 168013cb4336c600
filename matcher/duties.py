"""A duty is one row of a route's table: who must do what, what opens and closes it, and within which term.

The rows themselves are in `routes`, `beside_routes` and `escalation`; `enrolment` walks them all in the same way.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from matcher.case_events import Actor, EventKind, Route
from matcher.case_forms import Phase


class Mark(StrEnum):
    """A moment that follows from events; `moments` says how."""

    INTENDED = "intended"
    """The intention was recorded, else the case was opened."""
    CONTACTED = "contacted"
    """Step 1 was really done: in the route of the provider at the later of the two talks."""
    READY_TO_SEND = "ready-to-send"
    """Step 1 was done and the determination made."""
    RECEIVED = "received"
    """The local team has the determination: as recorded, else on the day it was sent."""
    GENERAL_APPROACH = "general-approach"
    """A general provision is asked, which needs neither determination nor allocation, and has not said no."""
    FIRST_APPROACH = "first-approach"
    """A provider is asked before step 5."""
    LATER_APPROACH = "later-approach"
    """A provider is asked within step 5."""
    FOUND = "found"
    """A provider accepted, or was confirmed out of the network."""
    PLACE_STANDS = "place-stands"
    """The same, and nothing was taken back: nobody else need answer."""
    NEEDS_REQUEST = "needs-request"
    """The same, at a provider that needs an allocation: not at a general provision."""
    NEEDS_ALLOCATION = "needs-allocation"
    """The same, where the first allocation does not serve it."""
    LATE_START = "late-start"
    """A provider accepted with a start after the day on which help is needed."""
    JUDGED_LATE = "judged-late"
    """The worker judged that start not timely, which is a refusal."""
    JUDGED_TIMELY = "judged-timely"
    STEP_5_OPENED = "step-5-opened"
    """A refusal, a provider's judgement, no answer, or no provider to ask."""
    STUCK = "stuck"
    """Nothing and nobody is asked any more."""
    REQUEST_WRONG = "request-wrong"
    """The 315 came back: it was not correct."""
    NO_VIEW = "no-view"
    """The RET sees no fitting help."""
    ESCALATE = "escalate"
    """It was decided to go to the executives and aldermen."""
    RAISED_1 = "raised-1"
    RAISED_2 = "raised-2"
    RAISED_3 = "raised-3"
    """Stagnating cooperation was raised at this level."""
    BROKER_ASKED = "broker-asked-calmly"
    BROKER_ASKED_URGENTLY = "broker-asked-urgently"
    HELP_WITH_END = "help-with-end"
    """Help started, and the determination says until when."""


Moment = EventKind | Mark

Positions = list[int]
Moments = Mapping[Moment, Positions]
"""Where in a history each moment is, in order."""


class Unit(StrEnum):
    WORKING_DAYS = "working-days"
    WEEKS = "weeks"
    AT_ONCE = "at-once"
    """The day itself, or the first working day from it."""
    ON_THE_DAY = "on-the-day"
    """A day that people agreed on, working day or not."""


@dataclass(frozen=True, slots=True)
class Term:
    """So much time after a moment. `value` names a day, or a number of days, that the event itself says."""

    count: int
    unit: Unit = Unit.WORKING_DAYS
    since: Moment | None = None
    """Without it, the moment that opened the duty."""
    value: str | None = None
    """The term runs from the day the event says under this name."""
    counted_by: str | None = None
    """As many as the event says under this name: a contract's shorter term for an answer."""
    firm: bool = False
    """A change of route or municipality does not make it run anew."""


class Per(StrEnum):
    """Of what there can be one open duty each."""

    CASE = "case"
    REFERRAL = "referral"
    PARTY = "party"
    """Of one referral, for each organisation asked."""
    EVENT = "event"


@dataclass(frozen=True, slots=True)
class Duty:
    """One row: this actor does this within the earliest of these terms."""

    code: str
    step: str
    actor: Actor
    opens: tuple[Moment, ...]
    """Any of these."""
    closes: tuple[Moment, ...]
    """Any of these; the first is the doing of it."""
    terms: tuple[Term, ...]
    """The earliest that can be known."""
    otherwise: Term | None = None
    """Where none of them can be known yet."""
    ends: tuple[Moment, ...] = ()
    """Any of these closes it for everybody who was asked."""
    per: Per = Per.CASE
    again: bool = False
    """It can come back: only what closes it later counts. Else once done is done, in whatever order it was told."""
    overall: bool = False
    """The overall term of the route holds too."""
    skippable: bool = False
    """Skipping the step closes it."""
    routes: tuple[Route, ...] = tuple(Route)
    phase: Phase = Phase.SEARCH
    assumed: bool = False
    """The sources give no term: this one is our assumption."""


def working_days(count: int, since: Moment | None = None) -> Term:
    return Term(count, Unit.WORKING_DAYS, since)


def weeks(count: int, since: Moment | None = None) -> Term:
    return Term(count, Unit.WEEKS, since)


def on_the_day(value: str) -> Term:
    return Term(0, Unit.ON_THE_DAY, value=value)
