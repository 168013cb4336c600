"""What the service tells of itself while it runs: one log line and a few counts per request.

They name route templates, statuses and durations; never a path, a query, a header, a body or an error's own text,
because those may say something of a child.
"""

import logging
import traceback
from functools import lru_cache
from io import FileIO
from typing import Any, BinaryIO, cast

import orjson
import structlog
from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest
from starlette.responses import Response

REQUESTS = Counter("zorg_http_requests_total", "Answered requests.", ("method", "route", "status"))
DURATION = Histogram(
    "zorg_http_request_seconds",
    "Time to the last byte of an answer.",
    ("route",),
    buckets=(0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

STANDARD_OUTPUT = cast("BinaryIO", FileIO(1, "w", closefd=False))
"""Unbuffered: a line is written whole, also when several workers share it."""

log = structlog.get_logger("zorg")


def configure_logs(log_format: str) -> None:
    """One JSON object a line on standard output, or readable lines for a developer."""
    _bound.cache_clear()
    as_json = log_format == "json"
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(orjson.dumps) if as_json else structlog.dev.ConsoleRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.BytesLoggerFactory(STANDARD_OUTPUT) if as_json else structlog.PrintLoggerFactory(),
    )


def metrics() -> Response:
    """What Prometheus reads."""
    return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)


@lru_cache(maxsize=2000)  # finding the labels costs more than counting
def _counts(method: str, route: str, status: int) -> tuple[Any, Any]:
    return REQUESTS.labels(method, route, status), DURATION.labels(route)


@lru_cache(maxsize=1)  # finding out how to log costs more than logging
def _bound() -> Any:  # noqa: ANN401 - structlog's
    return log.bind()


def tell(method: str, route: str, status: int, seconds: float, request_id: str) -> None:
    """Count and log one answered request."""
    method = method if method in _METHODS else "-"
    requests, duration = _counts(method, route, status)
    requests.inc()
    duration.observe(seconds)
    _bound().info(
        "request", request_id=request_id, method=method, route=route, status=status, ms=round(seconds * 1000, 3)
    )


def tell_failure(error: BaseException, request_id: str) -> None:
    """Log what nobody expected: which kind, and the way to it, innermost last."""
    frames = traceback.extract_tb(error.__traceback__)
    where = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    log.error("unexpected", request_id=request_id, error=type(error).__name__, where=where)
