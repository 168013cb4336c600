"""Random histories of both routes: whatever happens to a case, somebody has it on a desk with a day beside it."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from matcher.case_forms import FORMS, Allowed, Phase
from matcher.case_history import PLACEMENTS
from matcher.enrolment import Actor, CaseFacts, Event, EventKind, Route, Task, WorkerRole, refusal_of, state_of
from matcher.question import Month
from matcher.tasks import DUTIES
from tests.matcher.histories import FIRST, SECOND, THIRD, facts

DAYS = st.dates(date(2024, 1, 1), date(2027, 12, 31))
PARTIES = (FIRST, SECOND, THIRD)
REFERRALS = ("r1", "r2", "r3", "r4")

TODAYS = (timedelta(days=-3), timedelta(days=1), timedelta(days=400))

About = tuple[str | None, str | None, int | None]
Said = dict[str, Any]

CLOSES = {duty.code: [*duty.closes, *duty.ends] for duty in DUTIES}


def identity(task: Task) -> tuple[object, ...]:
    return task.code, task.referral, task.party, task.event


def values(allowed: Allowed, today: date) -> st.SearchStrategy[str | int | bool]:
    if isinstance(allowed, tuple):
        return st.sampled_from(allowed)
    kinds: dict[object, st.SearchStrategy[str | int | bool]] = {
        date: st.integers(1, 90).map(lambda days: (today + timedelta(days=days)).isoformat()),
        bool: st.booleans(),
        int: st.integers(1, 3),
        str: st.sampled_from(("GM0202", "GM0268", "JZ28", "JZ29")),
    }
    return kinds[allowed]


def about(kind: EventKind, *things: About) -> list[Said]:
    """What an event of this kind could be about, each once, saying no more than its form asks."""
    names = ("party", "referral", "refers_to")
    each = (
        {name: said for name, said in zip(names, thing, strict=True) if name in FORMS[kind].needs} for thing in things
    )
    return [dict(said) for said in dict.fromkeys(tuple(said.items()) for said in each)]


Drawing = Any
Script = list[tuple[EventKind, Said]]

E = EventKind
REFERRED: Script = [
    (E.OPENED, {}),
    (E.TALKED_WITH_LOCAL_TEAM, {}),
    (E.TALKED_WITH_PROVIDER, {"party": FIRST}),
    (E.DETERMINED, {"values": {"until": "2029-01-01"}}),
    (E.DETERMINATION_SENT, {}),
    (E.REFERRAL_SENT, {"party": FIRST, "referral": "r1"}),
]
REFUSED: Script = [*REFERRED, (E.REFERRAL_REFUSED, {"referral": "r1", "values": {"reason": "full"}})]
SCRIPTS: list[Script] = [
    [],
    [*REFERRED, (E.REFERRAL_ACCEPTED, {"referral": "r1", "values": {"startDate": "2026-01-01"}}), (E.STARTED, {})],
    [
        *REFUSED,
        (E.NETWORK_ASKED, {"party": SECOND, "referral": "r2"}),
        (E.NETWORK_ASKED, {"party": THIRD, "referral": "r2"}),
        (E.NETWORK_PROPOSED, {"party": THIRD, "referral": "r2", "values": {"startDate": "2026-01-01"}}),
        (E.NETWORK_CONFIRMED, {"party": THIRD, "referral": "r2", "values": {"startDate": "2026-01-01"}}),
    ],
    [
        *REFUSED,
        (E.RET_REGISTERED, {}),
        (E.RET_DISCUSSED, {}),
        (E.RET_OUTCOME, {"values": {"outcome": "no-view"}}),
        (E.ESCALATION_REPORTED, {}),
        (E.ESCALATION_ANALYSED, {"values": {"cause": "waiting-times"}}),
    ],
]
"""How far a case has come before anything may happen; else few would get to the later steps."""


class Lives(RuleBasedStateMachine):
    """One case, to which anything may happen that is allowed, on the day or recorded later."""

    facts: CaseFacts
    events: tuple[Event, ...] = ()
    today: date

    @initialize(
        opened=DAYS, route=st.sampled_from(Route), role=st.sampled_from(WorkerRole), wait=st.integers(-10, 60),
        born=st.integers(2007, 2020),
        script=st.sampled_from(SCRIPTS),
        length=st.integers(0, 12),
    )  # fmt: skip
    def open(
        self, opened: date, route: Route, role: WorkerRole, wait: int, born: int, script: Script, length: int
    ) -> None:
        organisation = "GM0202" if role is WorkerRole.LOCAL_TEAM else "07070707"
        self.facts = facts(
            opened=opened, route=route, worker_role=role, organisation=organisation, birth_month=Month(born, 7),
            needed_from=opened + timedelta(days=wait),
        )  # fmt: skip
        self.today = opened
        self.derive()
        for kind, said in script[:length]:
            self.record(self.written(kind, 0, said))

    def derive(self) -> None:
        self.state = state_of(self.facts, self.events, self.today)
        self.possible = self.state.possible

    @rule(days=st.integers(1, 12))
    def time_passes(self, days: int) -> None:
        before = {identity(task): task.due for task in self.state.tasks}
        self.today += timedelta(days=days)
        self.derive()
        after = {identity(task): task.due for task in self.state.tasks}
        assert before.items() <= after.items(), "a term moved, or a task closed, and nothing had happened"

    @rule(data=st.data(), late=st.sampled_from((0, 0, 0, 1, 4)))
    def somebody_acts(self, data: Drawing, late: int) -> None:
        """Whoever has a task does it, well or badly."""
        task = data.draw(st.sampled_from(self.state.tasks or (None,)))
        closes = [kind for kind in CLOSES.get(task.code if task else "", ()) if isinstance(kind, EventKind)]
        if task and closes:
            kind = data.draw(st.sampled_from(closes))
            self.record_if_allowed(data, kind, late, about(kind, (task.party, task.referral, task.event)))

    @rule(data=st.data(), late=st.sampled_from((0, 0, 1, 4)))
    def anything_happens(self, data: Drawing, late: int) -> None:
        usual, possible = sorted(self.possible - RARE), sorted(self.possible)
        tenth = data.draw(st.integers(0, 9)) == 0
        kind = data.draw(st.sampled_from(possible if tenth or not usual else usual))
        things = product(PARTIES, REFERRALS, [None, *(event.id for event in self.events)])
        self.record_if_allowed(data, kind, late, about(kind, *things))

    def record_if_allowed(self, data: Drawing, kind: EventKind, late: int, things: list[Said]) -> None:
        form = FORMS[kind]
        said = {name: data.draw(values(kinds, self.today)) for name, kinds in form.values.items()}
        if form.optional and data.draw(st.booleans()):
            said |= {name: data.draw(values(kinds, self.today)) for name, kinds in form.optional.items()}
        if said.get("what") == "redate":
            said["occurred"] = (self.today - timedelta(days=data.draw(st.integers(0, 20)))).isoformat()
        blank = self.written(kind, late, {"values": said})
        allowed = [new for new in (replace(blank, **thing) for thing in things) if self.may(new)]
        if allowed:
            self.record(data.draw(st.sampled_from(allowed)))

    def written(self, kind: EventKind, late: int, said: Said) -> Event:
        now = datetime.combine(self.today, time(12), UTC)
        return Event(len(self.events) + 1, kind, self.today - timedelta(days=late), now, **said)

    def may(self, new: Event) -> bool:
        return refusal_of(self.facts, self.events, new, self.today) is None

    def record(self, new: Event) -> None:
        before = self.events
        self.events = (*before, new)
        self.derive()
        assert self.events[: len(before)] == before, "history shrank"

    @invariant()
    def each_task_has_one_actor_and_one_term(self) -> None:
        for task in self.state.tasks:
            assert isinstance(task.actor, Actor)
            assert task.organisation
            assert isinstance(task.due, date)
        assert len({identity(task) for task in self.state.tasks}) == len(self.state.tasks)

    @invariant()
    def there_is_no_dead_end(self) -> None:
        assert self.possible
        if self.state.phase is Phase.SEARCH:
            assert [task for task in self.state.tasks if task.step in ROUTE_STEPS], "nobody's turn"

    @invariant()
    def a_place_closes_all_tasks_of_the_search(self) -> None:
        if self.state.phase is Phase.HELP:
            assert {task.step for task in self.state.tasks} <= {"help", "age"}
        if self.state.phase is Phase.CLOSED:
            assert not self.state.tasks

    @invariant()
    def another_day_gives_the_same_terms(self) -> None:
        known = {identity(task): task.due for task in self.state.tasks}
        for ahead in TODAYS:
            for task in state_of(self.facts, self.events, self.today + ahead).tasks:
                assert known.get(identity(task), task.due) == task.due

    @invariant()
    def the_order_of_telling_the_database_is_irrelevant(self) -> None:
        assert state_of(self.facts, self.events[::-1], self.today) == self.state

    @precondition(lambda self: self.state.phase is Phase.SEARCH)
    @invariant()
    def a_search_can_always_end(self) -> None:
        assert {*PLACEMENTS, EventKind.WITHDRAWN} <= self.possible


RARE = {
    EventKind.STARTED, EventKind.DIRECT_PLACEMENT, EventKind.WITHDRAWN, EventKind.ROUTE_CHANGED,
    EventKind.MUNICIPALITY_CHANGED, EventKind.QUESTION_CHANGED, EventKind.ENDED, EventKind.CORRECTED,
    EventKind.INTENTION_RECORDED,
    EventKind.OFFICIAL_ASKED, EventKind.EVALUATION_AGREED, EventKind.ADULT_CARE_ARRANGED, EventKind.WMO_ADVISER_JOINED,
    EventKind.PERSPECTIVE_PLAN_MADE, EventKind.RET_TALKED_BEFORE, EventKind.TALKED_WITH_PROVIDER,
}  # fmt: skip
"""Else a case would hardly ever get to step 6."""

ROUTE_STEPS = {"1", "2", "3", "4", "5", "5A", "5B", "6", "start"}


@pytest.mark.slow
def test_a_case_never_lies_still_and_no_term_moves_by_itself() -> None:
    run_state_machine_as_test(Lives, settings=settings(max_examples=60, stateful_step_count=40, deadline=None))


@pytest.mark.torture
@pytest.mark.timeout(1800)
def test_nor_in_a_thousand_long_lives() -> None:
    run_state_machine_as_test(Lives, settings=settings(max_examples=1000, stateful_step_count=60, deadline=None))
