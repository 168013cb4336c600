"""The contact register on the screen: how it stands, one click to confirm a contact, forms to change and add one.

Functions and teams, never people by name.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import Any

import streamlit as st

from dashboard import fetch
from dashboard.case_answers import Contact, Register
from dashboard.casework import Casework
from dashboard.client import JSON, ChangedMeanwhile, Failure
from dashboard.faults import show as show_faults
from dashboard.texts import cases as words
from dashboard.texts import desks as nl
from dashboard.texts import showing

SAID, CHANGING = "contact-gezegd", "contact-wijzigen"

_OLDEST_FIRST = {"stale": 0, "due": 1, "fresh": 2}
_EACH_FIELD = (("phone", words.PHONE), ("email", words.EMAIL), ("website", words.WEBSITE), ("hours", words.HOURS))


@dataclass(frozen=True, slots=True)
class Desk:
    """Who works on which region's register."""

    work: Casework
    region: str


def standing(register: Register) -> None:
    """Owner, numbers, and what somebody would look for in vain."""
    if register.owner is None:
        st.warning(nl.NO_OWNER)
    else:
        days = showing.count(register.update_term_days, "dag", "dagen")
        st.markdown(nl.OWNED_BY.format(owner=register.owner, days=days))
    facts = st.grid(4, min_column_width=130)
    facts.metric(nl.CONTACTS_COUNT, showing.whole(register.contacts))
    facts.metric(nl.DUE_COUNT, showing.whole(register.due))
    facts.metric(nl.STALE_COUNT, showing.whole(register.stale))
    facts.metric(nl.MISSING_COUNT, showing.whole(len(register.missing)))
    if register.missing:
        names = (
            f"- {each.kind_name}, {each.municipality.name if each.municipality else words.ALL_REGION.lower()}"
            for each in register.missing
        )
        with st.expander(f"{words.MISSING} ({len(register.missing)})"):
            st.markdown("\n".join(names))


def by_kind(contacts: Iterable[Contact]) -> Iterator[tuple[str, list[Contact]]]:
    """One heading per kind; under it, what must be looked at first."""
    order = list(words.KINDS)
    for kind, group in groupby(sorted(contacts, key=lambda each: order.index(each.kind)), key=lambda each: each.kind):
        yield words.KINDS[kind], sorted(group, key=lambda each: (_OLDEST_FIRST[each.freshness], _where(each)))


def row(desk: Desk, contact: Contact) -> None:
    with st.container(key=f"contact-{contact.id}", horizontal=True, vertical_alignment="center", gap="small"):
        st.html(line(contact), width="stretch")
        if st.button(words.STILL_RIGHT, key=f"klopt-{contact.id}", help=contact.name):
            done(lambda: desk.work.confirm_contact(desk.region, contact), nl.CONFIRMED.format(name=contact.name))
        st.button(words.CHANGE, key=f"wijzig-{contact.id}", on_click=_change, args=(contact.id,), help=contact.name)
    if st.session_state.get(CHANGING) == contact.id:
        _edit(desk, contact)


def line(contact: Contact) -> str:
    """How fresh it is first; then who, where, and how to reach them."""
    reached = " · ".join(filter(None, (contact.phone, contact.email, contact.website, contact.hours)))
    checked = nl.CHECKED.format(day=showing.long_day(contact.checked_on))
    return (
        f'<div class="zb-task"><span class="zb-term zb-{contact.freshness}">'
        f"{escape(showing.FRESHNESS[contact.freshness])}</span>"
        f"<div><b>{escape(contact.name)}</b> {escape(_where(contact))}"
        f'<span class="zb-about">{escape(reached)}</span><span class="zb-about">{escape(checked)}</span></div></div>'
    )


def _where(contact: Contact) -> str:
    return contact.municipality.name if contact.municipality else words.ALL_REGION


def _change(contact_id: str | None) -> None:
    st.session_state[CHANGING] = contact_id


def _edit(desk: Desk, contact: Contact) -> None:
    with st.form(f"contact-{contact.id}-{contact.etag}"):
        content = _fields(desk, contact)
        with st.container(horizontal=True, gap="small"):
            kept = st.form_submit_button(words.KEEP, type="primary")
            gone = st.form_submit_button(words.REMOVE)
            st.form_submit_button(nl.STOP_CHANGING, type="tertiary", on_click=_change, args=(None,))
        sure = st.checkbox(nl.SURE_TO_REMOVE, key=f"zeker-{contact.id}")
    if kept:
        done(lambda: desk.work.change_contact(desk.region, contact, content), nl.CHANGED.format(name=content["name"]))
    if gone and sure:
        done(lambda: desk.work.drop_contact(desk.region, contact), nl.REMOVED.format(name=contact.name))
    elif gone:
        st.error(nl.SAY_SURE)


def add(desk: Desk) -> None:
    with st.form("contact-nieuw"):
        content = _fields(desk, None)
        if st.form_submit_button(nl.ADD, type="primary"):
            done(lambda: desk.work.add_contact(desk.region, content), nl.CHANGED.format(name=content["name"]))


def _fields(desk: Desk, contact: Contact | None) -> JSON:
    towns = towns_of(desk.region)
    name = contact.id if contact else "nieuw"
    left, right = st.columns(2)
    kinds, areas = list(words.KINDS), [None, *towns]
    now = contact.municipality.code if contact and contact.municipality else None
    said: JSON = {
        "kind": left.selectbox(
            words.KIND,
            kinds,
            kinds.index(contact.kind) if contact else 0,
            format_func=words.KINDS.__getitem__,
            key=f"soort-{name}",
        ),
        "municipality": right.selectbox(
            words.AREA,
            areas,
            areas.index(now) if now in areas else 0,
            format_func=lambda code: towns.get(code, words.ALL_REGION),
            key=f"waar-{name}",
        ),
        "name": st.text_input(
            words.NAME, contact.name if contact else "", help=words.NAME_HELP, key=f"naam-{name}", max_chars=200
        ).strip(),
    }
    for column, (field, label) in zip(st.columns(len(_EACH_FIELD)), _EACH_FIELD, strict=True):
        now = getattr(contact, field) if contact else None
        said[field] = column.text_input(label, now or "", key=f"{field}-{name}", max_chars=200).strip() or None
    return said


def towns_of(region: str) -> dict[Any, str]:
    return {
        town.code: town.name
        for town in fetch.municipalities()
        if town.youth_region and town.youth_region.code == region
    }


def keep(desk: Desk, register: Register) -> None:
    """Who owns the register, and how often each line is looked at."""
    with st.form("register"):
        owner = st.text_input(words.WHOSE_REGISTER, register.owner or "", max_chars=200, key="beheerder")
        days = st.number_input(words.OFTEN, 1, 730, register.update_term_days, key="nakijken-na")
        if st.form_submit_button(words.KEEP):
            done(
                lambda: desk.work.keep_register(desk.region, owner.strip(), int(days), register.etag),
                nl.CHANGED.format(name=nl.OWNER.lower()),
            )


def done(change: Callable[[], Any], sentence: str, fields: Mapping[str, str] = nl.FIELDS, said: str = SAID) -> None:
    """Do it, say so, and look anew; or say what is wrong, at the form."""
    try:
        change()
    except ChangedMeanwhile:
        sentence = nl.CHANGED_MEANWHILE
    except Failure as refused:
        show_faults(refused, fields)
        return
    st.session_state.pop(CHANGING, None)
    st.session_state[said] = sentence
    st.rerun()
