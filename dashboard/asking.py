"""The question on the screen: need first, then for whom, the less used answers folded away. Nothing that names a child.

What was filled in stays in this session, also when one looks at another page; it never goes into an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

import streamlit as st

from dashboard import fetch, reading, session
from dashboard.client import JSON
from dashboard.texts import nl

CHOSEN, _NEEDS = "zorgvormen", "kenmerken"
_WORDS, _SUGGESTED, _NOT_FOUND = "gezochte_woorden", "voorgesteld", "niet_gevonden"

_DISTANCES = (5, 10, 15, 25, 40, 60, 100, None)
"""Kilometres; None is no limit. A change that the answer proposes may add one."""

_KEYS = {
    "municipality": "gemeente",
    "neededFrom": "vanaf",
    "maxDistanceKm": "afstand",
    "needs": _NEEDS,
    "urgency": "spoed",
    "gender": "geslacht",
    "siblings": "samen",
    "pastEighteen": "na_18",
    "setting": "waar",
    "careTypes": CHOSEN,
}
"""The field of the question → where its widget keeps it. What is typed as text is read in `_typed`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that can be put, or the names of what is still to be filled in."""

    question: JSON | None
    missing: tuple[str, ...] = ()


def form(person: session.Person, today: date) -> Asked:
    """The widgets, and what they ask."""
    _prefill(person, today)
    _what_is_needed()
    for_whom = st.columns([2.2, 1.1, 1.5, 1.4, 2.2, 1.4], vertical_alignment="bottom")
    with for_whom[0]:
        _municipality()
    postcode = for_whom[1].text_input(
        nl.POSTCODE,
        key="postcode",
        placeholder=nl.POSTCODE_PLACEHOLDER,
        help=nl.POSTCODE_HELP,
        max_chars=7,
        persist_state="session",
        autocomplete="off",
    )
    born = for_whom[2].text_input(
        _born_label(today),
        key="geboren",
        placeholder=nl.BORN_PLACEHOLDER,
        help=nl.BORN_HELP,
        persist_state="session",
        autocomplete="off",
    )
    for_whom[3].date_input(nl.FROM, key="vanaf", format="DD-MM-YYYY", persist_state="session")
    with for_whom[4]:
        _distance()
    with for_whom[5].container(key="meer"), st.popover(_more_label(), width="stretch"):
        _more()
    return _asked(_typed(postcode, born, today))


def begun() -> bool:
    """Whether anything was asked yet."""
    return bool(st.session_state[CHOSEN])


def apply(change: Mapping[str, Any]) -> None:
    """Change the question as an answer proposed; a button's callback."""
    for name, value in change.items():
        st.session_state[_KEYS[name]] = date.fromisoformat(value) if name == "neededFrom" else value


def can_apply(change: Mapping[str, Any]) -> bool:
    return bool(change) and change.keys() <= _KEYS.keys()


def _prefill(person: session.Person, today: date) -> None:
    """What the session knows already: the team's municipality, today, everything else open."""
    home = person.organisation if person.organisation.startswith("GM") else None
    first: dict[str, Any] = {
        "gemeente": home,
        "vanaf": today,
        "afstand": 40,
        "spoed": "regular",
        "samen": 0,
        CHOSEN: [],
    }
    for key, value in first.items():
        st.session_state.setdefault(key, value)


# --- what ---


def _what_is_needed() -> None:
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
    named = reading.needs_named_in(words, fetch.needs())
    found = [care_type.code for care_type in fetch.care_types_meant_by(words)]
    st.session_state[_NEEDS] = list(dict.fromkeys([*st.session_state.get(_NEEDS, []), *named]))
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
    chosen, needs = st.session_state[CHOSEN], st.session_state.get(_NEEDS, [])
    if unknown := st.session_state.get(_NOT_FOUND):
        st.warning(nl.NO_SUCH_CARE_TYPE.format(text=unknown))
    if not (chosen or needs):
        return
    with st.container(horizontal=True, gap="small", vertical_alignment="center", key="keuzes"):
        for at, code in enumerate(chosen, start=1):
            order = f"{at}. " if len(chosen) > 1 else ""
            _chip(f"{order}{names.get(code, code)}", CHOSEN, code, "primary")
        for need in fetch.needs():
            if need.code in needs:
                _chip(need.name, _NEEDS, need.code, "secondary")
        for code in st.session_state.get(_SUGGESTED, []):
            st.button(
                f"+ {names.get(code, code)}", key=f"erbij-{code}", on_click=_choose, args=(code,), type="tertiary"
            )


