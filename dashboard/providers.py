"""Providers on the screen: chosen by name or AGB code, added when nobody knows them, and how they are reached."""

from functools import partial

import streamlit as st

from dashboard import drafts, session, supply
from dashboard.client import JSON, Failure
from dashboard.faults import show as show_faults
from dashboard.supply_answers import KnownProvider
from dashboard.texts import supply as nl

_SOUGHT, _ADDED = "zoek-aanbieder", "aanbieder-toegevoegd"
"""What is typed; who was added just now."""


def chosen(person: session.Person) -> str | None:
    """The AGB code of the chosen provider; none as long as nobody is chosen."""
    if added := st.session_state.pop(_ADDED, None):
        st.session_state[_SOUGHT] = added.agb_code
        st.success(nl.PROVIDER_ADDED.format(name=added.name))
    left, right = st.columns(2)
    words = left.text_input(nl.WHICH_PROVIDER, placeholder=nl.WHICH_PROVIDER_PLACEHOLDER, key=_SOUGHT, max_chars=100)
    found = supply.providers(session.api(), person.token, words.strip())
    names = {each.agb_code: each.name for each in found.items}
    code: str | None = right.selectbox(
        nl.CONTRACT_FIELDS["provider"],
        list(names),
        0 if len(names) == 1 else None,
        lambda each: nl.PROVIDER_AND_CODE.format(name=names[each], code=each),
        placeholder=nl.CHOOSE,
    )
    if not names:
        st.info(nl.NO_SUCH_PROVIDER)
    elif found.next:
        st.caption(nl.MORE_PROVIDERS)
    with st.expander(nl.NEW_PROVIDER, expanded=not names):
        _add(person)
    return code


def _add(person: session.Person) -> None:
    label, help_ = nl.PROVIDER_FIELDS, nl.PROVIDER_HELP
    with st.form("aanbieder-nieuw", border=False):
        said: dict[str, str | None] = {}
        for column, name in zip((*st.columns(2), *st.columns(3)), label, strict=True):
            longest = 8 if name == "agbCode" else 100 if name == "name" else 200
            typed = column.text_input(label[name], max_chars=longest, help=help_.get(name))
            said[name] = typed.strip() or None
        if not st.form_submit_button(nl.ADD_PROVIDER):
            return
    try:
        added = supply.add_provider(session.api(), person.token, {name: value for name, value in said.items() if value})
    except Failure as failure:
        show_faults(failure, label)
        return
    st.session_state[_ADDED] = added
    st.rerun()


def reached(person: session.Person, told: str) -> None:
    """How who contracts this provider reaches it. What came of saving is told under the key `told`."""
    known = supply.provider(session.api(), person.token, person.organisation)
    seen: JSON = {name: getattr(known, name) for name in nl.REACHED_FIELDS}
    with st.expander(nl.HOW_REACHED, key="bereikbaar"):
        st.caption(nl.HOW_REACHED_EXPLAINED)
        draft = drafts.of("bereikbaar", seen, known.etag)
        drafts.warn(draft, nl.PROVIDER_FIELDS)
        with st.form(draft.form, border=False):
            typed = draft.changes(_how(draft.begins_with))
            if not st.form_submit_button(nl.SAVE, key=draft.button):
                return
        if not typed:
            st.info(nl.NOTHING_CHANGED)
        elif drafts.send(draft, typed, partial(_reach, person, draft.etag, typed), nl.PROVIDER_FIELDS):
            st.session_state[told] = nl.REACHED_SAVED
            st.rerun()


def _how(now: JSON) -> JSON:
    said = {}
    for column, name in zip(st.columns(len(nl.REACHED_FIELDS)), nl.REACHED_FIELDS, strict=True):
        typed = column.text_input(nl.PROVIDER_FIELDS[name], now[name] or "", max_chars=200, help=nl.PROVIDER_HELP[name])
        said[name] = typed.strip() or None
    return said


def _reach(person: session.Person, seen: str, typed: JSON) -> KnownProvider:
    return supply.change_provider(session.api(), person.token, person.organisation, seen, typed)
