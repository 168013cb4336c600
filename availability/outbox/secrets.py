"""Secret addresses: made at random, shown once, and known again by a digest."""

import hashlib
import secrets

SECRET_BYTES = 32


def new_secret() -> str:
    """256 random bits, as they fit in an address."""
    return secrets.token_urlsafe(SECRET_BYTES)


def digest_of(secret: str) -> str:
    """What is kept of a secret: nobody can guess it, so a plain hash does."""
    return hashlib.sha256(secret.encode()).hexdigest()
