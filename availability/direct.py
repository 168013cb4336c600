"""A route for a hot path: what is asked reaches the function as it came, and its answer leaves as it is."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

Answering = Callable[[Request], Awaitable[Response]]


class DirectRoute(APIRoute):
    """Described and refused like any other; but with no dependencies to solve and nothing to make JSON of, which for a
    function that takes the request and gives the response costs more than calling it."""

    def __init__(self, path: str, endpoint: Answering, **described: Any) -> None:  # noqa: ANN401 - FastAPI's own
        super().__init__(path, endpoint, **described)
        self.app = _straight_to(endpoint)


def _straight_to(endpoint: Answering) -> ASGIApp:
    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        response = await endpoint(Request(scope, receive))
        await response(scope, receive, send)

    return app
