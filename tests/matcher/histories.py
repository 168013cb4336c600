"""Short ways to write the history of a case in a test, with its weekdays in it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from typing import Any

from matcher.case_words import REFUSALS
from matcher.enrolment import CaseFacts, Event, EventKind, Route, State, Task, WorkerRole, refusal_of, state_of
from matcher.question import Month

WEEKDAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")

WORKER, FIRST, SECOND, THIRD = "07070707", "12345678", "23456789", "34567890"
"""The certified institution whose case it is, and three providers."""


def day(text: str) -> date:
    """Read `vrijdag 2026-04-03`; the weekday must be right."""
    weekday, iso = text.split()
    found = date.fromisoformat(iso)
    assert WEEKDAYS[found.weekday()] == weekday, text
    return found


def facts(**changes: Any) -> CaseFacts:
    usual = CaseFacts(
        opened=date(2026, 3, 2),
        worker_role=WorkerRole.YOUTH_PROTECTION,
        organisation=WORKER,
        municipality="GM0202",
        region="JZ28",
        route=Route.ACCESS,
        birth_month=Month(2016, 5),
        needed_from=date(2026, 12, 1),
    )
    return replace(usual, **changes)


@dataclass
class Case:
    """A case that is told event by event. What may not happen, does not."""

    facts: CaseFacts = field(default_factory=facts)
    events: list[Event] = field(default_factory=list)
    today: date = date(2026, 3, 2)

    def tell(self, kind: str, on: str, recorded: str | None = None, /, **said: Any) -> "Case":
        """Record an event on its day; `recorded` when that was later."""
        refusal = self.refusal(kind, on, recorded, **said)
        assert refusal is None, f"{kind}: {REFUSALS[refusal or '']}"
        self.events.append(self._event(kind, on, recorded, said))
        return self

    def refusal(self, kind: str, on: str, recorded: str | None = None, /, **said: Any) -> str | None:
        """Why an event may not be recorded."""
        new = self._event(kind, on, recorded, said)
        self.today = new.recorded.date()
        return refusal_of(self.facts, self.events, new, self.today)

    def _event(self, kind: str, on: str, recorded: str | None, said: dict[str, Any]) -> Event:
        place = {name: said[name] for name in ("party", "referral", "refers_to") if name in said}
        values = {name: value for name, value in said.items() if name not in place}
        written = datetime.combine(day(recorded or on), time(12), UTC)
        return Event(len(self.events) + 1, EventKind(kind), day(on), written, **place, values=values)

    @property
    def state(self) -> State:
        return state_of(self.facts, self.events, self.today)

    @property
    def todo(self) -> dict[str, Task]:
        """The open tasks by their code."""
        return {task.code: task for task in self.state.tasks}

    def due(self, code: str) -> date:
        return self.todo[code].due


def told(*events: Sequence[Any], **changes: Any) -> Case:
    """A case with these events, each `(kind, day)` or `(kind, day, {what it says})`."""
    case = Case(facts(**changes))
    for kind, on, *said in events:
        case.tell(kind, on, **(said[0] if said else {}))
    return case


# --- the usual ways to come so far ---------------------------------------------------------------------------------

MONDAY, TUESDAY, WEDNESDAY = "maandag 2026-03-02", "dinsdag 2026-03-03", "woensdag 2026-03-04"
THURSDAY, FRIDAY, LATER = "donderdag 2026-03-05", "vrijdag 2026-03-06", "maandag 2026-03-16"

R1, R2, N1 = {"referral": "r1"}, {"referral": "r2"}, {"referral": "n1"}
TO_FIRST, TO_SECOND = {"party": FIRST, **R1}, {"party": SECOND, **R2}
FULL = {"reason": "full"}
START = {"startDate": "2026-04-01"}
TOO_LATE = {"startDate": "2027-01-04"}


def referred(route: Route = Route.ACCESS, **changes: Any) -> Case:
    """Everything up to the form at the first provider."""
    talks = [("talked-with-local-team", MONDAY), ("talked-with-provider", MONDAY, {"party": FIRST})]
    case = told(*talks, ("determined", MONDAY), ("determination-sent", MONDAY), route=route, **changes)
    return case.tell("referral-sent", MONDAY, **TO_FIRST)


def refused(route: Route = Route.ACCESS, **changes: Any) -> Case:
    return referred(route, **changes).tell("referral-refused", TUESDAY, **R1, **FULL)


def proposed(route: Route = Route.ACCESS) -> Case:
    """Two of the network were asked, and both propose."""
    case = refused(route)
    for party in (SECOND, THIRD):
        case.tell("network-asked", TUESDAY, party=party, **N1)
        case.tell("network-proposed", WEDNESDAY, party=party, **N1, **START)
    return case


def no_view() -> Case:
    return refused().tell("ret-registered", TUESDAY).tell("ret-outcome", LATER, outcome="no-view")
