"""From a refusal to an HTTP answer (RFC 9457). The only place that knows statuses.

An expected refusal is information: it is answered, not logged as an error. What nobody expected is logged with the
request's id and answered without details.
"""

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from psycopg.errors import Diagnostic
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from availability.access.denials import keep_if_denied
from availability.constraints import refusal_by
from availability.faults import faults_in_request
from availability.messages import FieldFault, Problem
from availability.refusals import (
    Conflict,
    Gone,
    Invalid,
    MethodNotAllowed,
    NotAllowed,
    NotFound,
    PreconditionFailed,
    PreconditionMissing,
    Refusal,
    TooLarge,
    Unauthenticated,
    Unavailable,
)

PROBLEM_JSON = "application/problem+json"

TYPE = "/v1/problems/"
"""Starts the type of every problem: an address of this service that says what it is (RFC 9457 §3.1.1, a full path)."""


class Unexpected(Refusal):
    """We failed. No details: they are in the log."""

    code = "unexpected"
    title = "Er ging iets mis"
    advice = "Stuur hetzelfde straks nog eens. Meld het ons als het blijft, met X-Request-Id uit het antwoord."


STATUSES: dict[type[Refusal], int] = {
    Invalid: 400,
    Unauthenticated: 401,
    NotAllowed: 403,
    NotFound: 404,
    MethodNotAllowed: 405,
    Conflict: 409,
    Gone: 410,
    PreconditionFailed: 412,
    TooLarge: 413,
    PreconditionMissing: 428,
    Unexpected: 500,
    Unavailable: 503,
}
"""Which status a family of refusals has."""

_HEADERS: dict[int, dict[str, str]] = {
    401: {"WWW-Authenticate": 'Bearer realm="zorgbeschikbaarheid"'},
    503: {"Retry-After": "2"},
}


def status_of(kind: type[Refusal]) -> int:
    """The status of the nearest family in the table."""
    return next(STATUSES[family] for family in kind.__mro__ if family in STATUSES)


def problem_of(refusal: Refusal) -> Problem:
    """The refusal in the words of RFC 9457."""
    faults = [FieldFault(pointer=each.pointer, detail=each.detail, code=each.code) for each in refusal.faults]
    return Problem(
        type=TYPE + refusal.code,
        title=refusal.title,
        status=status_of(type(refusal)),
        detail=refusal.detail,
        errors=faults or None,
    )


def answer(refusal: Refusal, headers: dict[str, str] | None = None) -> Response:
    """The refusal as an HTTP answer."""
    problem = problem_of(refusal)
    content = problem.model_dump_json(by_alias=True, exclude_none=True)
    return Response(content, problem.status, {**_HEADERS.get(problem.status, {}), **(headers or {})}, PROBLEM_JSON)


async def refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refusal)
    await keep_if_denied(request, error)
    return answer(error)


async def wrong_request(_: Request, error: Exception) -> Response:
    """Path, query or headers that FastAPI could not read."""
    assert isinstance(error, RequestValidationError)
    return answer(Invalid("De invoer klopt niet.", faults_in_request(error.errors())))


_ROUTING: dict[int, Refusal] = {
    404: NotFound("Dit adres bestaat niet. Kijk in de beschrijving van de API welke adressen er zijn."),
    405: MethodNotAllowed("Dit kan niet op dit adres. Kijk in de beschrijving van de API wat hier wel kan."),
}


async def wrong_address(request: Request, error: Exception) -> Response:
    """What the router refuses: an unknown path, or a method it does not have."""
    assert isinstance(error, HTTPException)
    refusal = _ROUTING.get(error.status_code, Invalid("Dit verzoek is niet te lezen."))
    return answer(refusal, {"Allow": ", ".join(_methods_at(request))} if error.status_code == 405 else None)


def _methods_at(request: Request) -> list[str]:
    """Every method of an address; the router itself names only those of the first route that fits."""
    path = request.scope["path"].removeprefix(request.scope["root_path"])
    fitting = (route for route in request.app.routes if isinstance(route, Route) and route.path_regex.match(path))
    return sorted({method for route in fitting for method in route.methods or ()})


async def broken_promise(_: Request, error: Exception) -> Response:
    """A constraint of the database said no: its name tells which sentence fits."""
    assert isinstance(error, IntegrityError)
    diagnostic: Diagnostic | None = getattr(error.orig, "diag", None)
    refusal = refusal_by((diagnostic and diagnostic.constraint_name) or "")
    if refusal is None:
        raise error
    return answer(refusal)


async def database_gone(_: Request, error: Exception) -> Response:
    assert isinstance(error, OperationalError)
    return answer(Unavailable("De database is even niet bereikbaar. Probeer het zo opnieuw."))


async def too_busy(_: Request, error: Exception) -> Response:
    """Every connection with the database stayed in use for as long as we wait for one."""
    assert isinstance(error, NoConnectionFree)
    return answer(Unavailable("Het is nu te druk. Probeer het zo opnieuw."))


def answer_with_problems(app: FastAPI) -> None:
    """Let every refusal and every failure of `app` be answered as problem+json. Async handlers spare a thread hop."""
    app.add_exception_handler(Refusal, refused)
    app.add_exception_handler(RequestValidationError, wrong_request)
    app.add_exception_handler(HTTPException, wrong_address)
    app.add_exception_handler(IntegrityError, broken_promise)
    app.add_exception_handler(OperationalError, database_gone)
    app.add_exception_handler(NoConnectionFree, too_busy)
