"""Beschermingstafel: when the region's youth-protection table is free, and who nearby has room past two weeks."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import drafts, fetch, session, supply
from dashboard.drafts import Draft
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
        st.caption(nl.TABLE_STATED.format(day=stated, freshness=freshness(table)))
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


def freshness(table: ProtectionTable) -> str:
    return showing.freshness(table.freshness or "stale", table.due_on or today, today)


def state(table: ProtectionTable) -> None:
    """The region's own contact person says it; nobody else."""
    seen = {"nextFreeOn": table.next_free_on.isoformat()} if table.next_free_on else {}
    draft = drafts.of(f"tafel-{table.region.code}", seen, table.etag or "")
    drafts.warn(draft, {"nextFreeOn": nl.TABLE_STATE})
    if table.next_free_on and table.next_free_on >= today and st.button(nl.TABLE_SAME, key="tafel-zelfde"):
        save(draft, table.region.code, date.fromisoformat(draft.seen["nextFreeOn"]))
    begins = date.fromisoformat(draft.begins_with.get("nextFreeOn", today.isoformat()))
    with st.form(draft.form):
        day: date = st.date_input(nl.TABLE_STATE, max(begins, today), min_value=today, format="DD-MM-YYYY")
        if st.form_submit_button(nl.SAVE, type="primary", key=draft.button):
            save(draft, table.region.code, day)


def save(draft: Draft, region: str, day: date) -> None:
    """What did not change is said anew as well: then it counts from today."""
    said = {"nextFreeOn": day.isoformat()}
    send = supply.state_table
    if drafts.send(
        draft, draft.changes(said), lambda: send(api, person.token, region, day.isoformat(), draft.etag), {}
    ):
        st.session_state["tafel-gezegd"] = nl.TABLE_SAVED
        st.rerun()


def history(region: str) -> None:
    """What the table said before, and who said it."""
    rows = [
        (
            showing.long_day(showing.amsterdam_day(each.stated_at)),
            showing.long_day(each.next_free_on),
            regions.get(each.stated_by, each.stated_by),
        )
        for each in supply.table_history(api, person.token, region)
    ]
    with st.expander(nl.TABLE_HISTORY):
        if rows:
            columns = list(nl.TABLE_HISTORY_COLUMNS)
            st.dataframe(pd.DataFrame(rows, columns=columns), hide_index=True, alt=nl.TABLE_HISTORY_ALT)
        else:
            st.markdown(nl.TABLE_UNKNOWN)


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
history(code)
