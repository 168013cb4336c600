"""Wachttijden: what a parent, a young person or a referrer may know without signing in."""

import streamlit as st

from dashboard import fetch, session, waiting_times
from dashboard.texts import nl, showing
from dashboard.texts import waiting_times as words

KINDS_NARROW = {words.COLUMNS["kind"]: st.column_config.TextColumn(width=170)}
"""On a phone the waits stand beside the kind of help, without scrolling."""


@st.cache_data(ttl=600, show_spinner=False)
def told(area: str) -> waiting_times.WaitingTimes | None:
    return waiting_times.of_area(session.api(), area)


towns = {town.code: town for town in fetch.municipalities() if town.youth_region}
st.title(words.TITLE, anchor=False)
st.markdown(words.EXPLAINED)
where, which = st.columns(2)
town = where.selectbox(
    words.WHERE,
    sorted(towns, key=lambda code: towns[code].name),
    format_func=lambda code: towns[code].name,
    index=None,
    key="gemeente",
    placeholder=words.WHERE_PLACEHOLDER,
)
care_types = {each.code: each.name for each in fetch.care_types()}
care_type = which.selectbox(
    words.WHICH_HELP,
    list(care_types),
    format_func=care_types.__getitem__,
    index=None,
    key="hulp",
    placeholder=words.WHICH_HELP_PLACEHOLDER,
)
if town is None:
    st.info(words.CHOOSE)
    st.stop()

region = towns[town].youth_region
assert region is not None
found, at_home = told(region.code), told(town)
if found is None or at_home is None:
    st.info(words.NOTHING_YET)
    st.stop()

st.caption(
    words.PERIOD.format(first=showing.long_day(found.period.first_day), last=showing.long_day(found.period.last_day))
)
st.header(words.IN_REGION.format(region=region.name), anchor=False)
rows = [row for row in waiting_times.per_care_type(found) if care_type in (None, row.kind.code)]
if not rows:
    st.info(words.NO_FIGURES)
elif care_type:
    st.markdown(f"**{rows[0].kind.name}** · {rows[0].text}")
if rows:
    st.dataframe(
        waiting_times.table(rows),
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content",
        alt=words.TABLE_ALT,
        column_config=KINDS_NARROW,
    )
st.caption(found.small_numbers)

if team := waiting_times.the_local_team(found):
    st.header(words.LOCAL_TEAM, anchor=False)
    st.markdown(team.text)

st.header(words.IN_TOWN.format(town=towns[town].name), anchor=False)
for row in at_home.items:
    if row.waiting is None:
        st.markdown(words.WAITING_HIDDEN)
    else:
        st.markdown(words.WAITING_TOWN.format(waiting=row.waiting, waited=showing.wait(row.waited_days)))

st.header(words.MEANWHILE, anchor=False)
st.markdown("\n".join(f"- {tip}" for tip in found.meanwhile))
with st.expander(words.HOW):
    st.markdown(words.HOW_EXPLAINED)
    st.download_button(
        words.OPEN_DATA,
        data=lambda: waiting_times.as_file(session.api()),
        file_name=words.FILE_NAME.format(period=found.period.code),
        mime="text/csv",
        on_click="ignore",
    )
