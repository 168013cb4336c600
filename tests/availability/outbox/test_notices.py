"""The list "wat is er veranderd": what is told to a role at an organisation, and what of it was read."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy.orm import Session

from availability.outbox.telling import VALUES, Notice, tell
from availability.outbox.wording import LABELS, WORDS
from tests.conftest import Token


class Person:
    """Somebody in a role at an organisation, talking to the API."""

    def __init__(
        self, client: TestClient, token: Token, role: str = "provider", organisation: str = "90000001"
    ) -> None:
        self.client = client
        self.authorization = {"Authorization": token(role, organisation)}

    def get(self, path: str, **query: Any) -> Any:
        return self.client.get(path, params=query, headers=self.authorization)

    def post(self, path: str, body: Any = None) -> Any:
        return self.client.post(path, json=body, headers=self.authorization)

    def delete(self, path: str) -> Any:
        return self.client.delete(path, headers=self.authorization)


@pytest.fixture
def planner(client: TestClient, token: Token) -> Person:
    return Person(client, token)


def told(session: Session, key: str = "R1", **changed: Any) -> None:
    given = {"organisation": "90000001", "role": "provider", "link": "/aanmeldingen?id=1"} | changed
    tell(session, given.pop("notice", Notice.REFERRAL_RECEIVED), key=key, **given)


def test_a_notice_is_said_in_words_with_its_details(planner: Person, session: Session) -> None:
    told(session, values={"offer": "Gezinshuis De Wilgen", "due": "2026-12-14"})
    answer = planner.get("/notices")
    assert answer.status_code == 200
    (notice,) = answer.json()["items"]
    assert notice["title"] == "Nieuwe aanmelding"
    assert notice["link"] == "/aanmeldingen?id=1"
    assert notice["details"] == [
        {"label": "Aanbod", "text": "Gezinshuis De Wilgen"},
        {"label": "Uiterlijk", "text": "14 december 2026"},
    ]


def test_nobody_sees_what_is_told_to_another_organisation_or_role(
    client: TestClient, session: Session, token: Token
) -> None:
    told(session)
    for role, organisation in (("provider", "90000002"), ("local-team", "GM0202"), ("youth-protection", "90000001")):
        assert Person(client, token, role, organisation).get("/notices").json()["items"] == []


def test_what_was_read_no_longer_counts_and_stays_in_the_list(planner: Person, session: Session) -> None:
    told(session, "R1")
    told(session, "R2")
    first, second = planner.get("/notices").json()["items"]
    assert planner.post("/notice-readings", {"ids": [first["id"]]}).json() == {"ids": [first["id"]]}
    assert planner.post("/notice-readings", {"ids": [first["id"]]}).json() == {"ids": []}
    unread = planner.get("/notices", unread="true").json()
    assert [each["id"] for each in unread["items"]] == [second["id"]]
    assert unread["unread"] == 1
    assert len(planner.get("/notices").json()["items"]) == 2


def test_another_cannot_read_it_for_you(client: TestClient, planner: Person, session: Session, token: Token) -> None:
    told(session)
    (notice,) = planner.get("/notices").json()["items"]
    stranger = Person(client, token, "provider", "90000002")
    assert stranger.post("/notice-readings", {"ids": [notice["id"]]}).json() == {"ids": []}
    assert planner.get("/notices").json()["unread"] == 1


def test_the_list_goes_on_where_it_stopped(planner: Person, session: Session) -> None:
    for number in range(5):
        told(session, f"R{number}")
    seen, cursor = [], None
    while True:
        page = planner.get("/notices", limit=2, **({"cursor": cursor} if cursor else {})).json()
        seen += [each["id"] for each in page["items"]]
        cursor = page["next"]
        if cursor is None:
            break
    assert len(seen) == len(set(seen)) == 5


def test_since_asks_only_for_what_is_newer(planner: Person, session: Session) -> None:
    told(session)
    soon = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    assert planner.get("/notices", since=soon).json()["items"] == []
    assert planner.get("/notices", since="2026-01-01T00:00:00").status_code == 400


def test_every_notice_has_words_and_every_word_a_label() -> None:
    assert set(WORDS) == set(Notice)
    assert set(LABELS) == VALUES


def test_every_sentence_is_short_and_plain() -> None:
    for words in WORDS.values():
        for sentence in words.sentence.replace("?", "?|").replace(". ", ".|").split("|"):
            assert len(sentence.split()) <= 15, sentence
        assert "cliënt" not in words.sentence
