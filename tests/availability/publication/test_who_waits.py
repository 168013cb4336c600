"""Who waited at the end of a quarter, as it was that day, however much happened before the quarter was frozen."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from availability.publication import queries
from matcher.case_events import EventKind as E
from tests.availability.publication.builders import a_case, happened

pytestmark = pytest.mark.slow

OPENED, LAST_DAY = date(2026, 4, 6), date(2026, 6, 30)
BEFORE, LATER_BEFORE = date(2026, 5, 11), date(2026, 6, 8)
AFTER, LATER_AFTER = date(2026, 7, 6), date(2026, 8, 3)
SINCE_OPENING, SINCE_REOPENING = (LAST_DAY - OPENED).days, (LAST_DAY - LATER_BEFORE).days


@pytest.mark.parametrize(
    ("status", "course", "days"),
    [
        ("open", (), [SINCE_OPENING]),
        ("started", ((E.STARTED, BEFORE),), []),
        ("started", ((E.DIRECT_PLACEMENT, BEFORE), (E.EVALUATION_AGREED, AFTER)), []),
        ("closed", ((E.WITHDRAWN, BEFORE), (E.CONTACT_MADE, AFTER)), []),
        ("started", ((E.STARTED, AFTER),), [SINCE_OPENING]),
        ("started", ((E.DIRECT_PLACEMENT, AFTER),), [SINCE_OPENING]),
        ("closed", ((E.WITHDRAWN, AFTER),), [SINCE_OPENING]),
        ("started", ((E.STARTED, LAST_DAY),), []),
        ("open", ((E.STARTED, BEFORE), (E.REOPENED, AFTER)), []),
        ("open", ((E.WITHDRAWN, BEFORE), (E.REOPENED, AFTER)), []),
        ("open", ((E.WITHDRAWN, AFTER), (E.REOPENED, LATER_AFTER)), [SINCE_OPENING]),
        ("open", ((E.STARTED, BEFORE), (E.REOPENED, LATER_BEFORE)), [SINCE_REOPENING]),
        ("open", ((E.STARTED, BEFORE), (E.ENDED, BEFORE), (E.REOPENED, LATER_BEFORE)), [SINCE_REOPENING]),
        ("started", ((E.WITHDRAWN, BEFORE), (E.REOPENED, LATER_BEFORE), (E.STARTED, AFTER)), [SINCE_REOPENING]),
        ("started", ((E.WITHDRAWN, BEFORE), (E.REOPENED, BEFORE), (E.STARTED, LATER_BEFORE)), []),
    ],
)
def test_a_case_waits_from_its_opening_until_its_search_ended(
    status: str, course: tuple[tuple[E, date], ...], days: list[int], session: Session
) -> None:
    case = a_case(session, OPENED, status=status)
    for kind, on in course:
        happened(session, case, kind, on)

    assert [row.days for row in queries.waiting(session, LAST_DAY)] == days


def test_a_start_that_was_taken_back_ended_nothing(session: Session) -> None:
    case = a_case(session, OPENED)
    start = happened(session, case, E.STARTED, BEFORE)
    happened(session, case, E.CORRECTED, BEFORE, refers_to=start, values={"what": "void"})

    assert [row.days for row in queries.waiting(session, LAST_DAY)] == [SINCE_OPENING]
