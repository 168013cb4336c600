"""The name of the request that is being served: in the answer, in the log and in the audit."""

import re
import secrets
from contextvars import ContextVar

_current: ContextVar[str | None] = ContextVar("request_id", default=None)

_ACCEPTED = re.compile(rb"[A-Za-z0-9-]{8,64}")
"""A caller's own id is kept when it is plain; anything else could break a log line."""


def current_request_id() -> str | None:
    return _current.get()


def enter_request(given: bytes | None) -> str:
    """Start a request under the caller's id, or a new one."""
    name = given.decode() if given is not None and _ACCEPTED.fullmatch(given) else secrets.token_hex(16)
    _current.set(name)
    return name
