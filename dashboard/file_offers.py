"""Which offer each row of a file means, asked of the planner: the likeliest stands there, all others below it.

Nothing is taken over before the planner confirms it. The answers are those to one file, read in one way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import streamlit as st

from dashboard.answers import ImportRow, Offer, ProposedOffer
from dashboard.client import JSON
from dashboard.file_columns import side_by_side
from dashboard.texts import files, nl, showing

_ASKED = {"offer-unconfirmed", "ambiguous-offer", "unknown-offer"}
"""The faults that an answer mends."""
_MOST = 200
"""Rows. So many does the service look for likely offers; a file of more strange names is another kind of file."""
_MOST_OFFERED = 150
"""Offers in every list. Who has more chooses among the likely ones: a page holds no million choices."""
_LIKELY, _AHEAD = 80, 10
"""Of 100: how alike the likeliest must be, and how much more than the next, to stand there already."""


@dataclass(frozen=True)
class _Choice:
    """What can be picked: each offer in words of its own, and those that are in every list."""

    labels: Mapping[int, str]
    always: Sequence[int]


def ask(rows: Sequence[ImportRow], offers: Sequence[Offer], key: str) -> list[JSON]:
    """What the planner confirmed: per row its offer. `key`: of this file, as its columns are read now."""
    strange = [row for row in rows if _has_question(row, offers)]
    labels = _labels(offers, [each for row in strange for each in row.proposals])
    choice = _Choice(labels, list(labels) if len(offers) <= _MOST_OFFERED else [])
    confirmed = _confirmed(strange, choice, files.STRANGE_NAMES, f"{key}-nieuw", is_open=True)
    known = [row for row in rows if row.how == "remembered" and row.offer_id in choice.always]
    return confirmed + _confirmed(known, choice, files.KNOWN_NAMES, f"{key}-eerder", is_open=False)


def _has_question(row: ImportRow, offers: Sequence[Offer]) -> bool:
    can_choose = bool(row.proposals) or len(offers) <= _MOST_OFFERED
    return can_choose and any(fault.code in _ASKED for fault in row.faults)


def is_mended_by_an_answer(row: ImportRow, offers: Sequence[Offer]) -> bool:
    """Whether the only thing wrong with a row is what its question is about."""
    return _has_question(row, offers) and all(fault.code in _ASKED for fault in row.faults)


def remembered(rows: Sequence[ImportRow]) -> list[str]:
    """What earlier files taught of the names in this one."""
    return [
        files.MEANS.format(words=row.words, meant=f"{row.offer} ({row.place})")
        for row in rows
        if row.how == "remembered"
    ]


def _confirmed(rows: Sequence[ImportRow], choice: _Choice, heading: str, key: str, *, is_open: bool) -> list[JSON]:
    """Questions in one form, so that forty names are one click; and what was confirmed of them."""
    if not rows:
        return []
    kept: dict[int, int] = st.session_state.get(f"{key}-bevestigd", {})
    asked = rows[:_MOST]
    title = heading.format(count=showing.count(len(rows), "rij", "rijen"))
    with st.expander(title, expanded=is_open and len(kept) < len(asked)), st.form(key, border=False):
        for row, cell in zip(asked, side_by_side(len(asked)), strict=True):
            with cell:
                _question(row, choice, key)
        if is_open and len(rows) > _MOST:
            st.caption(files.TOO_MANY_NAMES.format(count=_MOST))
        st.form_submit_button(files.CONFIRM_NAMES, on_click=_keep, args=(key, [row.row for row in asked]))
        if kept and (left := [str(row.row) for row in asked if row.row not in kept]):
            st.caption(files.NAMES_LEFT.format(rows=", ".join(left)))
    before = {row.row: row.offer_id for row in rows}
    return [{"row": row, "offerId": offer} for row, offer in kept.items() if offer != before.get(row)]


def _question(row: ImportRow, choice: _Choice, key: str) -> None:
    likely = [each.offer_id for each in row.proposals]
    options = [*likely, *(offer for offer in choice.always if offer not in likely)]
    meant = row.offer_id or _likeliest(row.proposals)
    st.selectbox(
        files.WHICH_OFFER.format(row=row.row, name=row.words or nl.EMPTY),
        options,
        index=options.index(meant) if meant in options else None,
        format_func=choice.labels.__getitem__,
        placeholder=files.WHICH_PLACEHOLDER,
        key=f"{key}-{row.row}",
    )


def _likeliest(proposals: Sequence[ProposedOffer]) -> int | None:
    """The one that is far more alike than the others; of twins a human must choose."""
    if not proposals or proposals[0].likeness < _LIKELY:
        return None
    is_ahead = len(proposals) == 1 or proposals[0].likeness - proposals[1].likeness >= _AHEAD
    return proposals[0].offer_id if is_ahead else None


def _keep(key: str, rows: Sequence[int]) -> None:
    picked = {row: st.session_state.get(f"{key}-{row}") for row in rows}
    st.session_state[f"{key}-bevestigd"] = {row: offer for row, offer in picked.items() if offer}


def _labels(offers: Sequence[Offer], proposals: Sequence[ProposedOffer]) -> dict[int, str]:
    """Each offer in words that no other has: with its place, else with its location, else with its number."""
    named = {each.offer_id: (each.name, each.place, each.location) for each in proposals}
    named |= {offer.id: (offer.name, offer.location.place, offer.location.name) for offer in offers}
    forms = [
        {at: f"{name} ({place})" for at, (name, place, _) in named.items()},
        {at: f"{name} ({location}, {place})" for at, (name, place, location) in named.items()},
        {at: f"{name} ({location}, {place}, {at})" for at, (name, place, location) in named.items()},
    ]
    taken = [Counter(form.values()) for form in forms]
    labels = {
        at: next((form[at] for form, often in zip(forms, taken, strict=True) if often[form[at]] == 1), forms[-1][at])
        for at in named
    }
    return dict(sorted(labels.items(), key=lambda item: item[1]))
