"""One key for what was filled in, however often it is sent: a double click, a page that runs again, a line that fell.

The key belongs to the content. Sent again within a moment it is the same wish, and the API answers what it did the
first time. A while after it was done, the same content is meant anew: one can talk with a provider twice in a day.
"""

import json
from collections.abc import Callable, MutableMapping
from dataclasses import dataclass, field
from hashlib import sha256
from time import monotonic
from typing import Any
from uuid import uuid4

import streamlit as st

SAME_CLICK_SECONDS = 20.0
"""Longer than anybody takes for a double click; shorter than it takes to mean the same twice."""

_KEPT = "sleutels"


@dataclass
class Sending:
    """A key, and when what it stands for was done; None: that is not known yet."""

    key: str
    done_at: float | None = None


@dataclass
class Keys:
    """The keys of one session. Nothing of the content is kept but a digest."""

    kept: MutableMapping[str, Sending] = field(default_factory=dict)
    now: Callable[[], float] = monotonic

    def sending(self, *content: Any) -> Sending:  # noqa: ANN401 - what goes into a request: an address and its JSON
        """The sending of this content: the one that runs, or was done a moment ago, else a new one."""
        self._forget_what_is_past()
        digest = sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()
        return self.kept.setdefault(digest, Sending(uuid4().hex))

    def done(self, sending: Sending) -> None:
        sending.done_at = self.now()

    def _forget_what_is_past(self) -> None:
        past = self.now() - SAME_CLICK_SECONDS
        over = [digest for digest, each in self.kept.items() if each.done_at is not None and each.done_at < past]
        for digest in over:
            del self.kept[digest]


def keys() -> Keys:
    """Of whoever sits at this screen."""
    kept: Keys = st.session_state.setdefault(_KEPT, Keys())
    return kept
