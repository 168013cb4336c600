"""A webhook's secret is renewed without a message lost: for a while a receiver with either secret knows the sender."""

import json

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker
from standardwebhooks import Webhook, WebhookVerificationError

from availability.outbox.queries import MOST_SECRETS
from availability.outbox.sending import PostOffice
from tests.availability.outbox.receivers import Receiver
from tests.availability.outbox.test_notices import Person
from tests.availability.outbox.test_sending_webhooks import told
from tests.conftest import Token


@pytest.fixture
def planner(client: TestClient, token: Token) -> Person:
    return Person(client, token)


@pytest.fixture
def webhook(planner: Person) -> str:
    return str(planner.post("/webhooks", {"url": "https://systeem.example/a"}).json()["id"])


def test_a_new_secret_is_shown_once_and_the_former_ends_at_a_set_time(
    planner: Person, webhook: str, session: Session
) -> None:
    renewed = planner.post(f"/webhooks/{webhook}/secret", {"formerCountsHours": 48})
    assert renewed.status_code == 201, renewed.text
    assert Webhook(renewed.json()["secret"]) is not None
    assert renewed.json()["secret"] not in planner.get("/webhooks").text
    assert session.scalar(text("SELECT ends_at - now() FROM former_secret")).total_seconds() == 48 * 3600


def test_by_itself_the_former_counts_a_day(planner: Person, webhook: str, session: Session) -> None:
    planner.post(f"/webhooks/{webhook}/secret", {})
    assert session.scalar(text("SELECT ends_at - now() = '24 hours' FROM former_secret"))


def test_a_secret_that_leaked_ends_at_once_with_all_before_it(planner: Person, webhook: str, session: Session) -> None:
    for hours in (24, 24, 0):
        assert planner.post(f"/webhooks/{webhook}/secret", {"formerCountsHours": hours}).status_code == 201
    assert session.scalar(text("SELECT count(*) FROM former_secret WHERE ends_at > now()")) == 0


def test_an_answer_that_got_lost_does_no_harm_and_there_is_an_end_to_it(planner: Person, webhook: str) -> None:
    answers = [planner.post(f"/webhooks/{webhook}/secret", {}).status_code for _ in range(MOST_SECRETS + 1)]
    assert answers == [201] * MOST_SECRETS + [409]
    assert planner.post(f"/webhooks/{webhook}/secret", {"formerCountsHours": 0}).status_code == 201


@pytest.mark.parametrize("hours", [-1, 169, True, "24", 1.5])
def test_a_week_is_the_longest(planner: Person, webhook: str, hours: object) -> None:
    answer = planner.post(f"/webhooks/{webhook}/secret", {"formerCountsHours": hours})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/formerCountsHours"


def test_another_cannot_renew_it(client: TestClient, token: Token, webhook: str) -> None:
    stranger = Person(client, token, "provider", "90000002")
    assert stranger.post(f"/webhooks/{webhook}/secret", {}).status_code == 404


@pytest.mark.slow
def test_a_receiver_with_either_secret_knows_the_sender_until_the_former_ends(
    office: PostOffice, sessions: sessionmaker[Session], receiver: Receiver, receiver_url: str
) -> None:
    first, second = ("whsec_" + "YWJjZGVmZ2hpamtsbW5vcHFyc3R1dnd4eXphYmNkZW" + end for end in ("Y=", "c="))
    told(sessions, receiver_url, "R1")
    with sessions.begin() as session:
        session.execute(text("UPDATE webhook SET secret = :new"), {"new": second})
        session.execute(
            text("INSERT INTO former_secret (webhook_id, secret, ends_at) SELECT id, :old, 'infinity' FROM webhook"),
            {"old": first},
        )
    office.send_due()
    ((headers, body),) = receiver.received
    assert len(headers["webhook-signature"].split()) == 2
    for secret in (first, second):
        assert Webhook(secret).verify(body, headers) == json.loads(body)

    with sessions.begin() as session:
        session.execute(text("UPDATE former_secret SET ends_at = now()"))
        session.execute(text("UPDATE delivery SET state = 'waiting', due_at = now()"))
    office.send_due()
    headers, body = receiver.received[1]
    Webhook(second).verify(body, headers)
    with pytest.raises(WebhookVerificationError):
        Webhook(first).verify(body, headers)
