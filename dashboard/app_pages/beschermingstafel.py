"""Beschermingstafel: when the region's youth-protection table is free, and who nearby has room past two weeks."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import fetch, session, supply
from dashboard.client import ChangedMeanwhile
from dashboard.supply_answers import ProtectionTable
from dashboard.texts import showing
from dashboard.texts import supply as nl

person = session.someone()
api = session.api()
regions = {region.code: region.name for region in fetch.youth_regions()}
today = session.today()


def show(table: ProtectionTable) -> None:
    if table.next_free_on is None or table.stated_at is None:
        st.info(nl.TABLE_UNKNOWN)
    else:
        norm = nl.TABLE_PAST if table.past_norm else nl.TABLE_WITHIN
        st.markdown(f"### {nl.TABLE_FREE.format(day=showing.long_day(table.next_free_on))}")
        st.markdown(norm)
        stated = showing.long_day(showing.amsterdam_day(table.stated_at))
        st.caption(nl.TABLE_STATED.format(day=stated, freshness=showing.FRESHNESS[table.freshness or "stale"]))
        if not table.past_norm and table.freshness != "stale":
            return
    st.header(nl.TABLE_NEAR, anchor=False)
    if not table.neighbours:
        st.markdown(nl.TABLE_NONE_NEAR)
        return
    rows = [
        (
            near.region.name,
            showing.long_day(near.next_free_on),
            showing.distance(near.distance_km),
            showing.age_of_statement(showing.amsterdam_day(near.stated_at), today),
        )
        for near in table.neighbours
    ]
    st.dataframe(pd.DataFrame(rows, columns=list(nl.TABLE_COLUMNS)), hide_index=True, alt=nl.TABLE_ALT)


def state(table: ProtectionTable) -> None:
    """The region's own contact person says it; nobody else."""
    with st.form("tafel"):
        day: date = st.date_input(
            nl.TABLE_STATE, value=max(table.next_free_on or today, today), min_value=today, format="DD-MM-YYYY"
        )
        if not st.form_submit_button(nl.SAVE, type="primary"):
            return
    try:
        supply.state_table(api, person.token, table.region.code, day.isoformat(), table.etag)
        st.session_state["tafel-gezegd"] = nl.TABLE_SAVED
    except ChangedMeanwhile:
        st.session_state["tafel-gezegd"] = nl.SAVED_MEANWHILE
    st.rerun()


st.title(nl.TABLE, anchor=False)
st.caption(nl.TABLE_EXPLAINED)
st.session_state.setdefault("tafel-regio", fetch.region_of(person.organisation))
code = st.selectbox(
    "Jeugdregio",
    sorted(regions, key=regions.__getitem__),
    format_func=regions.__getitem__,
    key="tafel-regio",
    index=None,
    placeholder="Kies een jeugdregio",
    persist_state="session",
)
if code is None:
    st.stop()
if said := st.session_state.pop("tafel-gezegd", ""):
    st.success(said)
table = supply.protection_table(api, person.token, code)
show(table)
if person.role == "regional-contact" and code == person.organisation:
    state(table)
