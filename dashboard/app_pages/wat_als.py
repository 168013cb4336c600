"""Wat als: change one thing, see whom it helps now and what it does to waits. It advises on places only."""

from typing import Any

import streamlit as st

from dashboard import fetch, session, shortages
from dashboard.shortages import Falling, Imagined
from dashboard.texts import shortages as words
from dashboard.texts import showing

FUTURES = 200
"""As many years as the simulation lives through."""

person = session.someone()
regions = {each.code: each for each in fetch.youth_regions()}
region = regions[fetch.region_of(person.organisation) or person.organisation]
care_types = {each.code: each.name for each in fetch.care_types()}
towns = {town.code: town.name for town in fetch.municipalities() if town.code in region.municipalities}
asking = Falling(session.api(), person.token, region.code)


def wish(kind: str, care_type: str) -> dict[str, Any] | None:
    """What is asked, from the fields of its kind; None while something is missing."""
    rest: dict[str, Any] = {}
    if kind == "more-places":
        rest["municipality"] = st.selectbox(
            words.MUNICIPALITY, list(towns), format_func=towns.__getitem__, index=None, key="gemeente",
            placeholder=words.MUNICIPALITY_PLACEHOLDER,
        )  # fmt: skip
        rest["places"] = int(st.number_input(words.PLACES, min_value=1, max_value=100, value=1, key="plekken"))
    elif kind == "wider-contract":
        others = [code for code in regions if code != region.code]
        rest["fromRegion"] = st.selectbox(
            words.FROM_REGION, others, format_func=lambda code: regions[code].name, index=None, key="van-regio",
            placeholder=words.FROM_REGION_PLACEHOLDER,
        )  # fmt: skip
    elif kind == "distance-norm":
        rest["maxKm"] = float(st.number_input(words.MAX_KM, min_value=1, max_value=500, value=40, key="kilometer"))
    return None if None in rest.values() else {"kind": kind, "careType": care_type, **rest}


def answered(told: Imagined) -> None:
    facts = st.grid(4, min_column_width=150)
    facts.metric(words.HELPED_NOW, told.helped)
    facts.metric(words.OPENED, told.opened_places)
    facts.metric(words.SOONER, words.DAYS.format(days=showing.whole(told.sooner_days.middle)), help=words.SOONER_HELP)
    facts.metric(words.MORE_STARTS, showing.whole(told.started_more_a_year.middle))
    st.markdown(shortages.sentences(told.reasons))
    between = words.BETWEEN.format(
        low=showing.whole(told.sooner_days.low), high=words.DAYS.format(days=showing.whole(told.sooner_days.high))
    )
    st.caption(f"{words.SOONER}: {between}. {words.UNCERTAIN.format(futures=FUTURES)}")
    st.caption(told.advice.text)


st.title(words.WHAT_IF_IN.format(region=region.name), anchor=False)
kind = st.radio(words.KIND, list(words.KINDS), format_func=words.KINDS.__getitem__, key="soort", horizontal=True)
care_type = st.selectbox(
    words.CARE_TYPE,
    list(care_types),
    format_func=care_types.__getitem__,
    index=None,
    key="zorgvorm-wat-als",
    placeholder=words.CARE_TYPE_PLACEHOLDER,
)
asked = wish(kind, care_type) if care_type else None
if st.button(words.CALCULATE, type="primary", key="reken"):
    if asked:
        answered(asking.imagine(asked))
    else:
        st.info(words.CHOOSE_FIRST)

if care_type:
    worths = asking.worths(care_type)
    st.header(words.WHAT_HELPS, anchor=False)
    for worth in worths.cells[:3]:
        st.markdown(f"**{worth.municipality.name}** · {shortages.sentences(worth.reasons)} {shortages.curve(worth)}")
    if worths.obvious_rules:
        st.header(words.OBVIOUS, anchor=False)
        for rule in worths.obvious_rules:
            st.markdown(shortages.sentences(rule.reasons))
    st.caption(worths.advice.text)
