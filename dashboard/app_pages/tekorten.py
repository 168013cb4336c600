"""Tekorten: the ten minutes of a chair before the meeting: what is worst, why, and what would help."""

import streamlit as st

from dashboard import fetch, guarantees, session, shortages
from dashboard.shortages import Falling, Shortage
from dashboard.texts import nl, showing
from dashboard.texts import shortages as words

SPOKEN = 3
"""What one can tell in ten minutes; the rest stands in the table."""
KINDS_NARROW = {words.COLUMNS["kind"]: st.column_config.TextColumn(width=170)}
"""On a phone the numbers stand beside the care type, without scrolling."""

person = session.someone()
region = next(each for each in fetch.youth_regions() if each.code == fetch.region_of(person.organisation))
names = {town.code: town.name for town in fetch.municipalities()}


@st.cache_data(ttl=60, show_spinner=False, scope="session")
def told(token: str, code: str, level: str, by: str = "care-type") -> shortages.Shortages:
    return Falling(session.api(), token, code).shortages(level, by)


def card(row: Shortage) -> None:
    with st.container(border=True):
        st.subheader(row.kind.name, anchor=False)
        st.markdown(shortages.sentences(row.reasons))
        if row.worth:
            where = words.WHERE_BEST.format(place=row.worth.municipality.name)
            st.markdown(f"**{words.WHAT_HELPS}** · {shortages.sentences(row.worth.reasons)} {where}")
            st.caption(shortages.curve(row.worth))


st.title(words.TITLE_IN.format(region=region.name), anchor=False)
found = told(person.token, region.code, "region")
st.markdown(words.EXPLAINED)
st.caption(words.AS_OF.format(moment=showing.clock(found.as_of), weeks=found.in_time_within_days // 7))
if found.shortages:
    facts = st.grid(4, min_column_width=150)
    facts.metric(words.UNPLACED, sum(row.unplaced for row in found.shortages), help=words.UNPLACED_HELP)
    facts.metric(words.OPEN_REQUESTS, sum(row.open_requests for row in found.shortages))
    facts.metric(words.WEEKS, showing.whole(sum(row.hurt_weeks for row in found.shortages)), help=words.WEEKS_HELP)
    facts.metric(words.ABOVE, sum(row.children for row in found.above_the_region), help=words.ABOVE_HELP)

guarantees.show(person, region.code)
if not found.shortages:
    st.info(words.NOBODY_ASKS)
    st.stop()

st.header(words.WORST, anchor=False)
worst = [row for row in found.shortages if row.unplaced][:SPOKEN]
if not worst:
    st.success(words.ALL_IN_TIME)
for row in worst:
    card(row)
st.caption(found.advice.text)

st.header(words.MAP, anchor=False)
measure = st.segmented_control(
    words.MEASURE, list(words.MEASURES), format_func=words.MEASURES.__getitem__, default="unplaced", key="maat"
)
measure = measure or "unplaced"
values = shortages.by_place(told(person.token, region.code, "municipality").shortages, region.municipalities, measure)
picture, table = st.columns(2, gap="medium")
with picture:
    spec = shortages.place_map(fetch.areas(), values, measure)
    st.vega_lite_chart(spec, width="stretch", alt=words.MAP_ALT.format(region=region.name))
with table:
    st.dataframe(
        shortages.place_table(values, names, measure),
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content",
        alt=words.PLACES_TABLE_ALT,
    )

st.header(words.MORE, anchor=False)
by = st.segmented_control(words.BY, list(words.BYS), format_func=words.BYS.__getitem__, default="care-type", key="per")
st.dataframe(
    shortages.table(told(person.token, region.code, "region", by or "care-type").shortages),
    hide_index=True,
    placeholder=nl.EMPTY,
    height="content",
    alt=words.TABLE_ALT,
    column_config=KINDS_NARROW,
)
st.caption(words.REFUSALS_NOTE)

if found.above_the_region:
    st.header(words.ABOVE_TITLE, anchor=False)
    st.markdown(words.ABOVE_EXPLAINED)
    st.dataframe(
        shortages.above_table(found.above_the_region),
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content",
        alt=words.ABOVE_ALT,
    )
    st.caption(words.BOEG_NOTE)
