"""Verifying tokens: the issuer's public keys in production, our own secret in the demo, and a bounded memory."""

import time
from collections.abc import Callable, Mapping
from typing import Annotated, Any

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from availability.access.identity import Identity, Role, Tokens, has_an_organisation
from availability.access.issuer_keys import KEPT_SECONDS, IssuerKeys
from availability.codes import Organisation
from availability.refusals import Unauthenticated
from availability.settings import Settings, UnsafeSettings

DEMO_ISSUER = "zorg-demo"
SHORTEST_DEMO_KEY = 32
"""As long as the hash of HS256 (RFC 7518 §3.2)."""

REMEMBERED = 10_000
"""Verified tokens kept at most; then all are forgotten, which costs one verification each."""

LEEWAY_SECONDS = 60.0
"""How far ahead of ours the issuer's clock may be: its tokens are valid from the moment they were made (RFC 7519 §4.1.5
allows "some small leeway"). A token that expired gets none: who holds it asks for another."""

_UNTRUSTED = "Uw toegangstoken is niet geldig. Vraag een nieuw token aan."
_EXPIRED = "Uw toegangstoken is verlopen. Vraag een nieuw token aan."


class RememberedTokens:
    """Verifies by `claims_of` once, and remembers the identity for an hour, or until the token expires."""

    def __init__(self, claims_of: Callable[[str], Mapping[str, Any]], issuer: str, audience: str) -> None:
        self._claims_of = claims_of
        self._issuer = issuer
        self._audience = audience
        self._known: dict[str, tuple[Identity, float]] = {}

    def recall(self, token: str) -> Identity | None:
        """The identity in a token that was verified lately; None means: verify it. Raises Unauthenticated."""
        if (known := self._known.get(token)) is None:
            return None
        identity, until = known
        now = time.time()
        if now < until:
            return identity
        self._known.pop(token, None)
        if identity.expires_at <= now:
            raise Unauthenticated(_EXPIRED)
        return None

    def verify(self, token: str) -> Identity:
        """The identity in a token that is not remembered. Raises Unauthenticated."""
        try:
            claims = self._claims_of(token)
        except (JoseError, ValueError, RecursionError) as error:  # the last: JSON nested a thousand deep
            raise Unauthenticated(_UNTRUSTED) from error
        identity = _identity(claims, self._issuer, self._audience)
        if len(self._known) >= REMEMBERED:
            self._known.clear()
        self._known[token] = identity, min(identity.expires_at, time.time() + KEPT_SECONDS)
        return identity


def _identity(claims: Mapping[str, Any], issuer: str, audience: str) -> Identity:
    """The identity that verified claims describe. Raises Unauthenticated when they are not for us or not now."""
    try:
        said = Claims.model_validate(claims)
    except ValidationError as error:
        raise Unauthenticated(_UNTRUSTED) from error
    audiences = [said.aud] if isinstance(said.aud, str) else said.aud
    if said.iss != issuer or audience not in audiences or said.nbf > time.time() + LEEWAY_SECONDS:
        raise Unauthenticated(_UNTRUSTED)
    if not has_an_organisation(Role(said.role), said.organisation):
        raise Unauthenticated(_UNTRUSTED)
    if said.exp <= time.time():
        raise Unauthenticated(_EXPIRED)
    return Identity(said.sub, Role(said.role), said.organisation, said.exp)


Moment = Annotated[float, Field(allow_inf_nan=False)]
"""Seconds since 1970. Python reads NaN from JSON, and nothing is ever later than that."""


class Claims(BaseModel):
    """What a token must say (RFC 7519), and of which type; other claims are the issuer's business."""

    model_config = ConfigDict(strict=True)

    iss: str
    aud: str | list[str]
    sub: Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f]+$", max_length=200)]
    exp: Moment
    nbf: Moment = 0
    role: Annotated[str, AfterValidator(Role)]
    organisation: Organisation


def tokens_of(settings: Settings) -> Tokens:
    """What verifies tokens here. In production only the issuer's published keys count."""
    if settings.environment == "demo":
        return demo_tokens(settings)
    return RememberedTokens(IssuerKeys(settings).claims, settings.token_issuer, settings.token_audience)


def demo_tokens(settings: Settings) -> RememberedTokens:
    key = demo_key(settings)
    return RememberedTokens(
        lambda token: jwt.decode(token, key, algorithms=["HS256"]).claims, DEMO_ISSUER, settings.token_audience
    )


def demo_key(settings: Settings) -> OctKey:
    """Raises UnsafeSettings when the key can be guessed."""
    if len(settings.demo_key.get_secret_value()) < SHORTEST_DEMO_KEY:
        raise UnsafeSettings(f"ZORG_DEMO_KEY ontbreekt of is korter dan {SHORTEST_DEMO_KEY} tekens.")
    return OctKey.import_key(settings.demo_key.get_secret_value())
