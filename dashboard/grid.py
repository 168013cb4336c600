"""A provider's grid while it is being edited: what was typed is kept until it is stated, and the rows stay in place.

Streamlit reports edits by position under the grid's key. After every action the grid gets a new key (an edition):
saved rows then show what holds now, and what could not be saved is laid over the statements again.
"""

from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard import answers, fetch, frames, session, statements
from dashboard.statements import Outcome, Typed
from dashboard.texts import nl, showing

_SEEN, _ORDER, _EDITION, _KEPT = "gezien", "volgorde", "uitgave", "bewaard"
_DONE, _SAID, _CONFIRM = "gedaan", "gezegd", "bevestig"
_ROW_HEIGHT = 38
_MOST_ROWS = 60


def as_seen(person: session.Person) -> list[answers.Offer]:
    """The offers with the statements that the planner is looking at, what is due first.

    They are not refreshed while something is typed: a save then goes with the version that was seen. The order is that
    of opening the page, so that a saved row does not jump away.
    """
    if _SEEN not in st.session_state or not _typed():
        st.session_state[_SEEN] = fetch.offers_of(person.token, person.organisation)
    offers: Sequence[answers.Offer] = st.session_state[_SEEN]
    order = st.session_state.setdefault(_ORDER, [offer.id for offer in statements.due_first(offers)])
    position = {offer_id: at for at, offer_id in enumerate(order)}
    return sorted(offers, key=lambda offer: position.get(offer.id, len(position)))


def edit(offers: Sequence[answers.Offer]) -> Typed:
    """The grid. Returns what differs from the statements."""
    typed = statements.typed_in(offers, _reported(), _kept())
    marks = dict.fromkeys(typed, nl.CHANGED_MARK) | dict.fromkeys(done().refused, nl.REFUSED_MARK)
    st.data_editor(
        frames.with_edits(frames.places_grid(offers, session.today()), _kept(), marks),
        key=_key(),
        hide_index=True,
        num_rows="fixed",
        height=min(len(offers) + 1, _MOST_ROWS) * _ROW_HEIGHT + 2,
        row_height=_ROW_HEIGHT,
        column_config=_columns(offers),
        disabled=["offer", "place", "stated"],
        placeholder=nl.EMPTY,
        alt=nl.GRID_ALT,
    )
    return typed


def kept(offers: Sequence[answers.Offer]) -> Typed:
    """What could not be stated, for who looks at the offers without the grid."""
    return statements.typed_in(offers, {}, _kept())


def done() -> Outcome:
    """What came of the last action."""
    outcome: Outcome = st.session_state.get(_DONE, Outcome())
    return outcome


def said() -> str:
    """What the last action did, said once."""
    return str(st.session_state.pop(_SAID, ""))


def save(offers: Sequence[answers.Offer], typed: Typed) -> None:
    """State what was typed. Numbers that were refused as unlikely go through when they are saved unchanged."""
    sure = frozenset(offer_id for offer_id in done().unlikely if typed.get(offer_id) == _kept().get(offer_id))
    by_id = {offer.id: offer for offer in offers}
    outcome = statements.save(session.api(), session.someone().token, by_id, typed, sure)
    _settle(outcome, nl.SAVED, {offer_id: typed[offer_id] for offer_id in outcome.refused})


def confirm(offers: Sequence[answers.Offer], typed: Typed) -> None:
    """Say that these did not change. What is typed in other rows stays."""
    outcome = statements.confirm(session.api(), session.someone().token, offers)
    _settle(outcome, nl.CONFIRMED, {offer_id: typed[offer_id] for offer_id in typed.keys() - outcome.after.keys()})


def undo() -> None:
    """State again what held before the last save."""
    _settle(statements.undo(session.api(), session.someone().token, done()), nl.UNDONE, {})


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
    fetch.offers_of.clear()


def _key() -> str:
    return f"plekken-{st.session_state.get(_EDITION, 0)}"


def _kept() -> Typed:
    kept: Typed = st.session_state.get(_KEPT, {})
    return kept


def _reported() -> dict[int, dict[str, Any]]:
    reported: dict[int, dict[str, Any]] = st.session_state.get(_key(), {}).get("edited_rows", {})
    return reported


def _typed() -> bool:
    return bool(_reported() or _kept())


def _confirm_row(offers: Sequence[answers.Offer]) -> None:
    row = st.session_state[_CONFIRM].row
    confirm([offers[row]], statements.typed_in(offers, _reported(), _kept()))


_WIDTHS = {
    "open_places": 75,
    "occupied_places": 85,
    "reserved_places": 130,
    "total_places": 90,
    "intake_wait_days": 90,
    "treatment_wait_days": 80,
    "waiting_count": 105,
}


def _columns(offers: Sequence[answers.Offer]) -> dict[str, Any]:
    column = st.column_config
    numbers = {
        name: column.NumberColumn(nl.FIELDS[name], help=nl.FIELD_HELP[name], min_value=0, step=1, width=width)
        for name, width in _WIDTHS.items()
    }
    stop = column.CheckboxColumn(nl.FIELDS["admission_stop"], help=nl.FIELD_HELP["admission_stop"], width=75)
    confirm = column.ButtonColumn(
        nl.CONFIRM, key=_CONFIRM, on_click=_confirm_row, args=(offers,), type="tertiary", width=120
    )
    return {
        **numbers,
        "offer": column.TextColumn(nl.OFFER, width=265),
        "place": column.TextColumn(nl.PLACE, width=100),
        "admission_stop": stop,
        "stated": column.TextColumn(nl.STATED, width=170),
        "confirm": confirm,
    }
