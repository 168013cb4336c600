"""Nothing is missing from the tables of a case's life: each kind, task, moment and refusal has its place and words."""

import re
from pathlib import Path

import pytest

from matcher import admission, escalation, gates
from matcher.approaches import EFFECTS
from matcher.case_events import Actor, EventKind, Route
from matcher.case_forms import FORMS, OPENERS, OUTCOMES, STEPS, TRIGGERS
from matcher.case_words import ACTORS, AMONG, CHOICES, EVENTS, MARKS, REFUSALS, STEP_NAMES, TASKS
from matcher.coming_of_age import AGE_DUTIES
from matcher.duties import Duty, Mark, Per, Unit
from matcher.enrolment import DONE_BY
from matcher.escalation import LEVELS
from matcher.moments import DERIVED, FOLLOWS_FROM, SAYING
from matcher.route_diagram import diagram, page
from matcher.routes import ROUTE_DUTIES
from matcher.tasks import DUTIES, ENDS, KEYS, ORGANISATIONS

ROOT = Path(__file__).parents[2]


def test_every_kind_of_event_has_a_form_and_a_name() -> None:
    assert set(FORMS) == set(EVENTS) == set(EventKind)


def test_every_mark_follows_from_something_and_has_a_name() -> None:
    assert set(SAYING) | set(DERIVED) == set(MARKS) == set(Mark)
    assert not set(SAYING) & set(DERIVED)
    assert set(FOLLOWS_FROM) == set(DERIVED) - {Mark.CONTACTED}


def test_every_task_has_a_sentence_and_no_sentence_is_left() -> None:
    assert set(TASKS) == {duty.code for duty in (*DUTIES, *AGE_DUTIES)}


def test_every_actor_has_a_desk_and_a_name() -> None:
    assert set(ORGANISATIONS) == set(ACTORS) == set(Actor)


def test_every_step_has_a_name_and_something_that_does_it() -> None:
    assert set(DONE_BY) == set(STEPS)
    assert {duty.step for duty in DUTIES} | {"age"} == set(STEP_NAMES)


def test_every_way_of_counting_is_known() -> None:
    assert set(KEYS) == set(Per)
    assert set(ENDS) == set(Unit)


@pytest.mark.parametrize("duty", DUTIES, ids=lambda duty: f"{duty.code}-{duty.step}")
def test_every_duty_can_be_opened_closed_and_late(duty: Duty) -> None:
    assert duty.opens
    assert any(isinstance(moment, EventKind) for moment in duty.closes)
    assert duty.terms


def test_no_two_rows_open_the_same_task_on_the_same_route() -> None:
    rows = [(route, duty.code, duty.phase, moment) for duty in DUTIES for route in duty.routes for moment in duty.opens]
    assert len(rows) == len(set(rows))


def test_every_event_of_the_search_does_something_or_is_named_as_information() -> None:
    moving = {moment for duty in DUTIES for moment in (*duty.opens, *duty.closes, *duty.ends)}
    moving |= {kind for kind, _, _ in SAYING.values()} | {duty.closes for duty in AGE_DUTIES} | set(EFFECTS)
    assert set(EventKind) - moving == INFORMATION | LIFE


INFORMATION = {EventKind.RET_TALKED_BEFORE, EventKind.RET_BOEG_INVOLVED}
LIFE = {
    EventKind.OPENED, EventKind.INTENTION_RECORDED, EventKind.WITHDRAWN, EventKind.REOPENED, EventKind.ROUTE_CHANGED,
    EventKind.MUNICIPALITY_CHANGED, EventKind.QUESTION_CHANGED, EventKind.CORRECTED,
    EventKind.DETERMINATION_RECEIVED,
}  # fmt: skip
"""Told for the record; and what makes a history rather than a task."""


def codes_in(*modules: object) -> set[str]:
    """The refusals that the source speaks of."""
    sources = "".join(Path(str(vars(module)["__file__"])).read_text() for module in modules)
    return set(re.findall(r'"([a-z0-9]+(?:-[a-z0-9]+)+|incomplete)"', sources))


def test_every_refusal_has_a_sentence_and_no_sentence_is_left() -> None:
    spoken = codes_in(admission, gates, escalation)
    assert set(REFUSALS) <= spoken
    others = set(TASKS) | set(TRIGGERS) | set(OPENERS) | set(AMONG) | {"non-contracted"}
    assert spoken - others <= set(REFUSALS)


def test_every_choice_has_a_name() -> None:
    choices = {code for form in FORMS.values() for allowed in (*form.values.values(), *form.optional.values())
               if isinstance(allowed, tuple) for code in allowed}  # fmt: skip
    assert choices - set(STEPS) - {"301", "315"} == set(CHOICES)
    assert "no-view" in OUTCOMES


def test_the_levels_of_the_escalation_model_name_known_people_and_triggers() -> None:
    assert {level.among for level in LEVELS.values()} == set(AMONG)
    assert {opener for level in LEVELS.values() for opener in level.opened_by} == set(OPENERS)
    assert {trigger for level in LEVELS.values() for trigger in level.triggers} == set(TRIGGERS)


@pytest.mark.parametrize("words", [TASKS, REFUSALS], ids=["tasks", "refusals"])
def test_sentences_are_plain(words: dict[str, str]) -> None:
    for sentence in words.values():
        for each in re.split(r"(?<=[.?!:]) ", sentence):
            assert len(each.split()) <= 15, each
        assert sentence.endswith(".")


def test_the_page_in_the_docs_is_drawn_from_the_tables() -> None:
    """`python -m matcher.route_diagram > docs/routes.md` draws it anew."""
    assert (ROOT / "docs" / "routes.md").read_text() == page()


@pytest.mark.parametrize("route", Route)
def test_the_drawing_of_a_route_has_every_task_once_and_every_arrow_between_things_that_are_drawn(route: Route) -> None:
    duties = [duty for duty in ROUTE_DUTIES if route in duty.routes]
    lines = diagram(route, duties).splitlines()
    drawn = [found[1] for line in lines if (found := re.match(r" +(\w+)(?:\[|\(\[)", line))]
    arrows = [found for line in lines if (found := re.match(r" +(\w+) (?:-->|-\.->)(?:\|\"[^\"|]+\"\|)? (\w+)$", line))]
    assert len(drawn) == len(set(drawn))
    assert sum(name.startswith("moment_") for name in drawn) == len(drawn) - len(duties)
    assert {end for arrow in arrows for end in arrow.groups()} <= set(drawn)
    assert len(lines) == len(drawn) + len(arrows) + 2 * len({duty.step for duty in duties}) + len(
        ("```", "flow", "```")
    )
