"""Wachttijden: what a parent, a young person or a referrer may know without signing in."""

import streamlit as st

from dashboard import fetch, session, waiting_times, waiting_view
from dashboard.texts import council
from dashboard.texts import waiting_times as words


@st.cache_data(ttl=600, show_spinner=False)
def told(area: str) -> waiting_times.WaitingTimes | None:
    return waiting_times.of_area(session.api(), area)


@st.cache_data(ttl=600, show_spinner=False)
def of_year(area: str, year: int) -> waiting_times.Year:
    return waiting_times.of_year(session.api(), area, year)


@st.cache_data(ttl=600, show_spinner=False)
def periods() -> tuple[waiting_times.Period, ...]:
    return waiting_times.periods(session.api())


towns = {town.code: town for town in fetch.municipalities() if town.youth_region}
care_types = fetch.care_types()
kinds = waiting_times.choices(care_types)
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
kind = which.selectbox(
    words.WHICH_HELP,
    list(kinds),
    format_func=kinds.__getitem__,
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

long, now = st.columns(2, gap="medium")
with long:
    if row := waiting_times.of_kind(found.items, kind):
        waiting_view.answer(row)
    else:
        st.info(words.NO_FIGURES)
with now:
    waiting_view.what_now(found)

st.header(words.IN_REGION.format(region=region.name), anchor=False)
newest = found.period
times = {newest.code: newest.name} | {str(year): name for year, name in waiting_times.years(periods()).items()}
chosen = st.segmented_control(
    words.WHEN, list(times), format_func=times.__getitem__, default=newest.code, required=True, key="tijd"
)
if chosen in (None, newest.code):
    waiting_view.quarter(found, kind, care_types)
else:
    waiting_view.year(of_year(region.code, int(chosen)), kind, care_types)
st.caption(found.small_numbers)

waiting_view.local_team(found, at_home)
st.header(words.IN_TOWN.format(town=towns[town].name), anchor=False)
waiting_view.in_town(at_home)
st.page_link(
    "app_pages/raad.py", label=council.OF_YOUR_TOWN, icon=":material/monitoring:", query_params={"gebied": town}
)

with st.expander(words.HOW):
    st.markdown(words.HOW_EXPLAINED)
    st.download_button(
        words.OPEN_DATA,
        data=lambda: waiting_times.as_file(session.api()),
        file_name=words.FILE_NAME.format(period=newest.code),
        mime="text/csv",
        on_click="ignore",
    )
