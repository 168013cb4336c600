"""How long others wait for a local team: from which day, until which talk, and whose."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from availability.publication import queries
from matcher.case_events import EventKind as E
from tests.availability.builders import ARNHEM, NIJMEGEN
from tests.availability.publication.builders import a_case, happened
from tests.matcher.histories import day

OPENED, INTENDED = day("maandag 2026-04-06"), day("donderdag 2026-04-09")
TALKED, LATER = day("dinsdag 2026-04-14"), day("maandag 2026-04-20")
FIRST_DAY, LAST_DAY = day("woensdag 2026-04-01"), day("dinsdag 2026-06-30")


def talks(session: Session) -> list[tuple[str, date, date]]:
    found = queries.talked(session, FIRST_DAY, LAST_DAY)
    return [(row.municipality_code, row.asked_on, row.talked_on) for row in found]


def waits_for_team(session: Session, on: date = LAST_DAY) -> list[bool]:
    return [row.for_team for row in queries.waiting(session, on)]


def test_the_wait_begins_when_the_case_is_opened(session: Session) -> None:
    happened(session, a_case(session, OPENED), E.TALKED_WITH_LOCAL_TEAM, TALKED)

    assert talks(session) == [(ARNHEM, OPENED, TALKED)]


def test_or_when_the_intention_was_recorded(session: Session) -> None:
    case = a_case(session, OPENED)
    happened(session, case, E.INTENTION_RECORDED, INTENDED)
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, TALKED)
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, LATER)

    assert talks(session) == [(ARNHEM, INTENDED, TALKED)]


def test_a_talk_before_the_intention_took_no_time(session: Session) -> None:
    case = a_case(session, OPENED)
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, TALKED)
    happened(session, case, E.INTENTION_RECORDED, LATER)

    assert talks(session) == [(ARNHEM, TALKED, TALKED)]


def test_the_own_case_of_a_local_team_says_nothing_of_how_long_others_wait(session: Session) -> None:
    case = a_case(session, OPENED, organisation=ARNHEM)

    assert waits_for_team(session) == [False]
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, TALKED)
    assert talks(session) == []


def test_another_responsible_municipality_is_asked_anew(session: Session) -> None:
    case = a_case(session, OPENED, municipality_code=NIJMEGEN)
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, INTENDED)
    happened(session, case, E.MUNICIPALITY_CHANGED, TALKED)

    assert talks(session) == []
    assert waits_for_team(session) == [True]
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, LATER)
    assert talks(session) == [(NIJMEGEN, TALKED, LATER)]


def test_a_step_that_was_skipped_is_no_talk_and_no_wait(session: Session) -> None:
    happened(session, a_case(session, OPENED), E.STEP_SKIPPED, TALKED, values={"step": "1"})

    assert talks(session) == []
    assert waits_for_team(session) == [False]


@pytest.mark.parametrize(
    ("correction", "found"),
    [({"what": "void"}, []), ({"what": "redate", "occurred": LATER.isoformat()}, [(ARNHEM, OPENED, LATER)])],
)
def test_a_talk_counts_as_it_was_corrected(session: Session, correction: dict[str, Any], found: list[Any]) -> None:
    case = a_case(session, OPENED)
    talk = happened(session, case, E.TALKED_WITH_LOCAL_TEAM, TALKED)
    happened(session, case, E.CORRECTED, LATER, refers_to=talk, values=correction)

    assert talks(session) == found
    assert waits_for_team(session) == [not found]


def test_who_waits_on_the_last_day_waits_though_the_talk_came_after(session: Session) -> None:
    case = a_case(session, OPENED)
    happened(session, case, E.TALKED_WITH_LOCAL_TEAM, LATER)

    assert waits_for_team(session, on=TALKED) == [True]
    assert waits_for_team(session, on=LATER) == [False]


def test_starts_in_time_and_late_as_they_stand(session: Session) -> None:
    in_time = a_case(session, OPENED, needed_from=TALKED)
    happened(session, in_time, E.STARTED, TALKED)
    late = a_case(session, OPENED, needed_from=TALKED)
    happened(session, late, E.STARTED, LATER)
    mistaken = a_case(session, OPENED)
    start = happened(session, mistaken, E.STARTED, LATER)
    happened(session, mistaken, E.CORRECTED, LATER, refers_to=start, values={"what": "void"})

    assert sorted(row.in_time for row in queries.started(session, FIRST_DAY, LAST_DAY)) == [False, True]
