"""A small town of offers, really committed, with a service whose board follows it."""

import time
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from sqlalchemy import text

from availability.app import create_app
from availability.board.board import Board
from tests.availability.board.living import committing
from tests.availability.builders import (
    ARNHEM,
    a_contract,
    a_contracted_offer,
    a_general_provision,
    a_location,
    a_provider,
    a_statement,
    an_offer,
)
from tests.conftest import Token, copied_database, demo_settings

QUESTION: dict[str, Any] = {
    "municipality": ARNHEM,
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": ["gezinshuis"],
    "neededFrom": "2026-12-01",
}
"""A child of thirteen in Arnhem."""

AGGRESSION = 1 << 6
"""The need `agressie` as a bit."""


@pytest.fixture(scope="module")
def town_url(server_url: str, template: str) -> Iterator[str]:
    with copied_database(server_url, template, "town") as url:
        yield url


@pytest.fixture(scope="module")
def town(town_url: str) -> dict[str, int]:
    """Who is there, by what is special about it; all are family homes for everybody unless said otherwise."""
    with committing(town_url) as session:
        near, far = a_provider(session, name="De Wilgen"), a_provider(session, name="Het Anker")
        a_contract(session, near, (ARNHEM,))
        a_contract(session, far, ("NL",), scope="national")
        soon = a_provider(session, name="De Overstap")
        a_contract(session, soon, care_types=("kamertraining",), valid_from="2027-01-15")
        groningen = a_location(session, far, lon=6.57, lat=53.22, place="Groningen", municipality_code="GM0014")
        offers = {
            "near": an_offer(session, near, name="Huis Dichtbij"),
            "far": an_offer(session, far, groningen, name="Huis Ver"),
            "stopped": an_offer(session, near, name="Huis Vol"),
            "young": an_offer(session, near, name="Huis Klein", age_until=12),
            "closed": an_offer(session, near, name="Huis Dicht", published_until=date(2021, 1, 1)),
            "outsider": an_offer(session, name="Huis Zonder Contract"),
            "silent": an_offer(session, near, name="Huis Stil"),
            "ended": a_contracted_offer(session, name="Huis Voorbij"),
            "foster": a_contracted_offer(session, care_type_code="pleegzorg", name="Pleeggezin"),
            "soon": an_offer(session, soon, care_type_code="kamertraining", name="Huis Straks", excludes=AGGRESSION),
            "general": a_general_provision(session, care_type_code="opvoedadvies", name="Inloop"),
        }
        for name in ("near", "far", "young", "outsider", "soon"):
            a_statement(session, offers[name])
        a_statement(session, offers["stopped"], admission_stop=True, open_places=0)
        session.execute(
            text(
                "UPDATE contract SET valid_until = '2021-01-01' FROM offer"
                " WHERE offer.provider_agb = contract.provider_agb AND offer.id = :offer"
            ),
            {"offer": offers["ended"]},
        )
    return offers


@pytest.fixture(scope="module")
def service(town_url: str, town: dict[str, int]) -> Iterator[TestClient]:
    """The API on the town, once its board is filled."""
    app = create_app(demo_settings(town_url))
    with TestClient(app, base_url="http://testserver/v1", raise_server_exceptions=False) as client:
        board: Board = app.state.board
        for _ in range(1000):
            if board.ready:
                break
            time.sleep(0.01)
        assert board.offers == len(town)
        yield client


class Worker:
    """A local-team worker of Arnhem, asking."""

    def __init__(self, service: TestClient, authorization: str) -> None:
        self.service = service
        self.headers = {"Authorization": authorization}

    def ask(self, headers: dict[str, str] | None = None, **changed: Any) -> Response:
        return self.service.post("/matches", json=QUESTION | changed, headers=self.headers | (headers or {}))

    def finds(self, **changed: Any) -> list[int]:
        """The ids of the matches, best first."""
        answer = self.ask(**changed)
        assert answer.status_code == 200, answer.text
        return [match["offerId"] for match in answer.json()["matches"]]


@pytest.fixture
def worker(service: TestClient, token: Token) -> Worker:
    return Worker(service, token("local-team", ARNHEM))
