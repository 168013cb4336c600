"""The edge of the service: the one middleware. It names each request, times it, guards the answer's headers, and turns
what nobody expected into a problem.

Pure ASGI and one for all, because a middleware that wraps request and response objects costs more than the matching.
"""

import time
from hmac import compare_digest
from typing import Any

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from availability.observability import metrics, tell, tell_failure
from availability.problems import Unexpected, answer
from availability.refusals import NotFound
from availability.request_id import enter_request

API_VERSION = "0.1.0"
PREFIX = "/v1"
"""Under it is the API; only what an operator reads lies beside it."""

METRICS = "/metrics"

HEADERS = [
    (b"api-version", API_VERSION.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
]
UNLESS_SAID = (
    (b"cache-control", b"no-store"),  # an answer may be about a child
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),  # no page, unless a route makes one
)
"""What holds when a route does not say otherwise."""

APOLOGY = "Er ging bij ons iets mis. Probeer het straks opnieuw of meld het ons."
NO_SUCH_ADDRESS = "Dit adres bestaat niet. Kijk in de beschrijving van de API welke adressen er zijn."


HUNG_UP = 499
"""The caller left before its request was read. No status of HTTP; nginx counts it under this number."""


class BrokenAnswer(Exception):
    """An answer stopped half-way; the log says why."""


class Edge:
    """`metrics_token`: what Prometheus brings to read the metrics; empty: everybody may, None: nobody."""

    def __init__(self, app: ASGIApp, metrics_token: str | None = None) -> None:
        self.app = app
        self._metrics_token = metrics_token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = enter_request(_header(scope, b"x-request-id"))
        status = 0

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                _guard(message, request_id)
            await send(message)

        try:
            await self._serve(scope, receive, send_guarded)
        except ClientDisconnect:  # nobody is left to answer, and nothing of ours failed
            status = HUNG_UP
        except Exception as error:  # the last one who can: an answer is due, and the log must tell
            tell_failure(error, request_id)
            if status:
                raise BrokenAnswer from None  # half an answer went out already: let the server cut the connection
            await answer(Unexpected(APOLOGY))(scope, receive, send_guarded)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            tell(scope["method"], route, status, time.perf_counter() - began, request_id)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, root = scope["path"], scope.get("root_path", "")
        if path.startswith(f"{root}{PREFIX}/"):
            scope["root_path"] = root + PREFIX  # so that routes, and their description, do without the prefix
            await self.app(scope, receive, send)
        elif path == root + METRICS and self._may_measure(scope):
            await metrics()(scope, receive, send)
        else:
            await answer(NotFound(NO_SUCH_ADDRESS))(scope, receive, send)

    def _may_measure(self, scope: Scope) -> bool:
        """Who may not is told that there is nothing: how busy we are, and with what, is the operator's."""
        if not self._metrics_token:
            return self._metrics_token is not None
        return compare_digest(_header(scope, b"authorization") or b"", b"Bearer " + self._metrics_token.encode())


def _header(scope: Scope, wanted: bytes) -> bytes | None:
    return next((value for name, value in scope["headers"] if name == wanted), None)


def _guard(start: Any, request_id: str) -> None:  # noqa: ANN401 - an ASGI message
    given = start["headers"]
    said = {name for name, _ in given}
    unsaid = [header for header in UNLESS_SAID if header[0] not in said]
    start["headers"] = [*given, *HEADERS, *unsaid, (b"x-request-id", request_id.encode())]
