"""Wie bel ik: one recognisable route for families: at once when there is danger, else the local team first."""

import streamlit as st

from dashboard import families, fetch, session
from dashboard.families import FamilyContact, RouteForFamilies
from dashboard.texts import families as words


@st.cache_data(ttl=600, show_spinner=False)
def told(municipality: str) -> RouteForFamilies:
    return families.route(session.api(), municipality)


def card(contact: FamilyContact) -> None:
    with st.container(border=True):
        st.markdown(f"**{contact.name}**  \n{contact.when}")
        st.markdown(families.ways(contact))
        if age := families.how_old(contact):
            st.caption(age)


towns = {town.code: town.name for town in fetch.municipalities()}
st.title(words.TITLE, anchor=False)
st.markdown(words.EXPLAINED)
code = st.selectbox(
    words.WHERE,
    sorted(towns, key=towns.__getitem__),
    format_func=towns.__getitem__,
    index=None,
    key="woonplaats",
    placeholder=words.WHERE_PLACEHOLDER,
)
if code is None:
    st.info(words.CHOOSE)
    st.stop()

route = told(code)
at_once, in_turn = st.columns(2, gap="medium")
with in_turn:
    st.header(words.IN_TURN.format(town=towns[code]), anchor=False)
    if not route.contacts:
        st.info(words.NOBODY.format(town=towns[code]))
    for contact in route.contacts:
        card(contact)
with at_once:
    st.header(words.AT_ONCE, anchor=False)
    for contact in route.crisis:
        card(contact)
