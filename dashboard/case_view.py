"""A case as one reads it: the steps as a line, whose turn it is, and everything that happened."""

from collections.abc import Sequence
from html import escape

import pandas as pd
import streamlit as st

from dashboard import news, tasks
from dashboard.case_answers import Case, Event, State, Step
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import recording as event_words
from dashboard.texts import showing

WITHHELD = frozenset({"cooperation-raised", "cooperation-talked"})
"""What was said in these, the API tells only whose case it is."""


def known_cases(work: Casework, *, owner: bool) -> dict[str, str]:
    """The cases that this person can open, and what to call them: one's own, or those one has a task in."""
    if owner:
        return {case.id: f"{case.reference} · {words.STATUS[case.status]}" for case in work.cases()}
    return {task.case_id: task.reference for task in work.my_day().tasks if task.case_id and task.reference}


def heading(case: Case, state: State) -> None:
    st.header(words.CASE_TITLE.format(reference=case.reference), anchor=False)
    facts = [words.PHASES[state.phase], words.ROUTES[state.route], tasks.organisation(case.municipality)]
    if state.overall and state.overall.stopped_on is None:
        facts.append(words.OVERALL.format(day=showing.long_day(state.overall.due)))
    st.caption(" · ".join(facts), help=words.ROUTE_HELP)
    if state.in_crisis:
        st.error(words.CRISIS_NOW, icon=":material/call:")
    if state.worrying:
        st.warning(words.WORRYING_NOW)
    st.html(steps(state.steps))


def steps(route: Sequence[Step]) -> str:
    """The steps of the route in order; a word says how each stands, not only a colour."""
    items = "".join(
        f'<li class="zb-step zb-{step.status}"{_current(step)}><b>{escape(words.STEPS.get(step.code, step.code))}</b>'
        f"<span>{escape(_stands(step))}</span></li>"
        for step in route
    )
    return f'<ol class="zb-steps" aria-label="{escape(words.STEPS_LABEL)}">{items}</ol>'


def _current(step: Step) -> str:
    return ' aria-current="step"' if step.status == "open" else ""


def _stands(step: Step) -> str:
    if step.done_on is not None:
        return f"{words.STEP_STATUS[step.status]}, {showing.day_and_month(step.done_on)}"
    return words.STEP_STATUS[step.status]


def whose_turn(state: State) -> None:
    st.subheader(words.TASKS, anchor=False)
    if state.tasks:
        st.html(tasks.plain_list(sorted(state.tasks, key=lambda task: task.days_left)))
    else:
        st.markdown(words.NO_TASKS)


def history(events: Sequence[Event]) -> None:
    st.subheader(words.HISTORY, anchor=False)
    st.caption(words.HISTORY_EXPLAINED)
    st.table(history_table(events), hide_index=True, border="horizontal")


def history_table(events: Sequence[Event]) -> pd.DataFrame:
    """Newest first; the day it occurred and the day it was recorded side by side."""
    rows = [
        (
            showing.long_day(event.occurred_on),
            _told(event),
            news.who(event),
            showing.long_day(showing.amsterdam_day(event.recorded_at)),
        )
        for event in sorted(events, key=lambda event: (event.occurred_on, event.id), reverse=True)
    ]
    return pd.DataFrame(rows, columns=[words.OCCURRED, words.WHAT, words.BY, words.RECORDED])


def _told(event: Event) -> str:
    """What happened, with what was said of it."""
    said = [f"{event_words.field(name).rstrip('?')}: {note}" for name, note in event.notes.items() if note]
    codes = [
        event_words.CHOICES[value]
        for value in event.values.values()
        if isinstance(value, str) and value in event_words.CHOICES
    ]
    if event.kind in WITHHELD and not event.values:
        said = [words.SAID_ELSEWHERE]
    more = ". ".join((*codes, *said))
    return f"{event.text}. {more}" if more else event.text