def _chip(name: str, key: str, code: str, kind: Literal["primary", "secondary"]) -> None:
    st.button(f"{name} ✕", key=f"weg-{key}-{code}", help=nl.TAKE_AWAY, on_click=_drop, args=(key, code), type=kind)


# --- for whom ---


def _municipality() -> None:
    names = {town.code: town.name for town in fetch.municipalities()}
    st.selectbox(
        nl.MUNICIPALITY,
        sorted(names, key=names.__getitem__),
        format_func=lambda code: names.get(code, code),
        key="gemeente",
        index=None,
        placeholder=nl.MUNICIPALITY_PLACEHOLDER,
        help=nl.MUNICIPALITY_HELP,
        persist_state="session",
    )


def _distance() -> None:
    current = st.session_state["afstand"]
    steps = sorted({step for step in (*_DISTANCES, current) if step is not None})
    st.select_slider(
        nl.DISTANCE,
        [*steps, None],
        format_func=lambda km: nl.DISTANCE_ANY if km is None else f"{km:g} km",
        key="afstand",
        persist_state="session",
    )


def _born_label(today: date) -> str:
    """The age beside the month, so that a slip of the hand shows."""
    month = reading.birth_month(st.session_state.get("geboren", ""), today)
    return f"{nl.BORN} · {nl.AGE.format(years=reading.age_on(month, today))}" if month else nl.BORN


def _more_label() -> str:
    """The folded-away part says how much of it is filled in."""
    defaults = {"spoed": "regular", "samen": 0}
    keys = (_NEEDS, "spoed", "geslacht", "samen", "na_18", "waar")
    used = sum(bool(st.session_state.get(key)) and st.session_state[key] != defaults.get(key) for key in keys)
    return f"{nl.MORE_ABOUT} ({used})" if used else nl.MORE_ABOUT


def _more() -> None:
    names = {need.code: need.name for need in fetch.needs()}
    st.multiselect(
        nl.NEEDS,
        list(names),
        format_func=lambda code: names.get(code, code),
        key=_NEEDS,
        placeholder=nl.NEEDS_PLACEHOLDER,
        select_all=False,
        persist_state="session",
    )
    _choice(nl.URGENCY, nl.URGENCIES, "spoed", required=True)
    _choice(nl.GENDER, nl.GENDERS, "geslacht")
    st.number_input(nl.SIBLINGS, 0, 12, key="samen", persist_state="session")
    st.checkbox(nl.PAST_EIGHTEEN, key="na_18", persist_state="session")
    st.selectbox(
        nl.SETTING,
        list(nl.SETTINGS),
        index=None,
        format_func=nl.SETTINGS.__getitem__,
        key="waar",
        placeholder=nl.SETTING_PLACEHOLDER,
        persist_state="session",
    )


def _choice(label: str, options: Mapping[str, str], key: str, required: bool = False) -> None:
    st.segmented_control(
        label, list(options), format_func=options.__getitem__, key=key, required=required, persist_state="session"
    )


# --- asked ---


def _typed(postcode: str, born: str, today: date) -> JSON:
    """What was typed as text, where it can be read; where it cannot, the form says so."""
    pc4, month = reading.postcode(postcode), reading.birth_month(born, today)
    wrong = [
        text
        for typed, read, text in ((postcode, pc4, nl.POSTCODE_WRONG), (born, month, nl.BORN_WRONG))
        if typed and not read
    ]
    if wrong:
        st.error("  \n".join(wrong))
    return {"pc4": pc4, "birthMonth": month}


def _asked(typed: JSON) -> Asked:
    filled = {name: st.session_state.get(key) for name, key in _KEYS.items()}
    question = {name: value for name, value in {**typed, **filled}.items() if value not in (None, [], False)}
    missing = tuple(said for name, said in nl.REQUIRED.items() if name not in question)
    if missing:
        return Asked(None, missing)
    return Asked({**question, "neededFrom": question["neededFrom"].isoformat()})
