"""The quarterly report on the screen: the figures, how they came about, and the files to hand in."""

from datetime import date

import pandas as pd
import streamlit as st

from dashboard import session, supply
from dashboard.supply_answers import QuarterlyReport
from dashboard.texts import showing
from dashboard.texts import supply as nl

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 5
"""The running quarter and the year before it."""


def quarters(today: date) -> list[str]:
    """The newest first, as the API writes them."""
    now = today.year * 4 + (today.month - 1) // 3
    return [f"{each // 4}-Q{each % 4 + 1}" for each in range(now, now - _SHOWN, -1)]


def table(report: QuarterlyReport, today: date) -> pd.DataFrame:
    rows = [
        (
            line.form.name,
            line.region.name,
            showing.UNKNOWN if line.waiting_count is None else showing.whole(line.waiting_count),
            showing.UNKNOWN if line.wait_days is None else showing.count(line.wait_days, "dag", "dagen"),
            line.offers,
            line.offers_never_stated,
            line.offers_waiting_unknown,
            nl.NO_STATEMENT if line.oldest_stated_on is None else showing.short_day(line.oldest_stated_on, today),
        )
        for line in report.lines
    ]
    return pd.DataFrame(rows, columns=list(nl.QUARTER_COLUMNS))


def show(person: session.Person) -> None:
    st.header(nl.QUARTER, anchor=False)
    st.caption(nl.QUARTER_EXPLAINED)
    listed = quarters(session.today())
    which = st.selectbox(nl.WHICH_QUARTER, listed, index=1, key="kwartaal")
    report = supply.quarterly_report(session.api(), person.token, which)
    st.markdown(nl.QUARTER_OF.format(quarter=report.quarter, day=showing.long_day(report.as_of)))
    if not report.lines:
        st.info(nl.NO_QUARTER)
        return
    if not report.complete:
        st.warning(nl.QUARTER_INCOMPLETE)
    st.dataframe(table(report, session.today()), hide_index=True, alt=nl.QUARTER_ALT)
    with st.expander(nl.HOW_COMPUTED):
        for line in report.lines:
            told = (f"**{line.form.name}, {line.region.name}**", line.how_waiting, line.how_wait, line.how_recent)
            st.markdown("  \n".join(told))
    with st.container(horizontal=True):
        _download(person, report.quarter, "xlsx", nl.QUARTER_XLSX, XLSX)
        _download(person, report.quarter, "csv", nl.QUARTER_CSV, "text/csv")


def _download(person: session.Person, quarter: str, format_: str, label: str, mime: str) -> None:
    st.download_button(
        label,
        data=lambda: supply.quarterly_file(session.api(), person.token, quarter, format_),
        file_name=f"wachttijden-{quarter}.{format_}",
        mime=mime,
        key=f"kwartaal-{format_}",
        on_click="ignore",
    )
