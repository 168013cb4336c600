"""The calendar: the terms of a role at an organisation, on a secret address, and nothing of a child."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient
from icalendar import Calendar
from sqlalchemy import text
from sqlalchemy.orm import Session

from tests.availability.clockwork.builders import a_case
from tests.availability.outbox.test_notices import Person
from tests.conftest import Token


class Subscriber(Person):
    """A youth-protection worker whose calendar program reads her organisation's terms."""

    def __init__(self, client: TestClient, token: Token) -> None:
        super().__init__(client, token, "youth-protection", "90000777")
        self.made = self.post("/calendars").json()
        self.path = self.made["address"].removeprefix("http://127.0.0.1:8000/v1")

    def read(self, **headers: str) -> Any:
        return self.client.get(self.path, headers={name.replace("_", "-"): value for name, value in headers.items()})

    def events(self) -> list[Any]:
        return list(Calendar.from_ical(self.read().content).walk("VEVENT"))


@pytest.fixture
def today() -> date:
    return datetime.now(UTC).date()


@pytest.fixture
def subscriber(client: TestClient, token: Token) -> Subscriber:
    return Subscriber(client, token)


def test_without_cases_it_is_an_empty_calendar(subscriber: Subscriber) -> None:
    answer = subscriber.read()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert subscriber.events() == []


def test_each_term_is_a_day_with_two_alarms(subscriber: Subscriber, session: Session, today: date) -> None:
    a_case(session, today)
    (event,) = subscriber.events()
    assert str(event["summary"]) == "Bespreek de hulp met het lokale team."
    assert event.decoded("dtstart") > today
    assert event.decoded("dtend") == event.decoded("dtstart") + timedelta(days=1)
    assert [alarm.decoded("trigger") for alarm in event.walk("VALARM")] == [timedelta(hours=-15), timedelta(hours=9)]


def test_nothing_of_the_child_or_the_case_is_in_it(subscriber: Subscriber, session: Session, today: date) -> None:
    case = a_case(session, today)
    said = subscriber.read().text
    for private in ("6811", "2013", "A-17", str(case), "GM0202"):
        assert private not in said


def test_what_did_not_change_is_not_sent_again(subscriber: Subscriber, session: Session, today: date) -> None:
    a_case(session, today)
    first = subscriber.read()
    again = subscriber.read(if_none_match=first.headers["etag"])
    assert (again.status_code, again.content) == (304, b"")
    a_case(session, today)
    assert subscriber.read(if_none_match=first.headers["etag"]).status_code == 200


def test_a_task_keeps_its_identity_between_readings(subscriber: Subscriber, session: Session, today: date) -> None:
    for _ in range(2):
        a_case(session, today)
    first, second = ([str(event["uid"]) for event in subscriber.events()] for _ in range(2))
    assert first == second
    assert len(set(first)) == 2


def test_another_organisation_has_other_terms(
    subscriber: Subscriber, session: Session, today: date, token: Token
) -> None:
    a_case(session, today, organisation="90000888")
    assert subscriber.events() == []


def test_a_revoked_or_guessed_address_is_none(subscriber: Subscriber, client: TestClient) -> None:
    assert client.get("/calendar-feeds/geraden").status_code == 404
    assert subscriber.delete(f"/calendars/{subscriber.made['id']}").status_code == 204
    assert subscriber.read().status_code == 404


def test_only_a_digest_of_the_address_is_kept(subscriber: Subscriber, session: Session) -> None:
    secret = subscriber.path.rsplit("/", 1)[1]
    kept = session.execute(text("SELECT digest FROM calendar_feed")).scalars().all()
    assert len(kept) == 1
    assert secret not in kept[0]
