"""The tab "Leren": what a region can learn of a period, in sentences first, with the facts below each."""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import pandas as pd
import streamlit as st

from dashboard import learning, session
from dashboard import learning_frames as frames
from dashboard.charts import Spec
from dashboard.learning import Learning, Lesson, Lessons, Period
from dashboard.texts import lessons as words
from dashboard.texts import nl, showing


@st.cache_data(ttl=120, max_entries=8, show_spinner=False, scope="session")
def _told(token: str, region: str, since: date, until: date) -> Lessons:
    return Learning(session.api(), token, region).lessons(Period(since=since, until=until))


def show(region: str) -> None:
    """Everything of the tab, for the region with this code."""
    person = session.someone()
    choices = learning.periods(session.today())
    st.markdown(words.EXPLAINED)
    period = st.selectbox(words.PERIOD, choices, format_func=learning.name_of, key="leren-periode")
    told = _told(person.token, region, period.since, period.until)
    st.caption(f"{words.COMPARED.format(**told.before.months)} {words.ONLY_COUNTS}")
    known = [lesson for lesson in told.lessons if lesson.is_known]
    if not known:
        st.info(words.TOO_LITTLE)
        return
    for lesson in known:
        _card(lesson, told)
    unknown = [words.TITLES[lesson.about].lower() for lesson in told.lessons if not lesson.is_known]
    if unknown:
        st.caption(words.NOT_KNOWN.format(subjects=", ".join(unknown)))


def _card(lesson: Lesson, told: Lessons) -> None:
    with st.container(border=True):
        st.subheader(words.TITLES[lesson.about], anchor=False)
        st.markdown(" ".join(lesson.text))
        if draw := PICTURES.get(lesson.about):
            draw(told)
        with st.expander(words.HOW):
            FACTS[lesson.about](told)
            st.caption(f"{words.COUNTED.format(counted=lesson.counted)} {lesson.definition}")


# --- the facts -----------------------------------------------------------------------------------------------------


LONG, SCREENFUL = 12, 460
"""Rows, and what a longer table gets: it scrolls by itself."""


def _table(frame: pd.DataFrame, alt: str, widths: Mapping[str, int] = MappingProxyType({})) -> None:
    st.dataframe(
        frame,
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content" if len(frame) <= LONG else SCREENFUL,
        alt=alt,
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
    )


def _steps(told: Lessons) -> None:
    _table(frames.steps_table(told.steps or ()), words.STEPS_ALT, words.STEP_WIDTHS)
    st.caption(words.STEPS_NOTE)


def _escalations(told: Lessons) -> None:
    if found := told.escalations:
        children = showing.count(found.registered, "kind", "kinderen")
        st.caption(words.REGISTERED.format(children=children))
        _table(frames.counts_table(found.causes, words.CAUSE_COLUMNS), words.CAUSES_ALT)
        _table(frames.counts_table(found.outcomes, words.OUTCOME_COLUMNS), words.OUTCOMES_ALT)


def _contacts(told: Lessons) -> None:
    if told.contacts:
        _table(frames.contacts_table(told.contacts), words.CONTACTS_ALT)


def _of_age(told: Lessons) -> None:
    if told.of_age:
        _table(frames.of_age_table(told.of_age), words.OF_AGE_ALT)


FACTS: dict[str, Callable[[Lessons], None]] = {
    "steps": _steps,
    "refusals": lambda told: _table(frames.refusals_table(told.refusals), words.REFUSALS_ALT, words.CARE_WIDTHS),
    "escalations": _escalations,
    "contacts": _contacts,
    "waits": lambda told: _table(frames.waits_table(told.waits), words.WAITS_ALT, words.CARE_WIDTHS),
    "sizes": lambda told: _table(frames.sizes_table(told.sizes), words.SIZES_TABLE_ALT),
    "places": lambda told: _table(frames.places_table(told.places), words.PLACES_TABLE_ALT),
    "of-age": _of_age,
}
"""By what a lesson is about."""

PICTURES: dict[str, Callable[[Lessons], None]] = {
    "sizes": lambda told: _picture(frames.sizes_chart(told.sizes), words.SIZES_ALT),
    "places": lambda told: _picture(frames.places_chart(told.places), words.PLACES_ALT),
}


def _picture(spec: Spec, alt: str) -> None:
    st.vega_lite_chart(spec, width="stretch", alt=alt)
