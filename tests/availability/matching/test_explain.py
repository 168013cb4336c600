"""`zorg explain RANKING`: how every point came about, and whether it still does."""

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from availability.cli.expected import Stop
from availability.cli.explain import app
from tests.availability.board.living import committing
from tests.availability.matching.conftest import QUESTION, Worker


@pytest.fixture
def ranking(worker: Worker, town_url: str, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("ZORG_DATABASE_URL", town_url)
    case = worker.service.post("/care-requests", json=QUESTION | {"reference": "2026-3"}, headers=worker.headers)
    kept = worker.service.post(
        f"/care-requests/{case.json()['id']}/rankings", json={"include": ["nearMisses"]}, headers=worker.headers
    )
    identity: str = kept.json()["id"]
    return identity


def test_tells_every_point_and_that_it_comes_out_the_same(ranking: str) -> None:
    told = CliRunner().invoke(app, [ranking], catch_exceptions=False).output
    assert "Huis Dichtbij (De Wilgen)" in told
    assert "van" in told
    assert "Bijna passend" in told
    assert told.endswith("Opnieuw berekend: precies hetzelfde.\n")


def test_tells_nothing_of_the_child(ranking: str) -> None:
    told = CliRunner().invoke(app, [ranking]).output
    assert QUESTION["pc4"] not in told
    assert QUESTION["birthMonth"] not in told


def test_says_where_it_comes_out_differently(ranking: str, town_url: str) -> None:
    with committing(town_url) as session:
        session.execute(
            text("UPDATE ranking SET answer = jsonb_set(answer, '{matches,0,score}', '1') WHERE id = :id"),
            {"id": ranking},
        )
    with pytest.raises(Stop, match="/matches/0/score"):
        CliRunner().invoke(app, [ranking], catch_exceptions=False)


@pytest.mark.parametrize("ranking_id", ["nee", "6f1c1a2e-0d57-4c4b-9a52-3f7d1f0a9b11"])
def test_says_that_it_does_not_know_a_ranking(
    worker: Worker, town_url: str, monkeypatch: pytest.MonkeyPatch, ranking_id: str
) -> None:
    monkeypatch.setenv("ZORG_DATABASE_URL", town_url)
    with pytest.raises(Stop):
        CliRunner().invoke(app, [ranking_id], catch_exceptions=False)
