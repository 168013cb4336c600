"""Cijfers voor de raad: the same report without signing in, for councillors, the press and everybody else."""

import streamlit as st

from dashboard import council_view, fetch
from dashboard.texts import council as words

AREA = "gebied"
"""In the address, so that a link leads to one's own municipality or region."""

regions = {each.code: words.REGION.format(name=each.name) for each in fetch.youth_regions()}
towns = {town.code: town.name for town in fetch.municipalities() if town.youth_region}

st.title(words.PUBLIC_TITLE, anchor=False)
st.markdown(words.EXPLAINED)
report = council_view.show(
    dict(sorted({**towns, **regions}.items(), key=lambda area: area[1])), st.query_params.get(AREA)
)
if report is not None:
    st.query_params[AREA] = report.area.code
