"""What holds for every request, whatever it asks."""

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.orm import Session
from starlette.requests import Request
from starlette.types import Message, Receive, Scope, Send

from availability.access.demo import mint_demo_token
from availability.app import create_app
from availability.database import InTransaction, make_engine, make_sessions
from availability.edge import API_VERSION, Edge
from availability.matching.endpoints import LARGEST_QUESTION
from availability.messages import LARGEST_BODY
from availability.problems import STATUSES
from availability.refusals import Refusal
from availability.settings import Settings
from tests.availability.builders import a_provider, an_offer
from tests.conftest import Token, started


def _is_problem(answer: Any, status: int) -> bool:
    problem = answer.json()
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert problem["status"] == status
    return {"type", "title", "detail"} <= set(problem)


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nergens", 404),
        ("GET", "http://testserver/offers", 404),
        ("GET", "http://testserver/v1", 404),
        ("GET", "/metrics", 404),
        ("GET", "/offers/", 404),
        ("GET", "/../nergens", 404),
        ("GET", "/health/", 404),
        ("DELETE", "/offers", 405),
        ("POST", "/health", 405),
        ("PATCH", "/offers/1/capacity", 405),
        ("GET", "/me", 401),
        ("GET", "/offers?limit=0", 400),
        ("GET", "/offers/999999999", 404),
    ],
)
def test_every_refusal_is_a_problem_with_the_version(client: TestClient, method: str, path: str, status: int) -> None:
    answer = client.request(method, path)
    assert _is_problem(answer, status)
    assert answer.headers["api-version"] == API_VERSION
    assert "errors" in answer.json() or status != 400


def test_a_method_that_is_not_there_says_which_are(client: TestClient) -> None:
    assert client.delete("/offers/1/capacity").headers["allow"] == "GET, PUT"


def test_every_answer_has_the_version_and_guards_the_browser(client: TestClient) -> None:
    answer = client.get("/health")
    assert answer.json() == {"status": "ok"}
    assert answer.headers["api-version"] == API_VERSION
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


def test_a_plain_request_id_is_kept_and_a_strange_one_replaced(client: TestClient) -> None:
    assert client.get("/health", headers={"X-Request-Id": "mijn-verzoek-1"}).headers["x-request-id"] == "mijn-verzoek-1"
    strange = client.get("/health", headers={"X-Request-Id": 'a" onzin'}).headers["x-request-id"]
    assert strange.isalnum()


