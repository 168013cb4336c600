"""What a click did not get done. A callback runs before its page, where nobody catches what it raises: so the failure
is kept, and told by the page that is then shown."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboard import session
from dashboard.client import Failure, SignInNeeded


@contextmanager
def telling(where: str) -> Iterator[None]:
    """Do in here what may fail. Whoever is no longer signed in is asked to sign in."""
    try:
        yield
    except SignInNeeded as expired:
        session.sign_out(expired.sentence)
    except Failure as failure:
        st.session_state[where] = failure


def told(where: str) -> Failure | None:
    """What failed at the last click, told once."""
    failure: Failure | None = st.session_state.pop(where, None)
    return failure
