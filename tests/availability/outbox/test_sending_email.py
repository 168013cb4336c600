"""E-mail goes out over a real SMTP conversation, once for each notice and address, whatever happens on the way."""

import os
import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from availability.outbox.mail import MailServer
from availability.outbox.sending import PostOffice
from availability.outbox.telling import Notice, tell
from availability.settings import Settings
from tests.availability.outbox.builders import a_contact_address
from tests.availability.outbox.receivers import Mailbox, free_port

pytestmark = pytest.mark.slow

Sessions = sessionmaker[Session]


def told(sessions: Sessions, *keys: str, addresses: tuple[str, ...] = ("intake@example.org",)) -> None:
    with sessions.begin() as session:
        for email in addresses:
            a_contact_address(session, email=email)
        for key in keys:
            tell(
                session,
                Notice.REFERRAL_RECEIVED,
                organisation="90000001",
                role="provider",
                key=key,
                link="/aanmeldingen?id=7f9c",
                values={"offer": "Gezinshuis De Wilgen", "due": "2026-12-14"},
            )


def deliveries(sessions: Sessions) -> list[Any]:
    with sessions() as session:
        return list(session.execute(text("SELECT id, state, attempts, failure, due_at > now() AS later FROM delivery")))


def let_time_pass(sessions: Sessions) -> None:
    """All that is waiting is due again: a pause or a claim is over."""
    with sessions.begin() as session:
        session.execute(text("UPDATE delivery SET due_at = now() WHERE state = 'waiting'"))


def test_a_notice_arrives_as_a_plain_dutch_message(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    told(sessions, "R1")
    office.send_due()
    (message,) = mailbox.received
    assert message["subject"] == "Nieuwe aanmelding"
    assert message["to"] == "intake@example.org"
    assert message["auto-submitted"] == "auto-generated"
    said = message.get_payload(decode=True)
    assert isinstance(said, bytes)
    assert said.decode().replace("\r\n", "\n") == (
        "U hebt een aanmelding gekregen. Geef op tijd antwoord.\n\n"
        "Aanbod: Gezinshuis De Wilgen\nUiterlijk: 14 december 2026\n\n"
        "Bekijk het in Zorgbeschikbaarheid:\nhttp://127.0.0.1:8501/aanmeldingen?id=7f9c\n\n"
        "Dit bericht is automatisch gestuurd. Uw organisatie beheert zelf wie het krijgt.\n"
    )
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.attempts) == ("sent", 1)


def test_what_was_sent_is_not_sent_again(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    told(sessions, "R1")
    office.send_due()
    let_time_pass(sessions)
    office.send_due()
    assert len(mailbox.received) == 1


def test_a_batch_is_one_conversation(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    told(sessions, *(f"R{n}" for n in range(10)))
    office.send_due()
    assert len(mailbox.received) == 10
    assert mailbox.conversations == 1


@pytest.mark.parametrize(
    ("answer", "failure"),
    [("451 even niet", "smtp-451"), ("421 tot later", "smtp-421"), ("hang-up", "smtp-connection")],
)
def test_a_passing_failure_is_tried_again_later_under_the_same_id(
    office: PostOffice, sessions: Sessions, mailbox: Mailbox, answer: str, failure: str
) -> None:
    mailbox.answers = [answer]
    told(sessions, "R1")
    office.send_due()
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.failure, delivery.later) == ("waiting", failure, True)
    let_time_pass(sessions)
    office.send_due()
    (message,) = mailbox.received
    assert message["message-id"] == f"<{delivery.id}@zorgbeschikbaarheid.example>"


def test_a_dropped_line_costs_the_others_of_the_batch_nothing(
    office: PostOffice, sessions: Sessions, mailbox: Mailbox
) -> None:
    mailbox.answers = ["250 OK", "hang-up"]
    told(sessions, "R1", "R2", "R3")
    office.send_due()
    assert len(mailbox.received) == 2
    assert sorted(each.state for each in deliveries(sessions)) == ["sent", "sent", "waiting"]


@pytest.mark.parametrize("answer", ["550 bestaat niet", "554 niet hier"])
def test_a_message_that_is_refused_for_good_is_given_up_and_visible(
    office: PostOffice, sessions: Sessions, mailbox: Mailbox, answer: str
) -> None:
    mailbox.answers = [answer]
    told(sessions, "R1")
    office.send_due()
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.failure) == ("dead", f"smtp-{answer[:3]}")


