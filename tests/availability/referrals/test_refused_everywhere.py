"""What the radar of every region knows of refusals: of open cases, while they stand."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from availability.oversight.shortage_queries import refused_for_want_of_room
from availability.referrals.memory import refused_everywhere
from tests.availability.builders import ARNHEM, a_statement
from tests.availability.referrals.conftest import MONDAY, Provider, Worker

Home = tuple[Provider, int]


def counted(session: Session) -> int:
    return sum(row.refusals for row in refused_for_want_of_room(session, [ARNHEM], MONDAY.replace(day=1)))


def test_a_refusal_is_known_of_the_case_and_of_the_offer(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    provider.refuse(worker.sent(case, offer))

    assert refused_everywhere(session) == [(UUID(case), offer)]
    assert counted(session) == 1


def test_a_new_statement_makes_asking_worth_while_though_it_was_refused(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    provider.refuse(worker.sent(case, offer))
    a_statement(session, offer, open_places=1)

    assert refused_everywhere(session) == []
    assert counted(session) == 1


def test_a_refusal_that_was_recorded_by_mistake_is_none(
    worker: Worker, case: str, home: Home, session: Session
) -> None:
    provider, offer = home
    provider.refuse(worker.sent(case, offer))
    event = session.scalar(text("SELECT event_id FROM refusal"))
    correction = {"kind": "corrected", "occurredOn": MONDAY.isoformat(), "refersTo": event, "values": {"what": "void"}}
    assert worker.post(f"/care-requests/{case}/events", correction).status_code == 201

    assert refused_everywhere(session) == []
    assert counted(session) == 0


def test_another_reason_is_no_want_of_room(worker: Worker, case: str, home: Home, session: Session) -> None:
    provider, offer = home
    provider.refuse(worker.sent(case, offer), "no-contract")

    assert refused_everywhere(session) == [(UUID(case), offer)]
    assert counted(session) == 0