def test_the_description_may_be_read_from_any_page(client: TestClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.json()["info"]["version"] == answer.headers["api-version"]


def test_metrics_name_routes_and_never_paths(client: TestClient) -> None:
    client.get("/offers/987654321")
    client.get("/verzonnen-adres")
    told = client.get("http://testserver/metrics").text
    assert 'route="/offers/{offer_id}",status="404"' in told
    assert "987654321" not in told
    assert "verzonnen" not in told


class TestMetricsAreTheOperators:
    @staticmethod
    def status(metrics_token: str | None, **headers: str) -> int:
        client = TestClient(Edge(FastAPI(), metrics_token=metrics_token))
        return client.get("/metrics", headers=headers).status_code

    def test_production_serves_them_to_nobody_unless_it_is_set(self) -> None:
        safe = {"database_url": "postgresql://db/zorg", "token_issuer": "https://a", "token_keys_url": "https://a/jwks"}
        production = Settings.model_validate(safe)
        assert self.status(production.asked_for_metrics) == 404
        assert self.status(Settings.model_validate({"environment": "demo"}).asked_for_metrics) == 200

    def test_prometheus_brings_a_token(self) -> None:
        assert self.status("geheim-van-prometheus", authorization="Bearer geheim-van-prometheus") == 200
        for wrong in ("", "geheim-van-prometheus", "Bearer geheim", "Bearer geheim-van-prometheus-en-meer"):
            assert self.status("geheim-van-prometheus", authorization=wrong) == 404


def test_every_family_of_refusals_has_a_status() -> None:
    families = {family for family in Refusal.__subclasses__() if family.__module__ == "availability.refusals"}
    assert families <= set(STATUSES)


def test_a_body_that_is_too_large_is_not_read_to_its_end(client: TestClient, token: Token) -> None:
    headers = {"Authorization": token("provider", "41000001"), "If-Match": "*"}
    answer = client.put("/offers/1/capacity", content=b" " * (LARGEST_BODY + 1), headers=headers)
    assert _is_problem(answer, 413)


def test_a_question_that_is_long_work_is_not_read_to_its_end(client: TestClient, token: Token) -> None:
    headers = {"Authorization": token("local-team", "GM0202")}
    assert _is_problem(client.post("/matches", content=b" " * (LARGEST_QUESTION + 1), headers=headers), 413)


class TestWhenWeFail:
    @pytest.fixture
    def failing(self, settings: Settings) -> Iterator[TestClient]:
        """The API with a few routes that go wrong."""
        app = create_app(settings)
        app.include_router(_broken_routes())
        with started(app) as client:
            yield client

    def test_the_answer_tells_nothing_and_the_log_tells_where(
        self, failing: TestClient, capfd: pytest.CaptureFixture[str]
    ) -> None:
        answer = failing.get("/broken/code", headers={"X-Request-Id": "verzoek-42"})
        assert _is_problem(answer, 500)
        assert "geheim" not in answer.text
        (logged,) = [line for line in _logged(capfd) if line["event"] == "unexpected"]
        assert logged["request_id"] == "verzoek-42"
        assert logged["error"] == "ValueError"
        assert "break_code" in logged["where"][-1]
        assert "geheim" not in json.dumps(logged)

    def test_a_promise_of_the_database_without_a_sentence_is_our_failure(self, failing: TestClient) -> None:
        assert _is_problem(failing.get("/broken/unknown-constraint"), 500)

    def test_a_promise_of_the_database_is_said_in_words(self, failing: TestClient) -> None:
        answer = failing.get("/broken/constraint")
        assert _is_problem(answer, 400)
        assert answer.json()["errors"][0]["pointer"] == "/openPlaces"

    def test_a_failing_commit_is_no_success(self, failing: TestClient) -> None:
        assert _is_problem(failing.get("/broken/commit"), 500)


def _broken_routes() -> APIRouter:
    router = APIRouter(prefix="/broken")

    @router.get("/code")
    def break_code() -> None:
        raise ValueError("geheim")

    @router.get("/unknown-constraint")
    def break_unknown_constraint(session: InTransaction) -> None:
        session.execute(text("INSERT INTO youth_region (code, slug, name) VALUES ('onzin', 'onzin', 'Onzin')"))

    @router.get("/constraint")
    def break_constraint(session: InTransaction) -> None:
        offer = an_offer(session, a_provider(session))
        session.execute(
            text(
                "INSERT INTO capacity_statement (offer_id, total_places, occupied_places, reserved_places, open_places,"
                " intake_wait_days, treatment_wait_days, admission_stop, stated_at, stated_by, source)"
                " VALUES (:offer, 1, 1, 0, 1, 0, 0, false, now(), 'test', 'api')"
            ),
            {"offer": offer},
        )

    @router.get("/commit")
    def break_commit(session: InTransaction) -> dict[str, str]:
        session.execute(
            text("CREATE TEMP TABLE later (n int PRIMARY KEY DEFERRABLE INITIALLY DEFERRED) ON COMMIT DROP")
        )
        session.execute(text("INSERT INTO later VALUES (1), (1)"))
        return {"saved": "yes"}

    return router


def test_a_caller_who_hangs_up_is_no_failure_of_ours(client: TestClient, capfd: pytest.CaptureFixture[str]) -> None:
    async def hung_up(*_: object) -> Message:
        return {"type": "http.disconnect"}

    async def unheard(_: Message) -> None:
        raise AssertionError("nobody is left to answer")

    request = {"type": "http", "method": "POST", "path": "/v1/matches", "headers": []}
    asyncio.run(Edge(_reads_its_body)(request, hung_up, unheard))
    (logged,) = _logged(capfd)
    assert (logged["event"], logged["status"]) == ("request", 499)


async def _reads_its_body(scope: Scope, receive: Receive, _: Send) -> None:
    await Request(scope, receive).body()


class TestWithoutADatabase:
    def test_every_request_that_needs_it_is_told_to_come_back(self, client: TestClient) -> None:
        app = client.app
        assert isinstance(app, FastAPI)
        engine = app.state.engine
        app.state.engine = make_engine("postgresql://127.0.0.1:1/nowhere")
        app.state.sessions = make_sessions(app.state.engine)
        answers = [client.get("/health"), client.get("/offers")]
        app.state.engine = engine
        for answer in answers:
            assert _is_problem(answer, 503)
            assert answer.headers["retry-after"]

    def test_the_service_is_not_healthy_before_the_board_is_filled(self, client: TestClient) -> None:
        app = client.app
        assert isinstance(app, FastAPI)
        app.state.board = type(app.state.board)()
        assert _is_problem(client.get("/health"), 503)

    def test_who_finds_every_connection_in_use_is_told_to_come_back(
        self, client: TestClient, monkeypatch: pytest.MonkeyPatch, settings: Settings
    ) -> None:
        app = client.app
        assert isinstance(app, FastAPI)
        monkeypatch.setattr("availability.database.LONGEST_WAIT_SECONDS", 0.01)
        engine = make_engine(settings.database_url, pool_size=1)
        monkeypatch.setattr(app.state, "sessions", make_sessions(engine))
        with engine.connect(), engine.connect():
            answer = client.get("/offers")
        engine.dispose()
        assert _is_problem(answer, 503)
        assert "druk" in answer.json()["detail"]


class TestNothingOfAChild:
    """A whole story, and afterwards not a trace of the child in the log, the metrics or an address."""

    CHILD = ("6811", "2013-05", "zaak-geheim-77", "lvb")

    def test_the_log_holds_no_question(
        self, client: TestClient, token: Token, capfd: pytest.CaptureFixture[str]
    ) -> None:
        pc4, month, reference, need = self.CHILD
        headers = {"Authorization": token("local-team", "GM0202")}
        question = {"municipality": "GM0202", "pc4": pc4, "birthMonth": month, "careTypes": ["gezinshuis"]}
        question |= {"neededFrom": "2026-12-01", "needs": [need], "reference": reference}
        case = client.post("/care-requests", json=question, headers=headers)
        assert case.status_code == 201
        client.post("/care-requests", json=question | {"urgency": reference}, headers=headers)
        client.post("/care-requests", content=json.dumps(question)[:-2], headers=headers)
        client.get(case.headers["location"].removeprefix("/v1"), headers=headers)
        client.get("/care-requests", headers=headers)
        client.get(f"/care-requests/{reference}", headers=headers)
        client.get("/care-requests", params={"cursor": reference}, headers=headers)
        logged = json.dumps([{**line, "ms": 0, "timestamp": "", "request_id": ""} for line in _logged(capfd)])
        assert '"route": "/care-requests/{case_id}"' in logged
        told = logged + client.get("http://testserver/metrics").text + case.headers["location"]
        for secret in (month, reference, f'"{pc4}"', f'"{need}"'):
            assert secret not in told


def _logged(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().out.splitlines() if line.startswith("{")]


def test_the_clock_of_the_caller_does_not_count(client: TestClient, session: Session, settings: Settings) -> None:
    """A provider's system may think it is 1999 or 2199: a statement is dated by the database."""
    provider = a_provider(session)
    offer = an_offer(session, provider)
    minted = mint_demo_token(settings, "provider", provider, datetime.now(UTC))
    headers = {"Authorization": f"Bearer {minted}", "If-None-Match": "*", "Date": "Fri, 01 Jan 1999 00:00:00 GMT"}
    figures = dict.fromkeys(("totalPlaces", "occupiedPlaces", "reservedPlaces", "openPlaces"), 0)
    statement = {**figures, "intakeWaitDays": 0, "treatmentWaitDays": 0, "admissionStop": False}
    stated = client.put(f"/offers/{offer}/capacity", json=statement, headers=headers)
    assert abs((datetime.now(UTC) - datetime.fromisoformat(stated.json()["statedAt"])).total_seconds()) < 60
    lying = client.put(
        f"/offers/{offer}/capacity", json={**statement, "statedAt": "2199-01-01T00:00:00Z"}, headers=headers
    )
    assert lying.status_code in {400, 412}
