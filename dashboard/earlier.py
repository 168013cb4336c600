"""What was stated of one offer before: its last ten statements as lines in time, and as a table."""

from collections.abc import Sequence

import streamlit as st

from dashboard import answers, charts, fetch, frames, session
from dashboard.texts import places as words


def show(person: session.Person, offers: Sequence[answers.Offer]) -> None:
    """Asked for one offer at a time, and only when somebody wants to see it."""
    names = {offer.id: f"{offer.name} ({offer.location.place})" for offer in offers}
    with st.expander(words.EARLIER):
        offer_id = st.selectbox(
            words.WHICH_OFFER,
            sorted(names, key=names.__getitem__),
            index=0 if len(names) == 1 else None,
            format_func=names.__getitem__,
            placeholder=words.CHOOSE,
            key="eerder",
        )
        if offer_id is not None:
            _statements(person, offer_id)


def _statements(person: session.Person, offer_id: int) -> None:
    stated = fetch.last_statements(person.token, offer_id)
    if not stated:
        st.info(words.NEVER_STATED)
        return
    st.vega_lite_chart(charts.places_over_time(stated), width="stretch", alt=words.CHART_ALT)
    st.dataframe(
        frames.last_statements(stated, session.today()),
        hide_index=True,
        height="content",
        alt=words.TABLE_ALT,
    )
