"""The reminders that a provider got of its statements: a small part at the end of "Mijn plekken"."""

from datetime import timedelta
from html import escape

import streamlit as st

from dashboard import fetch, session
from dashboard.being_told import Reminder
from dashboard.texts import places as words
from dashboard.texts import showing

_DAYS_BACK = 90
_MOST = 20


def show(person: session.Person) -> None:
    """Folded away; nothing where there were none."""
    told = fetch.reminders(person.token, session.today() - timedelta(days=_DAYS_BACK))[:_MOST]
    if told:
        with st.expander(words.REMINDERS):
            st.caption(words.REMINDERS_EXPLAINED)
            st.html(f'<ul class="zb-list zb-news">{"".join(_line(each) for each in told)}</ul>')


def _line(each: Reminder) -> str:
    """When, what, and of how many offers."""
    day = showing.long_day(showing.amsterdam_day(each.told_at))
    about = " · ".join([day, *(f"{detail.label}: {detail.text}" for detail in each.details)])
    return f'<li><b>{escape(each.title)}</b><span class="zb-about">{escape(about)}</span></li>'
