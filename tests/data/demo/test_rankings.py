"""The kept rankings of the demo world, as a provider looks back on them."""

import asyncio
from datetime import date

import pytest
from sqlalchemy import text

from availability.board.loading import load_board
from availability.vocabulary.lexicon import load_lexicon
from availability.waits.feedback import feedback_for
from data.demo import load_world
from data.demo.providers import FORTY_OFFERS
from data.demo.rankings import write_rankings
from tests.availability.board.living import committing

TODAY = date(2026, 11, 22)


@pytest.mark.slow
def test_a_provider_of_the_stories_finds_itself_in_them(own_database_url: str) -> None:
    with committing(own_database_url) as session:
        load_world(session, "region", today=TODAY)
    board = asyncio.run(load_board(own_database_url))
    with committing(own_database_url) as session:
        assert write_rankings(session, board, TODAY) > 200
        assert write_rankings(session, board, TODAY) == 0
        agb_code = session.scalar(text("SELECT agb_code FROM provider WHERE name = :name"), {"name": FORTY_OFFERS.name})
        image = feedback_for(session, str(agb_code), load_lexicon(session), TODAY)
    assert image.served
    assert image.unserved.count
    assert any(offer.ranked for offer in image.offers)
    assert any(offer.starts for offer in image.offers)
