"""Tokens and accounts of the demo. Production mints nothing and accepts none of these."""

import uuid
from datetime import datetime, timedelta

from joserfc import jwt

from availability.access.identity import Role
from availability.access.tokens import DEMO_ISSUER, demo_key
from availability.settings import Settings

VALID_FOR = timedelta(hours=12)


def mint_demo_token(settings: Settings, role: Role | str, organisation: str, now: datetime) -> str:
    """A token for one role at one organisation. Raises ValueError on an unknown role."""
    claims = {
        "iss": DEMO_ISSUER,
        "aud": settings.token_audience,
        "sub": f"demo-{uuid.uuid5(uuid.NAMESPACE_URL, f'{role}/{organisation}').hex[:12]}",
        "role": Role(role).value,
        "organisation": organisation,
        "iat": int(now.timestamp()),
        "exp": int((now + VALID_FOR).timestamp()),
    }
    return jwt.encode({"alg": "HS256"}, claims, demo_key(settings))
