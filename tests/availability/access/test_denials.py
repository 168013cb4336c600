"""What somebody asked for and was not given is in the audit, without what they sent, and cannot fill the disk."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import Row, text
from sqlalchemy.orm import Session
from starlette.routing import Route

from availability.access.denials import MOST_A_MINUTE, SECRET_KINDS, Allowance
from availability.access.identity import Role
from tests.conftest import Token

Denials = Callable[[], list[Row[Any]]]


@pytest.fixture
def denials(session: Session) -> Denials:
    return lambda: list(session.execute(text("SELECT * FROM audit_entry WHERE denied ORDER BY id")))


@pytest.fixture(autouse=True)
def fresh(client: TestClient) -> None:
    """Another test's attempts do not count here."""
    assert isinstance(client.app, FastAPI)
    client.app.state.denials = Allowance()


def test_a_case_of_another_is_not_there_and_who_asked_is_known(
    client: TestClient, token: Token, denials: Denials
) -> None:
    headers = {"Authorization": token(Role.LOCAL_TEAM, "GM0202")}
    question = {"municipality": "GM0202", "pc4": "6811", "birthMonth": "2013-05", "careTypes": ["pleegzorg"]}
    case = client.post(
        "/care-requests", json={"reference": "LT-1", "neededFrom": "2026-12-01", **question}, headers=headers
    ).json()["id"]
    stranger = {"Authorization": token(Role.LOCAL_TEAM, "GM0268"), "X-Request-Id": "vreemd-1"}
    assert client.get(f"/care-requests/{case}", headers=stranger).status_code == 404
    (row,) = denials()
    assert (row.role, row.organisation, row.record_kind, row.record_id) == (
        "local-team",
        "GM0268",
        "care-request",
        case,
    )
    assert row.action.startswith("GET /care-requests/{")
    assert row.request_id == "vreemd-1"
    assert client.get(f"/care-requests/{case}", headers=headers).status_code == 200
    assert len(denials()) == 1


OWN: dict[str, Any] = {
    "reference": "LT-1", "neededFrom": "2026-12-01", "municipality": "GM0202", "pc4": "6811",
    "birthMonth": "2013-05", "careTypes": ["pleegzorg"],
}  # fmt: skip


NOWHERE = "00000000-0000-4000-8000-000000000000"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("method", "below"),
    [
        ("GET", "enrolment-form"),
        ("GET", f"network-requests/{NOWHERE}"),
        ("GET", f"rankings/{NOWHERE}"),
        ("DELETE", "options/1"),
    ],
)
def test_what_is_not_there_yet_in_ones_own_case_is_no_denial(
    client: TestClient, token: Token, denials: Denials, method: str, below: str
) -> None:
    headers = {"Authorization": token(Role.LOCAL_TEAM, "GM0202")}
    case = client.post("/care-requests", json=OWN, headers=headers).json()["id"]
    answer = client.request(method, f"/care-requests/{case}/{below}", headers=headers)
    assert (answer.status_code, denials()) == (404, [])
    assert answer.json()["type"].endswith("/not-found")
    stranger = {"Authorization": token(Role.LOCAL_TEAM, "GM0268")}
    assert client.request(method, f"/care-requests/{case}/{below}", headers=stranger).status_code == 404
    assert len(denials()) == 1


def test_what_does_not_belong_to_a_role_is_kept_as_well(client: TestClient, token: Token, denials: Denials) -> None:
    planner = {"Authorization": token(Role.PROVIDER, "41000001")}
    assert client.post("/care-requests", json={"pc4": "6811"}, headers=planner).status_code == 403
    (row,) = denials()
    assert (row.role, row.record_kind, row.record_id, row.action) == (
        "provider",
        "care-request",
        "-",
        "POST /care-requests",
    )


def test_what_was_typed_for_a_number_is_not_kept(client: TestClient, token: Token, denials: Denials) -> None:
    planner = {"Authorization": token(Role.PROVIDER, "41000001")}
    for typed in ("123456782", "jan-jansen", "6811ab"):
        client.get(f"/care-requests/{typed}", headers=planner)
    assert {row.record_id for row in denials()} <= {"-"}


@pytest.mark.parametrize("path", ["/offers/999999", "/nergens", "/postcodes/0000"])
def test_what_is_hidden_from_nobody_is_no_denial(client: TestClient, token: Token, denials: Denials, path: str) -> None:
    client.get(path, headers={"Authorization": token(Role.PROVIDER, "41000001")})
    assert denials() == []


@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer verzonnen"}])
def test_who_is_not_known_leaves_no_row(client: TestClient, denials: Denials, headers: dict[str, str]) -> None:
    assert client.get(f"/care-requests/{uuid4()}", headers=headers).status_code == 401
    assert denials() == []


def test_asking_on_and_on_does_not_write_on_and_on() -> None:
    allowance = Allowance()
    spent = [allowance.spend("prober", 60.0 + second / 10) for second in range(100)]
    assert spent == [True] * MOST_A_MINUTE + [False] * (100 - MOST_A_MINUTE)
    assert allowance.spend("another", 61.0)
    assert allowance.spend("prober", 120.0)


def test_every_hidden_kind_is_an_address_of_the_api(client: TestClient) -> None:
    assert isinstance(client.app, FastAPI)
    paths = {route.path for route in client.app.routes if isinstance(route, Route)}
    assert set(SECRET_KINDS) <= {path.split("/")[1] for path in paths if "{" in path}
