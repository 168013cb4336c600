"""Signing in and staying in, in a real browser: in the demo, and in production with an OpenID provider.

The provider is one of our own, small and honest: it asks who one is, gives a code, and gives tokens for the code.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import orjson
import psycopg
import pytest
import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from playwright.sync_api import Browser, Page, expect
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route

from dashboard.texts import nl
from tests.conftest import copied_database
from tests.stories.conftest import Service, a_desk, a_free_port, a_process, until_ready

pytestmark = pytest.mark.slow

AUDIENCE = "zorgbeschikbaarheid"
CLIENT, SECRET = "het-scherm", "een-geheim-van-het-scherm"


class Provider:
    """An OpenID provider where everybody is the local team of Arnhem."""

    def __init__(self, port: int) -> None:
        self.address = f"http://127.0.0.1:{port}"
        self.key = RSAKey.generate_key(2048, {"kid": "een"})
        self.seconds = 3600
        self.asked: list[dict[str, str]] = []
        self.ended = 0
        routes = [
            Route("/.well-known/openid-configuration", self.configuration),
            Route("/keys", self.keys),
            Route("/authorize", self.authorize),
            Route("/token", self.token, methods=["POST"]),
            Route("/end", self.end),
        ]
        self.app = Starlette(routes=routes)

    async def configuration(self, _: Request) -> Response:
        return JSONResponse(
            {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "end_session_endpoint": f"{self.address}/end",
                "jwks_uri": f"{self.address}/keys",
                "id_token_signing_alg_values_supported": ["RS256"],
            }
        )

    def published(self) -> dict[str, Any]:
        return {"keys": [self.key.as_dict(private=False)]}

    async def keys(self, _: Request) -> Response:
        return JSONResponse(self.published())

    async def authorize(self, request: Request) -> Response:
        self.asked.append(asked := dict(request.query_params))
        back = f"{asked['redirect_uri']}?{urlencode({'code': asked['nonce'], 'state': asked['state']})}"
        return HTMLResponse(f'<html lang="nl"><title>Inloggen</title><a href="{back}">Ik ben het</a></html>')

    async def token(self, request: Request) -> Response:
        async with request.form() as form:
            nonce = form["code"]
        who = {"iss": self.address, "sub": "u-1", "iat": int(time.time()), "exp": int(time.time()) + self.seconds}
        role = {"role": "local-team", "organisation": "GM0202"}
        return JSONResponse(
            {
                "token_type": "Bearer",
                "id_token": self.signed(who | {"aud": CLIENT, "nonce": nonce}),
                "access_token": self.signed(who | {"aud": AUDIENCE} | role),
            }
        )

    def signed(self, claims: dict[str, Any]) -> str:
        return jwt.encode({"alg": "RS256", "kid": "een"}, claims, self.key)

    async def end(self, request: Request) -> Response:
        self.ended += 1
        return RedirectResponse(request.query_params["post_logout_redirect_uri"])


@pytest.fixture(scope="module")
def world(server_url: str, template: str) -> Iterator[str]:
    """No more than somebody to be; the stories' whole world takes long to load."""
    with copied_database(server_url, template, "door") as url, psycopg.connect(url, autocommit=True) as database:
        database.execute("INSERT INTO demo_account VALUES ('local-team', 'GM0202', 'Zoekt een plek.', 1)")
        yield url


@contextmanager
def at_work(provider: Provider) -> Iterator[None]:
    port = int(provider.address.rpartition(":")[2])
    server = uvicorn.Server(uvicorn.Config(provider.app, port=port, log_level="error"))
    running = threading.Thread(target=server.run)
    running.start()
    until_ready(f"{provider.address}/keys", Path("/dev/null"))
    yield
    server.should_exit = True
    running.join()


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    found = Provider(a_free_port())
    with at_work(found):
        yield found


