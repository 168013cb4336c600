"""Of all that was ever said, only what speaks on the days that are asked about is read."""

import pytest
from sqlalchemy.orm import Session

from availability.guarantees import supply_queries
from tests.availability.guarantees.builders import a_family_home, ago

pytestmark = pytest.mark.slow


def test_the_last_statement_before_and_all_since(session: Session) -> None:
    old = a_family_home(session, (90, 1), (60, 2), (30, 3), (20, 4), (1, 1))
    new = a_family_home(session, (15, 3), (12, 0))

    said = supply_queries.said(session, [old, new], (ago(30), ago(10)))

    assert [(row.offer_id, row.open_places) for row in said] == [(old, 2), (old, 3), (old, 4), (new, 3), (new, 0)]


def test_nothing_was_said_yet(session: Session) -> None:
    assert supply_queries.said(session, [a_family_home(session, (5, 1))], (ago(30), ago(10))) == []


def test_what_is_stated_again_with_an_older_day_stands_at_that_day(session: Session) -> None:
    """A "niets veranderd" of twenty days ago was taken back: nothing is counted over the same days twice."""
    home = a_family_home(session, (60, 1), (20, 1), (60, 1))
    days = [row.on_day for row in supply_queries.said(session, [home], (ago(70), ago(10)))]
    assert days == [ago(60), ago(60), ago(20)]
