"""Zorgelijk wachtend: whom somebody must look at again, by the agreed day and by nothing else."""

import streamlit as st

from dashboard import once, session, worrying
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import desks as nl

person = session.someone()
work = Casework(session.api(), person.token, once.keys())
waiting = work.worrying(person.organisation)

st.title(words.WORRYING, anchor=False)
st.caption(nl.WORRYING_EXPLAINED)
st.markdown(f"**{words.ATTENTION}**")
if not waiting:
    st.info(words.NO_WORRYING)
else:
    if late := sum(each.late for each in waiting):
        st.warning(nl.LATE_REVIEWS.format(count=late))
    st.table(worrying.table(waiting), hide_index=True, border="horizontal")
    worrying.to_the_cases(work, person, waiting)
