"""Mijn dag: what I must do today, what is late, what others let lie, and what changed since yesterday."""

import streamlit as st

from dashboard import news, once, reached, session, tasks
from dashboard.casework import Casework
from dashboard.texts import cases as words
from dashboard.texts import showing

person = session.someone()
work = Casework(session.api(), person.token, once.keys())
day = work.my_day()
counts = day.counts

st.title(words.MY_DAY, anchor=False)
st.caption(showing.long_day(day.today))

facts = st.grid(4, min_column_width=130)
facts.metric(words.LATE, showing.whole(counts.late))
facts.metric(words.DUE_TODAY, showing.whole(counts.today))
facts.metric(words.THIS_WEEK, showing.whole(counts.this_week))
facts.metric(words.OPEN_CASES, showing.whole(counts.cases))

reviews = {(task.code, task.case_id, task.event) for task in day.reviews}
now = [task for task in day.tasks if (task.code, task.case_id, task.event) not in reviews]

st.header(words.TO_DO, anchor=False)
if now:
    tasks.day_list(now, "nu")
else:
    st.info(words.NOTHING_TO_DO if counts.cases else words.nothing_yet(person.role))
if day.reviews:
    st.header(words.LOOK_BACK, anchor=False)
    st.caption(words.LOOK_BACK_EXPLAINED)
    tasks.day_list(day.reviews, "terug")
if day.waiting_for:
    st.header(words.WAITING_FOR, anchor=False)
    st.caption(words.WAITING_FOR_EXPLAINED)
    tasks.day_list(day.waiting_for, "anderen")

st.header(words.CHANGED, anchor=False)
if day.changed:
    news.show(day.changed)
else:
    st.markdown(words.NOTHING_CHANGED)
news.notices(person)
reached.show(person)
