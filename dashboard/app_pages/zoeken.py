"""Zoeken: what is needed, for whom, and which places fit, soonest first, with the reasons."""

import streamlit as st

from dashboard import asking, fetch, found, needed, session
from dashboard.client import Failure, SignInNeeded, Unreachable
from dashboard.texts import nl

KEEP_CASES = {"local-team", "youth-protection"}

person, today = session.someone(), session.today()

st.title(nl.WHAT_IS_NEEDED, anchor=False)
with st.container(key="vraag"):
    asked = asking.form(person, today)
    counts = st.container()

if asked.question is None:
    if needed.is_crisis():
        st.error(nl.CRISIS_FIRST, icon=":material/call:")
    if not needed.begun():
        st.info(nl.START_HERE)
    elif asked.missing:
        st.info(nl.STILL_NEEDED.format(what=nl.enumerate_words(asked.missing)))
    st.stop()

try:
    answer = fetch.matches(person.token, {**asked.question, **found.EVERYTHING})
except (SignInNeeded, Unreachable):
    raise
except Failure as refused:
    st.error(" ".join((refused.sentence, *(fault.detail for fault in refused.faults))))
    st.stop()

with counts:
    view = found.heading(answer)
found.show(answer, view, asked.question["municipality"], today)
if person.role in KEEP_CASES:
    found.save_as_case(asked.question)
