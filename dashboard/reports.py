"""A case that was put to a desk as a line: what is to be done first, what was reported, by whom and when."""

from datetime import date
from html import escape

import streamlit as st

from dashboard import tasks
from dashboard.case_answers import Put
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import nl as common
from dashboard.texts import recording as event_words
from dashboard.texts import showing

OPENED = "melding"


def open_report(event_id: int | None) -> None:
    """A button's callback; None closes it."""
    st.session_state[OPENED] = event_id


def pressing(put: Put) -> date:
    """The first term that runs; without one, the day it was reported."""
    return min((task.due for task in put.tasks), default=put.event.occurred_on)


def row(put: Put) -> None:
    with st.container(key=f"rij-{put.event.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(line(put), width="stretch")
        label = nl.OPEN.format(reference=put.reference)
        st.button(label, key=f"open-{put.event.id}", on_click=open_report, args=(put.event.id,))


def line(put: Put) -> str:
    first = min(put.tasks, key=lambda task: task.due, default=None)
    term = words.CLOSED_ITEMS if first is None else words.term(first.days_left, late=first.late)
    urgency = "zb-late" if first and first.late else "zb-today" if first and first.days_left == 0 else "zb-later"
    todo = first.text if first else put.event.text
    by = common.ROLES.get(put.event.role, put.event.role)
    about = (
        put.reference,
        put.event.text,
        showing.long_day(put.event.occurred_on),
        f"{by} ({tasks.organisation(put.organisation)})",
        tasks.organisation(put.municipality),
    )
    return (
        f'<div class="zb-task"><span class="zb-term {urgency}">{escape(term)}</span><div><b>{escape(todo)}</b>'
        f'<span class="zb-about">{escape(" · ".join(about))}</span></div></div>'
    )


def said(put: Put) -> None:
    """What was written with it."""
    notes = [f"**{event_words.field(name)}** {note}" for name, note in put.event.notes.items() if note]
    if notes:
        st.subheader(nl.SAID_WITH_IT, anchor=False)
        st.markdown("  \n".join(notes))
