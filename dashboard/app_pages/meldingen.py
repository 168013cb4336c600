"""Meldingen: what was reported to the regional contact person, with its term, and what she does about it."""

import streamlit as st

from dashboard import case_view, news, once, recording, reports, session
from dashboard.case_answers import Put
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl

person = session.someone()
work = Casework(session.api(), person.token, once.keys())
path = f"regions/{person.organisation}/reports"


def everything() -> None:
    st.caption(nl.REPORTS_EXPLAINED)
    st.header(nl.TO_HANDLE, anchor=False)
    open_ = work.desk(path, is_open=True)
    if not open_:
        st.info(words.NO_REPORTS)
    for put in sorted(open_, key=reports.pressing):
        reports.row(put)
    st.header(nl.HANDLED, anchor=False)
    handled = [put for put in work.desk(path, is_open=False) if not put.open]
    if not handled:
        st.markdown(nl.NOTHING_HANDLED)
    for put in handled:
        reports.row(put)


def one(put: Put) -> None:
    st.header(words.CASE_TITLE.format(reference=put.reference), anchor=False)
    st.html(reports.line(put))
    reports.said(put)
    state, events = work.state(put.case_id), work.events(put.case_id)
    recording.form(work, put.case_id, state, recording.Around((), events))
    case_view.whose_turn(state)
    case_view.history(events)


st.title(words.REPORTS, anchor=False)
opened = st.session_state.get(reports.OPENED)
if opened is None:
    everything()
    news.notices(person)
else:
    st.button(nl.BACK_TO_REPORTS, key="terug", type="tertiary", on_click=reports.open_report, args=(None,))
    known = {put.event.id: put for is_open in (False, True) for put in work.desk(path, is_open=is_open)}
    if opened in known:
        one(known[opened])
