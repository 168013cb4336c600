"""The issuer's published keys (RFC 7517): read when needed, kept for a while, and kept on when the issuer is away."""

import json
import threading
import time
from collections.abc import Iterator, Mapping
from http.client import HTTPException, HTTPMessage
from typing import IO, Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import HTTPRedirectHandler, Request, build_opener

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import GuestProtocol, JWKRegistry, Key, KeySet

from availability.observability import log
from availability.refusals import Unavailable
from availability.settings import Settings

KEPT_SECONDS = 3600.0
"""How long the issuer's keys are kept, and what was judged by them. A token whose key the issuer withdrew passes no
longer than both together, as long as the issuer answers."""

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, JoseError)
"""What comes of a document, or of one key in it, that is not what it should be."""


class IssuerKeys:
    """The issuer's key set: read at first use, when a token names a key we do not know yet, and anew every hour."""

    ALGORITHMS = ("RS256", "ES256", "EdDSA", "Ed25519")
    REFETCH_SECONDS = 60.0
    """A floor, so that invented key names cannot make us call the issuer all day."""
    FIRST_SECONDS = 2.0
    """The floor while there are no keys, and nobody gets in: as long as our answer says to wait (`Retry-After`)."""

    def __init__(self, settings: Settings) -> None:
        self._file = settings.token_keys_file
        self._url = settings.token_keys_url
        self._keys = KeySet([])
        self._tried_at = self._read_at = float("-inf")
        self._reading = threading.Lock()

    def claims(self, token: str) -> Mapping[str, Any]:
        return jwt.decode(token, self._key_set_for, algorithms=list(self.ALGORITHMS)).claims

    def _key_set_for(self, token: GuestProtocol) -> KeySet:
        """The keys to judge by. Raises Unavailable when there are none: that says nothing of the token."""
        named = token.headers().get("kid")
        # Who has keys does not wait for another's reading: a slow issuer may not hold up every thread.
        if self._is_due(named) and self._reading.acquire(blocking=not self._keys.keys):
            try:
                if self._is_due(named):
                    self._read()
            finally:
                self._reading.release()
        if not self._keys.keys:
            raise Unavailable("Wij kunnen uw toegangstoken nu niet toetsen. Probeer het zo opnieuw.")
        return self._keys

    def _is_due(self, named: object) -> bool:
        now = time.monotonic()
        known = any(key.kid == named for key in self._keys.keys)
        fresh = known and now - self._read_at < KEPT_SECONDS
        floor = self.REFETCH_SECONDS if self._keys.keys else self.FIRST_SECONDS
        return not fresh and now - self._tried_at >= floor

    def _read(self) -> None:
        """Reads the key set, or keeps the one there is when the issuer gives none."""
        try:
            if keys := list(_readable(json.loads(self._fetch())["keys"])):
                self._keys = KeySet(keys)
                self._read_at = time.monotonic()
        except (OSError, HTTPException, *UNREADABLE) as error:
            log.warning("issuer-keys-unreadable", error=type(error).__name__)
        finally:
            self._tried_at = time.monotonic()

    def _fetch(self) -> bytes:
        if self._file is not None:
            return self._file.read_bytes()
        with build_opener(_SameScheme).open(self._url, timeout=5) as answer:  # https: settings see to that
            content: bytes = answer.read(1_000_000)
            return content


def _readable(published: list[Any]) -> Iterator[Key]:
    """The keys that we understand; another next to them, of a kind we do not know, spoils none (RFC 7517 §5)."""
    for each in published:
        try:
            yield JWKRegistry.import_key(each)
        except UNREADABLE as error:
            log.warning("issuer-key-unreadable", error=type(error).__name__)


class _SameScheme(HTTPRedirectHandler):
    """Follows where the issuer sends us, but never from https to a line on which anybody could put in keys."""

    def redirect_request(  # noqa: PLR0917 - urllib's
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> Request | None:
        if urlsplit(newurl).scheme != req.type:
            fp.close()
            raise URLError("redirected to another scheme")
        return super().redirect_request(req, fp, code, msg, headers, newurl)
