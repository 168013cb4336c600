"""The link in a reminder: opening it changes nothing, its button confirms once, and a wrong link says what is wrong."""

import html
import re
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clockwork.queries import make_link
from availability.outbox.links import Links
from availability.outbox.telling import Notice, tell
from availability.settings import Settings
from availability.supply.messages import FIGURES
from tests.availability.builders import a_provider, a_statement, an_offer


class Reader:
    """Somebody at a provider with a reminder of two offers in her mailbox."""

    def __init__(self, client: TestClient, session: Session, settings: Settings, days: int = 14) -> None:
        self.client, self.session = client, session
        self.provider = a_provider(session, name="De <Tulp>")
        self.offers = [an_offer(session, self.provider, name=f"Gezinshuis {name}") for name in ("Aster", "Beuk")]
        self.statements = [a_statement(session, offer) for offer in self.offers]
        notice = tell(session, Notice.CAPACITY_DUE, organisation=self.provider, role="provider", key="1")
        assert notice is not None
        expires = datetime.now(UTC) + timedelta(days=days)
        make_link(session, notice, self.provider, self.offers, expires)
        link = session.execute(text("SELECT id FROM confirmation_link")).scalar_one()
        address = Links.of(settings).confirmation(link, expires)
        self.path = address.removeprefix("http://127.0.0.1:8000/v1")

    def open(self) -> Any:
        return self.client.get(self.path)

    def press(self, shown: str) -> Any:
        """Press the button on a page that was shown."""
        fields = {"opgave": [html.unescape(each) for each in re.findall(r'name="opgave" value="([^"]*)"', shown)]}
        return self.client.post(self.path, data=fields)

    def sources(self) -> list[str]:
        found = self.session.execute(
            text(
                "SELECT source FROM current_capacity JOIN capacity_statement ON id = statement_id"
                " WHERE current_capacity.offer_id = ANY (:offers) ORDER BY current_capacity.offer_id"
            ),
            {"offers": self.offers},
        )
        return list(found.scalars())


@pytest.fixture
def reader(client: TestClient, session: Session, settings: Settings) -> Reader:
    return Reader(client, session, settings)


def test_the_page_shows_the_offers_and_one_button(reader: Reader) -> None:
    answer = reader.open()
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Gezinshuis Aster" in answer.text
    assert "Gezinshuis Beuk" in answer.text
    assert "2 plekken vrij van 12" in answer.text
    assert "De &lt;Tulp&gt;" in answer.text
    assert answer.text.count("<button") == 1
    assert answer.headers.get_list("content-security-policy")[0].startswith("default-src 'none'; style-src 'sha256-")


EVERYTHING: dict[str, Any] = {
    "total_places": 61,
    "occupied_places": 52,
    "reserved_places": 3,
    "open_places": 4,
    "intake_wait_days": 35,
    "treatment_wait_days": 63,
    "admission_stop": True,
    "available_from": "2027-03-01",
    "waiting_count": 17,
    "started_last_90_days": 18,
    "withdrawn_last_90_days": 19,
    "note": "Alleen <doordeweeks>.",
}


def test_the_page_shows_every_figure_that_its_button_states_again(reader: Reader) -> None:
    assert tuple(EVERYTHING) == FIGURES
    a_statement(reader.session, reader.offers[0], **EVERYTHING)
    said = [html.unescape(each) for each in re.findall(r"<p>(.*?)</p>", reader.open().text)]
    for line in (
        "Opnamestop. 4 plekken vrij van 61. Bezet: 52. Gereserveerd: 3.",
        "Wachten op het eerste gesprek: vijf weken. Daarna op de hulp: negen weken.",
        "Plek vanaf: 1 maart 2027.",
        "Wachtend: 17.",
        "Gestart in 90 dagen: 18.",
        "Afgehaakt in 90 dagen: 19.",
        "Toelichting: Alleen <doordeweeks>.",
    ):
        assert line in said


def test_the_page_says_nothing_of_what_is_unknown_but_says_zero(reader: Reader) -> None:
    assert "Wachtend" not in reader.open().text
    a_statement(reader.session, reader.offers[0], waiting_count=0)
    assert "Wachtend: 0." in reader.open().text
    assert "Afgehaakt" not in reader.open().text


def test_a_scanner_that_follows_the_link_changes_nothing(reader: Reader) -> None:
    for _ in range(5):
        reader.open()
        reader.client.head(reader.path)
    assert reader.sources() == ["api", "api"]
    assert reader.press(reader.open().text).status_code == 200


def test_the_button_confirms_what_the_page_showed(reader: Reader) -> None:
    answer = reader.press(reader.open().text)
    assert "uw opgave is weer actueel" in answer.text
    assert reader.sources() == ["confirmation", "confirmation"]
    stated_by = reader.session.execute(
        text("SELECT DISTINCT stated_by FROM capacity_statement WHERE source = 'confirmation'")
    ).scalar_one()
    assert stated_by == f"{reader.provider}:bevestigingslink"


