"""Around the screens: a page that says it is Dutch, and headers that a browser may rely on."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.texts import nl

HEADERS = {
    b"x-content-type-options": b"nosniff",
    b"x-frame-options": b"DENY",
    b"referrer-policy": b"no-referrer",
    b"permissions-policy": b"camera=(), geolocation=(), microphone=()",
    b"content-security-policy": (
        # Vega compiles its expressions, and Streamlit styles and starts inline: hence the two "unsafe-" parts
        b"default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:; style-src 'self' 'unsafe-inline';"
        b" img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self' ws: wss:; worker-src 'self' blob:;"
        b" frame-ancestors 'none'; base-uri 'self'; form-action 'self'; object-src 'none'"
    ),
}
"""Nothing is fetched from elsewhere, nobody may frame the screens, and no address leaks to another site."""

_ENGLISH = (
    (b'<html lang="en">', b'<html lang="nl">'),
    (b"<title>Streamlit</title>", f"<title>{nl.PRODUCT}</title>".encode()),
)


_ONLY_TLS = (b"strict-transport-security", b"max-age=31536000")
"""A browser that came over https once comes over nothing else (RFC 6797)."""


class DutchPage:
    """Says in the HTML itself that the language is Dutch (Streamlit writes `en`), and adds the headers.

    `over_tls`: people reach us by https, so a cookie may travel by nothing else. Streamlit leaves that out.
    """

    def __init__(self, app: ASGIApp, *, over_tls: bool = False) -> None:
        self.app = app
        self._over_tls = over_tls

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        if _asks_for_html(scope):
            # the page must come unpacked to be read here
            scope["headers"] = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        await self.app(scope, receive, _Rewriter(send, self._over_tls))


class _Rewriter:
    """Holds the start of an HTML answer until its body is known, since the body's length changes."""

    def __init__(self, send: Send, over_tls: bool) -> None:
        self._send = send
        self._over_tls = over_tls
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message["headers"], *HEADERS.items()]
            if self._over_tls:
                message["headers"] = [*map(_secured, message["headers"]), _ONLY_TLS]
            if _is_html(message):
                self._start = message
                return
        elif self._start is not None and message["type"] == "http.response.body":
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)
            return
        await self._send(message)

    async def _finish(self, start: Message) -> None:
        for english, dutch in _ENGLISH:
            self._body = self._body.replace(english, dutch, 1)
        length = str(len(self._body)).encode()
        start["headers"] = [(key, length if key == b"content-length" else value) for key, value in start["headers"]]
        await self._send(start)
        await self._send({"type": "http.response.body", "body": self._body})


def _asks_for_html(scope: Scope) -> bool:
    return any(key == b"accept" and b"text/html" in value for key, value in scope["headers"])


def _secured(header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    name, value = header
    is_open = name == b"set-cookie" and b"; secure" not in value.lower()
    return (name, value + b"; Secure") if is_open else header


def _is_html(message: Message) -> bool:
    return any(key == b"content-type" and value.startswith(b"text/html") for key, value in message["headers"])
