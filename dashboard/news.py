"""What others did since yesterday, and the notices that wait to be read."""

from collections.abc import Iterable, Sequence
from html import escape

import streamlit as st

from dashboard import clicked, session, tasks
from dashboard.answers import Answer, Items
from dashboard.case_answers import Event, News
from dashboard.client import JSON
from dashboard.texts import cases as words
from dashboard.texts import nl, showing

_FAILED = "gelezen-mislukt"
_AT_FIRST = 10
"""More than one reads before the first call."""


class Detail(Answer):
    label: str
    text: str


class Notice(Answer):
    id: str
    title: str
    text: str
    details: tuple[Detail, ...] = ()


def show(changed: Sequence[News]) -> None:
    """The first of them; the rest folded away."""
    st.html(changes(changed[:_AT_FIRST]))
    if rest := changed[_AT_FIRST:]:
        with st.expander(words.MORE_CHANGED.format(count=len(rest))):
            st.html(changes(rest))


def changes(changed: Iterable[News]) -> str:
    """One line per event: which case, what, who."""
    return f'<ul class="zb-list zb-news">{"".join(_line(each) for each in changed)}</ul>'


def _line(each: News) -> str:
    about = f"{who(each.event)} · {showing.long_day(each.event.occurred_on)}"
    said = f"<b>{escape(each.reference)}</b> {escape(each.event.text)}"
    return f'<li>{said}<span class="zb-about">{escape(about)}</span></li>'


def who(event: Event) -> str:
    """Who recorded it, and for whom."""
    by = f"{nl.ROLES.get(event.role, event.role)} ({tasks.organisation(event.organisation)})"
    if event.on_behalf_of is None:
        return by
    return f"{by}, namens {words.ACTORS.get(event.on_behalf_of, event.on_behalf_of).lower()}"


def notices(person: session.Person) -> None:
    """What this organisation was told and has not read yet."""
    unread = session.api().get("notices", Items[Notice], person.token, {"unread": "true"}).items
    if failed := clicked.told(_FAILED):
        st.error(failed.sentence)
    if not unread:
        return
    st.header(words.NOTICES, anchor=False)
    items = "".join(_notice(each) for each in unread)
    st.html(f'<ul class="zb-list zb-news">{items}</ul>')
    st.button(words.READ, key="gelezen", on_click=_read, args=(person, [each.id for each in unread]))


def _notice(each: Notice) -> str:
    """What is told, and of which offer, provider or day; never of which child."""
    about = " · ".join(f"{detail.label}: {detail.text}" for detail in each.details)
    more = f'<span class="zb-about">{escape(about)}</span>' if about else ""
    return f"<li><b>{escape(each.title)}</b> {escape(each.text)}{more}</li>"


def _read(person: session.Person, ids: list[str]) -> None:
    with clicked.telling(_FAILED):
        session.api().send("POST", "notice-readings", JSON, person.token, body={"ids": ids})
