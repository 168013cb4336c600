"""Who is calling: the role and the organisation in a bearer token, never a person's name.

How a token is verified is `tokens`' knowledge; a token that was verified is remembered there for an hour.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Protocol

from fastapi import Depends, Request, Security
from fastapi.openapi.models import HTTPBearer as BearerScheme
from fastapi.security.base import SecurityBase
from starlette.concurrency import run_in_threadpool

from availability.refusals import Unauthenticated


class Role(StrEnum):
    PROVIDER = "provider"
    LOCAL_TEAM = "local-team"
    YOUTH_PROTECTION = "youth-protection"
    RET_CHAIR = "ret-chair"
    REGIONAL_CONTACT = "regional-contact"
    CARE_BROKER = "care-broker"
    CONTRACT_MANAGER = "contract-manager"
    BACK_OFFICE = "back-office"
    OFFICIAL = "official"
    ADMIN = "admin"


NOBODY = "-"
"""The organisation of who works for none."""


def has_an_organisation(role: Role, organisation: str) -> bool:
    """Whether this role may come from there: without an organisation, the cases of strangers would be each other's."""
    return organisation != NOBODY or role is Role.ADMIN


@dataclass(frozen=True, slots=True)
class Identity:
    """A verified caller."""

    subject: str
    role: Role
    organisation: str
    """A municipality (`GM0202`), a youth region (`JZ28`), an AGB code, or `-` for an administrator."""
    expires_at: float
    """Seconds since 1970."""


class Tokens(Protocol):
    """Verifies tokens; `recall` is quick and never blocks, `verify` may fetch the issuer's keys."""

    def recall(self, token: str) -> Identity | None: ...

    def verify(self, token: str) -> Identity: ...


NO_TOKEN = "Meld u aan: stuur een toegangstoken mee (Authorization: Bearer …)."  # noqa: S105 - a sentence


def bearer_token(request: Request) -> str | None:
    """The token in the Authorization header, if there is one. Raises Unauthenticated on another scheme or on two."""
    headers = request.headers.getlist("authorization")
    if not headers:
        return None
    scheme, _, token = headers[0].partition(" ")
    if len(headers) > 1 or scheme.lower() != "bearer" or not token.strip():
        raise Unauthenticated(NO_TOKEN)
    return token.strip()


def identify(request: Request) -> Identity:
    """The caller of this request. May wait for the issuer's keys. Raises Unauthenticated."""
    token = bearer_token(request)
    if token is None:
        raise Unauthenticated(NO_TOKEN)
    tokens: Tokens = request.app.state.tokens
    return tokens.recall(token) or tokens.verify(token)


class Bearer(SecurityBase):
    """The scheme as OpenAPI describes it; calling it gives the caller without a thread hop for a known token."""

    def __init__(self) -> None:
        self.model = BearerScheme(bearerFormat="JWT", description="Een toegangstoken met rol en organisatie.")
        self.scheme_name = "bearer"

    async def __call__(self, request: Request) -> Identity:
        token = bearer_token(request)
        if token is None:
            raise Unauthenticated(NO_TOKEN)
        tokens: Tokens = request.app.state.tokens
        known = tokens.recall(token)
        return known if known is not None else await run_in_threadpool(tokens.verify, token)


bearer = Bearer()


async def visitor(request: Request) -> Identity | None:
    """The caller where everybody may look, and somebody with a token sees more; a wrong token stays wrong."""
    return None if bearer_token(request) is None else await bearer(request)


Caller = Annotated[Identity, Security(bearer)]
Visitor = Annotated[Identity | None, Depends(visitor)]
