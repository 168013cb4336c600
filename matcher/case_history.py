"""What still counts of a case's events: corrected, in the order in which they occurred, since it was last opened.

Nothing is ever taken away from a history; this is how it is read. Three readings are our own assumption: a local team's
own case has met its local team on opening and need not send itself a determination; a skipped step counts as done from
that day; another responsible municipality knows nothing yet of what the one before was told.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from matcher.case_events import CaseFacts, Event, EventKind, Route, WorkerRole
from matcher.case_forms import Phase, day_in

PLACEMENTS = (EventKind.STARTED, EventKind.DIRECT_PLACEMENT)
CLOSINGS = {
    EventKind.STARTED: Phase.HELP,
    EventKind.DIRECT_PLACEMENT: Phase.HELP,
    EventKind.WITHDRAWN: Phase.CLOSED,
    EventKind.ENDED: Phase.CLOSED,
}
"""Which events end the search, and what comes after."""

OPENINGS = (EventKind.OPENED, EventKind.REOPENED)

CHANGES = (EventKind.ROUTE_CHANGED, EventKind.MUNICIPALITY_CHANGED)

TOLD_TO_MUNICIPALITY = frozenset(
    {
        EventKind.TALKED_WITH_LOCAL_TEAM, EventKind.DETERMINATION_SENT, EventKind.DETERMINATION_RECEIVED,
        EventKind.ALLOCATION_REQUESTED, EventKind.REQUEST_ACKNOWLEDGED, EventKind.ALLOCATION_SENT,
        EventKind.ALLOCATION_ACKNOWLEDGED, EventKind.CONTACT_FAILED, EventKind.CONTACT_MADE,
    }
)  # fmt: skip
TOLD_TO_REGION = frozenset(
    {
        EventKind.RET_TALKED_BEFORE, EventKind.RET_REGISTERED, EventKind.RET_DISCUSSED, EventKind.RET_PROVIDER_ASKED,
        EventKind.RET_BOEG_INVOLVED, EventKind.RET_OUTCOME, EventKind.ESCALATION_REPORTED,
        EventKind.ESCALATION_ANALYSED, EventKind.ESCALATION_DECIDED, EventKind.ESCALATION_TALKED,
    }
)  # fmt: skip
"""What must be done anew when the responsible municipality, or its region, is another one."""

SKIPPING_COUNTS_AS = {
    "1": (EventKind.TALKED_WITH_LOCAL_TEAM, EventKind.TALKED_WITH_PROVIDER),
    "2": (EventKind.DETERMINED,),
}
OWN_TEAM_COUNTS_AS = {
    EventKind.OPENED: EventKind.TALKED_WITH_LOCAL_TEAM,
    EventKind.REOPENED: EventKind.TALKED_WITH_LOCAL_TEAM,
    EventKind.DETERMINED: EventKind.DETERMINATION_SENT,
}


@dataclass(frozen=True, slots=True)
class History:
    """A case's events as they count now."""

    facts: CaseFacts
    route: Route
    municipality: str
    region: str
    standing: tuple[Event, ...]
    """All that stands after the corrections, of earlier times that the case was open too."""
    events: tuple[Event, ...]
    """Since the case was last opened, in the order of their days; within a day as they were recorded."""
    phase: Phase
    closing: Event | None
    """What ended the search, or the help after it."""
    opening: Event
    changed_on: date
    """When route or municipality last changed; the first day there is when they never did."""


def history_of(facts: CaseFacts, events: Sequence[Event]) -> History:
    """The events of a case as they count now."""
    route, municipality, region = facts.route, facts.municipality, facts.region
    standing = in_order(facts, events)
    for change in standing:
        if change.kind in CHANGES:
            route = Route(str(change.values.get("route", route)))
            municipality = str(change.values.get("municipality", municipality))
            region = str(change.values.get("region", region))
    current, phase, closing = _last_round(_still_known(standing, facts.region))
    own_team = facts.worker_role is WorkerRole.LOCAL_TEAM and facts.organisation == municipality
    return History(
        facts=facts,
        route=route,
        municipality=municipality,
        region=region,
        standing=tuple(standing),
        events=tuple(with_implied(current, own_team)),
        phase=phase,
        closing=closing,
        opening=next(event for event in current if event.kind in OPENINGS),
        changed_on=max((event.occurred for event in current if event.kind in CHANGES), default=date.min),
    )


def in_order(facts: CaseFacts, events: Iterable[Event]) -> list[Event]:
    """What stands after the corrections, by the day it occurred; within a day as it was recorded."""
    standing = list(_corrected(list(events)))
    if not any(event.kind is EventKind.OPENED for event in standing):
        standing.append(_opening(facts))
    return sorted(standing, key=lambda event: (event.occurred, event.id))


def _opening(facts: CaseFacts) -> Event:
    """A case is open from its first day, also before anything was written down."""
    return Event(0, EventKind.OPENED, facts.opened, datetime.combine(facts.opened, time(), UTC))


def _corrected(events: Sequence[Event]) -> Iterator[Event]:
    """What stands, each event on the day that it has now."""
    void, redated = corrections_of(events)
    for event in events:
        if event.id not in void and event.kind is not EventKind.CORRECTED:
            yield replace(event, occurred=redated[event.id]) if event.id in redated else event


def corrections_of(events: Iterable[Event]) -> tuple[set[int], dict[int, date]]:
    """The events that are void now, corrections among them, and those that have another day.

    The last correction of an event decides; a correction can be corrected like anything else.
    """
    void: set[int] = set()
    redated: dict[int, date] = {}
    for correction in sorted(events, key=lambda event: event.id, reverse=True):
        target = correction.refers_to
        decided = target in void or target in redated or correction.id in void
        if correction.kind is not EventKind.CORRECTED or target is None or decided:
            continue
        day = day_in(correction, "occurred")
        if correction.values["what"] == "redate" and day is not None:
            redated[target] = day
        else:
            void.add(target)
    return void, redated


def _last_round(standing: Sequence[Event]) -> tuple[list[Event], Phase, Event | None]:
    """The events since the case was last opened, the phase it is in, and what brought it there."""
    current: list[Event] = []
    phase, closing = Phase.SEARCH, None
    for event in standing:
        if event.kind is EventKind.REOPENED and closing is not None:
            current, phase, closing = [], Phase.SEARCH, None
        current.append(event)
        if event.kind in CLOSINGS and phase is not Phase.CLOSED:
            phase, closing = CLOSINGS[event.kind], event
    return current, phase, closing


def _still_known(standing: Iterable[Event], region: str) -> list[Event]:
    """Without what was told to a municipality, or a region, that is no longer the responsible one."""
    known: list[Event] = []
    for event in standing:
        if event.kind is EventKind.MUNICIPALITY_CHANGED:
            moved = event.values["region"] != region
            region = str(event.values["region"])
            forgotten = TOLD_TO_MUNICIPALITY | TOLD_TO_REGION if moved else TOLD_TO_MUNICIPALITY
            known = [earlier for earlier in known if earlier.kind not in forgotten]
        known.append(event)
    return known


def with_implied(events: Iterable[Event], own_team: bool) -> Iterator[Event]:
    """The events, and after each what it counts as too."""
    for event in events:
        yield event
        skipped = SKIPPING_COUNTS_AS.get(str(event.values["step"]), ()) if event.kind is EventKind.STEP_SKIPPED else ()
        for kind in (event.kind, *skipped):
            if kind is not event.kind:
                yield replace(event, kind=kind)
            if own_team and kind in OWN_TEAM_COUNTS_AS:
                yield replace(event, kind=OWN_TEAM_COUNTS_AS[kind])
