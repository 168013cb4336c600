"""Regio: what care there is, how long one waits, and where: the same facts in pictures and in tables."""

import streamlit as st

from dashboard import cards, charts, fetch, frames, maps, session
from dashboard.texts import nl, showing

person = session.someone()
regions = {region.code: region for region in fetch.youth_regions()}
numbers = dict.fromkeys(nl.COLUMNS_OF_NUMBERS, st.column_config.NumberColumn(format="localized"))
names = {care_type.code: care_type.name for care_type in fetch.care_types()}

st.session_state.setdefault("jeugdregio", fetch.region_of(person.organisation))
title = st.container()
with st.container(key="vraag"):
    which, care = st.columns(2)
    code = which.selectbox(
        nl.WHICH_REGION,
        sorted(regions, key=lambda code: regions[code].name),
        format_func=lambda code: regions[code].name,
        key="jeugdregio",
        index=None,
        placeholder=nl.REGION_PLACEHOLDER,
        persist_state="session",
    )
    care_type = care.selectbox(
        nl.WHICH_CARE_TYPE,
        list(names),
        format_func=names.__getitem__,
        key="zorgvorm",
        index=None,
        placeholder=nl.ALL_CARE_TYPES,
        persist_state="session",
    )
if code is None:
    title.title(nl.REGION, anchor=False)
    st.info(nl.CHOOSE_REGION)
    st.stop()

title.title(nl.SUPPLY_TITLE.format(region=regions[code].name), anchor=False)
supply = fetch.supply(person.token, code, care_type)
shown = [row for row in supply.care_types if care_type in (None, row.care_type.code)]
if not shown:
    st.info(nl.NO_SUPPLY)
    st.stop()

offers, stale = sum(row.offers for row in shown), sum(row.stale_offers for row in shown)
facts = st.grid(4, min_column_width=150)
facts.metric(nl.OFFERS, showing.whole(offers), help=nl.OFFERS_HELP)
facts.metric(nl.OPEN_PLACES, showing.whole(sum(row.open_places or 0 for row in shown)))
facts.metric(nl.WAITING, showing.whole(sum(row.waiting or 0 for row in shown)))
facts.metric(nl.STALE, showing.whole(stale), help=nl.STALE_HELP)

worst = [row for row in frames.longest_first(shown) if row.median_wait_days is not None][:3]
if care_type is None and worst:
    st.header(nl.LONGEST, anchor=False)
    st.caption(nl.LONGEST_EXPLAINED)
    with st.container(key="langst", horizontal=True, gap="small"):
        for row in worst:
            st.button(
                showing.shortage(row.care_type.name, row.median_wait_days, row.waiting, row.open_places),
                key=f"langst-{row.care_type.code}",
                on_click=st.session_state.update,
                kwargs={"zorgvorm": row.care_type.code},
            )

st.header(nl.PER_MUNICIPALITY, anchor=False)
st.caption(nl.PER_MUNICIPALITY_EXPLAINED)
members = regions[code].municipalities
inside = [row for row in supply.municipalities if row.municipality.code in members]
outside = [row for row in supply.municipalities if row.municipality.code not in members]
picture, table = st.columns(2, gap="medium")
with picture:
    alt = nl.WAIT_MAP_ALT.format(region=regions[code].name)
    st.vega_lite_chart(maps.wait_map(fetch.areas(), inside, members), width="stretch", alt=alt)
    st.html(cards.legend())
    st.caption(nl.OUTSIDE_MAP)
with table:
    st.dataframe(
        frames.municipality_table(inside),
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content",
        column_config=numbers,
        alt=nl.MUNICIPALITY_TABLE_ALT,
    )
    if outside:
        with st.expander(nl.OUTSIDE_REGION.format(count=len(outside))):
            st.dataframe(
                frames.municipality_table(outside),
                hide_index=True,
                placeholder=nl.EMPTY,
                column_config=numbers,
                alt=nl.MUNICIPALITY_TABLE_ALT,
            )

st.header(nl.PER_CARE_TYPE, anchor=False)
st.vega_lite_chart(charts.wait_bars(shown), width="stretch", alt=nl.WAIT_BARS_ALT)
st.dataframe(
    frames.supply_table(shown),
    hide_index=True,
    placeholder=nl.EMPTY,
    height="content",
    column_config=numbers,
    alt=nl.SUPPLY_TABLE_ALT,
)
