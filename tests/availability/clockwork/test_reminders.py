"""A provider is reminded before and after the term of a statement: one message for all offers, each step once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.clockwork import queries
from availability.clockwork.reminders import remind
from availability.outbox import wording
from tests.availability.builders import a_provider, a_statement
from tests.availability.clockwork.builders import TODAY, an_offer_stated, days_ago


def told(session: Session) -> list[Any]:
    return list(session.execute(text("SELECT kind, organisation, role, values FROM notice ORDER BY told_at, kind")))


def kinds(session: Session) -> list[str]:
    return sorted(each.kind for each in told(session))


@pytest.mark.parametrize(
    ("ago", "kind"), [(22, []), (23, []), (24, ["capacity-due"]), (30, ["capacity-due"]), (31, ["capacity-stale"])]
)
def test_the_message_says_on_which_side_of_the_term_the_statement_is(
    session: Session, ago: int, kind: list[str]
) -> None:
    an_offer_stated(session, ago)
    remind(session, TODAY)
    assert kinds(session) == kind


def test_one_message_for_all_offers_of_a_provider(session: Session) -> None:
    provider = a_provider(session)
    for ago in (24, 26, 40, 50, 5):
        an_offer_stated(session, ago, provider)
    remind(session, TODAY)
    due, stale = sorted(told(session), key=lambda each: each.kind)
    assert (due.organisation, due.role) == (provider, "provider")
    assert due.values == {"offers": 2, "due": (TODAY + timedelta(days=4)).isoformat()}
    assert stale.values["offers"] == 2


def test_the_same_reminder_is_never_sent_twice_however_often_the_day_is_worked(session: Session) -> None:
    an_offer_stated(session, 24)
    for days in (0, 0, 1, 2):
        remind(session, TODAY + timedelta(days=days))
    assert kinds(session) == ["capacity-due"]


def test_who_was_away_for_weeks_hears_the_present_step_only(session: Session) -> None:
    an_offer_stated(session, 24)
    remind(session, TODAY)
    remind(session, TODAY + timedelta(days=20))
    assert kinds(session) == ["capacity-due", "capacity-stale"]


def test_a_clock_that_went_back_tells_nothing_twice(session: Session) -> None:
    an_offer_stated(session, 31)
    for days in (0, -7, 0, 7, 0):
        remind(session, TODAY + timedelta(days=days))
    assert kinds(session) == ["capacity-due", "capacity-stale", "capacity-stale"]


def test_a_new_statement_begins_anew(session: Session) -> None:
    offer = an_offer_stated(session, 24)
    remind(session, TODAY)
    a_statement(session, offer, stated_at=days_ago(0))
    remind(session, TODAY + timedelta(days=5))
    assert kinds(session) == ["capacity-due"]
    remind(session, TODAY + timedelta(days=25))
    assert kinds(session) == ["capacity-due", "capacity-due"]


def test_what_was_never_stated_is_asked_for_without_a_link_to_confirm_it(session: Session) -> None:
    an_offer_stated(session, None)
    remind(session, TODAY)
    assert kinds(session) == ["capacity-missing"]
    assert session.execute(text("SELECT count(*) FROM confirmation_link")).scalar_one() == 0


@pytest.mark.parametrize("published", ["2026-04-10", "2026-01-01"])
def test_nobody_is_asked_whether_anything_changed_in_what_was_never_stated(session: Session, published: str) -> None:
    """Neither in the first weeks, when it would be due, nor later."""
    provider = a_provider(session)
    an_offer_stated(session, 40, provider)
    an_offer_stated(session, 24, provider)
    an_offer_stated(session, None, provider, published_from=published)
    remind(session, TODAY)
    assert {each.kind: each.values["offers"] for each in told(session)} == {
        "capacity-due": 1,
        "capacity-stale": 1,
        "capacity-missing": 1,
    }
    links = session.execute(
        text("SELECT kind, cardinality(offer_ids) FROM confirmation_link JOIN notice ON notice.id = notice_id")
    )
    assert sorted(map(tuple, links)) == [("capacity-due", 1), ("capacity-stale", 1)]
    said = wording.words_of("capacity-missing")
    assert "veranderd" not in said.sentence
    assert "oude" not in said.sentence


def test_an_offer_that_ended_is_left_alone(session: Session) -> None:
    an_offer_stated(session, 90, published_until=TODAY - timedelta(days=1))
    remind(session, TODAY)
    assert told(session) == []


def test_the_days_work_is_done_once_a_day_and_again_when_it_failed(session: Session) -> None:
    def begun(trusted: bool = True) -> bool:
        return queries.begin_day(session, "reminders", TODAY, trusted=trusted)

    with session.begin_nested() as failed:
        assert begun()
        failed.rollback()
    assert begun()
    assert not begun()


def test_a_clock_that_differs_from_the_databases_is_not_believed(session: Session) -> None:
    assert not queries.begin_day(session, "reminders", TODAY - timedelta(days=3650), trusted=False)
