"""Aanmeldingen: what was put to this provider, the answers that are due first; one of them opened, and answered."""

import streamlit as st

from dashboard import answered, answering, enrolment_form, fetch, inbox, news, once, session, tasks
from dashboard.case_answers import Referral
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import showing

person = session.someone()
work = Casework(session.api(), person.token, once.keys())


def everything(duties: inbox.Tasks) -> None:
    if not (parts := inbox.parts(work.inbox(), duties)):
        st.info(words.NO_INBOX)
    for part in parts:
        inbox.show(part, duties)


def one(referral: Referral, duties: inbox.Tasks) -> None:
    st.button(nl.BACK, key="terug", type="tertiary", on_click=inbox.open_referral, args=(None,))
    st.html(inbox.line(referral, duties.get(referral.id, ())))
    if referral.option_until:
        st.caption(nl.HELD_UNTIL.format(day=showing.long_day(referral.option_until)))
    if referral.standing == "open":
        answering.form(work, person, referral)
    if referral.standing == "place-found":
        st.info(words.NOT_NEEDED)
    answered.show(work, referral, duties.get(referral.id, ()))
    conversation(referral)
    if referral.child:
        st.subheader(words.CHILD, anchor=False)
        st.html(enrolment_form.about(referral.child, session.today()))
    if referral.form:
        st.subheader(words.FORM, anchor=False)
        st.html(enrolment_form.filled_in(referral.form, {each.code: each.name for each in fetch.care_types()}))


def conversation(referral: Referral) -> None:
    if referral.questions:
        st.subheader(nl.CONVERSATION, anchor=False)
    for each in referral.questions:
        st.markdown(f"**{each.question}**  \n{each.answer or nl.NOT_ANSWERED_YET}")


st.title(words.INBOX, anchor=False)
if said := st.session_state.pop(inbox.SAID, ""):
    st.success(said)
mine = work.my_day().tasks
duties = inbox.tasks_by_referral(mine)
if opened := st.session_state.get(inbox.OPENED):
    one(work.referral(opened), duties)
else:
    if asked := [task for task in mine if task.code == "support-breakthrough"]:
        st.html(tasks.plain_list(asked))
    everything(duties)
    news.notices(person)
