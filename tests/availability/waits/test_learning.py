"""What is learnt is kept beside the offer, reaches every board, and is told on the card."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.waits.learning import learn, learn_from_news
from tests.availability.builders import a_contracted_offer, a_statement
from tests.availability.waits.referred import TODAY, Child


def said(session: Session, offer: int, days_ago: int, **given: Any) -> None:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=9, days=-days_ago)
    a_statement(session, offer, stated_at=moment, **given)


def a_late_starter(session: Session) -> int:
    """Six weeks stated; the last five took nine."""
    offer = a_contracted_offer(session)
    said(session, offer, 700)
    for days_ago in (5, 10, 15, 20, 25):
        Child(session, offer, days_ago=days_ago + 63).started(days_ago)
    said(session, offer, 1)
    return offer


def kept(session: Session, offer: int) -> Any:
    return session.execute(text("SELECT * FROM learnt_wait WHERE offer_id = :offer"), {"offer": offer}).one_or_none()


def test_five_starts_three_weeks_late_are_learnt(session: Session) -> None:
    offer = a_late_starter(session)
    learn(session, TODAY)
    known = kept(session, offer)
    assert known.late_days == pytest.approx(21, abs=2)
    assert known.realised_wait == pytest.approx(63, abs=3)
    assert known.left_before is None


def test_counts_of_earlier_quarters_are_learnt(session: Session) -> None:
    offer = a_contracted_offer(session)
    for days_ago in (200, 100, 5):
        said(session, offer, days_ago, waiting_count=3, started_last_90_days=4, withdrawn_last_90_days=1)
    learn(session, TODAY)
    known = kept(session, offer)
    assert known.realised_wait is None
    assert known.over_days == 365 + 2 * 90
    assert known.left_before > 10


def test_where_nothing_happened_nothing_is_kept(session: Session) -> None:
    offer = a_contracted_offer(session)
    learn(session, TODAY)
    assert kept(session, offer) is None


def test_what_no_longer_holds_is_forgotten(session: Session) -> None:
    offer = a_late_starter(session)
    learn(session, TODAY)
    learn(session, TODAY + timedelta(days=1000))
    assert kept(session, offer) is None


def test_only_what_changed_is_written_so_boards_need_not_read_it_again(session: Session) -> None:
    a_late_starter(session)
    learn(session, TODAY)
    before = session.scalar(text("SELECT count(*) FROM board_change"))
    learn(session, TODAY)
    assert session.scalar(text("SELECT count(*) FROM board_change")) == before


def test_it_is_learnt_when_a_child_starts_and_when_a_day_begins(session: Session) -> None:
    offer = a_late_starter(session)
    assert learn_from_news(session, TODAY)
    assert not learn_from_news(session, TODAY)
    Child(session, offer, days_ago=10).started(0)
    assert learn_from_news(session, TODAY)
    assert learn_from_news(session, TODAY + timedelta(days=1))
