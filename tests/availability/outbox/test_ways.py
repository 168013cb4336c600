"""How an organisation says where it wants to be told: e-mail addresses, webhooks, calendars."""

from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from standardwebhooks import Webhook

from availability.outbox.webhooks import fault_in
from tests.availability.outbox.test_notices import Person
from tests.conftest import Token


@pytest.fixture
def planner(client: TestClient, token: Token) -> Person:
    return Person(client, token)


@pytest.fixture
def stranger(client: TestClient, token: Token) -> Person:
    return Person(client, token, "provider", "90000002")


WAYS: list[tuple[str, dict[str, Any] | None]] = [
    ("/contact-addresses", {"email": "intake@example.org", "kinds": ["referral-received"]}),
    ("/webhooks", {"url": "https://systeem.example/berichten"}),
    ("/calendars", None),
]


@pytest.mark.parametrize(("path", "wish"), WAYS)
def test_a_way_is_added_listed_and_taken_away(planner: Person, path: str, wish: Any) -> None:
    made = planner.post(path, wish)
    assert made.status_code == 201, made.text
    (listed,) = planner.get(path).json()["items"]
    assert listed["id"] == made.json()["id"]
    assert made.headers["location"] == f"/v1{path}/{listed['id']}"
    assert planner.delete(f"{path}/{listed['id']}").status_code == 204
    assert planner.delete(f"{path}/{listed['id']}").status_code == 404
    assert planner.get(path).json()["items"] == []


@pytest.mark.parametrize(("path", "wish"), WAYS)
def test_a_way_of_another_does_not_exist(planner: Person, stranger: Person, path: str, wish: Any) -> None:
    made = planner.post(path, wish).json()
    assert stranger.get(path).json()["items"] == []
    assert stranger.delete(f"{path}/{made['id']}").status_code == 404
    assert len(planner.get(path).json()["items"]) == 1


@pytest.mark.parametrize(("path", "wish"), WAYS[:2])
def test_the_same_way_twice_is_one(planner: Person, path: str, wish: Any) -> None:
    planner.post(path, wish)
    assert planner.post(path, wish).status_code == 409


def test_there_is_an_end_to_the_ways_of_one_role(planner: Person) -> None:
    answers = [planner.post("/contact-addresses", {"email": f"intake{n}@example.org"}).status_code for n in range(21)]
    assert answers == [201] * 20 + [409]


def test_secrets_are_shown_once(planner: Person) -> None:
    secret = planner.post("/webhooks", {"url": "https://systeem.example/a"}).json()["secret"]
    address = planner.post("/calendars").json()["address"]
    assert Webhook(secret) is not None
    for path in ("/webhooks", "/calendars"):
        listed = planner.get(path).text
        assert secret not in listed
        assert address not in listed


def test_every_change_is_in_the_audit_without_content(planner: Person, session: Session) -> None:
    made = planner.post("/contact-addresses", {"email": "intake@example.org"}).json()
    planner.delete(f"/contact-addresses/{made['id']}")
    audited = session.execute(text("SELECT action, record_id FROM audit_entry WHERE record_kind = 'contact-address'"))
    assert [tuple(row) for row in audited] == [
        ("add-contact-address", made["id"]),
        ("remove-contact-address", made["id"]),
    ]


@pytest.mark.parametrize("email", ["geen adres", "a@b", "a@b.nl\nBcc: c@d.nl", "", "a b@c.nl", "é@c.nl", "@c.nl"])
def test_what_is_no_email_address_is_refused(planner: Person, email: str) -> None:
    answer = planner.post("/contact-addresses", {"email": email})
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["pointer"] == "/email"


@pytest.mark.parametrize(
    "url",
    [
        "http://systeem.example/",
        "ftp://systeem.example/",
        "https://",
        "https://gebruiker:geheim@systeem.example/",
        "https://systeem.example/#deel",
        "https://127.0.0.1/",
        "https://10.1.2.3/",
        "https://169.254.169.254/latest",
        "https://[::1]/",
        "https://[::ffff:10.0.0.1]/",
        "https://[64:ff9b::a00:1]/",
        "https://[fd00::1]/",
        "https://systeem.example:99999/",
    ],
)
def test_outside_the_demo_a_webhook_is_public_and_https(url: str) -> None:
    assert fault_in(url, anywhere=False)


@pytest.mark.parametrize(
    "url", ["https://systeem.example/pad?x=1", "https://1.1.1.1/", "https://systeem.example:8443/"]
)
def test_a_public_https_address_is_fine(url: str) -> None:
    assert fault_in(url, anywhere=False) is None


def test_a_wrong_webhook_is_refused_with_its_reason(planner: Person, client: TestClient) -> None:
    app = client.app
    assert isinstance(app, FastAPI)
    settings = app.state.settings
    app.state.settings = settings.model_copy(update={"environment": "production"})
    try:
        answer = planner.post("/webhooks", {"url": "http://systeem.example/"})
    finally:
        app.state.settings = settings
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["detail"] == "Geef een webadres dat met https:// begint."


def test_a_webhook_can_be_tried_out(planner: Person, stranger: Person) -> None:
    made = planner.post("/webhooks", {"url": "https://systeem.example/a", "kinds": ["capacity-due"]}).json()
    assert stranger.post(f"/webhooks/{made['id']}/test").status_code == 404
    assert planner.post(f"/webhooks/{made['id']}/test").status_code == 202
    (delivery,) = planner.get("/deliveries").json()["items"]
    assert delivery.items() >= {"webhookId": made["id"], "state": "waiting", "title": "Proefbericht"}.items()


def test_what_was_given_up_is_visible_and_can_be_tried_again(
    planner: Person, stranger: Person, session: Session
) -> None:
    made = planner.post("/webhooks", {"url": "https://systeem.example/a"}).json()
    planner.post(f"/webhooks/{made['id']}/test")
    session.execute(text("UPDATE delivery SET state = 'dead', failure = 'http-500', attempts = 10"))
    (dead,) = planner.get("/deliveries", state="dead").json()["items"]
    assert dead["failure"] == "http-500"
    assert stranger.post(f"/deliveries/{dead['id']}/retry").status_code == 404
    assert planner.post(f"/deliveries/{dead['id']}/retry").status_code == 202
    assert planner.get("/deliveries", state="dead").json()["items"] == []
    assert planner.post(f"/deliveries/{dead['id']}/retry").status_code == 404
