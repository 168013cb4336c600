"""The board and a PostGIS query of the same meaning agree on random worlds: offers, reasons, points, order, metres."""

import asyncio
import random

import pytest

from availability.board.board import Board
from availability.board.loading import load_board
from availability.geography.atlas import Atlas, load_atlas
from availability.matching.many import rank_many
from matcher.fit import put
from matcher.offers import day_number
from matcher.question import Question
from matcher.ranking import Ranking, judge
from tests.availability.board.living import committing
from tests.availability.matching.postgis_twin import Judged, rank_in_sql
from tests.availability.matching.random_town import TODAY, a_question_at_random, settle

pytestmark = pytest.mark.slow

QUESTIONS = 40
A_NANOMETRE = 1e-12
"""In kilometres."""


def on_board(board: Board, atlas: Atlas, question: Question) -> Ranking:
    wanted = max(question.needed_from, TODAY)
    areas = atlas.areas_of(question.municipality, wanted)
    candidates = board.candidates(question.care_types, areas, day_number(wanted), day_number(TODAY))
    return judge(put(question, candidates))


def assert_same(ranking: Ranking, twin: list[Judged]) -> None:
    rows = ranking.candidates.rows
    ids = rows["offer_id"].tolist()
    by_id = {each.offer_id: each for each in twin}
    assert sorted(by_id) == sorted(ids)
    assert [by_id[offer].contract_id for offer in ids] == rows["contract_id"].tolist()
    assert [by_id[offer].failure for offer in ids] == ranking.failure.tolist()
    assert [by_id[offer].points for offer in ids] == [tuple(points) for points in ranking.points.tolist()]
    assert [by_id[offer].score for offer in ids] == ranking.score.tolist()
    assert [by_id[offer].distance_km for offer in ids] == pytest.approx(
        ranking.distance_km.tolist(), abs=20 * A_NANOMETRE
    )
    assert [each.offer_id for each in twin if each.failure == 0] == [ids[index] for index in ranking.order]


@pytest.mark.parametrize("seed", [1, 2])
def test_the_board_and_its_twin_agree(own_database_url: str, seed: int) -> None:
    chance = random.Random(seed)
    with committing(own_database_url) as session:
        settle(session, chance, providers=120)
    board = asyncio.run(load_board(own_database_url))
    fitting = 0
    with committing(own_database_url) as session:
        atlas = load_atlas(session)
        for _ in range(QUESTIONS):
            question = a_question_at_random(chance)
            ranking = on_board(board, atlas, question)
            assert_same(ranking, rank_in_sql(session, question, TODAY))
            fitting += len(ranking.order)
    assert fitting > QUESTIONS  # or the agreement would be about nothing


def test_many_at_once_are_ranked_as_one_by_one(own_database_url: str) -> None:
    chance = random.Random(3)
    with committing(own_database_url) as session:
        settle(session, chance, providers=60)
        atlas = load_atlas(session)
    board = asyncio.run(load_board(own_database_url))
    questions = [a_question_at_random(chance) for _ in range(QUESTIONS)]
    many = dict(rank_many(board, atlas, questions, TODAY))
    assert sorted(many) == list(range(QUESTIONS))
    for place, question in enumerate(questions):
        one = on_board(board, atlas, question)
        assert many[place].order.tolist() == one.order.tolist()
        assert many[place].points.tolist() == one.points.tolist()
