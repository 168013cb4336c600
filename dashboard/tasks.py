"""Tasks as lines: the term in words, what to do, whose turn it is, and one click to the case."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from dashboard import fetch, session
from dashboard.case_answers import DayTask, Task
from dashboard.texts import cases as words

CASE = "casus"
"""The case that somebody looks at, in this session only."""

_AT_FIRST = 25


def open_case(case_id: str) -> None:
    """A button's callback; the page that was clicked on goes there."""
    st.session_state[CASE] = case_id


def day_list(tasks: Sequence[DayTask], name: str) -> None:
    """Lines with a button each; a long list begins with its first."""
    everything = st.session_state.get(f"alle-{name}", False)
    for at, task in enumerate(tasks if everything else tasks[:_AT_FIRST]):
        with st.container(key=f"taak-{name}-{at}", horizontal=True, vertical_alignment="center", gap="small"):
            st.html(line(task, task.reference or ""), width="stretch")
            if task.case_id and task.reference:
                label = words.OPEN_CASE.format(reference=task.reference)
                if st.button(label, key=f"open-{name}-{at}", on_click=open_case, args=(task.case_id,)):
                    session.go_to("casussen")
    if len(tasks) > _AT_FIRST and not everything:
        st.button(
            words.SHOW_ALL.format(count=len(tasks)),
            key=f"meer-{name}",
            on_click=st.session_state.update,
            kwargs={f"alle-{name}": True},
        )


def plain_list(tasks: Iterable[Task]) -> str:
    """Lines to read only."""
    return f'<ul class="zb-list">{"".join(f"<li>{line(task)}</li>" for task in tasks)}</ul>'


def line(task: Task, reference: str = "") -> str:
    """One task: when, what, whose."""
    urgency = "zb-late" if task.late else "zb-today" if task.days_left == 0 else "zb-later"
    turn = words.MINE if task.mine else words.whose(task.actor, organisation(task.organisation))
    step = words.STEPS.get(task.step, task.step)
    about = " · ".join(part for part in (reference, step, turn) if part)
    term = words.term(task.days_left, late=task.late)
    return (
        f'<div class="zb-task"><span class="zb-term {urgency}">{escape(term)}</span>'
        f'<div><b>{escape(task.text)}</b><span class="zb-about">{escape(about)}</span></div></div>'
    )


def organisation(code: str) -> str:
    """The name of a municipality or region; other organisations by their code."""
    towns = {town.code: town.name for town in fetch.municipalities()}
    regions = {region.code: region.name for region in fetch.youth_regions()}
    return towns.get(code) or regions.get(code) or code
