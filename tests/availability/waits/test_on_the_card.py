"""What was learnt reaches the boards by the feed, and is told on the card."""

import asyncio

import numpy as np
import pytest
from sqlalchemy import insert

from availability.board.board import Board
from availability.waits.tables import LearntWait
from matcher.explanation import reasons, sentence
from matcher.offers import Rows, day_number
from matcher.question import Month, Place, Question
from matcher.ranking import rank
from matcher.waiting import Basis
from tests.availability.board.living import committing, following, until
from tests.availability.builders import ARNHEM, CARE_TYPE, a_contracted_offer, a_statement
from tests.availability.waits.referred import TODAY

DAY = day_number(TODAY)
QUESTION = Question(ARNHEM, Place(5.9, 51.98), Month(2013, 5), (CARE_TYPE,), TODAY)


def rows_of(board: Board) -> Rows:
    return board.candidates((CARE_TYPE,), (ARNHEM,), DAY, DAY).rows_at(np.arange(1))


@pytest.mark.slow
def test_a_late_starter_is_expected_later_and_the_card_says_why(own_database_url: str) -> None:
    with committing(own_database_url) as session:
        offer = a_contracted_offer(session)
        a_statement(session, offer, open_places=0)

    async def before_and_after() -> tuple[Rows, Rows]:
        async with following(own_database_url) as (board,):
            before = rows_of(board)
            with committing(own_database_url) as session:
                learnt = {"realised_wait": 84, "realised_spread": 20, "late_days": 42}
                session.execute(insert(LearntWait).values(offer_id=offer, **learnt))
            await until(lambda: not np.isnan(rows_of(board)["realised_wait"][0]))
            return before, rows_of(board)

    before, after = (rank(QUESTION, rows, TODAY) for rows in asyncio.run(before_and_after()))
    assert after.expectation.start[0] > before.expectation.start[0] + 14
    assert list(Basis)[after.expectation.basis[0]] is Basis.PROVEN_WAIT
    told = " ".join(sentence(reason) for reason in reasons(after, 0))
    assert "De laatste starts kwamen gemiddeld zes weken later dan opgegeven." in told
