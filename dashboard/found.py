"""What was found, on the screen: counts, list, map and table, then what nearly fits, what would help, and why not."""

from collections.abc import Sequence
from datetime import date
from typing import Final

import streamlit as st

from dashboard import answers, asking, cards, fetch, frames, maps, once, session
from dashboard.client import JSON, Failure
from dashboard.texts import nl, showing

_MOST: Final = 100
"""What the service gives at once."""

EVERYTHING: Final[JSON] = {"limit": _MOST, "include": ["nearMisses", "relaxations", "nonContracted"]}
"""Asked of every question: the order does not depend on it, and the screen decides what it shows."""

_PAGE = 20
_MOST_CHANGES = 4
_FEW = 3
"""Under this many offers that fit, what would help comes before the list."""


def heading(answer: answers.Matches) -> str:
    """How many, and how to look at them. Returns the view that was chosen."""
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(cards.count_line(answer, most=_MOST), width="stretch")
        st.button(
            nl.REFRESH.format(time=showing.clock(answer.as_of)),
            key="ververs",
            help=nl.REFRESH_HELP,
            type="tertiary",
            on_click=fetch.matches.clear,
        )
        view = st.segmented_control(
            nl.VIEW,
            list(nl.VIEWS),
            format_func=nl.VIEWS.__getitem__,
            default="list",
            required=True,
            label_visibility="collapsed",
            key="weergave",
        )
    return view or "list"


def show(answer: answers.Matches, view: str, home: str, today: date) -> None:
    if answer.crisis_route:
        _crisis(answer.crisis_route)
        if not answer.matches:
            return
    few = len(answer.matches) < _FEW
    if not answer.matches:
        st.info(nl.NOTHING_FITS if answer.excluded.total else nl.NOTHING_CONTRACTED)
    if few:
        _what_if(answer.relaxations)
    if answer.matches:
        st.html(cards.hidden_heading(nl.LIST_HEADING))
        _VIEWS[view](answer.matches, home, today)
    _near_misses(answer.near_misses)
    if not few:
        _what_if(answer.relaxations)
    _not_contracted(answer.non_contracted)
    _why_absent(answer.excluded)


def _crisis(route: answers.CrisisRoute) -> None:
    """Whom to call, above everything else."""
    calls = (
        f"- {contact.when} {contact.who}" + (f": **{contact.phone}**" if contact.phone else "")
        for contact in route.contacts
    )
    st.error(f"**{route.text}**\n" + "\n".join(calls), icon=":material/call:")


def save_as_case(question: JSON) -> None:
    """Keep the question and today's order under the organisation's own reference."""
    with st.popover(nl.SAVE_CASE), st.form("casus", border=False, clear_on_submit=True):
        reference = st.text_input(
            nl.CASE_REFERENCE,
            placeholder=nl.CASE_REFERENCE_PLACEHOLDER,
            help=nl.CASE_REFERENCE_HELP,
            autocomplete="off",
        )
        if not st.form_submit_button(nl.SAVE, type="primary"):
            return
        if not reference.strip():
            st.error(nl.CASE_REFERENCE_MISSING)
            return
        token, keys = session.someone().token, once.keys()
        sending = keys.sending(token, "care-requests", reference.strip(), question)
        try:
            case = session.api().open_case(token, reference.strip(), question, sending.key)
            keys.done(sending)
        except Failure as failure:
            st.error(" ".join((failure.sentence, *(fault.detail for fault in failure.faults))))
        else:
            st.success(nl.CASE_SAVED.format(reference=case.reference))


def _list(matches: Sequence[answers.Match], home: str, today: date) -> None:
    shown = st.session_state.get("getoond", _PAGE)
    st.html(cards.result_list(matches[:shown], today))
    if len(matches) > shown:
        st.button(nl.SHOW_MORE, key="meer_tonen", on_click=_show_more)


def _show_more() -> None:
    st.session_state["getoond"] = st.session_state.get("getoond", _PAGE) + _PAGE


def _map(matches: Sequence[answers.Match], home: str, today: date) -> None:
    shown = matches[:_PAGE]
    picture, beside = st.columns([3, 2], gap="medium")
    alt = nl.OFFER_MAP_ALT.format(count=len(shown))
    picture.vega_lite_chart(maps.offer_map(fetch.areas(), shown, home), width="stretch", alt=alt)
    picture.caption(f"{nl.MOVED_APART} {nl.OUTSIDE_MAP}")
    beside.html(cards.short_list(shown, today))


def _table(matches: Sequence[answers.Match], home: str, today: date) -> None:
    st.dataframe(
        frames.comparison(matches),
        hide_index=True,
        placeholder=nl.EMPTY,
        height=min(len(matches) + 1, 21) * 36,
        column_config={
            nl.DISTANCE_AWAY: st.column_config.NumberColumn(format="%d km"),
            nl.START: st.column_config.DateColumn(format="DD-MM-YYYY"),
            nl.POINTS: st.column_config.ProgressColumn(format="%d", min_value=0, max_value=100),
        },
        alt=nl.COMPARISON_ALT,
    )


_VIEWS = {"list": _list, "map": _map, "table": _table}


def _what_if(relaxations: Sequence[answers.Relaxation]) -> None:
    """The changes that open most. One that only people can make, such as a talk with the municipality, is said."""
    if not relaxations:
        return
    st.header(nl.WHAT_IF, anchor=False)
    st.caption(nl.WHAT_IF_EXPLAINED)
    with st.container(key="wat_als", gap="small"):
        for at, relaxation in enumerate(relaxations[:_MOST_CHANGES]):
            if asking.can_apply(relaxation.change):
                st.button(relaxation.text, key=f"wat-als-{at}", on_click=asking.apply, args=(relaxation.change,))
            else:
                st.markdown(relaxation.text)


def _near_misses(misses: Sequence[answers.NearMiss]) -> None:
    if not misses:
        return
    st.header(nl.NEAR_MISSES, anchor=False)
    st.caption(nl.NEAR_MISSES_EXPLAINED)
    told = [(miss, miss.text) for miss in misses]
    st.html(cards.plain_list(told[:_FEW]))
    if told[_FEW:]:
        with st.expander(nl.MORE_NEAR_MISSES.format(count=len(told) - _FEW)):
            st.html(cards.plain_list(told[_FEW:]))


def _not_contracted(others: Sequence[answers.Seen]) -> None:
    if others:
        with st.expander(nl.NOT_CONTRACTED.format(count=len(others))):
            st.html(cards.plain_list((other, "") for other in others))


def _why_absent(excluded: answers.Excluded) -> None:
    if not excluded.by_rule:
        return
    with st.expander(nl.WHY_ABSENT):
        st.caption(nl.WHY_ABSENT_EXPLAINED)
        st.table(frames.exclusions(excluded), hide_index=True, border="horizontal")
