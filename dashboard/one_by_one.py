"""A provider's offers one under the other, for a phone: the numbers, "Niet veranderd", and a form for what did change.

The statements go the same way as from the grid: the same versions, the same undo, the same faults.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

import streamlit as st

from dashboard import answers, grid, session, statements
from dashboard.statements import Stated, Typed
from dashboard.texts import nl, showing
from dashboard.texts import places as words

_VIEW = "weergave"


def chosen() -> str:
    """How the offers are shown. A phone begins with one under the other; everybody may choose."""
    begins = words.CARDS if on_a_phone(st.context.headers.get("User-Agent", "")) else words.TABLE
    view = st.segmented_control(
        words.VIEW,
        [words.TABLE, words.WIDER, words.CARDS],
        default=begins,
        required=True,
        key=_VIEW,
        on_change=grid.keep_typed,
        label_visibility="collapsed",
    )
    return str(view)


def on_a_phone(browser: str) -> bool:
    """By how the browser names itself: phones say "Mobile", on every make."""
    return "Mobi" in browser


def show(offers: Sequence[answers.Offer]) -> Typed:
    """A card per offer. Returns what was typed and is not saved yet."""
    typed = grid.kept(offers)
    marks = dict.fromkeys(typed, nl.CHANGED_MARK) | dict.fromkeys(grid.done().refused, nl.REFUSED_MARK)
    for offer in offers:
        with st.container(border=True, key=f"kaart-{offer.id}"):
            st.html(facts(offer, session.today(), marks.get(offer.id, "")))
            with st.container(horizontal=True):
                _buttons(offer, typed)
    return typed


def _buttons(offer: answers.Offer, typed: Typed) -> None:
    name = {"offer": offer.name, "place": offer.location.place}
    if offer.capacity and offer.id not in typed:
        confirmed = words.CONFIRM_THIS.format(**name)
        st.button(nl.CONFIRM_ROW, key=f"klopt-{offer.id}", help=confirmed, on_click=grid.confirm, args=([offer], typed))
    if st.button(words.CHANGE, key=f"wijzig-{offer.id}", help=words.CHANGE_THIS.format(**name), type="tertiary"):
        _form(offer, typed.get(offer.id, {}))


@st.dialog(words.CHANGE_TITLE)
def _form(offer: answers.Offer, typed: Mapping[str, Stated]) -> None:
    """All numbers of one offer, with what was typed before over what holds."""
    st.markdown(f"**{offer.name}** · {offer.location.place}")
    with st.form(f"formulier-{offer.id}", border=False):
        cells, below = st.grid(2, min_column_width=130), st.container()
        for name in statements.STATED_FIELDS:
            value = typed.get(name, statements.stated_value(offer.capacity, name))
            _field(below if name == "note" else cells, name, _key(offer, name), value)
        pressed = st.form_submit_button(words.SAVE, type="primary", on_click=_save, args=(offer,), width="stretch")
    if pressed:
        st.rerun()


def _field(cells: st.delta_generator.DeltaGenerator, name: str, key: str, value: Stated) -> None:
    label, help_ = words.FIELDS[name], words.FIELD_HELP[name]
    first, last = grid.FIRST_DAY, grid.LAST_DAY
    match name:
        case "admission_stop":
            cells.checkbox(label, value=bool(value), key=key, help=help_)
        case "available_from":
            day = min(max(value, first), last) if isinstance(value, date) else None
            cells.date_input(label, day, min_value=first, max_value=last, format="DD-MM-YYYY", key=key, help=help_)
        case "note":
            cells.text_input(label, str(value or ""), max_chars=grid.LONGEST_NOTE, key=key, help=help_)
        case _:
            st.session_state.setdefault(key, value)  # as a default it would come back when the field is emptied
            cells.number_input(label, min_value=0, step=1, value=None, key=key, help=help_)


def _save(offer: answers.Offer) -> None:
    """Saving what is the same as before says that it still holds."""
    values: dict[str, Stated] = {
        name: statements.as_stated(name, st.session_state[_key(offer, name)]) for name in statements.STATED_FIELDS
    }
    grid.save([offer], statements.typed_in([offer], {0: values}, {}) or {offer.id: values})


def _key(offer: answers.Offer, name: str) -> str:
    """A field belongs to the statement that was seen: after another one it begins anew."""
    return f"{offer.id}-{offer.capacity.etag if offer.capacity else ''}-{name}"


def to_be_confirmed(offers: Sequence[answers.Offer]) -> None:
    """All that "niet veranderd" states again of these, beside the button that says it of all of them."""
    with st.popover(words.WHICH, type="tertiary", help=words.WHICH_HELP):
        st.caption(words.WHICH_EXPLAINED)
        for offer in offers:
            st.html(facts(offer, session.today()))


def facts(offer: answers.Offer, today: date, mark: str = "") -> str:
    """What holds of an offer, as HTML. Never stated is no zero; `mark` says what is the matter with it."""
    name = f"<h3>{escape(offer.name)}</h3>"
    where = f'<span class="zb-where">{escape(offer.location.place)}</span>'
    lines = _lines(offer.capacity, today) if offer.capacity else [("", nl.NO_STATEMENT)]
    lines += [("zb-stale", mark)] if mark else []
    listed = "".join(f'<li class="{kind}">{escape(line)}</li>' for kind, line in lines)
    return f'<div class="zb-own"><div class="zb-head">{name}{where}</div><ul class="zb-facts">{listed}</ul></div>'


def _lines(stated: answers.Capacity, today: date) -> list[tuple[str, str]]:
    """All that "niet veranderd" states again, so that who says it has read it."""
    numbers = words.NUMBERS.format(
        open=stated.open_places,
        occupied=stated.occupied_places,
        reserved=stated.reserved_places,
        total=stated.total_places,
    )
    waits = words.WAITS.format(
        intake=showing.wait(stated.intake_wait_days).lower(), start=showing.wait(stated.treatment_wait_days).lower()
    )
    age = words.AGE.format(
        freshness=showing.freshness(stated.freshness, stated.due_on, today),
        age=showing.age_of_statement(showing.amsterdam_day(stated.stated_at), today).lower(),
    )
    stop = [("zb-due", words.STOP)] if stated.admission_stop else []
    seldom = [("", said) for name, say in _SELDOM.items() if (said := _said(getattr(stated, name), say))]
    return [("zb-start", numbers), ("", waits), *stop, *seldom, (f"zb-{stated.freshness}", age)]


_SELDOM: dict[str, Callable[[Any], str]] = {
    "waiting_count": words.waiting,
    "available_from": lambda day: words.AVAILABLE_FROM.format(day=showing.long_day(day)),
    "started_last_90_days": lambda count: words.STARTED.format(count=showing.whole(count)),
    "withdrawn_last_90_days": lambda count: words.WITHDRAWN.format(count=showing.whole(count)),
    "note": lambda note: words.NOTE.format(note=note),
}
"""What need not be stated, and how it is said when it is."""


def _said(stated: Stated, say: Callable[[Any], str]) -> str:
    return "" if stated is None else say(stated)
