"""Casussen: one's own cases, and of one of them everything: whose turn it is, what happened, where it can go."""

import streamlit as st

from dashboard import case_places, case_view, once, recording, session, tasks
from dashboard.casework import Casework
from dashboard.texts import cases as words

OWNERS = {"local-team", "youth-protection"}

person = session.someone()
work = Casework(session.api(), person.token, once.keys())
owner = person.role in OWNERS

st.title(words.CASES, anchor=False)
known = case_view.known_cases(work, owner=owner)
if not known:
    st.info(words.nothing_yet(person.role))
    st.stop()

st.selectbox(
    words.WHICH_CASE,
    list(known),
    format_func=lambda case_id: known.get(case_id, ""),
    key=tasks.CASE,
    index=None,
    placeholder=words.CHOOSE_CASE,
    persist_state="session",
)
case_id = st.session_state.get(tasks.CASE)
if case_id not in known:
    st.stop()

case, state = work.case(case_id), work.state(case_id)
events = work.events(case_id)
referrals = work.referrals_of(case_id) if owner else ()
case_view.heading(case, state)
case_view.whose_turn(state)
if owner:
    case_places.show(work, case, state, referrals)
recording.form(work, case_id, state, recording.Around(referrals, events, own=owner))
case_view.history(events)
