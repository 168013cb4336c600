"""Who receives: a real mail server and a real webhook receiver on this machine, each told how to behave."""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope
from aiosmtpd.smtp import Session as Talk


class Mailbox:
    """Takes messages and keeps them, unless told to answer something else first.

    `answers` are given to the next messages, one each: a reply of SMTP, or `hang-up` to drop the line instead.
    """

    def __init__(self) -> None:
        self.received: list[Message] = []
        self.answers: list[str] = []
        self.refused_recipients: dict[str, str] = {}
        self.conversations = 0
        self.on_message: Callable[[], None] = lambda: None

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Talk, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.conversations += 1
        session.host_name = hostname
        return responses

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Talk, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused_recipients:
            return self.refused_recipients[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Talk, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        said = self.answers.pop(0) if self.answers else "250 OK"
        if said == "hang-up":
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
            return "250 OK"
        if said.startswith("250"):
            assert isinstance(envelope.content, bytes)
            self.received.append(message_from_bytes(envelope.content))
            self.on_message()
        return said


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def a_mail_server(mailbox: Mailbox) -> Iterator[str]:
    """A mail server that speaks SMTP; its URL as a setting."""
    port = free_port()
    controller = Controller(mailbox, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{port}"
    finally:
        controller.stop()


class Receiver:
    """Takes events and keeps them; `answers` are the next statuses, `seconds` how long each takes to come."""

    def __init__(self) -> None:
        self.received: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.seconds = 0.0
        self.location = ""

    @property
    def events(self) -> list[Any]:
        return [json.loads(body) for _, body in self.received]


class QuietServer(ThreadingHTTPServer):
    """Says nothing of a sender that hangs up."""

    def handle_error(self, *_: object) -> None: ...


@contextmanager
def a_receiver(receiver: Receiver, certificate: ssl.SSLContext | None = None) -> Iterator[str]:
    """A webhook receiver, over TLS when it has a certificate; its URL."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["content-length"]))
            receiver.received.append(({name.lower(): value for name, value in self.headers.items()}, body))
            time.sleep(receiver.seconds)
            self.send_response(receiver.answers.pop(0) if receiver.answers else 204)
            if receiver.location:
                self.send_header("Location", receiver.location)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = QuietServer(("127.0.0.1", 0), Handler)
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/berichten"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
