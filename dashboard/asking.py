"""The question on the screen: need first, then for whom, the less used answers folded away. Nothing names a child.

What was filled in stays in this session, also when one looks at another page; it never goes into an address.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import streamlit as st

from dashboard import fetch, needed, reading, session
from dashboard.client import JSON
from dashboard.needed import CHOSEN, NEEDS
from dashboard.texts import nl

_DISTANCES = (5, 10, 15, 25, 40, 60, 100, None)
"""Kilometres; None is no limit. A change that the answer proposes may add one."""

_KEYS = {
    "municipality": "gemeente",
    "neededFrom": "vanaf",
    "maxDistanceKm": "afstand",
    "needs": NEEDS,
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
    needed.form()
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
    return _asked({"pc4": postcode, "birthMonth": born}, today)


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
    keys = (NEEDS, "spoed", "geslacht", "samen", "na_18", "waar")
    used = sum(bool(st.session_state.get(key)) and st.session_state[key] != defaults.get(key) for key in keys)
    return f"{nl.MORE_ABOUT} ({used})" if used else nl.MORE_ABOUT


def _more() -> None:
    names = {need.code: need.name for need in fetch.needs()}
    st.multiselect(
        nl.NEEDS,
        list(names),
        format_func=lambda code: names.get(code, code),
        key=NEEDS,
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


def _asked(typed: Mapping[str, str], today: date) -> Asked:
    read: JSON = {"pc4": reading.postcode(typed["pc4"]), "birthMonth": reading.birth_month(typed["birthMonth"], today)}
    filled: JSON = {name: st.session_state.get(key) for name, key in _KEYS.items()}
    question: JSON = {name: value for name, value in {**read, **filled}.items() if value not in (None, [], False)}
    unreadable = [name for name, text in typed.items() if text.strip() and name not in question]
    if unreadable:
        st.error("  \n".join(nl.UNREADABLE[name] for name in unreadable))
    absent = [name for name in nl.REQUIRED if name not in question]
    if absent:
        return Asked(None, tuple(nl.REQUIRED[name] for name in absent if name not in unreadable))
    return Asked({**question, "neededFrom": question["neededFrom"].isoformat()})