@pytest.fixture(scope="module")
def production(world: str, provider: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The same two programs as an operator runs them, on the same people; no demo key, no demo accounts."""
    folder = tmp_path_factory.mktemp("production")
    (folder / "keys.json").write_bytes(orjson.dumps(provider.published()))
    api, screens = a_free_port(), a_free_port()
    found = Service(f"http://127.0.0.1:{api}", f"http://127.0.0.1:{screens}", world)
    surroundings = {
        "ZORG_ENVIRONMENT": "production",
        "ZORG_DATABASE_URL": world,
        "ZORG_TOKEN_ISSUER": provider.address,
        "ZORG_TOKEN_KEYS_FILE": str(folder / "keys.json"),
        "ZORG_CLOCKWORK": "false",
        "ZORG_API_URL": found.api,
        "ZORG_DASHBOARD_URL": found.screens,
        "ZORG_SIGN_IN_CLIENT": CLIENT,
        "ZORG_SIGN_IN_SECRET": SECRET,
        "ZORG_COOKIE_KEY": "een-sleutel-van-minstens-32-tekens",
    }
    with ExitStack() as running:
        running.enter_context(a_process("serve", api, surroundings, folder))
        running.enter_context(a_process("dashboard", screens, surroundings, folder))
        until_ready(f"{found.api}/v1/health", folder / "serve.txt")
        until_ready(f"{found.screens}/_stcore/health", folder / "dashboard.txt")
        yield found


def out(page: Page) -> None:
    expect(page.get_by_role("heading", name=nl.WELCOME)).to_be_visible()
    expect(page.get_by_role("button", name=nl.SIGN_OUT)).to_have_count(0)


def in_as_the_local_team(page: Page) -> None:
    expect(page.get_by_text("Lokaal team ·")).to_be_visible()
    expect(page.get_by_role("button", name=nl.SIGN_OUT)).to_be_visible()


SignsIn = Callable[[Page], None]


def by_picking_an_account(page: Page) -> None:
    page.get_by_role("button", name="Verder als lokaal team").first.press("Enter")


def with_the_provider(page: Page) -> None:
    page.get_by_role("button", name=nl.SIGN_IN).press("Enter")
    page.get_by_role("link", name="Ik ben het").press("Enter")


def stays_until_signing_out(browser: Browser, address: str, signs_in: SignsIn) -> None:
    desk = a_desk(browser)
    desk.page.goto(address)
    out(desk.page)
    signs_in(desk.page)
    in_as_the_local_team(desk.page)
    desk.page.reload()
    in_as_the_local_team(desk.page)
    desk.page.goto(f"{address}/zoeken")
    in_as_the_local_team(desk.page)
    expect(desk.page.get_by_text("Begin met wat er nodig is")).to_be_visible()
    assert "eyJ" not in desk.page.url, "a token in an address is a token in a log"

    stranger = a_desk(browser)
    stranger.page.goto(address)
    out(stranger.page)

    desk.page.get_by_role("button", name=nl.SIGN_OUT).press("Enter")
    out(desk.page)
    desk.page.reload()
    out(desk.page)


def test_the_demo_knows_a_browser_again_until_it_signs_out(service: Service, browser: Browser) -> None:
    stays_until_signing_out(browser, service.screens, by_picking_an_account)


def test_production_signs_in_with_the_provider_and_stays_in(
    production: Service, provider: Provider, browser: Browser
) -> None:
    provider.seconds = 3600
    stays_until_signing_out(browser, production.screens, with_the_provider)
    assert provider.ended == 1
    asked = provider.asked[-1]
    assert asked["code_challenge_method"] == "S256", "though this provider does not say that it can"
    assert asked["scope"] == "openid", "no name and no e-mail address"


def test_when_the_token_of_the_provider_has_expired_one_signs_in_again(
    production: Service, provider: Provider, browser: Browser
) -> None:
    page = a_desk(browser).page
    page.goto(production.screens)
    provider.seconds = 4
    with_the_provider(page)
    in_as_the_local_team(page)
    page.wait_for_timeout(4_000)
    page.reload()
    out(page)
    expect(page.get_by_text("verlopen")).to_be_visible()
    provider.seconds = 3600
    with_the_provider(page)
    in_as_the_local_team(page)
