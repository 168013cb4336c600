"""Mijn beeld: how one's offers come out, what would change that, what one could not serve, and stated beside real."""

import streamlit as st

from dashboard import feedback, fetch, session
from dashboard.texts import feedback as words
from dashboard.texts import nl, showing

person = session.someone()
st.title(words.TITLE, anchor=False)
st.caption(words.EXPLAINED)
image = fetch.feedback(person.token)
if not image.offers:
    st.info(words.NO_OFFERS)
    st.stop()

today = session.today()
facts = st.grid(4, min_column_width=150)
facts.metric(words.SERVED, feedback.questions(image.served), help=words.SERVED_HELP)
facts.metric(words.FIRST, feedback.questions(image.places.first if image.places else None), help=words.FIRST_HELP)
facts.metric(words.UNSERVED, feedback.questions(image.unserved.count), help=words.UNSERVED_HELP)
late = sum(offer.is_late for offer in image.offers)
facts.metric(words.LATE, words.OFFERS.format(count=late, all=len(image.offers)), help=words.LATE_HELP)
since, until, ranked_since, ranked_until = (
    showing.short_day(day, today) for day in (image.since, image.until, image.ranked_since, image.ranked_until)
)
st.caption(words.COUNTED_OVER.format(since=since, until=until))
if image.hides_something:
    st.caption(words.TOO_FEW_EXPLAINED)

st.header(words.WHAT_WOULD_CHANGE, anchor=False)
sentences = feedback.advice(image.offers, today)
told = sentences[:6] + ([words.AND_MORE.format(count=len(sentences) - 6)] if len(sentences) > 6 else [])
st.markdown("\n".join(f"- {sentence}" for sentence in told) or feedback.nothing_to_change(image.offers))

st.header(words.PER_OFFER, anchor=False)
st.caption(words.PER_OFFER_EXPLAINED.format(since=ranked_since, until=ranked_until))
st.dataframe(
    feedback.offers_table(image.offers),
    hide_index=True,
    placeholder=nl.EMPTY,
    height="content" if len(image.offers) <= 12 else 460,
    alt=words.PER_OFFER_ALT,
)

st.header(words.NOT_SERVED, anchor=False)
if image.unserved.count == 0:
    st.success(words.ALL_SERVED)
elif image.unserved.count is None:
    st.info(words.UNSERVED_HIDDEN)
else:
    st.caption(words.NOT_SERVED_EXPLAINED)
    why, which = st.columns([3, 2], gap="medium")
    why.dataframe(feedback.unserved_table(image.unserved), hide_index=True, alt=words.NOT_SERVED_ALT)
    which.dataframe(feedback.unserved_care_table(image.unserved), hide_index=True, alt=words.NOT_SERVED_CARE_ALT)

st.header(words.STATED_AND_REAL, anchor=False)
by_id = {offer.offer_id: offer for offer in sorted(image.offers, key=lambda each: (-len(each.starts), each.name))}
chosen = st.selectbox(
    words.WHICH_OFFER,
    list(by_id),
    format_func=lambda offer_id: f"{by_id[offer_id].name} ({by_id[offer_id].place})",
    key="aanbod",
)
starts, stated = by_id[chosen].starts, fetch.last_statements(person.token, chosen)
left, right = st.columns(2, gap="medium")
with left:
    if starts:
        st.vega_lite_chart(feedback.starts_chart(starts), width="stretch", alt=words.STARTS_ALT)
        days = st.column_config.DateColumn(format="DD-MM-YYYY")
        st.dataframe(
            feedback.starts_table(starts),
            hide_index=True,
            height="content",
            column_config={words.STARTED: days},
            alt=words.STARTS_TABLE_ALT,
        )
    else:
        st.info(words.NO_STARTS)
with right:
    st.subheader(words.LAST_STATEMENTS, anchor=False)
    if stated:
        st.vega_lite_chart(feedback.statements_chart(stated), width="stretch", alt=words.STATEMENTS_ALT)
        st.dataframe(
            feedback.statements_table(stated),
            hide_index=True,
            height="content",
            column_config={words.STATED_ON: st.column_config.DateColumn(format="DD-MM-YYYY")},
            alt=words.STATEMENTS_TABLE_ALT,
        )
    else:
        st.info(words.NO_STATEMENTS)
