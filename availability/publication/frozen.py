"""Routes of what was frozen and is for everybody: browsers and proxies may keep an answer for a while."""

from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import Response

FRESH_SECONDS = 600
"""How long a quarter that was just published, or a region's new target, may go unseen."""


class FrozenRoute(APIRoute):
    """Like any other, but its answers may be kept; a refusal may not."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        answering = super().get_route_handler()

        async def answer(request: Request) -> Response:
            response = await answering(request)
            response.headers["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
            return response

        return answer
