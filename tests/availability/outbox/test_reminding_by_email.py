"""A reminder from beginning to end: found to be due, mailed over SMTP, opened, and confirmed with one click, once."""

import html
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from threading import Barrier
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session, sessionmaker

from availability.app import create_app
from availability.clock import calendar
from availability.clockwork.reminders import remind, remind_providers
from availability.clockwork.surroundings import Surroundings
from availability.outbox.sending import PostOffice
from availability.settings import Settings
from tests.availability.builders import a_provider, a_statement, an_offer
from tests.availability.outbox.builders import a_contact_address
from tests.availability.outbox.receivers import Mailbox
from tests.conftest import started

pytestmark = pytest.mark.slow

Sessions = sessionmaker[Session]

PUBLIC = "http://127.0.0.1:8000/v1"
"""Where the links of these tests lead; what answers there is the API itself."""


@dataclass(frozen=True)
class Planner:
    """Of a provider whose two statements run out this week."""

    provider: str
    offers: tuple[int, ...]


@pytest.fixture
def planner(sessions: Sessions) -> Iterator[Planner]:
    with sessions.begin() as session:
        provider = a_provider(session)
        offers = tuple(an_offer(session, provider) for _ in range(2))
        for offer in offers:
            a_statement(session, offer, stated_at=datetime.now(UTC) - timedelta(days=26))
        a_contact_address(session, organisation=provider)
    yield Planner(provider, offers)
    with sessions.begin() as session:
        session.execute(
            text("UPDATE offer SET published_until = '2020-01-02' WHERE id = ANY (:o)"), {"o": list(offers)}
        )
        session.execute(text("DELETE FROM clockwork_mark"))


@pytest.fixture
def api(sending: Settings) -> Iterator[TestClient]:
    with started(create_app(sending)) as client:
        yield client


@pytest.fixture
def surroundings(sending: Settings, sessions: Sessions, office: PostOffice) -> Surroundings:
    def nothing() -> Any:
        raise AssertionError("reminders ask no board")

    return Surroundings(sending, sessions, calendar(), office, nothing, nothing)


def sources(sessions: Sessions, planner: Planner) -> list[str]:
    """Where each statement came from, the oldest first."""
    said = text("SELECT source FROM capacity_statement WHERE offer_id = ANY (:offers) ORDER BY id")
    with sessions() as session:
        return list(session.execute(said, {"offers": list(planner.offers)}).scalars())


def link_in(mailbox: Mailbox) -> str:
    """The path of the link in the only message that came."""
    (message,) = mailbox.received
    said = message.get_payload(decode=True)
    assert isinstance(said, bytes)
    (link,) = re.findall(r"^http\S+/confirmations/\S+$", said.decode().replace("\r\n", "\n"), re.MULTILINE)
    return str(link).removeprefix(PUBLIC)


def fields_of(page: str) -> dict[str, list[str]]:
    return {"opgave": [html.unescape(each) for each in re.findall(r'name="opgave" value="([^"]*)"', page)]}


def at_once(times: int, do: Callable[[], Any]) -> list[Any]:
    together = Barrier(times)

    def one(_: int) -> Any:
        together.wait()
        return do()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(one, range(times)))


def test_the_link_of_a_mailed_reminder_confirms_after_a_click_and_only_once(
    surroundings: Surroundings, sessions: Sessions, mailbox: Mailbox, planner: Planner, api: TestClient
) -> None:
    remind_providers(surroundings)
    surroundings.office.send_due()
    link = link_in(mailbox)
    assert mailbox.received[0]["subject"] == "Uw opgave van plekken verloopt bijna"

    for _ in range(3):  # a mail scanner follows the link, and so does a planner
        shown = api.get(link)
        assert shown.status_code == 200
    assert sources(sessions, planner) == ["api", "api"]

    assert api.post(link, data=fields_of(shown.text)).status_code == 200
    assert sources(sessions, planner) == ["api", "api", "confirmation", "confirmation"]

    again = api.post(link, data=fields_of(shown.text))
    assert again.status_code == 410
    assert sources(sessions, planner) == ["api", "api", "confirmation", "confirmation"]


def test_of_many_clicks_at_once_one_confirms(
    surroundings: Surroundings, sessions: Sessions, mailbox: Mailbox, planner: Planner, api: TestClient
) -> None:
    remind_providers(surroundings)
    surroundings.office.send_due()
    link = link_in(mailbox)
    fields = fields_of(api.get(link).text)
    answers = at_once(8, lambda: api.post(link, data=fields))
    assert sorted(answer.status_code for answer in answers) == [200] + [410] * 7
    assert sources(sessions, planner) == ["api", "api", "confirmation", "confirmation"]


def remind_today(surroundings: Surroundings) -> None:
    """As a process that does not know that the day's work was done: at midnight, or with a clock that went back."""
    with surroundings.sessions.begin() as session:
        remind(session, surroundings.today())


@pytest.mark.parametrize("work", [remind_providers, remind_today])
def test_of_two_clockworks_at_once_one_reminds(
    surroundings: Surroundings,
    sessions: Sessions,
    mailbox: Mailbox,
    planner: Planner,
    work: Callable[[Surroundings], None],
) -> None:
    at_once(2, lambda: work(surroundings))
    with sessions() as session:
        told = session.execute(
            text("SELECT count(*) FROM notice WHERE organisation = :own"), {"own": planner.provider}
        ).scalar_one()
    assert told == 1
    at_once(2, surroundings.office.send_due)
    assert len(mailbox.received) == 1
