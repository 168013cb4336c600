"""A ranking that is kept with a case can be told again, bit for bit, after the world has changed."""

import uuid
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text

from availability.database import make_engine
from availability.matching.keeping import Kept, rows_kept, rows_of, told_again
from availability.refusals import Conflict
from matcher.offers import empty_candidates
from tests.availability.board.living import committing
from tests.availability.builders import NIJMEGEN, a_statement
from tests.availability.matching.conftest import QUESTION, Worker
from tests.conftest import Token

Town = dict[str, int]


@pytest.fixture
def case(worker: Worker) -> str:
    opened = worker.service.post("/care-requests", json=QUESTION | {"reference": "2026-1"}, headers=worker.headers)
    assert opened.status_code == 201, opened.text
    identity: str = opened.json()["id"]
    return identity


def keep(worker: Worker, case: str, **wish: Any) -> dict[str, Any]:
    kept = worker.service.post(f"/care-requests/{case}/rankings", json=wish, headers=worker.headers)
    assert kept.status_code == 201, kept.text
    told: dict[str, Any] = kept.json()
    return told


def stored(url: str, ranking: str) -> Kept:
    engine = make_engine(url)
    with engine.connect() as connection:
        row = connection.execute(text("SELECT * FROM ranking WHERE id = :id"), {"id": ranking}).one()
    engine.dispose()
    return Kept(row.question, bytes(row.candidates), row.today, row.as_of, row.weights_version, row.answer)


def test_a_kept_ranking_says_what_a_question_would_have_said(worker: Worker, case: str) -> None:
    asked, kept = worker.ask().json(), keep(worker, case)["answer"]
    assert kept["matches"] == asked["matches"]
    assert kept["excluded"] == asked["excluded"]


def test_a_kept_ranking_can_be_read_back_where_it_says_it_is(worker: Worker, case: str) -> None:
    made = worker.service.post(f"/care-requests/{case}/rankings", headers=worker.headers)
    read = worker.service.get(made.headers["location"].removeprefix("/v1"), headers=worker.headers)
    assert read.json() == made.json()


def test_the_list_of_a_case_is_newest_first_and_pages(worker: Worker, case: str) -> None:
    made = [keep(worker, case)["id"] for _ in range(3)]
    first = worker.service.get(f"/care-requests/{case}/rankings?limit=2", headers=worker.headers).json()
    rest = worker.service.get(f"/care-requests/{case}/rankings?cursor={first['next']}", headers=worker.headers).json()
    assert [each["id"] for each in [*first["items"], *rest["items"]]] == made[::-1]
    assert rest["next"] is None
    assert first["items"][0]["matches"] == 3


@pytest.mark.parametrize("wish", [{}, {"limit": 1, "include": ["nearMisses", "relaxations", "nonContracted"]}])
def test_it_is_told_again_bit_for_bit_after_the_offers_changed(
    worker: Worker, case: str, town: Town, town_url: str, wish: dict[str, Any]
) -> None:
    kept = stored(town_url, keep(worker, case, **wish)["id"])
    with committing(town_url) as session:
        a_statement(session, town["near"], open_places=0, intake_wait_days=300)
    assert told_again(kept) == kept.answer
    with committing(town_url) as session:
        a_statement(session, town["near"])


def test_a_ranking_of_few_matches_keeps_what_lay_beyond_them(worker: Worker, town_url: str) -> None:
    narrow = QUESTION | {"reference": "2026-2", "maxDistanceKm": 1, "careTypes": ["pleegzorg"], "pc4": "6825"}
    opened = worker.service.post("/care-requests", json=narrow, headers=worker.headers).json()
    kept = stored(town_url, keep(worker, opened["id"])["id"])
    assert kept.answer["relaxations"]
    assert told_again(kept) == kept.answer


def test_weights_that_are_no_longer_known_are_said_to_be(worker: Worker, case: str, town_url: str) -> None:
    kept = stored(town_url, keep(worker, case)["id"])
    with pytest.raises(Conflict):
        told_again(Kept(kept.question, kept.candidates, kept.today, kept.as_of, "1999-01", kept.answer))


def test_rows_survive_being_kept() -> None:
    rows = empty_candidates(3)
    rows["offer_id"] = [1, 2, 3]
    assert rows_of(rows_kept(rows)).tobytes() == rows.tobytes()


def test_a_column_that_did_not_exist_then_says_nothing() -> None:
    rows = empty_candidates(2)
    names = [name for name in rows.dtype.names or () if name != "siblings"]
    older = rows[names].astype([(name, rows.dtype[name]) for name in names])
    assert rows_of(rows_kept(older)).tobytes() == rows.tobytes()


def test_every_kept_ranking_and_every_look_at_it_is_audited(worker: Worker, case: str, town_url: str) -> None:
    ranking = keep(worker, case)["id"]
    worker.service.get(f"/care-requests/{case}/rankings/{ranking}", headers=worker.headers)
    with committing(town_url) as session:
        actions = session.execute(
            text("SELECT action FROM audit_entry WHERE record_id = :id ORDER BY id"), {"id": ranking}
        ).scalars()
        assert list(actions) == ["rank-case", "see-ranking"]


def test_another_organisations_case_does_not_exist(service: TestClient, case: str, token: Token) -> None:
    stranger = {"Authorization": token("local-team", NIJMEGEN)}
    assert service.post(f"/care-requests/{case}/rankings", headers=stranger).status_code == 404
    assert service.get(f"/care-requests/{case}/rankings", headers=stranger).status_code == 404


def test_an_unknown_ranking_is_not_found(worker: Worker, case: str) -> None:
    nowhere = f"/care-requests/{case}/rankings/{uuid.uuid4()}"
    assert worker.service.get(nowhere, headers=worker.headers).status_code == 404
