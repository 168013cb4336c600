"""In the demo every e-mail can be read without a mail server, the link in a reminder included; elsewhere none can."""

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.clockwork.queries import make_link
from availability.outbox.telling import Notice, tell
from tests.availability.builders import a_provider, a_statement, an_offer
from tests.availability.outbox.builders import a_contact_address
from tests.availability.outbox.test_notices import Person
from tests.conftest import Token


@pytest.fixture
def provider(session: Session) -> str:
    """With a reminder of one offer."""
    agb_code = a_provider(session)
    offer = an_offer(session, agb_code)
    a_statement(session, offer)
    notice = tell(session, Notice.CAPACITY_DUE, organisation=agb_code, role="provider", key="1")
    assert notice is not None
    make_link(session, notice, agb_code, [offer], datetime.now(UTC) + timedelta(days=14))
    return agb_code


def test_a_message_is_shown_without_an_address_and_its_link_works(
    client: TestClient, token: Token, provider: str
) -> None:
    (mail,) = Person(client, token, "provider", provider).get("/demo-mails").json()["items"]
    assert (mail["to"], mail["subject"]) == ("", "Uw opgave van plekken verloopt bijna")
    link = next(line for line in mail["text"].splitlines() if "/confirmations/" in line)
    assert client.get(link.removeprefix("http://127.0.0.1:8000/v1")).status_code == 200


def test_a_message_to_an_address_names_it(client: TestClient, session: Session, token: Token) -> None:
    a_contact_address(session)
    tell(session, Notice.REFERRAL_RECEIVED, organisation="90000001", role="provider", key="1")
    (mail,) = Person(client, token).get("/demo-mails").json()["items"]
    assert mail["to"] == "intake@example.org"


def test_nobody_reads_the_mail_of_another(client: TestClient, token: Token, provider: str) -> None:
    assert Person(client, token, "provider", "90000009").get("/demo-mails").json()["items"] == []
    assert Person(client, token, "local-team", "GM0202").get("/demo-mails").json()["items"] == []
