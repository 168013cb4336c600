"""The report for the council on a screen: a card per figure, the lines in numbers, and the same as files."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard import council, session
from dashboard.council import Council, Figure, Report, ReportPeriod
from dashboard.texts import council as words
from dashboard.texts import nl, showing

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@st.cache_data(ttl=600, show_spinner=False)
def _periods() -> tuple[ReportPeriod, ...]:
    return Council(session.api()).periods()


@st.cache_data(ttl=60, max_entries=64, show_spinner=False)
def report_of(area: str, period: str) -> Report | None:
    return Council(session.api()).report(area, period)


def show(areas: dict[str, str], first: str | None) -> Report | None:
    """The report of the area that is chosen, out of these; None while there is none to show."""
    periods = {each.code: each for each in _periods()}
    if not periods:
        st.info(words.NOTHING_YET)
        return None
    where, when = st.columns(2)
    codes = list(areas)
    area = where.selectbox(
        words.WHICH_AREA,
        codes,
        index=codes.index(first) if first in areas else None,
        format_func=areas.__getitem__,
        key="gebied",
        placeholder=words.AREA_PLACEHOLDER,
    )
    newest = next(code for code, each in periods.items() if "-" in code)
    period = when.selectbox(
        words.WHICH_PERIOD,
        list(periods),
        index=list(periods).index(newest),
        format_func=lambda code: periods[code].name,
        key="periode",
        placeholder=words.PERIOD_PLACEHOLDER,
    )
    report = report_of(area, period) if area and period else None
    if report is None:
        st.info(words.CHOOSE)
        return None
    _show(report)
    return report


def _show(report: Report) -> None:
    _head(report)
    for title, leading in ((words.LEADING, True), (words.OTHERS, False)):
        if figures := [each for each in report.figures if each.leading is leading]:
            st.header(title, anchor=False)
            cards = st.grid(3, min_column_width=320, gap="medium")
            for figure in figures:
                _card(cards.container(border=True), figure, report)
    st.header(words.IN_NUMBERS, anchor=False)
    table = council.numbers(report.figures)
    st.dataframe(table, hide_index=True, placeholder=nl.EMPTY, height="content", alt=words.NUMBERS_ALT)
    st.header(words.NOTES, anchor=False)
    st.markdown("\n".join(f"- {note}" for note in report.notes))
    st.caption(f"{words.SOURCES}: {' '.join(report.sources)}")


def _head(report: Report) -> None:
    period = report.period
    st.header(f"{report.title}, {period.name[:1].lower()}{period.name[1:]}", anchor=False)
    published = showing.long_day(showing.amsterdam_day(report.published_at))
    about = {"first": showing.long_day(period.first_day), "last": showing.long_day(period.last_day)}
    st.caption(words.ABOUT.format(**about, published=published))
    if not period.complete:
        st.caption(words.INCOMPLETE)
    with st.container(horizontal=True):
        _file(report, words.PDF, "pdf", "application/pdf")
        _file(report, words.XLSX, "xlsx", XLSX)


def _file(report: Report, label: str, kind: str, mime: str) -> None:
    area, period = report.area.code, report.period.code
    st.download_button(
        label,
        data=lambda: Council(session.api()).file(area, period, kind),
        file_name=words.FILE_NAME.format(area=area, period=period, kind=kind),
        mime=mime,
        icon=":material/download:",
        key=f"bestand-{kind}",
        on_click="ignore",
    )


def _card(card: DeltaGenerator, figure: Figure, report: Report) -> None:
    with card:
        st.subheader(figure.indicator.name, anchor=False)
        st.metric(figure.indicator.name, figure.text, label_visibility="collapsed")
        if about := _about(figure, report):
            st.caption(about)
        st.markdown(figure.sentence)
        st.markdown("  \n".join([council.aim(figure), *(council.against(each) for each in figure.trends)]))
        if figure.has_line:
            ends = {"first": figure.line[0].period, "last": figure.line[-1].period}
            said = words.LINE_ALT.format(name=figure.indicator.name, **ends)
            st.vega_lite_chart(council.line(figure), width="stretch", alt=said)
        with st.expander(words.HOW):
            st.markdown(f"{figure.meaning} {figure.how}\n\n{figure.computed}")
            if figure.target:
                st.markdown(words.SOURCE.format(source=figure.target.source))


def _about(figure: Figure, report: Report) -> str:
    """From how much, and whose it is where that is another's."""
    whose = "" if figure.area == report.area else words.OF_REGION.format(region=figure.area.name)
    return f"{figure.from_how_much} {whose}".strip()
