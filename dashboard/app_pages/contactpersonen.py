"""Contactpersonen: whom one can call in this region; who keeps it up to date, how fresh it is, and what is missing."""

import streamlit as st

from dashboard import arrangements, contact_register, once, session
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl

person = session.someone()
work = Casework(session.api(), person.token, once.keys())
register, contacts = work.register(person.organisation), work.contacts(person.organisation)

st.title(words.CONTACTS, anchor=False)
st.caption(nl.REGISTER_EXPLAINED)
if said := st.session_state.pop(contact_register.SAID, ""):
    tell = st.warning if said == nl.CHANGED_MEANWHILE else st.success
    tell(said)
contact_register.standing(register)
if not contacts:
    st.info(nl.NO_CONTACTS)
desk = contact_register.Desk(work, person.organisation)
for title, group in contact_register.by_kind(contacts):
    st.subheader(title, anchor=False)
    for contact in group:
        contact_register.row(desk, contact)
st.header(words.ADD_CONTACT, anchor=False)
contact_register.add(desk)
st.header(nl.OWNER, anchor=False)
contact_register.keep(desk, register)
arrangements.show(desk)
