"""The open tasks of a case: one function that walks every row of the tables, and the terms that run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.beside_routes import BESIDE_DUTIES
from matcher.case_events import Actor, Event, EventKind
from matcher.case_forms import Phase, day_in
from matcher.case_history import History
from matcher.coming_of_age import ADULT, AGE_DUTIES, MONTHS_AHEAD, WEEKS_WHEN_PAST, AgeDuty, first_day_at
from matcher.duties import Duty, Mark, Moments, Per, Term, Unit
from matcher.escalation import ESCALATION_DUTIES
from matcher.routes import OVERALL, ROUTE_DUTIES
from matcher.working_days import Holidays, end_of_weeks, end_of_working_days, first_working_day_from

DUTIES = (*ROUTE_DUTIES, *BESIDE_DUTIES, *ESCALATION_DUTIES)


@dataclass(frozen=True, slots=True)
class Task:
    """One thing one desk must do, within one term."""

    code: str
    step: str
    actor: Actor
    organisation: str
    opened_on: date
    due: date
    """The term that comes first: of the task itself or of the route. A route's term that was over before the task
    began is no term for who must do it; it shows as `overall_due`."""
    overall_due: date | None = None
    """The route's overall term, while it runs over this task."""
    referral: str | None = None
    party: str | None = None
    """The organisation it is about."""
    event: int | None = None
    """The event that opened it."""


@dataclass(frozen=True, slots=True)
class Overall:
    """The route's overall term: from the day on which step 1 was really done until it is clear who helps."""

    since: date
    due: date
    stopped_on: date | None


@dataclass(frozen=True, slots=True)
class Reading:
    """A history with its moments, and the calendar by which its terms run."""

    history: History
    moments: Moments
    calendar: Holidays

    def events(self, *moments: EventKind | Mark) -> list[Event]:
        positions = sorted({at for moment in moments for at in self.moments[moment]})
        return [self.history.events[at] for at in positions]


def tasks_of(reading: Reading, today: date) -> tuple[Task, ...]:
    """Everything that is open, the soonest term first."""
    overall = overall_of(reading)
    tasks = [
        task_of(reading, duty, opening, overall)
        for duty in DUTIES
        if duty.phase is reading.history.phase and reading.history.route in duty.routes
        for opening in _openings(reading, duty)
    ]
    return tuple(sorted([*tasks, *_of_age(reading, today)], key=lambda task: (task.due, task.code)))


def overall_of(reading: Reading) -> Overall | None:
    """The overall term; None until step 1 was really done."""
    contacted = reading.events(Mark.CONTACTED)
    if not contacted:
        return None
    late = reading.events(Mark.LATE_START)
    accepted = (event for event in reading.events(Mark.FOUND) if event not in late)
    stops = (*accepted, *reading.events(Mark.JUDGED_TIMELY, Mark.JUDGED_LATE, EventKind.REFERRAL_REFUSED))
    since = contacted[0].occurred
    return Overall(
        since,
        _end_of(OVERALL[reading.history.route], contacted[0], since, reading.calendar),
        min((event.occurred for event in stops), default=None),
    )


# --- what is open --------------------------------------------------------------------------------------------------


def _openings(reading: Reading, duty: Duty) -> Iterator[Event]:
    """The events that opened a duty and were not answered, the first of each that it can be open for."""
    seen = set()
    for at in sorted({at for moment in duty.opens for at in reading.moments[moment]}):
        opening = reading.history.events[at]
        key = KEYS[duty.per](opening)
        if key not in seen and not _is_closed(reading, duty, at):
            seen.add(key)
            yield opening


def _is_closed(reading: Reading, duty: Duty, at: int) -> bool:
    return any(n > at or not duty.again for n in closers(reading, duty, at))


def closers(reading: Reading, duty: Duty, at: int) -> set[int]:
    """Where in the history something closes the duty that was opened there."""
    events, opening = reading.history.events, reading.history.events[at]
    own = (n for moment in duty.closes for n in reading.moments[moment] if concerns(duty.per, events[n], opening))
    skips = (n for n in reading.moments[EventKind.STEP_SKIPPED] if events[n].values["step"] == duty.step)
    ends = (n for moment in duty.ends for n in reading.moments[moment])
    return {*own, *ends, *(skips if duty.skippable else ())}


KEYS: dict[Per, Callable[[Event], object]] = {
    Per.CASE: lambda event: None,
    Per.REFERRAL: lambda event: event.referral,
    Per.PARTY: lambda event: (event.referral, event.party),
    Per.EVENT: lambda event: event.id,
}


def concerns(per: Per, later: Event, opening: Event) -> bool:
    """Whether a later event is about the same thing; what it leaves open, it says of all."""
    if per is Per.EVENT:
        return later.refers_to == opening.id
    same_referral = later.referral in {None, opening.referral}
    same_party = later.party in {None, opening.party}
    return per is Per.CASE or (same_referral and (per is Per.REFERRAL or same_party))


