"""Who sits at the screen: signed in by a token, kept on the server, gone when the token expires."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import streamlit as st
from joserfc.errors import JoseError
from joserfc.jws import extract_compact

from dashboard import door
from dashboard.client import Client, Failure, SignInNeeded, connect
from dashboard.settings import Settings
from dashboard.texts import nl, showing

_PERSON = "person"
_FAREWELL = "farewell"
_GONE = "gone"
_JUST_IN = "just_in"
_PAGES = "pages"
_TYPED, _UNSAVED = "typed", "unsaved"


@dataclass(frozen=True, slots=True)
class Person:
    """A role in an organisation; never a name."""

    token: str
    role: str
    organisation: str
    organisation_name: str
    expires_at: datetime | None = None
    demo: bool = False
    """Everything this person sees is invented."""


@st.cache_resource(show_spinner=False)
def api() -> Client:
    """The one connection of this process."""
    return connect(Settings())


@st.cache_resource(show_spinner=False)
def _left() -> dict[bytes, datetime]:
    """Digests of the tokens that were signed out with, until they expire: other tabs hold them, and copied cookies."""
    return {}


@st.cache_resource(show_spinner=False)
def _known_browsers() -> dict[str, Person]:
    """Who came in last with a browser of the demo, by its number: one entry each, for as long as the process lives."""
    return {}


def has_provider() -> bool:
    """Whether people sign in with a provider of identities, and not with a token that they were given."""
    return bool(door.provider_of(Settings()))


def person() -> Person | None:
    """Who is signed in, a moment ago or before the page was loaded again; nobody once the token has expired."""
    current: Person | None = st.session_state.get(_PERSON) or _recognised()
    if current and has_left(current.token):
        _forget(nl.SIGNED_OUT_ELSEWHERE)  # of this tab only: the browser may be somebody else's by now
        return None
    if current and current.expires_at and current.expires_at <= datetime.now(UTC):
        sign_out(nl.SIGNED_OUT_BY_TIME)
        return None
    return current


def _recognised() -> Person | None:
    """Who this browser is known as. Once somebody signed out here, only signing in again helps."""
    if _GONE in st.session_state:
        return None
    if known := _known_browsers().get(door.this_browser()):
        st.session_state[_PERSON] = known
    elif (token := door.token_of_provider()) and not has_left(token):
        try:
            sign_in(token)
        except SignInNeeded as refused:
            sign_out(refused.sentence)
        except Failure:
            return None  # the page that is shown now says so, and can be tried again
    current: Person | None = st.session_state.get(_PERSON)
    return current


def someone() -> Person:
    """Who is signed in, on pages that only they can open."""
    current = person()
    if current is None:
        raise SignInNeeded(nl.SIGNED_OUT_BY_TIME)
    return current


def sign_in(token: str, expires_at: datetime | None = None, *, demo: bool = False) -> None:
    """Ask the API who this token is, and remember it. Raises Failure when the API does not trust it."""
    me = api().me(token)
    _left().pop(_digest(token), None)  # who signed out with it and brings it anew may
    unsaved = st.session_state.get(_UNSAVED)
    st.session_state.clear()
    if unsaved and unsaved[:2] == (me.role, me.organisation):
        st.session_state[_UNSAVED] = unsaved
    name = me.organisation_name or nl.NO_ORGANISATION
    st.session_state[_PERSON] = Person(token, me.role, me.organisation, name, expires_at, demo)
    st.session_state[_JUST_IN] = True
    if demo and (browser := door.this_browser()):
        _known_browsers()[browser] = st.session_state[_PERSON]


def sign_out(farewell: str = "") -> None:
    """Forget everything of this session and who this browser was; `farewell` is shown on the next page.

    What was not saved is kept for who signs in again for the same organisation, unless they left of their own will,
    without a farewell.
    """
    typed = st.session_state.get(_TYPED) if farewell else None
    _forget(farewell)
    if typed:
        st.session_state[_UNSAVED] = typed
    _known_browsers().pop(door.this_browser(), None)


def _forget(farewell: str) -> None:
    st.session_state.clear()
    st.session_state[_GONE], st.session_state[_FAREWELL] = True, farewell


def keep_unsaved(typed: Any) -> None:  # noqa: ANN401 - whatever a page keeps
    """Keep what this person typed and did not save, should they have to sign in again; nothing typed: forget it."""
    current: Person | None = st.session_state.get(_PERSON)
    st.session_state[_TYPED] = (current.role, current.organisation, typed) if current and typed else None


def unsaved() -> Any:  # noqa: ANN401 - as it was kept
    """What this person typed before they had to sign in again; once, and nothing otherwise."""
    *_, typed = st.session_state.pop(_UNSAVED, None) or (None,)
    return typed


def leave() -> None:
    """Sign out because the person wants to: in every tab, and with the provider, or it would let in who sits next."""
    current: Person | None = st.session_state.get(_PERSON)
    given = door.token_of_provider()
    for token in {given, current.token if current else ""} - {""}:
        _remember_left(token)
    sign_out()
    if given:
        st.logout()


def has_left(token: str) -> bool:
    """Whether somebody signed out with this token, in this process."""
    return _digest(token) in _left()


def _remember_left(token: str) -> None:
    """Not for longer than needed: once a token has expired, the API refuses it too."""
    left, now = _left(), datetime.now(UTC)
    for digest in [digest for digest, expires in tuple(left.items()) if expires <= now]:
        left.pop(digest, None)
    left[_digest(token)] = _expiry_of(token) or now + timedelta(days=1)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def _expiry_of(token: str) -> datetime | None:
    """When a token that the API trusted says that it expires; None when it does not say so in a way that we read."""
    try:
        return datetime.fromtimestamp(json.loads(extract_compact(token.encode()).payload)["exp"], UTC)
    except (JoseError, ValueError, LookupError, TypeError, OverflowError):
        return None


def just_in() -> bool:
    """Whether this is the first page since signing in; asked once."""
    return bool(st.session_state.pop(_JUST_IN, False))


def remember_pages(pages: dict[str, st.Page]) -> None:
    """The pages of this person, for who is led to another."""
    st.session_state[_PAGES] = pages


def go_to(page: str) -> None:
    """To another page of this person; stay here when the role has no such page."""
    if chosen := st.session_state.get(_PAGES, {}).get(page):
        st.switch_page(chosen)


def farewell() -> str:
    return str(st.session_state.pop(_FAREWELL, ""))


def today() -> date:
    """The date in Amsterdam. The API judges by its own calendar; this one only fills in forms."""
    return showing.amsterdam_day(datetime.now(UTC))
