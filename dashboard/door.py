"""How one comes in, and stays in when the page is loaded again.

In production people sign in with an OpenID provider: Streamlit does that, and keeps the token in a signed cookie that
no script can read (ADR 0034). The demo has no provider: there a browser has a number, and this process remembers who
came in with it. An address never holds a token.
"""

import secrets
from typing import Any

import streamlit as st
from starlette.datastructures import MutableHeaders
from starlette.requests import HTTPConnection
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.settings import Settings

BROWSER = "zorg-browser"
"""The cookie with the number of a browser."""


def provider_of(settings: Settings) -> dict[str, Any]:
    """The OpenID provider in the words of `st.login`; nothing when none is set."""
    if not settings.sign_in_client:
        return {}
    return {
        "auth": {
            "redirect_uri": f"{settings.dashboard_url.rstrip('/')}/oauth2callback",
            "cookie_secret": settings.cookie_key.get_secret_value(),
            "expose_tokens": ["access"],
            "client_id": settings.sign_in_client,
            "client_secret": settings.sign_in_secret.get_secret_value(),
            "server_metadata_url": f"{settings.token_issuer.rstrip('/')}/.well-known/openid-configuration",
            "client_kwargs": {
                "scope": settings.sign_in_scope,  # no name, no e-mail address: a role will do
                "code_challenge_method": "S256",  # otherwise only with a provider that announces it
                "prompt": "select_account",  # at a shared desk the next person is asked who they are
            },
        }
    }


def token_of_provider() -> str:
    """What the provider gave when this person signed in, to show to the API; empty when nobody did."""
    return st.user.tokens.get("access", "") if st.user.get("is_logged_in") else ""


def this_browser() -> str:
    """The number of this browser; empty where browsers have none."""
    return st.context.cookies.get(BROWSER, "")


class NumberedBrowsers:
    """Gives each browser that opens a page its number, when it has none. In the demo only."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or BROWSER in HTTPConnection(scope).cookies:
            await self.app(scope, receive, send)
            return

        async def send_numbered(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(raw=message["headers"])
                if headers.get("content-type", "").startswith("text/html"):
                    number = secrets.token_urlsafe(32)
                    headers.append("set-cookie", f"{BROWSER}={number}; Path=/; HttpOnly; SameSite=Lax")
            await send(message)

        await self.app(scope, receive, send_numbered)
