"""What somebody changes in a form, and the version that they saw when they began.

A page asks anew at every click. A form that took the newest version each time would lose what was typed as soon as a
colleague saves, or write over it unseen. So the version that was seen stays for as long as its form is on the screen.
When somebody else was first, the form begins again with the newest and with what was typed over it; the page says what
the other changed. Who then saves, chose to.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

import streamlit as st

from dashboard.client import JSON, ChangedMeanwhile, Failure
from dashboard.faults import show as show_faults
from dashboard.session import today
from dashboard.texts import showing
from dashboard.texts import supply as nl

T = TypeVar("T")

_KEPT, _EDITION = "concepten", "concepten-uitgave"
_SHORT = 60
"""A longer text is not repeated in a warning."""

Names = Mapping[str, Mapping[Any, str]]
"""Per field what people call its values."""


@dataclass
class Draft:
    """A form's beginning, by the names of the API, and what became of it."""

    what: str
    seen: JSON
    etag: str
    """Empty: there was nothing yet."""
    edition: int
    typed: JSON = field(default_factory=dict)
    """What was typed over an earlier version, and is not saved."""
    theirs: JSON | None = None
    """What somebody else changed meanwhile; None: nobody was first."""
    overtaken: bool = False

    @property
    def form(self) -> str:
        """The key of its form: another one as soon as it begins anew."""
        return f"{self.what}-{self.edition}"

    @property
    def button(self) -> str:
        """The key of the button that saves it. While Streamlit knows it, the form is on the screen."""
        return f"{self.form}-opslaan"

    @property
    def begins_with(self) -> JSON:
        return self.seen | self.typed

    def changes(self, said: Mapping[str, Any]) -> JSON:
        """What is said otherwise than it was seen: nothing else is sent, so nothing else is overwritten."""
        return {name: value for name, value in said.items() if value != self.seen.get(name)}

    def overtake(self, typed: JSON) -> None:
        """Somebody else was first. At the next run it begins anew."""
        self.typed, self.overtaken = typed, True


def of(what: str, newest: JSON, etag: str = "") -> Draft:
    """The draft of this form; a new one when the form was not on the screen."""
    kept = _on_the_screen()
    draft = kept.get(what)
    if draft is None:
        draft = Draft(what, newest, etag, _next_edition())
    elif draft.overtaken:
        theirs = {name: value for name, value in newest.items() if value != draft.seen.get(name)}
        draft = Draft(what, newest, etag, _next_edition(), draft.typed, (draft.theirs or {}) | theirs)
    st.session_state[_KEPT] = {**kept, what: draft}
    return draft


def _on_the_screen() -> dict[str, Draft]:
    kept: dict[str, Draft] = st.session_state.get(_KEPT, {})
    return {what: each for what, each in kept.items() if each.overtaken or each.button in st.session_state}


def _next_edition() -> int:
    st.session_state[_EDITION] = st.session_state.get(_EDITION, 0) + 1
    return int(st.session_state[_EDITION])


def send(draft: Draft, typed: JSON, do: Callable[[], T], labels: Mapping[str, str]) -> T | None:
    """What came of saving. None when it was refused, which is said; when somebody else was first, it begins anew.

    `typed`: what differs from what was seen; `labels`: the field → its label.
    """
    try:
        done = do()
    except ChangedMeanwhile:
        draft.overtake(typed)
        st.rerun()
    except Failure as refused:
        show_faults(refused, labels)
        return None
    st.session_state[_KEPT].pop(draft.what, None)
    return done


def warn(draft: Draft, labels: Mapping[str, str], names: Names | None = None) -> None:
    """Say that somebody else was first, what they changed, and what to do now."""
    if draft.theirs is None:
        return
    changed = [
        f"- **{labels.get(name, name)}**{_now(name, value, names or {})}" for name, value in draft.theirs.items()
    ]
    lines = [nl.OVERTAKEN, *([nl.THEY_CHANGED, "", *changed, ""] if changed else [])]
    st.warning("\n".join([*lines, nl.LOOK_AND_SAVE if draft.typed else nl.LOOK_AT_IT]))


def _now(name: str, value: Any, names: Names) -> str:  # noqa: ANN401 - a value of any field
    """ ": nu 31 december"; nothing for a list or a long text: that stands in the form."""
    if name in names and not isinstance(value, list):
        return nl.NOW.format(value=names[name].get(value, showing.UNKNOWN))
    if isinstance(value, str):
        with suppress(ValueError):
            return nl.NOW.format(value=showing.short_day(date.fromisoformat(value), today()))
        return nl.NOW.format(value=f"“{value}”") if len(value) <= _SHORT else ""
    return "" if isinstance(value, list | dict) else nl.NOW.format(value=showing.value(value))
