"""E-mail: a letter as a message of plain text, and a conversation with the mail server (RFC 5321).

One connection serves a batch. A message keeps its Message-ID over all attempts, so that what is sent twice can be
recognised. Nothing of a child is in it: `wording` gives every word.
"""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from typing import Self
from urllib.parse import unquote, urlsplit

from availability.outbox import wording
from availability.outbox.way import Letter, NotDelivered
from availability.settings import Settings

PATIENCE_SECONDS = 10.0
"""For each answer of the mail server."""


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where e-mail is handed over. `must_encrypt` refuses a server that offers no TLS."""

    host: str
    port: int
    username: str
    password: str
    tls_at_once: bool
    must_encrypt: bool

    @classmethod
    def of(cls, settings: Settings) -> Self | None:
        """The server in `smtp_url`; None when there is none."""
        url = urlsplit(settings.smtp_url.get_secret_value())
        if not url.hostname:
            return None
        at_once = url.scheme == "smtps"
        return cls(
            host=url.hostname,
            port=url.port or (465 if at_once else 587),
            username=unquote(url.username or ""),
            password=unquote(url.password or ""),
            tls_at_once=at_once,
            must_encrypt=settings.environment == "production",
        )

    def opened(self) -> smtplib.SMTP:
        """A connection that is ready for messages."""
        context = ssl.create_default_context()
        if self.tls_at_once:
            smtp: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=PATIENCE_SECONDS, context=context)
        else:
            smtp = smtplib.SMTP(self.host, self.port, timeout=PATIENCE_SECONDS)
            self._encrypt(smtp, context)
        if self.username:
            smtp.login(self.username, self.password)
        return smtp

    def _encrypt(self, smtp: smtplib.SMTP, context: ssl.SSLContext) -> None:
        smtp.ehlo()
        if smtp.has_extn("starttls"):
            smtp.starttls(context=context)
        elif self.must_encrypt:
            smtp.close()
            raise NotDelivered("smtp-without-tls")


class Conversation:
    """Hands over message after message; opened at the first, and again when it was lost.

    A server that cannot be reached is not called again in the same conversation: the rest hears at once.
    """

    def __init__(self, server: MailServer) -> None:
        self._server = server
        self._smtp: smtplib.SMTP | None = None
        self._unreachable: NotDelivered | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._smtp is not None:
            with suppress(OSError, smtplib.SMTPException):
                self._smtp.quit()

    def send(self, message: EmailMessage) -> None:
        """Raises NotDelivered."""
        try:
            self._ready().send_message(message)
        except (OSError, smtplib.SMTPException) as error:
            raise NotDelivered(_failure(error), final=_is_final(error)) from error

    def _ready(self) -> smtplib.SMTP:
        if self._unreachable is not None:
            raise self._unreachable
        if self._smtp is None or self._smtp.sock is None:
            try:
                self._smtp = self._server.opened()
            except (OSError, smtplib.SMTPException) as error:
                self._unreachable = NotDelivered(_failure(error))
                raise self._unreachable from error
        return self._smtp


@dataclass(frozen=True, slots=True)
class Stationery:
    """What stands on every message: who sends it, and where its links lead."""

    sender: str
    dashboard_url: str

    @classmethod
    def of(cls, settings: Settings) -> Self:
        return cls(settings.mail_from, settings.dashboard_url.rstrip("/"))

    def message(self, letter: Letter, confirmation: str | None) -> EmailMessage:
        """The letter as it is sent; `confirmation` is the address at which "niets veranderd" can be confirmed."""
        message = EmailMessage()
        message["From"] = self.sender
        if letter.email:
            message["To"] = letter.email
        message["Subject"] = wording.words_of(letter.kind).title
        message["Date"] = format_datetime(letter.told_at)
        message["Message-ID"] = f"<{letter.id}@{parseaddr(self.sender)[1].partition('@')[2]}>"
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(self._text(letter, confirmation), cte="quoted-printable")
        return message

    def _text(self, letter: Letter, confirmation: str | None) -> str:
        details = "\n".join(f"{label}: {said}" for label, said in wording.details(letter.values))
        confirm = f"Is er niets veranderd? Bevestig dat hier:\n{confirmation}" if confirmation else ""
        paragraphs = (
            wording.words_of(letter.kind).sentence,
            details,
            confirm,
            f"Bekijk het in Zorgbeschikbaarheid:\n{self.dashboard_url}/{letter.link.lstrip('/')}",
            "Dit bericht is automatisch gestuurd. Uw organisatie beheert zelf wie het krijgt.",
        )
        return "\n\n".join(paragraph for paragraph in paragraphs if paragraph) + "\n"


def _is_final(error: Exception) -> bool:
    """Whether the server refuses this recipient or this message for good (RFC 5321 §4.2.1: 5yz)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError) and error.smtp_code >= 500


def _failure(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return f"smtp-{max(code for code, _ in error.recipients.values())}"
    if isinstance(error, smtplib.SMTPResponseException):
        return f"smtp-{error.smtp_code}"
    if isinstance(error, TimeoutError):
        return "smtp-timeout"
    return "smtp-tls" if isinstance(error, ssl.SSLError) else "smtp-connection"
