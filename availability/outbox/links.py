"""Links that let somebody do one thing without logging in: signed, so that nobody can make one, and they expire.

That a link works once is the database's knowledge; here is only whether it is ours, and which one.
"""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from availability.edge import PREFIX
from availability.outbox.way import Letter
from availability.settings import Settings

PURPOSE = "confirmation"
"""In the audience of each link: a token that was made for something else is none."""


class ForgedLink(ValueError):
    """It is not ours, or somebody changed it."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads links. `base` is where the API is reached."""

    base: str
    key: OctKey

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """The operator's key; the demo's own; else one that lasts as long as the process, for then nothing is sent."""
        given = settings.link_key.get_secret_value() or settings.demo_key.get_secret_value() or secrets.token_hex()
        own = hashlib.sha256(f"{PURPOSE}:{given}".encode()).hexdigest()
        return cls(settings.public_url.rstrip("/") + PREFIX, OctKey.import_key(own))

    def confirmation(self, link: UUID, expires_at: datetime) -> str:
        """The address of the page on which offers can be confirmed."""
        claims = {"aud": PURPOSE, "jti": str(link), "exp": int(expires_at.timestamp())}
        return f"{self.base}/confirmations/{jwt.encode({'alg': 'HS256'}, claims, self.key)}"

    def in_letter(self, letter: Letter) -> str | None:
        """The address that a letter carries, when it asks for a confirmation."""
        if letter.confirmation_id is None or letter.confirmation_expires is None:
            return None
        return self.confirmation(letter.confirmation_id, letter.confirmation_expires)

    def read(self, token: str) -> UUID:
        """Which link it is, expired or not: the database knows until when. Raises ForgedLink."""
        try:
            claims = jwt.decode(token, self.key, algorithms=["HS256"]).claims
            if claims["aud"] != PURPOSE:
                raise ForgedLink
            return UUID(claims["jti"])
        except (JoseError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            raise ForgedLink from None
