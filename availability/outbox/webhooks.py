"""Webhooks: a letter as a CloudEvent (1.0, structured JSON), signed as Standard Webhooks describes, posted once.

Outside the demo only to public addresses over https. The name is looked up once and the connection goes to the address
that was judged, so a name that changes its mind in between (DNS rebinding) gains nothing. Redirects are not followed.
"""

import asyncio
import base64
import ipaddress
import secrets
import socket
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self
from urllib.parse import urlsplit

import httpx2
import orjson
from standardwebhooks import Webhook as Signature

from availability.outbox import wording
from availability.outbox.way import Letter, NotDelivered
from availability.settings import Settings

PATIENCE_SECONDS = 15.0
"""For a whole delivery, from looking up the name to the status: a receiver that drips must not hold us (the advice of
Standard Webhooks is 15 to 30)."""

SECRET_BYTES = 32

EVENT_PREFIX = "nl.zorgbeschikbaarheid."

GONE = 410
"""The receiver says never to come back (Standard Webhooks)."""

_WITHIN = tuple(ipaddress.ip_network(each) for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32"))
"""Addresses that carry an IPv4 address within: NAT64, 6to4 and Teredo lead wherever that one does."""

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def new_signing_secret() -> str:
    """A secret to sign with, as Standard Webhooks writes it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def is_public(address: Address) -> bool:
    """Whether it lies on the internet for all: not here, not on our own network, not a way around to either."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            return is_public(address.ipv4_mapped)
        if any(address in network for network in _WITHIN):
            return False
    return address.is_global and not address.is_multicast


def fault_in(url: str, *, anywhere: bool) -> str | None:
    """What is wrong with a webhook's address, as far as it can be seen without looking up its name."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError:
        return "Dit is geen webadres."
    if parts.scheme not in ("https", "http") or not host:
        return "Geef een webadres dat met https:// begint."
    if parts.username is not None or parts.password is not None or parts.fragment:
        return "Geef een adres zonder naam, wachtwoord of #."
    if anywhere:
        return None
    if parts.scheme != "https":
        return "Geef een webadres dat met https:// begint."
    literal = _literal(host)
    return None if literal is None or is_public(literal) else "Dit adres is niet van buitenaf te bereiken."


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Sender:
    """Posts events. `anywhere` allows http and private addresses: the demo's own machine."""

    source: str
    dashboard_url: str
    anywhere: bool
    tls: ssl.SSLContext

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(
            source=settings.public_url.rstrip("/") + "/v1",
            dashboard_url=settings.dashboard_url.rstrip("/"),
            anywhere=settings.environment == "demo",
            tls=ssl.create_default_context(),
        )

    def event(self, letter: Letter) -> dict[str, Any]:
        """The letter as a CloudEvent; its id is the notice's, the same at every attempt."""
        words = wording.words_of(letter.kind)
        return {
            "specversion": "1.0",
            "id": str(letter.notice_id),
            "source": self.source,
            "type": EVENT_PREFIX + letter.kind,
            "time": letter.told_at.astimezone(UTC).isoformat(),
            "datacontenttype": "application/json",
            "data": {
                "organisation": letter.organisation,
                "role": letter.role,
                "title": words.title,
                "text": words.sentence,
                "link": f"{self.dashboard_url}/{letter.link.lstrip('/')}" if letter.link else None,
                "values": letter.values,
            },
        }

    async def post(self, letter: Letter, now: datetime) -> None:
        """Deliver one letter. Raises NotDelivered."""
        body = orjson.dumps(self.event(letter))
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                status = await self._status(letter, body, _signed(letter, body, now))
        except (TimeoutError, httpx2.TimeoutException):
            raise NotDelivered("timeout") from None
        except (OSError, httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NotDelivered("tls" if _concerns_tls(error) else "connection") from error
        if not 200 <= status < 300:
            raise NotDelivered(f"http-{status}", final=status == GONE)

    async def _status(self, letter: Letter, body: bytes, headers: dict[str, str]) -> int:
        assert letter.url is not None
        url = httpx2.URL(letter.url)
        address = await self._address(url)
        headers["host"] = url.netloc.decode()
        async with (
            httpx2.AsyncClient(verify=self.tls, trust_env=False, follow_redirects=False) as client,
            client.stream(
                "POST",
                url.copy_with(host=address),
                content=body,
                headers=headers,
                extensions={"sni_hostname": url.host},  # the certificate must be the name's, not the address's
            ) as answer,
        ):
            return answer.status_code  # what it says beside it is not read

    async def _address(self, url: httpx2.URL) -> str:
        """The address to connect to. Raises NotDelivered when any that the name has is not public."""
        port = url.port or (443 if url.scheme == "https" else 80)
        found = await asyncio.get_running_loop().getaddrinfo(url.host, port, type=socket.SOCK_STREAM)
        addresses = [str(each[4][0]) for each in found]
        if not self.anywhere and not (addresses and _all_public(addresses)):
            raise NotDelivered("private-address")
        return addresses[0]


def _all_public(addresses: Sequence[str]) -> bool:
    return all(is_public(ipaddress.ip_address(address.partition("%")[0])) for address in addresses)


def _signed(letter: Letter, body: bytes, now: datetime) -> dict[str, str]:
    assert letter.secrets
    message = str(letter.notice_id)
    return {
        "content-type": "application/cloudevents+json; charset=utf-8",
        "user-agent": "zorgbeschikbaarheid",
        "webhook-id": message,
        "webhook-timestamp": str(int(now.timestamp())),
        "webhook-signature": " ".join(Signature(each).sign(message, now, body.decode()) for each in letter.secrets),
    }


def _concerns_tls(error: BaseException | None) -> bool:
    """Whether a certificate or a handshake is what went wrong, however deep it is wrapped."""
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
