"""Agenda: the cases before the expert team, soonest term first; one of them with all that was tried, and what came."""

import streamlit as st

from dashboard import agenda, case_view, enrolment_form, fetch, news, once, recording, session
from dashboard.case_answers import Registration
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl

person = session.someone()
work = Casework(session.api(), person.token, once.keys())


def everything() -> None:
    st.caption(nl.AGENDA_EXPLAINED)
    items = work.agenda(person.organisation, is_open=True)
    agenda.counts(items)
    st.header(words.OPEN_ITEMS, anchor=False)
    if not items:
        st.info(words.NO_AGENDA)
    for item in sorted(items, key=lambda each: each.due_on):
        agenda.row(item)
    st.header(words.CLOSED_ITEMS, anchor=False)
    agenda.concluded(work.agenda(person.organisation, is_open=False))


def one(item: Registration) -> None:
    st.header(words.CASE_TITLE.format(reference=item.child.reference), anchor=False)
    st.html(agenda.line(item))
    state = work.state(item.care_request_id)
    events = work.events(item.care_request_id)
    helpers = agenda.who_could_help(work, person.organisation, item.attempts)
    recording.form(work, item.care_request_id, state, recording.Around((), events, helpers))
    case_view.whose_turn(state)
    st.subheader(words.CHILD, anchor=False)
    st.html(enrolment_form.about(item.child, session.today()))
    st.subheader(words.FORM, anchor=False)
    st.html(enrolment_form.filled_in(item.form, {each.code: each.name for each in fetch.care_types()}))
    st.subheader(words.EVERYTHING_TRIED, anchor=False)
    agenda.tried(item.attempts)
    st.subheader(words.RANKING_THEN, anchor=False)
    agenda.places(item.ranking, session.today())
    case_view.history(events)


st.title(words.AGENDA, anchor=False)
if opened := st.session_state.get(agenda.OPENED):
    st.button(nl.BACK_TO_AGENDA, key="terug", type="tertiary", on_click=agenda.open_item, args=(None,))
    one(work.registration(person.organisation, opened))
else:
    everything()
    news.notices(person)
