"""The fake is held to the real API: what it answers, and what the screens send it, fit the OpenAPI of the service."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jsonschema_rs
import pytest
from pydantic.alias_generators import to_camel

import dashboard
from dashboard import answers, statements
from dashboard.being_told import BeingTold
from dashboard.client import Client
from dashboard.feedback import OwnImage
from dashboard.texts import places
from tests.dashboard.fake_api import (
    ROUTES,
    TOKEN,
    FakeApi,
    a_card_seen,
    a_match,
    a_near_miss,
    a_reminder,
    an_offer,
    matches,
)

OPENAPI = json.loads((Path(dashboard.__file__).parents[1] / "openapi.json").read_text())
ONLY_IN_THE_DEMO = {"demo-accounts", "demo-tokens"}

QUESTION = {
    "municipality": "GM0202",
    "pc4": "6811",
    "birthMonth": "2013-05",
    "careTypes": ["gezinshuis"],
    "neededFrom": "2026-12-01",
    "maxDistanceKm": 40,
    "needs": ["lvb"],
    "urgency": "urgent",
    "gender": "girl",
    "siblings": 1,
    "pastEighteen": True,
    "setting": "family",
}
"""Everything that the form can ask."""


@pytest.fixture
def everything(api: FakeApi, client: Client) -> FakeApi:
    """Every call that the screens can make, made once."""
    api.answer = matches(a_match(), nearMisses=[a_near_miss()], nonContracted=[a_card_seen()])
    api.offers = {1: an_offer(1), 2: an_offer(2, stated=False), 3: an_offer(3)}
    for ask in (client.care_types, client.needs, client.municipalities, client.youth_regions, client.areas):
        ask()
    client.me(TOKEN)
    client.interpretation("gezinshuis")
    client.matches(TOKEN, {**QUESTION, "limit": 100, "include": ["nearMisses", "relaxations", "nonContracted"]})
    client.open_case(TOKEN, "LT-1", QUESTION)
    offers = {offer.id: offer for offer in client.offers_of(TOKEN, "98000001")}
    first = {"total_places": 4, "occupied_places": 3, "reserved_places": 0, "open_places": 1}
    seldom: dict[str, Any] = {
        "available_from": date(2027, 3, 1),
        "started_last_90_days": 4,
        "withdrawn_last_90_days": 0,
        "note": "x",
    }
    typed: statements.Typed = {
        1: {"open_places": 1, **seldom},
        2: {**first, "intake_wait_days": 7, "treatment_wait_days": 0},
    }
    assert not statements.save(client, TOKEN, offers, typed, sure=frozenset({1})).refused
    confirmed = statements.confirm(client, TOKEN, [offers[3]])
    statements.undo(client, TOKEN, statements.WayBack().after(confirmed, confirmed=True))
    client.capacity(TOKEN, 1)
    client.supply(TOKEN, "JZ28", "gezinshuis")
    api.history = [api.offers[1]["capacity"]]
    image = OwnImage(client, TOKEN)
    image.feedback()
    image.last_statements(1)
    told = BeingTold(client, TOKEN)
    told.lateness("JZ28")
    told.lateness_file("JZ28")
    told.remove_address(told.add_address("intake@example.org").id)
    told.addresses()
    api.reminders = [a_reminder()]
    told.reminders(datetime(2026, 9, 1, tzinfo=UTC))
    return api


def operation(method: str, path: str) -> dict[str, Any]:
    for template, operations in OPENAPI["paths"].items():
        if re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", template), f"/{path}") and method.lower() in operations:
            return dict(operations[method.lower()])
    raise AssertionError(f"the service has no {method} {path}")


def faults(schema: dict[str, Any], document: Any) -> Iterator[str]:
    whole = {**schema, "components": OPENAPI["components"]}
    for fault in jsonschema_rs.Draft202012Validator(whole).iter_errors(document):
        yield f"{fault.instance_path}: {fault.message}"


def test_every_route_of_the_fake_is_asked_and_exists(everything: FakeApi) -> None:
    asked = {(method, path) for method, path, _ in everything.asked}
    for method, pattern, _, _ in ROUTES:
        if pattern not in ONLY_IN_THE_DEMO:
            assert any(how == method and re.fullmatch(pattern, path) for how, path in asked), f"{method} {pattern}"


def test_what_the_fake_answers_fits_the_openapi(everything: FakeApi) -> None:
    wrong = []
    for (method, path, _), answer in zip(everything.asked, everything.answered, strict=True):
        described = operation(method, path)["responses"][str(answer.status_code)].get("content", {})
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if "json" not in kind:
            assert kind in described or not answer.content
            continue
        schema = next(each["schema"] for name, each in described.items() if "json" in name)
        wrong += [f"{method} {path} {fault}" for fault in faults(schema, answer.json())]
    assert wrong == []


def test_what_the_screens_send_fits_the_openapi(everything: FakeApi) -> None:
    wrong = []
    for method, path, body in everything.asked:
        described = operation(method, path).get("requestBody", {}).get("content", {}).get("application/json")
        if described and body is not None:
            wrong += [f"{method} {path} {fault}" for fault in faults(described["schema"], body)]
    assert wrong == []


def test_the_screens_can_read_what_the_service_may_leave_unknown() -> None:
    unknown = {key: None for key, value in a_match().items() if key.startswith(("expected", "stated", "open", "fresh"))}
    assert answers.Match.model_validate({**a_match(), **unknown}).expected_start is None


def test_by_hand_one_can_state_all_that_a_statement_holds() -> None:
    stated = set(OPENAPI["components"]["schemas"]["Statement"]["properties"]) - {"confirmed"}
    assert {to_camel(name) for name in statements.STATED_FIELDS} == stated
    assert set(places.FIELDS) == set(places.FIELD_HELP) == set(statements.STATED_FIELDS)
