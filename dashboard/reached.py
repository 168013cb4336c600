"""Where an organisation wants its e-mail: a small part that any page may show at its end."""

import streamlit as st

from dashboard import session
from dashboard.being_told import BeingTold
from dashboard.client import Failure
from dashboard.texts import actuality as words


def show(person: session.Person) -> None:
    """The addresses of one's own role and organisation, each with a button to take it away, and a form to add one."""
    with st.expander(words.REACHED):
        st.caption(words.REACHED_EXPLAINED)
        addresses = BeingTold(session.api(), person.token).addresses()
        for address in addresses:
            email, button = st.columns([4, 1], vertical_alignment="center")
            email.text(address.email)
            button.button(
                words.REMOVE,
                key=f"weg-{address.id}",
                help=words.REMOVE_ONE.format(email=address.email),
                on_click=_remove,
                args=(person.token, address.id),
            )
        if not addresses:
            st.info(words.NO_ADDRESS)
        _form(person)


def _form(person: session.Person) -> None:
    with st.form("e-mailadres", border=False, clear_on_submit=False):
        typed = st.text_input(words.NEW_ADDRESS, key="nieuw-adres", placeholder=words.ADDRESS_PLACEHOLDER)
        if st.form_submit_button(words.ADD) and typed.strip():
            _add(person, typed.strip())


def _add(person: session.Person, email: str) -> None:
    try:
        BeingTold(session.api(), person.token).add_address(email)
    except Failure as refused:
        st.error(" ".join(fault.detail for fault in refused.faults) or refused.sentence)
        return
    st.rerun()


def _remove(token: str, address: str) -> None:
    """Somebody else may have been first; then it is gone as well."""
    try:
        BeingTold(session.api(), token).remove_address(address)
    except Failure as gone:
        st.toast(gone.sentence)
