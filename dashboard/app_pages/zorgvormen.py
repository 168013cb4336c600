"""Zorgvormen: what a region calls its products, and which shared care type a human said that is."""

import pandas as pd
import streamlit as st

from dashboard import clicked, fetch, product_names, session, supply
from dashboard.faults import show as show_faults
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api, region = session.api(), person.organisation
names = {care_type.code: care_type.name for care_type in fetch.care_types()}
FAILED = "zorgvormen-mislukt"


def confirm(chosen: dict[str, str | None]) -> None:
    """Keep what was chosen; the other names stay asked."""
    with clicked.telling(FAILED):
        supply.name_products(api, person.token, region, chosen)
        st.session_state["gevraagd"] = [name for name in st.session_state["gevraagd"] if name not in chosen]
        st.session_state["zorgvormen-gezegd"] = nl.NAMES_SAVED.format(count=showing.count(len(chosen), "naam", "namen"))


def forget() -> None:
    with clicked.telling(FAILED):
        supply.name_products(api, person.token, region, dict.fromkeys(st.session_state["vergeet"]))
        st.session_state["vergeet"] = []


def ask(asked: list[str]) -> None:
    """Per name what it is, or a choice with the likeliest first; and why a name cannot be asked."""
    found, refused = product_names.suggested(api, person.token, region, asked[: product_names.MOST])
    if refused:
        st.warning("\n".join([nl.NOT_ASKED, *(f"- {name}: {why}" for name, why in refused.items())]))
    if len(asked) > product_names.MOST:
        st.caption(nl.FIRST_NAMES.format(count=product_names.MOST, rest=len(asked) - product_names.MOST))
    chosen = {name: code for name, code in product_names.ask(found, names).items() if code}
    st.button(
        nl.CONFIRM.format(count=len(chosen)),
        key="bevestigen",
        type="primary",
        disabled=not chosen,
        on_click=confirm,
        args=(chosen,),
    )


st.title(nl.PRODUCTS, anchor=False)
st.caption(nl.PRODUCTS_EXPLAINED)
if not region.startswith("JZ"):
    st.info(nl.ONLY_REGIONS)
    st.stop()
if said := st.session_state.pop("zorgvormen-gezegd", ""):
    st.success(said)
if failure := clicked.told(FAILED):
    show_faults(failure, {})

with st.form("namen", border=False):
    typed = st.text_area(nl.PASTE_NAMES, placeholder=nl.PASTE_NAMES_PLACEHOLDER, key="namen-tekst")
    if st.form_submit_button(nl.ASK_NAMES):
        st.session_state["gevraagd"] = product_names.written(typed)
if st.session_state.get("gevraagd"):
    ask(st.session_state["gevraagd"])

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
