"""Sending what is due: claim, send, mark; each letter's fate is stored before the next is tried.

Runs in a thread of the process that leads the clockwork. Two senders never hold the same letter; one that is killed
loses nothing, for what it had claimed comes free again.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from threading import Event
from typing import Self

from prometheus_client import Counter, Gauge
from sqlalchemy.orm import Session, sessionmaker

from availability.outbox import deliveries
from availability.outbox.links import Links
from availability.outbox.mail import Conversation, MailServer, Stationery
from availability.outbox.way import Letter, NotDelivered
from availability.outbox.webhooks import Sender
from availability.settings import Settings

DELIVERIES = Counter("zorg_deliveries_total", "Attempts to deliver a notice.", ("way", "outcome"))
WAITING = Gauge("zorg_deliveries_waiting", "Deliveries that are still to be made.")
DEAD = Gauge("zorg_deliveries_dead", "Deliveries that were given up.")
OLDEST = Gauge("zorg_deliveries_oldest_seconds", "How long the longest waiting delivery waits.")

LETTERS_AT_ONCE = 20

BATCH_SECONDS = deliveries.CLAIMED_FOR.total_seconds() / 2
"""With a slow mail server the rest of a batch is left: its claim must not run out while it is being sent."""

Sessions = sessionmaker[Session]


@dataclass(frozen=True, slots=True)
class PostOffice:
    """Everything that sending needs. `closing` stops it between two letters."""

    sessions: Sessions
    mail_server: MailServer | None
    stationery: Stationery
    webhooks: Sender
    links: Links
    closing: Event = field(default_factory=Event)

    @classmethod
    def of(cls, settings: Settings, sessions: Sessions) -> Self:
        return cls(
            sessions,
            MailServer.of(settings),
            Stationery.of(settings),
            Sender.of(settings),
            Links.of(settings),
        )

    def send_due(self) -> None:
        """Send until nothing is due or the office closes."""
        while not self.closing.is_set() and self._send_some():
            pass
        with self.sessions.begin() as session:
            standing = deliveries.standing(session)
        WAITING.set(standing.waiting)
        DEAD.set(standing.dead)
        OLDEST.set(float(standing.oldest))

    def _send_some(self) -> int:
        posted = self._claim(by_email=False)
        if posted:
            asyncio.run(self._post(posted))
        mailed = self._mail_due()
        return len(posted) + mailed

    def _claim(self, *, by_email: bool) -> list[Letter]:
        with self.sessions.begin() as session:
            claimed = deliveries.claim(session, by_email=by_email, most=LETTERS_AT_ONCE)
        return [Letter.of(row) for row in claimed]

    def _mail_due(self) -> int:
        if self.mail_server is None:
            with self.sessions.begin() as session:
                deliveries.withhold_email(session)
            return 0
        letters, until = self._claim(by_email=True), time.monotonic() + BATCH_SECONDS
        with Conversation(self.mail_server) as conversation:
            for letter in letters:
                if self.closing.is_set() or time.monotonic() > until:
                    break  # the claims on the others run out
                self._mail(letter, conversation)
        return len(letters)

    def _mail(self, letter: Letter, conversation: Conversation) -> None:
        try:
            conversation.send(self.stationery.message(letter, self.links.in_letter(letter)))
        except NotDelivered as error:
            self._mark(letter, "email", error)
        else:
            self._mark(letter, "email")

    async def _post(self, letters: Sequence[Letter]) -> None:
        await asyncio.gather(*(self._post_one(letter) for letter in letters))

    async def _post_one(self, letter: Letter) -> None:
        try:
            await self.webhooks.post(letter, datetime.now(UTC))
        except NotDelivered as error:
            self._mark(letter, "webhook", error)
        else:
            self._mark(letter, "webhook")

    def _mark(self, letter: Letter, way: str, error: NotDelivered | None = None) -> None:
        """Store what became of it: a short statement on a connection of its own."""
        with self.sessions.begin() as session:
            if error is None:
                outcome = "sent"
                deliveries.mark_sent(session, letter.id)
            else:
                dead = deliveries.mark_failed(session, letter.id, letter.attempts, error.failure, final=error.final)
                outcome = "dead" if dead else "failed"
        DELIVERIES.labels(way, outcome).inc()