# --- whose, and until when -----------------------------------------------------------------------------------------


def task_of(reading: Reading, duty: Duty, opening: Event, overall: Overall | None) -> Task:
    """The task that an event opened."""
    runs = duty.overall and overall is not None and overall.stopped_on is None
    overall_due = overall.due if runs and overall is not None else None
    party = party_of(reading.history, opening)
    due = _due(reading, duty, opening)
    return Task(
        duty.code,
        duty.step,
        duty.actor,
        ORGANISATIONS[duty.actor](reading.history, party),
        opening.occurred,
        min(due, overall_due) if overall_due and overall_due >= opening.occurred else due,
        overall_due,
        opening.referral,
        party,
        opening.id,
    )


def party_of(history: History, event: Event) -> str | None:
    """The organisation an event is about: as it says, else the one its referral was put to."""
    if event.party or event.referral is None:
        return event.party
    return next((each.party for each in history.events if each.referral == event.referral and each.party), None)


ORGANISATIONS: dict[Actor, Callable[[History, str | None], str]] = {
    Actor.WORKER: lambda history, _: history.facts.organisation,
    Actor.TEAM_LEADER: lambda history, _: history.facts.organisation,
    Actor.LOCAL_TEAM: lambda history, _: history.municipality,
    Actor.BACK_OFFICE: lambda history, _: history.municipality,
    Actor.OFFICIAL: lambda history, _: history.municipality,
    Actor.PROVIDER: lambda history, party: party or history.facts.organisation,
    Actor.NETWORK: lambda history, party: party or history.facts.organisation,
    Actor.RET: lambda history, _: history.region,
    Actor.REGIONAL_CONTACT: lambda history, _: history.region,
    Actor.BROKER: lambda history, _: history.region,
}
"""At which organisation an actor sits. Where no provider is known, the worker's own must see to it."""


def _due(reading: Reading, duty: Duty, opening: Event) -> date:
    ends = ((term, _end(reading, duty, term, opening)) for term in duty.terms)
    # A route's term that was over before this began is none for who is asked only now.
    known = [due for term, due in ends if due is not None and (term.since is None or due >= opening.occurred)]
    if known:
        return min(known)
    return _end_of(duty.otherwise or duty.terms[0], opening, _not_before(reading, opening.occurred), reading.calendar)


def _end(reading: Reading, duty: Duty, term: Term, opening: Event) -> date | None:
    """When a term ends; None where its moment, or what the event should say, is not known."""
    said = opening if term.since is None else _last(reading, duty, term, opening)
    if said is None or (term.counted_by is not None and term.counted_by not in said.values):
        return None
    if term.value is None:
        since = said.occurred if term.firm else _not_before(reading, said.occurred)
        return _end_of(term, said, since, reading.calendar)
    day = day_in(said, term.value)
    return None if day is None else _end_of(term, said, day, reading.calendar)


def _last(reading: Reading, duty: Duty, term: Term, opening: Event) -> Event | None:
    assert term.since is not None
    said = [event for event in reading.events(term.since) if concerns(duty.per, event, opening)]
    return said[-1] if said else None


def _not_before(reading: Reading, day: date) -> date:
    """After a change of route or municipality no term runs from before it: until then it was not theirs."""
    return max(day, reading.history.changed_on)


def _end_of(term: Term, said: Event, day: date, calendar: Holidays) -> date:
    count = int(said.values[term.counted_by]) if term.counted_by else term.count
    return ENDS[term.unit](day, count, calendar)


ENDS: dict[Unit, Callable[[date, int, Holidays], date]] = {
    Unit.WORKING_DAYS: end_of_working_days,
    Unit.WEEKS: end_of_weeks,
    Unit.AT_ONCE: lambda day, _, calendar: first_working_day_from(day, calendar),
    Unit.ON_THE_DAY: lambda day, _, __: day,
}


# --- coming of age -------------------------------------------------------------------------------------------------


def _of_age(reading: Reading, today: date) -> Iterator[Task]:
    """What the perspective plan needs now: the one part of a case that time alone brings nearer."""
    history = reading.history
    if history.phase is Phase.CLOSED or first_day_at(history.facts.birth_month, ADULT) <= history.facts.opened:
        return
    done = {event.kind for event in history.standing}
    for duty in AGE_DUTIES:
        opens = max(first_day_at(history.facts.birth_month, duty.age - MONTHS_AHEAD), history.facts.opened)
        if opens <= today and duty.closes not in done:
            yield _age_task(reading, duty, opens)


def _age_task(reading: Reading, duty: AgeDuty, opens: date) -> Task:
    facts = reading.history.facts
    due = first_day_at(facts.birth_month, duty.age)
    if due < facts.opened:
        due = end_of_weeks(facts.opened, WEEKS_WHEN_PAST, reading.calendar)
    return Task(duty.code, "age", Actor.WORKER, facts.organisation, opens, due)
