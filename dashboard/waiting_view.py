"""How the public waiting times are shown: how long and how sure first, then what to do now, then all the figures."""

import pandas as pd
import streamlit as st

from dashboard import waiting_times
from dashboard.answers import CareType
from dashboard.texts import nl, showing
from dashboard.texts import waiting_times as words
from dashboard.waiting_times import WaitingTime, WaitingTimes, Year

KINDS_NARROW = {words.COLUMNS["kind"]: st.column_config.TextColumn(width=170)}
"""On a phone the waits stand beside the kind of help, without scrolling."""


def answer(row: WaitingTime) -> None:
    """How long and how sure."""
    with st.container(border=True):
        if row.stated_wait_days is None:
            st.markdown(f"**{row.kind.name}** · {row.text}")
            return
        st.markdown(f"**{row.kind.name}**")
        st.metric(words.STARTS_WITHIN, showing.wait(row.stated_wait_days))
        more = [row.trend]
        if row.stated_long_days is not None and row.stated_long_days > row.stated_wait_days:
            more.append(words.SOMETIMES.format(wait=showing.wait(row.stated_long_days)))
        if row.realised_days is not None:
            more.append(words.REALLY_WAITED.format(wait=showing.wait(row.realised_days)))
        st.markdown(" ".join(filter(None, more)))
        st.markdown(words.SURE[row.certainty])


def what_now(found: WaitingTimes) -> None:
    st.header(words.MEANWHILE, anchor=False)
    st.markdown("\n".join(f"- {tip}" for tip in found.meanwhile))
    st.page_link("app_pages/wie_bel_ik.py", label=words.WHOM_TO_CALL, icon=":material/call:")


def quarter(found: WaitingTimes, kind: str | None, care_types: tuple[CareType, ...]) -> None:
    days = {"first": showing.long_day(found.period.first_day), "last": showing.long_day(found.period.last_day)}
    st.caption(words.PERIOD.format(**days))
    if rows := waiting_times.below(found.items, kind, care_types):
        _table(waiting_times.table(rows))
    if kind is None:
        with st.expander(words.EVERYTHING):
            _table(waiting_times.table(waiting_times.every_care_type(found.items)))


def year(told: Year, kind: str | None, care_types: tuple[CareType, ...]) -> None:
    quarters = words.QUARTERS[len(told.quarters) - 1]
    st.caption(f"{words.YEAR_OF.format(year=told.year, quarters=quarters)} {words.YEAR_EXPLAINED}")
    if whole := waiting_times.of_kind(told.items, kind):
        st.markdown(f"**{whole.kind.name}** · {whole.text}")
        _table(waiting_times.year_table([whole, *waiting_times.below(told.items, kind, care_types)]))


def local_team(found: WaitingTimes, at_home: WaitingTimes) -> None:
    """What the team states for families, and what was counted of others: in the town, or else in the region."""
    st.header(words.LOCAL_TEAM, anchor=False)
    if stated := waiting_times.of_kind(found.items, waiting_times.LOCAL_TEAM):
        st.markdown(words.TEAM_STATES.format(text=stated.text))
    counted = [waiting_times.of_kind(each.items, None) for each in (at_home, found)]
    teams = [(row.area.name, row.local_team) for row in counted if row and row.local_team]
    for area, team in [each for each in teams if each[1].wait_working_days is not None][:1] or teams[-1:]:
        st.markdown(words.TEAM_COUNTED.format(text=team.text, area=area))


def in_town(at_home: WaitingTimes) -> None:
    for row in at_home.items:
        if row.waiting is None:
            st.markdown(words.WAITING_HIDDEN)
        else:
            st.markdown(words.WAITING_TOWN.format(waiting=row.waiting, waited=showing.wait(row.waited_days)))


def _table(rows: pd.DataFrame) -> None:
    st.dataframe(
        rows,
        hide_index=True,
        placeholder=nl.EMPTY,
        height="content",
        alt=words.TABLE_ALT,
        column_config=KINDS_NARROW,
    )
