"""Cijfers: what the council sees of the region and its municipalities, what is aimed at, and what can be learnt."""

import streamlit as st

from dashboard import council_targets, council_view, fetch, lessons, session
from dashboard.client import Failure, SignInNeeded
from dashboard.texts import council as words
from dashboard.texts import nl

person = session.someone()
region = next(each for each in fetch.youth_regions() if each.code == fetch.region_of(person.organisation))
towns = {town.code: town.name for town in fetch.municipalities() if town.code in region.municipalities}


def for_council() -> None:
    st.markdown(words.EXPLAINED)
    by_name = dict(sorted(towns.items(), key=lambda town: town[1]))
    council_view.show({region.code: words.REGION.format(name=region.name), **by_name}, region.code)
    council_targets.show(region.code)


st.title(words.TITLE, anchor=False)
if person.organisation != region.code:
    for_council()  # what can be learnt is the region's own
    st.stop()
figures, learning = st.tabs([words.FOR_COUNCIL, words.LESSONS])
with figures:
    for_council()
with learning:
    try:
        lessons.show(region.code)
    except SignInNeeded:
        raise
    except Failure as failure:  # said here: at the foot of the page it would seem to be about the other tab
        st.error(failure.sentence, icon=":material/cloud_off:")
        st.button(nl.TRY_AGAIN, key="leren-opnieuw")
