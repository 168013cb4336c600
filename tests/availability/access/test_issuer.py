"""An issuer of tokens at the other end of a line: its keys over TLS, its client credentials, and what it may not do."""

import base64
import json
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs
from urllib.request import Request, urlopen

import pytest
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from sqlalchemy.orm import Session

from availability.access.issuer_keys import IssuerKeys
from availability.app import create_app
from availability.database import make_engine
from availability.refusals import Unavailable
from availability.settings import Settings
from tests.availability.builders import a_provider, an_offer
from tests.availability.outbox.certificates import a_certificate
from tests.availability.supply.test_capacity import STATEMENT
from tests.conftest import started

pytestmark = pytest.mark.slow

CLIENT, SECRET = "epd-de-tulp", "een-geheim-van-het-epd"


class Issuer:
    """Publishes its keys, and gives a token to the one client it knows: OAuth2, client credentials (RFC 6749 §4.4)."""

    def __init__(self, provider: str = "41000001") -> None:
        self.provider = provider
        self.key = RSAKey.generate_key(2048, {"kid": "een"})
        self.address = ""
        self.elsewhere = ""
        """Where `/moved` leads."""
        self.asked: list[str] = []

    @property
    def published(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    def token(self, authorization: str, asked: dict[str, list[str]]) -> dict[str, Any] | None:
        """None: it is not the client, or asks for something else."""
        known = "Basic " + base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != known or asked != {"grant_type": ["client_credentials"]}:
            return None
        return {"access_token": self.signed(), "token_type": "Bearer", "expires_in": 300}

    def signed(self) -> str:
        now = int(time.time())
        who = {"sub": CLIENT, "role": "provider", "organisation": self.provider}
        claims = {"iss": self.address, "aud": "zorgbeschikbaarheid", "nbf": now, "exp": now + 300} | who
        return jwt.encode({"alg": "RS256", "kid": "een"}, claims, self.key)


def handler_of(issuer: Issuer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            issuer.asked.append(self.path)
            if self.path == "/keys":
                self.say(200, issuer.published)
            else:
                self.send_response(302)
                self.send_header("Location", issuer.elsewhere)
                self.end_headers()

        def do_POST(self) -> None:
            asked = parse_qs(self.rfile.read(int(self.headers["content-length"])).decode())
            given = issuer.token(self.headers.get("authorization", ""), asked)
            self.say(200 if given else 401, given or {"error": "invalid_client"})

        def say(self, status: int, document: dict[str, Any]) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(json.dumps(document).encode())

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    return Handler


@contextmanager
def listening(issuer: Issuer, certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    """The issuer at work; its address, which is https when it has a certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(issuer))
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"{'https' if certificate else 'http'}://localhost:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ssl.SSLContext:
    """One that this machine trusts, for as long as the test takes."""
    server, _ = a_certificate("localhost", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "certificate.pem"))
    return server


@pytest.fixture
def issuer(certificate: ssl.SSLContext) -> Iterator[Issuer]:
    issuer = Issuer()
    with listening(issuer, certificate) as issuer.address:
        yield issuer


Production = Callable[..., Settings]


@pytest.fixture
def production(issuer: Issuer) -> Production:
    """Settings of a production that reads the issuer's keys over the line."""

    def made(keys: str = "/keys", database_url: str = "postgresql://db/zorg") -> Settings:
        return Settings(
            environment="production",
            database_url=database_url,
            token_issuer=issuer.address,
            token_keys_url=issuer.address + keys,
            clockwork=False,
        )

    return made


def a_token(issuer: Issuer) -> str:
    """As a provider's own system asks for it."""
    basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
    request = Request(f"{issuer.address}/token", b"grant_type=client_credentials", {"Authorization": f"Basic {basic}"})
    with urlopen(request) as answer:
        return str(json.load(answer)["access_token"])


def test_the_keys_are_read_over_the_line_once(issuer: Issuer, production: Production) -> None:
    keys = IssuerKeys(production())
    for _ in range(3):
        assert keys.claims(a_token(issuer))["sub"] == CLIENT
    assert issuer.asked == ["/keys"]


def test_an_issuer_may_send_us_to_another_place_of_its_own(issuer: Issuer, production: Production) -> None:
    issuer.elsewhere = f"{issuer.address}/keys"
    assert IssuerKeys(production("/moved")).claims(a_token(issuer))
    assert issuer.asked == ["/moved", "/keys"]


def test_keys_from_an_open_line_are_not_read(issuer: Issuer, production: Production) -> None:
    """Whoever sits on that line could put in keys of his own."""
    intruder = Issuer()
    with listening(intruder) as open_line:
        issuer.elsewhere = f"{open_line}/keys"
        with pytest.raises(Unavailable):
            IssuerKeys(production("/moved")).claims(a_token(issuer))
    assert intruder.asked == []


def test_an_issuer_that_cannot_prove_its_name_is_not_believed(
    issuer: Issuer, production: Production, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = a_token(issuer)
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(Unavailable):
        IssuerKeys(production()).claims(token)
    assert issuer.asked == []


@pytest.fixture
def service(issuer: Issuer, production: Production, own_database_url: str) -> Iterator[tuple[TestClient, int, int]]:
    """Production at work: a client, an offer of the issuer's client, and one of another provider."""
    engine = make_engine(own_database_url)
    with Session(engine) as session, session.begin():
        issuer.provider = a_provider(session)
        own, others = an_offer(session, issuer.provider), an_offer(session)
    engine.dispose()
    settings = production(database_url=own_database_url)
    with started(create_app(settings)) as client:
        yield client, own, others


def test_a_system_states_capacity_with_its_client_credentials(
    issuer: Issuer, service: tuple[TestClient, int, int]
) -> None:
    client, own, others = service

    def put(offer: int, token: str) -> Any:
        headers = {"Authorization": f"Bearer {token}", "If-None-Match": "*"}
        return client.put(f"/offers/{offer}/capacity", json=STATEMENT, headers=headers)

    stated = put(own, a_token(issuer))
    assert stated.status_code == 200
    assert stated.json()["statedBy"] == f"{issuer.provider}:{CLIENT}"
    assert put(others, a_token(issuer)).status_code == 403

    forger = Issuer(issuer.provider)
    forger.address = issuer.address
    assert put(own, forger.signed()).status_code == 401
