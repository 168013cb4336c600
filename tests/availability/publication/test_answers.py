"""What providers answered and stated, as a quarter counts it."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy.orm import Session

from availability.publication import queries
from matcher.case_events import EventKind
from tests.availability.builders import CARE_TYPE, a_contract, a_provider, a_statement, an_offer
from tests.availability.oversight.test_shortages import a_refusal
from tests.availability.publication.builders import a_case, happened

pytestmark = pytest.mark.slow

REGION = "JZ28"
LAST_DAY = date(2026, 6, 30)


def test_one_child_with_many_answers_is_one_child(session: Session) -> None:
    today = datetime.now(UTC).date()
    offer = an_offer(session, provider := a_provider(session))
    often = a_case(session, today)
    for reason in ("no-place", "no-timely-place", "no-place", "not-fitting"):
        a_refusal(session, often, provider, offer, reason)
    happened(session, a_case(session, today), EventKind.REFERRAL_ACCEPTED, today)

    (found,) = queries.answered(session, today, today)

    assert (found.answers, found.refused) == (5, 3)
    assert (found.children, found.refused_children, found.other_children) == (2, 1, 2)


def an_offer_that_says(session: Session, wait_days: int, *stopped: bool) -> None:
    """So long a wait, and each time whether anybody is admitted."""
    offer = an_offer(session, provider := a_provider(session))
    a_contract(session, provider, (REGION,))
    for month, stop in enumerate(stopped, start=4):
        stated_at = datetime(2026, month, 20, tzinfo=UTC)
        wait = {"intake_wait_days": 0, "treatment_wait_days": wait_days}
        a_statement(session, offer, admission_stop=stop, stated_at=stated_at, **wait)


def stated(session: Session) -> tuple[int, int | None, int | None]:
    (found,) = [
        row
        for row in queries.stated(session, LAST_DAY)
        if (row.area_code, row.level, row.care_type_code) == (REGION, 0, CARE_TYPE)
    ]
    return found.offers, found.wait_days, found.long_days


def test_an_offer_that_admits_nobody_on_the_last_day_has_no_wait_and_is_still_an_offer(session: Session) -> None:
    an_offer_that_says(session, 0, False, True)
    an_offer_that_says(session, 40, True, False)
    an_offer_that_says(session, 60, False)

    assert stated(session) == (3, 50, 58)


def test_where_nobody_admits_no_wait_is_told(session: Session) -> None:
    an_offer_that_says(session, 30, True)

    assert stated(session) == (1, None, None)
