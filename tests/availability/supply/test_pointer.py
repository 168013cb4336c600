"""What holds now: an offer's pointer leads to a statement of that very offer, whoever writes it."""

import pytest
from sqlalchemy import TextClause, text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from tests.availability.builders import a_statement, an_offer

MOVE = text("UPDATE current_capacity SET statement_id = :statement WHERE offer_id = :offer")
BEGIN = text("INSERT INTO current_capacity (offer_id, statement_id) VALUES (:offer, :statement)")


def test_it_may_be_moved_to_another_statement_of_its_offer(session: Session) -> None:
    offer = an_offer(session)
    first, _ = a_statement(session, offer), a_statement(session, offer)
    session.execute(MOVE, {"offer": offer, "statement": first})
    assert session.scalar(text("SELECT statement_id FROM current_capacity WHERE offer_id = :o"), {"o": offer}) == first


@pytest.mark.parametrize("beyond", [0, 10**9], ids=["of another offer", "of nobody"])
@pytest.mark.parametrize("write", [MOVE, BEGIN], ids=["moved", "begun"])
def test_it_never_leads_to_a_statement_of_another_offer_or_to_none(
    session: Session, write: TextClause, beyond: int
) -> None:
    others = a_statement(session, an_offer(session))
    offer = an_offer(session)
    if write is MOVE:
        a_statement(session, offer)
    with pytest.raises(IntegrityError, match="another offer, or to none"):
        session.execute(write, {"offer": offer, "statement": others + beyond})


def test_one_that_is_wrong_keeps_out_all_that_are_written_with_it(session: Session) -> None:
    offers = [an_offer(session) for _ in range(3)]
    for offer in offers:
        a_statement(session, offer)
    with pytest.raises(IntegrityError):
        session.execute(
            text("UPDATE current_capacity SET statement_id = (SELECT min(statement_id) FROM current_capacity)")
        )
