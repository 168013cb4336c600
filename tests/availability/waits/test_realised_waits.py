"""Which real waits a history tells of: from the form to the start, or as long as is known."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.waits import queries
from tests.availability.builders import NIJMEGEN, a_contracted_offer, a_statement
from tests.availability.waits.referred import TODAY, Child

STILL, STARTED = False, True


def said(session: Session, offer: int, days_ago: int, intake: int, treatment: int) -> None:
    moment = datetime.combine(TODAY, datetime.min.time(), UTC) + timedelta(hours=9, days=-days_ago)
    a_statement(session, offer, stated_at=moment, intake_wait_days=intake, treatment_wait_days=treatment)


@pytest.fixture
def offer(session: Session) -> int:
    """Stated six weeks, long ago."""
    made = a_contracted_offer(session)
    said(session, made, 700, 14, 28)
    return made


def waits(session: Session) -> list[tuple[int, bool, int]]:
    """Days waited, whether that ended in a start, and how long ago it ended."""
    rows = queries.referrals(session, TODAY)
    return sorted((row.waited, row.started, row.ended_days_ago) for row in rows)


def test_a_wait_runs_from_the_form_to_the_start(session: Session, offer: int) -> None:
    Child(session, offer, days_ago=90).started(20)
    assert waits(session) == [(70, STARTED, 20)]


def test_who_still_waits_waited_at_least_until_today(session: Session, offer: int) -> None:
    Child(session, offer, days_ago=50).told("referral-accepted", 45, own=True)
    Child(session, offer, days_ago=3)
    assert waits(session) == [(3, STILL, 0), (50, STILL, 0)]


@pytest.mark.parametrize("kind", ["referral-withdrawn", "acceptance-withdrawn"])
def test_who_was_taken_off_the_list_waited_until_then(session: Session, offer: int, kind: str) -> None:
    Child(session, offer, days_ago=50).told(kind, 10, own=True)
    assert waits(session) == [(40, STILL, 10)]


@pytest.mark.parametrize("kind", ["withdrawn", "started", "direct-placement"])
def test_who_found_help_elsewhere_or_gave_up_waited_until_then(session: Session, offer: int, kind: str) -> None:
    Child(session, offer, days_ago=50).told(kind, 10, party="90009999")
    assert waits(session) == [(40, STILL, 10)]


@pytest.mark.parametrize("kind", ["referral-refused", "no-answer", "network-declined"])
def test_who_was_refused_was_on_no_list(session: Session, offer: int, kind: str) -> None:
    Child(session, offer, days_ago=50).told(kind, 45, own=True)
    assert waits(session) == []


def test_a_start_that_names_no_referral_counts_where_the_child_was_accepted(session: Session, offer: int) -> None:
    other = a_contracted_offer(session)
    said(session, other, 700, 7, 7)
    here = Child(session, offer, days_ago=60)
    there = Child(session, other, days_ago=55, case=here.case)
    here.told("referral-accepted", 50, own=True)
    there.told("referral-refused", 52, own=True)
    here.told("started", 5)
    assert waits(session) == [(55, STARTED, 5)]


def test_the_last_correction_decides(session: Session, offer: int) -> None:
    redated, void, restored = (Child(session, offer, days_ago=80) for _ in range(3))
    for child in (redated, void, restored):
        child.told("referral-accepted", 75, own=True)
    redated.told("corrected", 0, refers_to=redated.told("started", 10, own=True), what="redate", occurred="2026-11-03")
    void.told("corrected", 0, refers_to=void.told("started", 10, own=True), what="void")
    mistake = restored.told("corrected", 0, refers_to=restored.told("started", 10, own=True), what="void")
    restored.told("corrected", 0, refers_to=mistake, what="void")
    assert waits(session) == [(60, STARTED, 20), (70, STARTED, 10), (80, STILL, 0)]


def test_it_is_held_against_what_was_stated_on_that_day(session: Session, offer: int) -> None:
    said(session, offer, 100, 7, 7)
    said(session, offer, 30, 70, 70)
    Child(session, offer, days_ago=90).started(20)
    Child(session, offer, days_ago=30).started(20)
    assert sorted(row.stated for row in queries.referrals(session, TODAY)) == [14, 140]


def test_where_nothing_was_stated_yet_nothing_is_held_against_it(session: Session) -> None:
    offer = a_contracted_offer(session)
    said(session, offer, 10, 7, 7)
    Child(session, offer, days_ago=90).started(20)
    assert waits(session) == []


def test_who_was_referred_more_than_two_years_ago_says_nothing_of_today(session: Session, offer: int) -> None:
    Child(session, offer, days_ago=731)
    assert waits(session) == []


def test_a_region_sees_stated_beside_real_per_care_type_once_five_started(session: Session, offer: int) -> None:
    for days_ago in (5, 10, 15, 20):
        Child(session, offer, days_ago + 70).started(days_ago)
    assert queries.stated_against_realised(session, "JZ28", TODAY) == []
    Child(session, offer, 95).started(25)
    (row,) = queries.stated_against_realised(session, "JZ28", TODAY)
    assert (row.starts, row.stated_wait_days, row.realised_wait_days) == (5, 42, 70)
    assert queries.stated_against_realised(session, "JZ30", TODAY) == []


def test_a_region_learns_of_its_own_children_and_not_of_those_who_come_from_elsewhere(
    session: Session, offer: int
) -> None:
    for days_ago in (5, 10, 15, 20, 25):
        child = Child(session, offer, days_ago + 70)
        child.started(days_ago)
        session.execute(
            text("UPDATE care_request SET municipality_code = :elsewhere WHERE id = :case"),
            {"elsewhere": NIJMEGEN, "case": child.case},
        )

    (row,) = queries.stated_against_realised(session, "JZ32", TODAY)
    assert (row.starts, row.realised_wait_days) == (5, 70)
    assert queries.stated_against_realised(session, "JZ28", TODAY) == []
