"""What is needed: words that find care types and needs, a list to pick from, and what was chosen as chips.

A worker types first and sorts out later: typing errors and words from daily life are read by the service.
"""

from collections.abc import Mapping
from typing import Literal

import streamlit as st

from dashboard import fetch
from dashboard.session import api
from dashboard.texts import nl

CHOSEN, NEEDS = "zorgvormen", "kenmerken"
_WORDS, _SUGGESTED, _NOT_FOUND = "gezochte_woorden", "voorgesteld", "niet_gevonden"


def begun() -> bool:
    """Whether anything was asked yet."""
    return bool(st.session_state[CHOSEN])


def is_crisis() -> bool:
    """Whether what was chosen cannot wait for a search."""
    return any(care_type.crisis for care_type in fetch.care_types() if care_type.code in st.session_state[CHOSEN])


def form() -> None:
    """The field, the list, and the chips."""
    words, pick = st.columns([5, 3])
    words.text_input(
        nl.WHAT_IS_NEEDED,
        key="zoekwoord",
        type="search",
        placeholder=nl.NEED_PLACEHOLDER,
        help=nl.NEED_HELP,
        on_change=_take_words,
        label_visibility="collapsed",
        autocomplete="off",
        icon=":material/search:",
    )
    names = {care_type.code: care_type.name for care_type in fetch.care_types()}
    pick.selectbox(
        nl.OR_PICK,
        [code for code in names if code not in st.session_state[CHOSEN]],
        index=None,
        format_func=lambda code: names.get(code, code),
        key="uit_lijst",
        placeholder=nl.PICK_PLACEHOLDER,
        on_change=_take_pick,
        label_visibility="collapsed",
    )
    _look_up()
    _chips(names)


def _take_words() -> None:
    """Enter was pressed: keep the words, empty the field for the next ones."""
    st.session_state[_WORDS] = st.session_state["zoekwoord"]
    st.session_state["zoekwoord"] = ""


def _take_pick() -> None:
    if picked := st.session_state["uit_lijst"]:
        _choose(picked)
        st.session_state["uit_lijst"] = None


def _look_up() -> None:
    """What the words mean: the best care type is chosen, the next best are proposed, needs that are named are kept."""
    words = str(st.session_state.pop(_WORDS, "")).strip()
    if not words:
        return
    meant = api().interpretation(words)
    named = [need.code for need in meant.needs]
    found = [care_type.code for care_type in meant.care_types]
    st.session_state[NEEDS] = list(dict.fromkeys([*st.session_state.get(NEEDS, []), *named]))
    st.session_state[_SUGGESTED] = found[1:5]
    st.session_state[_NOT_FOUND] = "" if found else words
    if found:
        _choose(found[0])


def _choose(code: str) -> None:
    if code not in st.session_state[CHOSEN]:
        st.session_state[CHOSEN] = [*st.session_state[CHOSEN], code]
    st.session_state[_SUGGESTED] = [other for other in st.session_state.get(_SUGGESTED, []) if other != code]


def _drop(key: str, code: str) -> None:
    st.session_state[key] = [other for other in st.session_state[key] if other != code]


def _chips(names: Mapping[str, str]) -> None:
    """What was chosen, in order of preference, and the needs, each to be taken away; and what else may be meant."""
    chosen, needs = st.session_state[CHOSEN], st.session_state.get(NEEDS, [])
    if unknown := st.session_state.pop(_NOT_FOUND, ""):  # said once
        st.warning(nl.NO_SUCH_CARE_TYPE.format(text=unknown))
    if not (chosen or needs):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="keuzes"):
        for at, code in enumerate(chosen, start=1):
            order = f"{at}. " if len(chosen) > 1 else ""
            _chip(f"{order}{names.get(code, code)}", CHOSEN, code, "primary")
        for need in fetch.needs():
            if need.code in needs:
                _chip(need.name, NEEDS, need.code, "secondary")
        for code in st.session_state.get(_SUGGESTED, []):
            st.button(
                f"+ {names.get(code, code)}", key=f"erbij-{code}", on_click=_choose, args=(code,), type="tertiary"
            )


def _chip(name: str, key: str, code: str, kind: Literal["primary", "secondary"]) -> None:
    st.button(f"{name} ✕", key=f"weg-{key}-{code}", help=nl.TAKE_AWAY, on_click=_drop, args=(key, code), type=kind)
