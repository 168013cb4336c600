"""Webhooks: signed CloudEvents, posted once for each notice and system, to nowhere they should not go."""

import asyncio
import json
import socket
import ssl
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker
from standardwebhooks import Webhook

from availability.outbox import webhooks
from availability.outbox.sending import PostOffice
from availability.outbox.telling import Notice, tell
from tests.availability.outbox.builders import SECRET, a_webhook
from tests.availability.outbox.certificates import a_certificate
from tests.availability.outbox.receivers import Receiver, a_receiver
from tests.availability.outbox.test_sending_email import deliveries, let_time_pass

pytestmark = pytest.mark.slow

Sessions = sessionmaker[Session]


def told(sessions: Sessions, url: str, *keys: str) -> None:
    with sessions.begin() as session:
        a_webhook(session, url=url)
        for key in keys or ("R1",):
            tell(
                session,
                Notice.REFERRAL_RECEIVED,
                organisation="90000001",
                role="provider",
                key=key,
                link="/aanmeldingen?id=7f9c",
                values={"offer": "Gezinshuis De Wilgen"},
            )


def test_an_event_is_a_cloudevent_that_says_what_the_list_says(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    told(sessions, receiver_url)
    office.send_due()
    ((headers, _),) = receiver.received
    (event,) = receiver.events
    assert headers["content-type"] == "application/cloudevents+json; charset=utf-8"
    assert event["specversion"] == "1.0"
    assert event["type"] == "nl.zorgbeschikbaarheid.referral-received"
    assert event["source"] == "http://127.0.0.1:8000/v1"
    assert datetime.fromisoformat(event["time"]).tzinfo is not None
    assert all(name.isalnum() and name.islower() for name in event)  # CloudEvents 1.0 §Naming conventions
    assert event["data"] == {
        "organisation": "90000001",
        "role": "provider",
        "title": "Nieuwe aanmelding",
        "text": "U hebt een aanmelding gekregen. Geef op tijd antwoord.",
        "link": "http://127.0.0.1:8501/aanmeldingen?id=7f9c",
        "values": {"offer": "Gezinshuis De Wilgen"},
    }


def test_the_receiver_can_check_who_sent_it(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    told(sessions, receiver_url)
    office.send_due()
    ((headers, body),) = receiver.received
    assert Webhook(SECRET).verify(body, headers) == json.loads(body)
    assert headers["webhook-id"] == json.loads(body)["id"]


def test_a_failing_receiver_hears_it_again_under_the_same_id_and_then_no_more(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    receiver.answers = [500, 503]
    told(sessions, receiver_url)
    for _ in range(4):
        office.send_due()
        let_time_pass(sessions)
    assert len(receiver.events) == 3
    assert len({event["id"] for event in receiver.events}) == 1
    assert deliveries(sessions)[0].state == "sent"


def test_who_says_gone_is_not_asked_again(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    receiver.answers = [410]
    told(sessions, receiver_url)
    office.send_due()
    assert [(each.state, each.failure) for each in deliveries(sessions)] == [("dead", "http-410")]


def test_a_redirect_is_not_followed(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    elsewhere = Receiver()
    with a_receiver(elsewhere) as url:
        receiver.answers, receiver.location = [307], url
        told(sessions, receiver_url)
        office.send_due()
    assert elsewhere.received == []
    assert [(each.state, each.failure) for each in deliveries(sessions)] == [("waiting", "http-307")]


def test_a_slow_receiver_costs_our_patience_once_for_all_that_go_there(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhooks, "PATIENCE_SECONDS", 0.2)
    receiver.seconds = 1.0
    told(sessions, receiver_url, *(f"R{n}" for n in range(10)))
    office.send_due()
    assert {(each.state, each.failure) for each in deliveries(sessions)} == {("waiting", "timeout")}


@pytest.fixture
def resolves_to(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[str]]:
    """Lets every name have these addresses, one more at each look-up; what was looked up."""
    real = asyncio.base_events.BaseEventLoop.getaddrinfo
    looked_up: list[str] = []

    def answer(*addresses: str) -> list[str]:
        async def getaddrinfo(self: Any, host: str, port: Any, **given: Any) -> Any:
            if not host.endswith(".example"):
                return await real(self, host, port, **given)
            looked_up.append(host)
            family = [socket.AF_INET6 if ":" in each else socket.AF_INET for each in addresses]
            return [(kind, 1, 6, "", (each, port)) for kind, each in zip(family, addresses, strict=True)]

        monkeypatch.setattr(asyncio.base_events.BaseEventLoop, "getaddrinfo", getaddrinfo)
        return looked_up

    return answer


@pytest.mark.parametrize(
    "addresses",
    [
        ("127.0.0.1",),
        ("10.0.0.5",),
        ("93.184.215.14", "10.0.0.5"),
        ("169.254.169.254",),
        ("::1",),
        ("::ffff:10.0.0.1",),
    ],
)
def test_outside_the_demo_a_name_that_leads_inside_is_refused(
    office: PostOffice, sessions: Sessions, resolves_to: Any, addresses: tuple[str, ...]
) -> None:
    resolves_to(*addresses)
    strict = replace(office, webhooks=replace(office.webhooks, anywhere=False))
    told(sessions, "https://systeem.example/berichten")
    strict.send_due()
    assert deliveries(sessions)[0].failure == "private-address"


def post_over_tls(office: PostOffice, sessions: Sessions, trusted: ssl.SSLContext, port: int, name: str) -> None:
    told(sessions, f"https://{name}:{port}/berichten")
    replace(office, webhooks=replace(office.webhooks, tls=trusted)).send_due()


def test_the_name_is_looked_up_once_and_the_certificate_is_the_names(
    office: PostOffice, sessions: Sessions, resolves_to: Any, receiver: Receiver, tmp_path: Path
) -> None:
    """So a name that answers something else a moment later (DNS rebinding) changes nothing."""
    presented, trusted = a_certificate("systeem.example", tmp_path)
    looked_up = resolves_to("127.0.0.1")
    with a_receiver(receiver, presented) as url:
        post_over_tls(office, sessions, trusted, int(url.split(":")[2].split("/")[0]), "systeem.example")
    assert looked_up == ["systeem.example"]
    ((headers, _),) = receiver.received
    assert headers["host"].startswith("systeem.example:")


def test_a_certificate_of_another_name_is_not_trusted(
    office: PostOffice, sessions: Sessions, resolves_to: Any, receiver: Receiver, tmp_path: Path
) -> None:
    presented, trusted = a_certificate("ander.example", tmp_path)
    resolves_to("127.0.0.1")
    with a_receiver(receiver, presented) as url:
        post_over_tls(office, sessions, trusted, int(url.split(":")[2].split("/")[0]), "systeem.example")
    assert receiver.received == []
    assert deliveries(sessions)[0].failure == "tls"


def test_what_is_sent_to_a_webhook_that_was_removed_goes_with_it(
    office: PostOffice, sessions: Sessions, receiver: Receiver, receiver_url: str
) -> None:
    told(sessions, receiver_url)
    with sessions.begin() as session:
        session.execute(text("DELETE FROM webhook"))
    office.send_due()
    assert receiver.received == []
    assert deliveries(sessions) == []