def test_a_wrong_address_does_not_keep_a_right_one_waiting(
    office: PostOffice, sessions: Sessions, mailbox: Mailbox
) -> None:
    mailbox.refused_recipients = {"weg@example.org": "550 onbekend", "vol@example.org": "452 vol"}
    told(sessions, "R1", addresses=("weg@example.org", "vol@example.org", "intake@example.org"))
    office.send_due()
    assert [message["to"] for message in mailbox.received] == ["intake@example.org"]
    found = {(each.state, each.failure) for each in deliveries(sessions)}
    assert found == {("dead", "smtp-550"), ("waiting", "smtp-452"), ("sent", None)}


def test_a_mail_server_that_is_away_is_called_once_for_a_batch(office: PostOffice, sessions: Sessions) -> None:
    nowhere = replace(office, mail_server=MailServer("127.0.0.1", free_port(), "", "", False, False))
    told(sessions, *(f"R{n}" for n in range(5)))
    nowhere.send_due()
    assert {(each.state, each.failure, each.later) for each in deliveries(sessions)} == {
        ("waiting", "smtp-connection", True)
    }


def test_after_three_days_of_trying_it_is_given_up(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    mailbox.answers = ["451 even niet"] * 20
    told(sessions, "R1")
    for _ in range(10):
        office.send_due()
        let_time_pass(sessions)
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.attempts) == ("dead", 10)


def test_production_sends_nothing_over_an_open_line(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    assert office.mail_server is not None
    strict = replace(office, mail_server=replace(office.mail_server, must_encrypt=True))
    told(sessions, "R1")
    strict.send_due()
    (delivery,) = deliveries(sessions)
    assert delivery.failure == "smtp-without-tls"
    assert mailbox.received == []


def test_without_a_mail_server_nothing_is_sent_now_or_months_later(
    office: PostOffice, sessions: Sessions, mailbox: Mailbox
) -> None:
    told(sessions, "R1")
    replace(office, mail_server=None).send_due()
    office.send_due()
    (delivery,) = deliveries(sessions)
    assert delivery.state == "withheld"
    assert mailbox.received == []


def test_eight_senders_at_once_send_each_message_once(office: PostOffice, sessions: Sessions, mailbox: Mailbox) -> None:
    told(sessions, *(f"R{n}" for n in range(60)))
    with ThreadPoolExecutor(8) as senders:
        list(senders.map(lambda _: office.send_due(), range(8)))
    ids = [message["message-id"] for message in mailbox.received]
    assert len(ids) == len(set(ids)) == 60


SENDER = """
from availability.database import make_engine, make_sessions
from availability.outbox.sending import PostOffice
from availability.settings import Settings
settings = Settings()
PostOffice.of(settings, make_sessions(make_engine(settings.database_url))).send_due()
"""


def test_a_sender_killed_between_sending_and_marking_loses_nothing(
    sending: Settings, office: PostOffice, sessions: Sessions, mailbox: Mailbox
) -> None:
    """The message may come twice, and then under the same Message-ID: the price of never losing one."""
    told(sessions, "R1")
    surroundings = {
        "ZORG_ENVIRONMENT": "demo",
        "ZORG_DATABASE_URL": sending.database_url,
        "ZORG_SMTP_URL": sending.smtp_url.get_secret_value(),
    }
    with subprocess.Popen([sys.executable, "-c", SENDER], env=os.environ | surroundings) as sender:
        mailbox.on_message = lambda: os.kill(sender.pid, signal.SIGKILL)
        assert sender.wait(30) == -signal.SIGKILL
    mailbox.on_message = lambda: None
    (delivery,) = deliveries(sessions)
    assert (delivery.state, delivery.later) == ("waiting", True)
    office.send_due()
    assert len(mailbox.received) == 1  # still claimed
    let_time_pass(sessions)
    office.send_due()
    first, second = mailbox.received
    assert first["message-id"] == second["message-id"]
    assert deliveries(sessions)[0].state == "sent"


@pytest.mark.parametrize(
    ("url", "port", "at_once"),
    [("smtp://mail.example", 587, False), ("smtps://mail.example", 465, True), ("smtp://mail.example:25", 25, False)],
)
def test_the_url_says_where_and_how(url: str, port: int, at_once: bool) -> None:
    server = MailServer.of(Settings(environment="demo", smtp_url=SecretStr(url.replace("//", "//n%40am:g%3Aheim@"))))
    assert server == MailServer("mail.example", port, "n@am", "g:heim", at_once, must_encrypt=False)
