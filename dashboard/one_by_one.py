"""A provider's offers one under the other, for a phone: the numbers, "Niet veranderd", and a form for what did change.

The statements go the same way as from the grid: the same versions, the same undo, the same faults.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape

import streamlit as st

from dashboard import answers, grid, session, statements
from dashboard.statements import Stated, Typed
from dashboard.texts import nl, showing
from dashboard.texts import places as words

_VIEW = "weergave"


def chosen() -> bool:
    """Whether the offers stand one under the other. A phone begins that way; everybody may choose."""
    begins = words.CARDS if on_a_phone(st.context.headers.get("User-Agent", "")) else words.TABLE
    view = st.segmented_control(
        words.VIEW,
        [words.TABLE, words.CARDS],
        default=begins,
        required=True,
        key=_VIEW,
        label_visibility="collapsed",
    )
    return bool(view == words.CARDS)


def on_a_phone(browser: str) -> bool:
    """By how the browser names itself: phones say "Mobile", on every make."""
    return "Mobi" in browser


def show(offers: Sequence[answers.Offer]) -> Typed:
    """A card per offer. Returns what was typed and could not be saved."""
    typed = grid.kept(offers)
    for offer in offers:
        with st.container(border=True, key=f"kaart-{offer.id}"):
            st.html(facts(offer, session.today(), nl.REFUSED_MARK if offer.id in typed else ""))
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
        cells = st.grid(2, min_column_width=130)
        for name in statements.STATED_FIELDS:
            _field(cells, name, _key(offer, name), typed.get(name, statements.stated_value(offer.capacity, name)))
        pressed = st.form_submit_button(words.SAVE, type="primary", on_click=_save, args=(offer,), width="stretch")
    if pressed:
        st.rerun()


def _field(cells: st.delta_generator.DeltaGenerator, name: str, key: str, value: Stated) -> None:
    label, help_ = nl.FIELDS[name], nl.FIELD_HELP[name]
    if name == "admission_stop":
        cells.checkbox(label, value=bool(value), key=key, help=help_)
    else:
        cells.number_input(label, min_value=0, step=1, value=value, key=key, help=help_)


def _save(offer: answers.Offer) -> None:
    """Saving what is the same as before says that it still holds."""
    values: dict[str, Stated] = {name: st.session_state[_key(offer, name)] for name in statements.STATED_FIELDS}
    grid.save([offer], statements.typed_in([offer], {0: values}, {}) or {offer.id: values})


def _key(offer: answers.Offer, name: str) -> str:
    """A field belongs to the statement that was seen: after another one it begins anew."""
    return f"{offer.id}-{offer.capacity.etag if offer.capacity else ''}-{name}"


def facts(offer: answers.Offer, today: date, mark: str = "") -> str:
    """What holds of an offer, as HTML. Never stated is no zero; `mark` says what is the matter with it."""
    name = f"<h3>{escape(offer.name)}</h3>"
    where = f'<span class="zb-where">{escape(offer.location.place)}</span>'
    lines = _lines(offer.capacity, today) if offer.capacity else [("", nl.NO_STATEMENT)]
    lines += [("zb-stale", mark)] if mark else []
    listed = "".join(f'<li class="{kind}">{escape(line)}</li>' for kind, line in lines)
    return f'<div class="zb-own"><div class="zb-head">{name}{where}</div><ul class="zb-facts">{listed}</ul></div>'


def _lines(stated: answers.Capacity, today: date) -> list[tuple[str, str]]:
    numbers = words.NUMBERS.format(
        open=stated.open_places,
        occupied=stated.occupied_places,
        reserved=stated.reserved_places,
        total=stated.total_places,
    )
    waits = words.WAITS.format(
        intake=showing.wait(stated.intake_wait_days), start=showing.wait(stated.treatment_wait_days)
    )
    age = f"{showing.FRESHNESS[stated.freshness]}, {showing.days_ago(showing.amsterdam_day(stated.stated_at), today)}"
    lines = [("zb-start", numbers), ("", waits)]
    if stated.waiting_count is not None:
        lines.append(("", words.waiting(stated.waiting_count)))
    if stated.admission_stop:
        lines.append(("zb-due", words.STOP))
    return [*lines, (f"zb-{stated.freshness}", age)]
