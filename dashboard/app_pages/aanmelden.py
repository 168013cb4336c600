"""Aanmelden: in the demo one picks who to be, elsewhere the provider of identities knows it, or one gives a token."""

import streamlit as st

from dashboard import answers, session
from dashboard.client import Failure, SignInNeeded
from dashboard.texts import council, families, nl, waiting_times


def sign_in_as(account: answers.Account) -> None:
    given = session.api().demo_token(account.role, account.organisation)
    session.sign_in(given.token, given.expires_at, demo=True)
    st.rerun()


def with_token(demo: bool) -> None:
    with st.form("token", border=False):
        token = st.text_input(
            nl.PASTE_LABEL, type="password", help=nl.PASTE_HELP, placeholder=nl.PASTE_PLACEHOLDER, autocomplete="off"
        )
        if not st.form_submit_button(nl.SIGN_IN, type="primary"):
            return
    if not token.strip():
        st.error(nl.PASTE_FIRST)
        return
    try:
        session.sign_in(token.strip(), demo=demo)
    except SignInNeeded as refused:
        st.error(refused.sentence)
        return
    st.rerun()


st.title(nl.WELCOME, anchor=False)
st.markdown(nl.TAGLINE)
st.page_link("app_pages/wachttijden.py", label=waiting_times.WITHOUT_SIGNING_IN, icon=":material/schedule:")
st.page_link("app_pages/wie_bel_ik.py", label=families.WITHOUT_SIGNING_IN, icon=":material/call:")
st.page_link("app_pages/raad.py", label=council.WITHOUT_SIGNING_IN, icon=":material/monitoring:")
if said := session.farewell():
    st.info(said)

try:
    accounts = session.api().demo_accounts()
except Failure as failure:
    st.error(failure.sentence, icon=":material/cloud_off:")
    st.button(nl.TRY_AGAIN)
    st.stop()

if session.has_provider():
    st.caption(nl.WITH_YOUR_ORGANISATION)
    st.button(nl.SIGN_IN, type="primary", on_click=st.login)
    st.stop()

if not accounts:
    with_token(demo=False)
    st.stop()

st.header(nl.WHO_ARE_YOU, anchor=False)
st.caption(nl.DEMO_EXPLAINED)
grid = st.grid("auto", min_column_width=260, border=True)
for account in accounts:
    with grid.cell():
        name = account.organisation_name or nl.NO_ORGANISATION
        st.markdown(f"**{account.role_name}**  \n{name}")
        if account.note:
            st.caption(account.note)
        if st.button(
            nl.sign_in_as(account.role_name, name),
            key=f"als-{account.role}-{account.organisation}",
            width="stretch",
        ):
            sign_in_as(account)
with st.expander(nl.PASTE_INSTEAD):
    with_token(demo=True)
