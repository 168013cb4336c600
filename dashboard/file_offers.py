"""Which offer each row of a file means, asked of the planner: the likeliest stands there, all others below it.

Nothing is taken over before the planner confirms it. The answers are those to one file, read in one way.
"""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.answers import ImportRow, Offer, ProposedOffer
from dashboard.client import JSON
from dashboard.texts import files, nl, showing

_ASKED = {"offer-unconfirmed", "ambiguous-offer", "unknown-offer"}
"""The faults that an answer mends."""
_MOST = 200
"""Rows. So many does the service look for likely offers; a file of more strange names is another kind of file."""
_LIKELY, _AHEAD = 80, 10
"""Of 100: how alike the likeliest must be, and how much more than the next, to stand there already."""


def ask(rows: Sequence[ImportRow], offers: Sequence[Offer], key: str) -> list[JSON]:
    """What the planner confirmed: per row its offer. `key`: of this file, as its columns are read now."""
    strange = [row for row in rows if any(fault.code in _ASKED for fault in row.faults)]
    labels = _labels(offers, [each for row in strange for each in row.proposals])
    confirmed = _confirmed(strange, labels, files.STRANGE_NAMES, f"{key}-nieuw", is_open=True)
    known = [row for row in rows if row.how == "remembered" and row.offer_id in labels]
    return confirmed + _confirmed(known, labels, files.KNOWN_NAMES, f"{key}-eerder", is_open=False)


def remembered(rows: Sequence[ImportRow]) -> list[str]:
    """What earlier files taught of the names in this one."""
    return [
        files.MEANS.format(words=row.words, meant=f"{row.offer} ({row.place})")
        for row in rows
        if row.how == "remembered"
    ]


def _confirmed(
    rows: Sequence[ImportRow], labels: Mapping[int, str], heading: str, key: str, *, is_open: bool
) -> list[JSON]:
    """Questions in one form, so that forty names are one click; and what was confirmed of them."""
    if not rows:
        return []
    kept: dict[int, int] = st.session_state.get(f"{key}-bevestigd", {})
    asked = rows[:_MOST]
    title = heading.format(count=showing.count(len(rows), "rij", "rijen"))
    with st.expander(title, expanded=is_open and len(kept) < len(asked)), st.form(key, border=False):
        for row in asked:
            _question(row, labels, key)
        if len(rows) > _MOST:
            st.caption(files.TOO_MANY_NAMES.format(count=_MOST))
        st.form_submit_button(files.CONFIRM_NAMES, on_click=_keep, args=(key, [row.row for row in asked]))
    before = {row.row: row.offer_id for row in rows}
    return [{"row": row, "offerId": offer} for row, offer in kept.items() if offer != before.get(row)]


def _question(row: ImportRow, labels: Mapping[int, str], key: str) -> None:
    likely = [each.offer_id for each in row.proposals]
    options = [*likely, *(offer for offer in labels if offer not in likely)]
    meant = row.offer_id or _likeliest(row.proposals)
    st.selectbox(
        files.WHICH_OFFER.format(row=row.row, name=row.words or nl.EMPTY),
        options,
        index=options.index(meant) if meant in options else None,
        format_func=labels.__getitem__,
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
