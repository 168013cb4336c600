"""Actualiteit: who is late with statements, per contract, how late and how often; to be called, or taken as a file."""

import streamlit as st

from dashboard import being_told, fetch, reached, session
from dashboard.being_told import BeingTold
from dashboard.texts import actuality as words
from dashboard.texts import nl, showing

person = session.someone()
st.title(words.TITLE, anchor=False)
st.caption(words.EXPLAINED)
lateness = fetch.lateness(person.token, person.organisation)
contracts = lateness.items
late = [contract for contract in contracts if contract.late]

if not contracts:
    st.info(words.NO_CONTRACTS)
else:
    facts = st.grid(4, min_column_width=150)
    of_all = words.OF_ALL.format(some=showing.whole(len(late)), all=showing.whole(len(contracts)))
    facts.metric(words.CONTRACTS_LATE, of_all, help=words.CONTRACTS_LATE_HELP)
    facts.metric(words.OFFERS_LATE, showing.whole(lateness.late), help=words.OFFERS_LATE_HELP)
    facts.metric(words.NEVER, showing.whole(lateness.never_stated))
    facts.metric(words.LONGEST, showing.whole(late[0].days_late) if late else words.NOBODY)

    with st.container(key="vraag"):
        sought, narrowed, file = st.columns([3, 2, 2], vertical_alignment="bottom")
        typed = sought.text_input(words.SEARCH, key="zoekwoorden", placeholder=words.SEARCH_PLACEHOLDER)
        only_late = narrowed.toggle(words.ONLY_LATE, value=True, key="alleen-te-laat")
        file.download_button(
            words.DOWNLOAD,
            data=lambda: BeingTold(session.api(), person.token).lateness_file(person.organisation),
            file_name=words.FILE_NAME.format(area=person.organisation),
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
        )

    among = late if only_late else contracts
    shown = being_told.named(typed, among)
    if shown:
        st.dataframe(
            being_told.lateness_table(shown),
            hide_index=True,
            placeholder=nl.EMPTY,
            height="content" if len(shown) <= 20 else 740,
            column_config={
                words.COLUMNS["provider"]: st.column_config.TextColumn(width=190),
                words.COLUMNS["email"]: st.column_config.TextColumn(width=220),
                words.COLUMNS["last_stated"]: st.column_config.DateColumn(format="DD-MM-YYYY"),
            },
            alt=words.TABLE_ALT,
        )
    elif among:
        st.info(words.NOT_FOUND)
    else:
        st.success(words.ALL_ON_TIME)

reached.show(person)