def test_every_confirmation_is_in_the_audit(reader: Reader) -> None:
    reader.press(reader.open().text)
    audited = reader.session.execute(
        text("SELECT count(*) FROM audit_entry WHERE action = 'confirm-capacity' AND subject = 'bevestigingslink'")
    )
    assert audited.scalar_one() == 2


def test_a_link_works_once(reader: Reader) -> None:
    shown = reader.open().text
    reader.press(shown)
    again = reader.press(shown)
    assert again.status_code == 410
    assert "Deze link is al gebruikt" in again.text
    assert reader.open().status_code == 410
    stated = reader.session.execute(text("SELECT count(*) FROM capacity_statement WHERE source = 'confirmation'"))
    assert stated.scalar_one() == 2


def test_what_was_stated_anew_in_between_is_left_alone(reader: Reader) -> None:
    shown = reader.open().text
    a_statement(reader.session, reader.offers[1], open_places=0)
    answer = reader.press(shown)
    assert reader.sources() == ["confirmation", "api"]
    confirmed, changed = answer.text.split("ondertussen gewijzigd")
    assert "Gezinshuis Aster" in confirmed
    assert "Gezinshuis Beuk" in changed


def test_when_all_was_stated_anew_the_link_still_works(reader: Reader) -> None:
    shown = reader.open().text
    for offer in reader.offers:
        a_statement(reader.session, offer)
    assert "Er is niets bevestigd" in reader.press(shown).text
    reader.press(reader.open().text)
    assert reader.sources() == ["confirmation", "confirmation"]


def test_a_link_expires(client: TestClient, session: Session, settings: Settings) -> None:
    late = Reader(client, session, settings, days=-1)
    for answer in (late.open(), late.client.post(late.path, data={"opgave": "1-1"})):
        assert answer.status_code == 410
        assert "Deze link is verlopen" in answer.text
    assert late.sources() == ["api", "api"]


def test_a_browser_gets_a_page_of_what_is_wrong_and_a_program_a_problem(reader: Reader) -> None:
    page = reader.client.get("/confirmations/x", headers={"Accept": "text/html,*/*"})
    assert (page.status_code, page.headers["content-type"]) == (410, "text/html; charset=utf-8")
    assert "<h1>Deze link klopt niet</h1>" in page.text
    problem = reader.client.get("/confirmations/x")
    assert (problem.status_code, problem.headers["content-type"]) == (410, "application/problem+json")
    assert problem.json()["detail"].startswith("Deze link klopt niet. ")


@pytest.mark.parametrize(
    "spoil", [lambda path: path[:-2] + "xx", lambda path: path[:60], lambda path: "/confirmations/x"]
)
def test_a_forged_link_is_none(reader: Reader, spoil: Any) -> None:
    for answer in (reader.client.get(spoil(reader.path)), reader.client.post(spoil(reader.path))):
        assert answer.status_code == 410
        assert "Deze link klopt niet" in answer.text
    assert reader.sources() == ["api", "api"]


def test_a_token_to_log_in_with_is_no_link(reader: Reader, token: Any) -> None:
    login = token("provider", reader.provider).removeprefix("Bearer ")
    assert reader.client.get(f"/confirmations/{login}").status_code == 410


def test_the_form_can_confirm_nothing_of_another(reader: Reader) -> None:
    other = an_offer(reader.session)
    statement = a_statement(reader.session, other)
    answer = reader.client.post(
        reader.path, data={"opgave": [f"{other}-{statement}", "9-9", "x", f"{other}-" + "9" * 30]}
    )
    assert "Er is niets bevestigd" in answer.text
    source = reader.session.execute(text("SELECT source FROM capacity_statement WHERE offer_id = :id"), {"id": other})
    assert source.scalar_one() == "api"


def test_an_offer_that_went_to_another_provider_is_no_longer_confirmed_by_the_link(reader: Reader) -> None:
    shown = reader.open().text
    reader.session.execute(
        text("UPDATE offer SET provider_agb = :other WHERE id = :offer"),
        {"other": a_provider(reader.session), "offer": reader.offers[1]},
    )
    assert "Gezinshuis Beuk" not in reader.open().text
    assert "Gezinshuis Beuk" not in reader.press(shown).text
    assert reader.sources() == ["confirmation", "api"]


def test_an_offer_that_ended_is_not_confirmed(reader: Reader) -> None:
    reader.session.execute(
        text("UPDATE offer SET published_until = '2026-01-01' WHERE id = ANY (:o)"), {"o": reader.offers}
    )
    assert "Er is niets te bevestigen" in reader.open().text


def test_the_page_says_itself_in_which_language_it_is(client: TestClient, reader: Reader) -> None:
    assert isinstance(client.app, FastAPI)
    shown = reader.open().text
    assert '<html lang="nl">' in shown
    assert '<meta name="viewport"' in shown
    assert re.findall(r"<h1>(.*?)</h1>", shown) == ["Is er niets veranderd?"]
