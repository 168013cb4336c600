"""The edge of the service: one middleware that names, times, counts and logs each request, and guards the headers.

It knows route templates, statuses and durations; never a path, a query, a header or a body, because those may say
something of a child.
"""

import logging
import sys
import time
import traceback
from typing import Any

import structlog
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from availability.problems import Unexpected, answer
from availability.request_id import enter_request

API_VERSION = "0.1.0"

REQUESTS = Counter("zorg_http_requests_total", "Answered requests.", ("method", "route", "status"))
DURATION = Histogram(
    "zorg_http_request_seconds",
    "Time to the last byte of an answer.",
    ("route",),
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)

HEADERS = [
    (b"api-version", API_VERSION.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]
NOT_KEPT = ((b"cache-control", b"no-store"),)
"""Unless a route says otherwise: an answer may be about a child."""

APOLOGY = "Er ging bij ons iets mis. Probeer het straks opnieuw of meld het ons."

_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = structlog.get_logger("zorg")


def configure_logs(log_format: str) -> None:
    """One JSON object a line on standard output, or readable lines for a developer."""
    render: Any = (
        structlog.processors.JSONRenderer()
        if log_format == "json"
        else structlog.dev.ConsoleRenderer(colors=sys.stdout.isatty())
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            render,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        cache_logger_on_first_use=False,
    )


async def metrics(_: Request) -> Response:
    """What Prometheus reads."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


class BrokenAnswer(Exception):
    """An answer stopped half-way; the log says why."""


def _where(error: BaseException) -> list[str]:
    """The way to the error, innermost last: places only, because an error's own text may hold what somebody sent."""
    return [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(error.__traceback__)]


class Edge:
    """Pure ASGI, because a middleware that wraps request and response objects costs more than the matching."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()
        request_id = enter_request(dict(scope["headers"]).get(b"x-request-id"))
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                given = message["headers"]
                keep = () if any(name == b"cache-control" for name, _ in given) else NOT_KEPT
                message["headers"] = [*given, *HEADERS, *keep, (b"x-request-id", request_id.encode())]
            await send(message)

        try:
            await self.app(scope, receive, send_with_headers)
        except Exception as error:
            log.error("unexpected", request_id=request_id, error=type(error).__name__, where=_where(error))
            if status:
                raise BrokenAnswer from None  # half an answer went out already: let the server cut the connection
            await answer(Unexpected(APOLOGY))(scope, receive, send_with_headers)
        finally:
            self._account(scope, status, time.perf_counter() - began, request_id)

    def _account(self, scope: Scope, status: int, seconds: float, request_id: str) -> None:
        route = getattr(scope.get("route"), "path", "-")
        method = scope["method"] if scope["method"] in _METHODS else "-"
        REQUESTS.labels(method, route, status).inc()
        DURATION.labels(route).observe(seconds)
        log.info(
            "request", request_id=request_id, method=method, route=route, status=status, ms=round(seconds * 1000, 3)
        )
