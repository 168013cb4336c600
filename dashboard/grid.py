"""A provider's grid while it is being edited: what was typed is kept until it is stated, and the rows stay in place.

Streamlit reports edits by position under the grid's key. After every action the grid gets a new key (an edition):
saved rows then show what holds now, and what could not be saved is laid over the statements again.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

import streamlit as st

from dashboard import answers, clicked, fetch, frames, session, statements
from dashboard.statements import EVERYDAY, SELDOM, STATED_FIELDS, Outcome, Typed, WayBack
from dashboard.texts import nl, places, showing

_SEEN, _ORDER, _EDITION, _KEPT = "gezien", "volgorde", "uitgave", "bewaard"
_DONE, _SAID, _BACK, _CONFIRM = "gedaan", "gezegd", "terug", "bevestig"
FAILED = "plekken-mislukt"
"""Where a click that failed is told."""

_ROW_HEIGHT = 38
_MOST_ROWS = 60


def as_seen(person: session.Person) -> list[answers.Offer]:
    """The offers with the statements that the planner is looking at, what is due first.

    They are not refreshed while something is typed: a save then goes with the version that was seen. The order is that
    of opening the page, so that a saved row does not jump away.
    """
    if unsaved := session.unsaved():  # before one had to sign in again
        st.session_state[_KEPT], st.session_state[_SAID] = unsaved, places.STILL_HERE
    if _SEEN not in st.session_state or not _typed():
        st.session_state[_SEEN] = fetch.offers_of(person.token, person.organisation)
    return _in_order(st.session_state[_SEEN])


def _in_order(offers: Sequence[answers.Offer]) -> list[answers.Offer]:
    order = st.session_state.setdefault(_ORDER, [offer.id for offer in statements.due_first(offers)])
    position = {offer_id: at for at, offer_id in enumerate(order)}
    return sorted(offers, key=lambda offer: position.get(offer.id, len(position)))


def edit(offers: Sequence[answers.Offer], *, seldom_first: bool = False) -> Typed:
    """The grid. Returns what differs from the statements. All columns are there; what stands first differs."""
    typed = statements.typed_in(offers, _reported(), _kept())
    marks = dict.fromkeys(typed, nl.CHANGED_MARK) | dict.fromkeys(done().refused, nl.REFUSED_MARK)
    st.data_editor(
        frames.with_edits(frames.places_grid(offers, session.today()), _kept(), marks),
        key=_key(),
        on_change=_keep_reported,
        args=(offers,),
        hide_index=True,
        num_rows="fixed",
        height=min(len(offers) + 1, _MOST_ROWS) * _ROW_HEIGHT + 2,
        row_height=_ROW_HEIGHT,
        column_config=_columns(offers),
        column_order=[*_ABOUT, *(SELDOM + EVERYDAY if seldom_first else STATED_FIELDS)],
        disabled=["offer", "place", "stated"],
        placeholder=nl.EMPTY,
        alt=nl.GRID_ALT,
    )
    return typed


def keep_typed() -> None:
    """Before another view. The grid begins anew there: one whose columns changed places swallows the first click."""
    st.session_state[_KEPT] = statements.typed_in(_in_order(st.session_state[_SEEN]), _reported(), _kept())
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1


def kept(offers: Sequence[answers.Offer]) -> Typed:
    """What is typed and not stated, for who looks at the offers without the grid."""
    return statements.typed_in(offers, {}, _kept())


def done() -> Outcome:
    """What came of the last action."""
    outcome: Outcome = st.session_state.get(_DONE, Outcome())
    return outcome


def said() -> str:
    """What the last action did, said once."""
    return str(st.session_state.pop(_SAID, ""))


def can_go_back() -> bool:
    """Whether there is something to undo: one thing after the other, the last one first."""
    return bool(_back().steps)


def save(offers: Sequence[answers.Offer], typed: Typed) -> None:
    """State what was typed. Numbers that were refused as unlikely go through when they are saved unchanged."""
    sure = frozenset(offer_id for offer_id in done().unlikely if typed.get(offer_id) == _kept().get(offer_id))
    by_id = {offer.id: offer for offer in offers}
    session.keep_unsaved(typed)
    with clicked.telling(FAILED):
        outcome = statements.save(session.api(), session.someone().token, by_id, typed, sure)
        st.session_state[_BACK] = _back().after(outcome)
        _settle(outcome, nl.SAVED, {offer_id: typed[offer_id] for offer_id in outcome.refused})
        st.session_state[_SAID] += f" {places.NO_WAY_BACK}" if outcome.first else ""


def confirm(offers: Sequence[answers.Offer], typed: Typed) -> None:
    """Say that these did not change. What is typed in other rows stays."""
    session.keep_unsaved(typed)
    with clicked.telling(FAILED):
        outcome = statements.confirm(session.api(), session.someone().token, offers)
        st.session_state[_BACK] = _back().after(outcome, confirmed=True)
        _settle(outcome, nl.CONFIRMED, {offer_id: typed[offer_id] for offer_id in typed.keys() - outcome.after.keys()})


def undo() -> None:
    """Back to before the last save, or the last "niet veranderd"."""
    with clicked.telling(FAILED):
        outcome, st.session_state[_BACK] = statements.undo(session.api(), session.someone().token, _back())
        _settle(outcome, nl.UNDONE, {})


def drop() -> None:
    """Forget what was typed."""
    _settle(Outcome(), "", {})


def _settle(outcome: Outcome, sentence: str, kept: Typed) -> None:
    """A new edition: look again at what holds, and keep what could not be stated."""
    st.session_state.pop(_SEEN, None)
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
    st.session_state[_KEPT] = kept
    st.session_state[_DONE] = outcome
    st.session_state[_SAID] = sentence.format(saved=showing.count(len(outcome.after), "opgave", "opgaven"))
    if not outcome.after:
        st.session_state[_SAID] = ""
    session.keep_unsaved(kept)
    fetch.offers_of.clear()


def _back() -> WayBack:
    back: WayBack = st.session_state.get(_BACK, WayBack())
    return back


def _key() -> str:
    return f"plekken-{st.session_state.get(_EDITION, 0)}"


def _kept() -> Typed:
    kept: Typed = st.session_state.get(_KEPT, {})
    return kept


def _reported() -> dict[int, dict[str, Any]]:
    reported: dict[int, dict[str, Any]] = st.session_state.get(_key(), {}).get("edited_rows", {})
    return reported


def _keep_reported(offers: Sequence[answers.Offer]) -> None:
    """At every cell: the next one may find that the sign-in has expired."""
    session.keep_unsaved(statements.typed_in(offers, _reported(), _kept()))


def _typed() -> bool:
    return bool(_reported() or _kept())


def _confirm_row(offers: Sequence[answers.Offer]) -> None:
    row = st.session_state[_CONFIRM].row
    confirm([offers[row]], statements.typed_in(offers, _reported(), _kept()))


_ABOUT = ("offer", "place", "stated", "confirm")
_WIDTHS = {
    "open_places": 75,
    "occupied_places": 85,
    "reserved_places": 130,
    "total_places": 90,
    "intake_wait_days": 90,
    "treatment_wait_days": 80,
    "waiting_count": 105,
    "started_last_90_days": 100,
    "withdrawn_last_90_days": 115,
}
"""A page of 1440 pixels has room for what changes daily; one of 1920 for all."""

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
LONGEST_NOTE = 500


def _columns(offers: Sequence[answers.Offer]) -> dict[str, Any]:
    column, label, said = st.column_config, places.IN_THE_GRID, places.FIELD_HELP
    numbers = {
        name: column.NumberColumn(label[name], help=said[name], min_value=0, step=1, width=width)
        for name, width in _WIDTHS.items()
    }
    stop = column.CheckboxColumn(label["admission_stop"], help=said["admission_stop"], width=75)
    note = column.TextColumn(label["note"], help=said["note"], max_chars=LONGEST_NOTE, width=200)
    from_ = column.DateColumn(
        label["available_from"],
        help=said["available_from"],
        format="DD-MM-YYYY",
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        width=115,
    )
    confirm = column.ButtonColumn(
        nl.CONFIRM, key=_CONFIRM, on_click=_confirm_row, args=(offers,), type="tertiary", width=116
    )
    return {
        **numbers,
        "offer": column.TextColumn(nl.OFFER, width=235),
        "place": column.TextColumn(nl.PLACE, width=95),
        "stated": column.TextColumn(nl.STATED, help=places.STATED_HELP, width=200),
        "confirm": confirm,
        "admission_stop": stop,
        "available_from": from_,
        "note": note,
    }
