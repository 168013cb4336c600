"""Zorgvormen: what a region calls its products, and which shared care type a human said that is."""

import pandas as pd
import streamlit as st

from dashboard import fetch, session, supply
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api, region = session.api(), person.organisation
names = {care_type.code: care_type.name for care_type in fetch.care_types()}


def confirm() -> None:
    """Keep what was chosen for each name that was asked."""
    said = {name: st.session_state.get(f"naam-{at}") for at, name in enumerate(st.session_state.get("gevraagd", []))}
    chosen: dict[str, str | None] = {name: care_type for name, care_type in said.items() if care_type}
    supply.name_products(api, person.token, region, chosen)
    st.session_state["gevraagd"] = [name for name in said if name not in chosen]
    st.session_state["zorgvormen-gezegd"] = nl.NAMES_SAVED.format(count=showing.count(len(chosen), "naam", "namen"))


def forget() -> None:
    supply.name_products(api, person.token, region, dict.fromkeys(st.session_state["vergeet"]))
    st.session_state["vergeet"] = []


def ask(asked: list[str]) -> None:
    """Per name what it is, or a choice with the likeliest first."""
    found = supply.suggestions(api, person.token, region, asked)
    for each in found:
        if each.care_type:
            st.markdown(nl.SURE_ALREADY.format(name=each.name, care_type=each.care_type.name))
    for at, each in enumerate(found):
        if each.care_type:
            continue
        likely = {one.care_type.code: one.likeness for one in each.suggestions}
        labels = {
            code: nl.SUGGESTION.format(name=names[code], likeness=likely[code]) if likely.get(code) else names[code]
            for code in [*likely, *(code for code in names if code not in likely)]
        }
        st.selectbox(
            nl.WHAT_IS.format(name=each.name),
            list(labels),
            index=None,
            format_func=labels.__getitem__,
            placeholder=nl.CHOOSE,
            key=f"naam-{at}",
        )
    chosen = sum(bool(st.session_state.get(f"naam-{at}")) for at in range(len(found)))
    st.button(nl.CONFIRM.format(count=chosen), key="bevestigen", type="primary", disabled=not chosen, on_click=confirm)


st.title(nl.PRODUCTS, anchor=False)
st.caption(nl.PRODUCTS_EXPLAINED)
if not region.startswith("JZ"):
    st.info(nl.ONLY_REGIONS)
    st.stop()
if said := st.session_state.pop("zorgvormen-gezegd", ""):
    st.success(said)

with st.form("namen", border=False):
    typed = st.text_area(nl.PASTE_NAMES, placeholder=nl.PASTE_NAMES_PLACEHOLDER, key="namen-tekst")
    if st.form_submit_button(nl.ASK_NAMES):
        st.session_state["gevraagd"] = list(
            dict.fromkeys(line.strip()[:100] for line in typed.splitlines() if line.strip())
        )
if st.session_state.get("gevraagd"):
    ask(st.session_state["gevraagd"][:100])

st.header(nl.KNOWN_NAMES, anchor=False)
known = supply.products(api, person.token, region)
if not known:
    st.info(nl.NO_NAMES)
    st.stop()
rows = [
    (each.name, each.care_type.name, showing.long_day(showing.amsterdam_day(each.confirmed_at)), each.confirmed_by)
    for each in known
]
st.dataframe(pd.DataFrame(rows, columns=list(nl.KNOWN_COLUMNS)), hide_index=True, alt=nl.KNOWN_ALT)
gone = st.multiselect(nl.FORGET_LABEL, [each.name for each in known], key="vergeet", placeholder=nl.CHOOSE)
st.button(nl.FORGET, key="vergeten", disabled=not gone, on_click=forget)
